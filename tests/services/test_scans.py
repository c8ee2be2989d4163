"""Pictures of sheets: kept with the sheet their code names, and every other picture says why not."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from shakyo_desktop.documents.pdf.form_sheet import make_form
from shakyo_desktop.documents.preview import page_images
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.scans import ScanOutcome, ScanService
from tests.documents.test_form_sheet import LAYOUTS, data
from tests.services.conftest import DISTRICT, WARD

YEAR = 2026


@pytest.fixture
def scans(district):
    return ScanService(district)


def file_of(folder, name="写真.pdf", layout="F2", org=DISTRICT.code, pages=(1,), **changes):
    layout = replace(LAYOUTS[layout], fiscal_year=YEAR, **changes)
    out = BytesIO()
    make_form(data(layout, org_code=org, pages=pages), out)
    path = folder / name
    path.write_bytes(out.getvalue())
    return path


def blobs_of(district):
    with district.database.reading() as stores:
        return stores.blobs.unreferenced()


def test_every_page_goes_to_its_own_sheet_and_the_same_file_twice_is_kept_once(district, scans, tmp_path):
    path = file_of(tmp_path, layout="F4", pages=(1, 2))
    first, second = scans.take_in([path]), scans.take_in([path])
    assert [one.outcome for one in first] == [ScanOutcome.ATTACHED] * 2
    assert [one.sheet.page for one in first] == [1, 2]
    assert [one.outcome for one in second] == [ScanOutcome.KNOWN] * 2
    sheet = KeyingService(district).sheet(FormCode.F4, YEAR)
    [kept] = scans.pictures(sheet.key)
    assert (kept.name, kept.added_by) == ("写真.pdf", "見本花子")
    assert Image.open(BytesIO(scans.jpeg(kept))).format == "JPEG"
    assert blobs_of(district) == set()


def test_a_picture_that_is_taken_off_takes_its_bytes_along(district, scans, tmp_path):
    [verdict] = scans.take_in([file_of(tmp_path)])
    [kept] = scans.pictures(verdict.sheet)
    scans.remove(kept)
    assert scans.pictures(verdict.sheet) == ()
    with district.database.reading() as stores:
        assert stores.blobs.missing([kept.sha256]) == {kept.sha256}


@pytest.mark.parametrize(
    "change, words",
    [
        ({"org": "990011-02"}, "990011-02のもの"),
        ({"org": WARD.code + "-77"}, "のもの"),
        ({"version": 99}, "知らない版"),
    ],
)
def test_anothers_sheet_and_an_unknown_layout_are_told_and_nothing_is_kept(
    scans, district, tmp_path, change, words
):
    [verdict] = scans.take_in([file_of(tmp_path, **change)])
    assert verdict.outcome is ScanOutcome.REFUSED
    assert words in verdict.words
    with district.database.reading() as stores:
        assert stores.blobs.unreferenced() == set()


def test_a_file_that_cannot_be_read_stops_none_of_the_others(scans, tmp_path):
    broken = tmp_path / "こわれた.jpg"
    broken.write_bytes(b"\xff\xd8 no picture")
    verdicts = scans.take_in([broken, tmp_path / "ない.jpg", file_of(tmp_path)])
    assert [one.outcome for one in verdicts] == [ScanOutcome.REFUSED] * 2 + [ScanOutcome.ATTACHED]
    assert "読めませんでした" in verdicts[0].words


def test_a_picture_without_a_code_is_attached_to_the_sheet_a_person_names(district, scans, tmp_path):
    page = Image.open(BytesIO(page_images(file_of(tmp_path).read_bytes(), 900)[0]))
    page.crop((0, 300, 900, 1270)).convert("RGB").save(tmp_path / "下だけ.jpg")
    [verdict] = scans.take_in([tmp_path / "下だけ.jpg"])
    assert verdict.outcome is ScanOutcome.NO_CODE
    key = KeyingService(district).sheet(FormCode.F2, YEAR).key
    assert scans.attach(verdict, key).outcome is ScanOutcome.ATTACHED
    assert len(scans.pictures(key)) == 1


def test_a_sheet_holds_eight_pictures(district, scans, tmp_path):
    key = KeyingService(district).sheet(FormCode.F2, YEAR).key
    for shade in range(9):
        Image.new("RGB", (100, 100), (shade * 20, 0, 0)).save(tmp_path / f"{shade}.png")
    verdicts = scans.take_in(sorted(tmp_path.glob("*.png")))
    for verdict in verdicts[:8]:
        scans.attach(verdict, key)
    with pytest.raises(BadInput) as told:
        scans.attach(verdicts[8], key)
    assert told.value.code == "scan.too_many"


def test_stopping_keeps_what_is_attached_and_says_so(scans, tmp_path):
    path = file_of(tmp_path, layout="F4", pages=(1, 2))
    [verdict] = scans.take_in([path], cancelled=lambda: True)
    assert verdict.outcome is ScanOutcome.ATTACHED
