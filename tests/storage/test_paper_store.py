"""What is keyed from paper survives the store, sheet by sheet."""

from dataclasses import replace
from datetime import UTC, datetime

from shakyo_desktop.domain.forms.keyed import KeyedBox, SheetKey
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.paper import KeyingPlace, PaperPage, PaperScan

NOW = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)
SHEET = SheetKey(
    org="990011-01", fiscal_year=2026, plan_id="chiba-shakyo-7", form=FormCode.F1, version=1, page=2
)


def box(number, text, **changes):
    return KeyedBox(box=number, text=text, keyed_by="見本花子", keyed_at=NOW, **changes)


def test_boxes_are_kept_by_sheet_and_the_last_word_counts(database):
    other = replace(SHEET, page=3)
    with database.transaction() as stores:
        stores.paper.save(SHEET, [box("1-1", "R8.5.1"), box("1-5", "24")])
        stores.paper.save(other, [box("1-1", "R8.6.1")])
        stores.paper.save(
            SHEET, [box("1-5", "42", second="24", second_by="見本次郎", second_at=NOW, differed=True)]
        )
    with database.reading() as stores:
        assert {number: one.text for number, one in stores.paper.boxes(SHEET).items()} == {
            "1-1": "R8.5.1",
            "1-5": "42",
        }
        assert stores.paper.pages_keyed("990011-01", 2026, FormCode.F1, 1) == (2, 3)
        assert [sheet.page for sheet, _ in stores.paper.of_year("990011-01", 2026)] == [2, 2, 3]


def test_forgetting_some_boxes_leaves_the_others(database):
    with database.transaction() as stores:
        stores.paper.save(SHEET, [box("1-1", "R8.5.1"), box("1-5", "24")])
        stores.paper.forget(SHEET, ["1-5"])
    with database.reading() as stores:
        assert list(stores.paper.boxes(SHEET)) == ["1-1"]


def test_the_place_goes_on_where_keying_stopped_last(database):
    place = KeyingPlace(
        org="990011-01", fiscal_year=2026, plan_id="p", form=FormCode.F1, version=1, page=2, box="3-4", at=NOW
    )
    with database.transaction() as stores:
        assert stores.paper.place("990011-01", 2026) is None
        stores.paper.save_place(place)
        stores.paper.save_place(replace(place, box="3-5"))
    with database.reading() as stores:
        assert stores.paper.place("990011-01", 2026) == replace(place, box="3-5")


def test_a_page_keeps_what_it_said_when_it_was_printed_and_confirmed(database):
    page = PaperPage(
        org="990011-01", fiscal_year=2026, plan_id="p", form=FormCode.F4, version=1, page=3,
        printed_at=NOW, printed={"6-1": "3"}, confirmed_at=NOW, confirmed_by="部会長", confirmed={"6-1": "3"},
    )  # fmt: skip
    with database.transaction() as stores:
        stores.paper.save_page(page)
    with database.reading() as stores:
        assert stores.paper.pages("990011-01", 2026) == (page,)
        assert stores.paper.pages("990011-01", 2025) == ()


def test_a_picture_of_a_sheet_is_kept_until_it_is_removed_and_its_bytes_stay_referenced(database):
    scan = PaperScan(
        id="01", org=SHEET.org, fiscal_year=2026, plan_id=SHEET.plan_id, form=FormCode.F1, version=1, page=2,
        position=0, sha256="", name="scan.jpg", added_at=NOW, added_by="見本花子",
    )  # fmt: skip
    with database.transaction() as stores:
        scan = replace(scan, sha256=stores.blobs.add(b"picture"))
        stores.paper.add_scan(scan)
    with database.transaction() as stores:
        assert stores.paper.scans(SHEET) == (scan,)
        assert scan.sha256 not in stores.blobs.unreferenced()
        stores.paper.remove_scan(scan.id)
        assert stores.paper.scans(SHEET) == ()
        assert scan.sha256 in stores.blobs.unreferenced()
