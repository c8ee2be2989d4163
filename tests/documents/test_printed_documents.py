"""What holds for every document: its text, its fonts, its metadata, its layout."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shakyo_desktop.documents.pdf.compilation.meeting_pack import make_meeting_pack
from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table
from shakyo_desktop.documents.pdf.cover_sheet import make_cover_sheet
from shakyo_desktop.documents.pdf.fonts import has_glyph
from shakyo_desktop.documents.pdf.frame import BODY, LEFT, RIGHT, Frame
from shakyo_desktop.documents.pdf.handover_book import make_handover_book
from shakyo_desktop.documents.pdf.handover_code import make_handover_code
from shakyo_desktop.documents.pdf.marks import BoxMark, QrMark, TextMark
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.pairs_list import PairsListData, make_pairs_list
from shakyo_desktop.documents.pdf.receipt import make_receipt
from shakyo_desktop.documents.pdf.recovery_sheet import make_recovery_sheet
from shakyo_desktop.documents.pdf.refusal_notice import make_refusal_notice
from shakyo_desktop.documents.pdf.report_copy import make_report_copy
from shakyo_desktop.documents.pdf.setup_slip import make_setup_slips
from shakyo_desktop.domain.codes import ReplyResult
from shakyo_desktop.domain.crosswalk import CountedAs
from shakyo_desktop.domain.errors import DocumentFailed
from shakyo_desktop.domain.plan import Crosswalk
from tests.documents import compilations, samples
from tests.documents.pdf_reading import fonts_of, info_of, made, marks_of, text_of
from tests.factories import make_plan

LONG = {"org_name": samples.LONG_NAME, "office_name": f"{samples.LONG_NAME}事務所"}
LONG_REQUEST = samples.request(text="長いお願いです。「かならず」見てください。" * 90, item="項目の名前" * 12)

PLAN = make_plan()
WARD_PLAN = replace(PLAN, id="mihon-ku", name=f"{samples.LONG_NAME}計画")
PAIRS = PairsListData(
    plan=PLAN,
    other=WARD_PLAN,
    pairs=tuple(Crosswalk(PLAN.id, one, "mihon-ku", one + more) for one in range(1, 16) for more in (0, 3)),
    counted={(PLAN.id, one): CountedAs(one, (one + 3,)) for one in range(1, 16)},
    office_name=samples.LONG_NAME,
    made_at=samples.MOMENT,
)

DOCUMENTS = {
    "pairs list": (make_pairs_list, PAIRS),
    "pairs list, none, practice": (make_pairs_list, replace(PAIRS, pairs=(), practice=True)),
    "cover sheet": (make_cover_sheet, samples.cover_sheet()),
    "cover sheet, practice": (make_cover_sheet, samples.cover_sheet(practice=True)),
    "receipt, practice": (make_receipt, samples.receipt(practice=True, requests=(samples.request(),) * 9)),
    "recovery sheet, practice": (make_recovery_sheet, samples.recovery_sheet(practice=True)),
    "setup slip, practice": (make_setup_slips, [samples.setup_slip(practice=True)]),
    "cover sheet, first time": (
        make_cover_sheet,
        samples.cover_sheet(
            chair_name="", revision=1, supersedes_revision=None, first_time=True, person_times=None, reasons=0
        ),
    ),
    "cover sheet, long": (
        make_cover_sheet,
        samples.cover_sheet(**LONG, chair_name="見本" * 20, person_times=9_999_999, helpers=9_999_999),
    ),
    "cover sheet, successor": (make_cover_sheet, samples.cover_sheet(**LONG, successor=True)),
    "handover book": (make_handover_book, samples.handover_book()),
    "handover book, nothing yet": (
        make_handover_book,
        samples.handover_book(calendar=(), years=(), predecessor="", practice=True),
    ),
    "handover book, long": (
        make_handover_book,
        samples.handover_book(
            org_name=samples.LONG_NAME,
            predecessor="見本" * 20,
            places=(
                ("データのフォルダー", "C:\\Users\\" + "みほんの長い名前" * 9),
                ("復旧シートの置き場所", ""),
            ),
            years=(samples.book_year(2025, 40), samples.book_year(2026, 40)),
        ),
    ),
    "handover code": (make_handover_code, samples.handover_code()),
    "handover code, long": (make_handover_code, samples.handover_code(org_name=samples.LONG_NAME)),
    "refusal notice": (make_refusal_notice, samples.refusal_notice()),
    "refusal notice, long, practice": (make_refusal_notice, samples.refusal_notice(**LONG, practice=True)),
    "receipt": (make_receipt, samples.receipt()),
    "receipt, accepted": (make_receipt, samples.receipt(result=ReplyResult.ACCEPTED, requests=())),
    "receipt, next time": (make_receipt, samples.receipt(result=ReplyResult.ACCEPTED_WITH_REQUESTS)),
    "receipt, many requests": (make_receipt, samples.receipt(requests=(samples.request(),) * 25)),
    "receipt, long": (
        make_receipt,
        samples.receipt(**LONG, chair_name="見本　太郎", requests=(samples.request(), LONG_REQUEST) * 2),
    ),
    "recovery sheet": (make_recovery_sheet, samples.recovery_sheet()),
    "recovery sheet, long": (make_recovery_sheet, samples.recovery_sheet(org_name=samples.LONG_NAME)),
    "setup slip": (make_setup_slips, [samples.setup_slip()]),
    "setup slip, long": (make_setup_slips, [samples.setup_slip(**LONG)]),
    "report copy": (
        make_report_copy,
        samples.report_copy(
            tuple(samples.status(number) for number in range(1, 22)),
            tuple(samples.activity(number) for number in range(60)),
        ),
    ),
    "report copy, empty": (make_report_copy, samples.report_copy(revision=None, stage=None)),
    "report copy, long": (
        make_report_copy,
        samples.report_copy(
            (
                samples.status(
                    6, typed_totals={"visits": 9_999_999}, target_value=10**9, target_unit="件" * 20
                ),
            ),
            tuple(
                samples.activity(number, content="長い内容。" * 40, partners_text="み" * 100, venue="み" * 60)
                for number in range(9)
            ),
            org_name=samples.LONG_NAME,
        ),
    ),
}
DOCUMENTS |= {
    "summary table": (make_summary_table, compilations.paper(12, 2)),
    "summary table, empty": (make_summary_table, compilations.paper(1, 1, text="")),
    "summary table, long": (make_summary_table, compilations.long_paper()),
    "meeting pack": (make_meeting_pack, compilations.paper(3, 1)),
    "meeting pack, empty": (make_meeting_pack, compilations.paper(1, 1, text="")),
    "meeting pack, long": (make_meeting_pack, compilations.long_paper()),
    "meeting pack, not accepted yet": (make_meeting_pack, compilations.unconfirmed_paper()),
}
every_document = pytest.mark.parametrize(("make", "data"), DOCUMENTS.values(), ids=DOCUMENTS)


@every_document
def test_nothing_overlaps_or_leaves_the_paper(make, data, monkeypatch):
    pages = marks_of(make, data, monkeypatch)
    assert pages
    for marks in pages:
        boxes = [_frame(mark) for mark in marks]
        texts = [(mark.text, _frame(mark)) for mark in marks if isinstance(mark, TextMark)]
        assert all(
            x1 >= LEFT - 0.1 and x2 <= RIGHT + 0.1 and y1 >= 8 and y2 <= 292 for x1, y1, x2, y2 in boxes
        )
        for index, (text, frame) in enumerate(texts):
            assert not [other for other, area in texts[index + 1 :] if _overlap(frame, area)], text
            for mark in marks:
                if isinstance(mark, QrMark):
                    assert not _overlap(frame, _frame(mark)), text
                elif isinstance(mark, BoxMark):
                    assert not _crosses(frame, _frame(mark)), text


@every_document
def test_no_type_is_smaller_than_the_forms_allow(make, data, monkeypatch):
    sizes = {m.size for marks in marks_of(make, data, monkeypatch) for m in marks if isinstance(m, TextMark)}
    assert min(sizes) >= BODY


KINDS = {
    name: DOCUMENTS[name]
    for name in (
        *("cover sheet", "receipt", "recovery sheet", "setup slip", "report copy"),
        *("summary table", "meeting pack"),
    )
}
each_kind = pytest.mark.parametrize(("make", "data"), KINDS.values(), ids=KINDS)


@each_kind
def test_every_font_is_ours_and_embedded_with_its_characters(make, data, tmp_path):
    fonts = fonts_of(made(make, data)[0], tmp_path)
    assert {name for name, _, _ in fonts} == {"BIZUDGothic-Regular", "BIZUDGothic-Bold"}
    assert {(embedded, unicode_map) for _, embedded, unicode_map in fonts} == {("yes", "yes")}


@each_kind
def test_a_document_names_itself_its_author_and_its_language(make, data, tmp_path):
    pdf, printed = made(make, data)
    info = info_of(pdf, tmp_path)
    assert "みほん" in info["Title"]
    assert "みほん" in info["Author"]
    assert info["Pages"] == str(printed.pages)
    assert info["Page size"].endswith("(A4)")
    assert "2027" in info["CreationDate"]
    assert b"/Lang (ja)" in pdf


@each_kind
def test_the_same_data_gives_the_same_bytes(make, data):
    assert made(make, data)[0] == made(make, data)[0]


AWKWARD = "𠮷髙﨑\ufa19ｻﾛﾝ葛\U000e0100"


def test_rare_characters_copy_out_as_they_were_typed(tmp_path):
    pdf, printed = made(make_cover_sheet, samples.cover_sheet(chair_name=AWKWARD))
    assert AWKWARD in text_of(pdf, tmp_path)
    assert printed.missing_glyphs == ()


def test_more_than_256_different_kanji_copy_out(tmp_path):
    kanji = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 600) if has_glyph(chr(code)))
    assert len(kanji) > 256
    sheets = Sheets(Frame("試し", "試し", "", "", "試し", samples.MOMENT))
    sheets.paragraph(kanji, typed="試し")
    out = io.BytesIO()
    sheets.finish(out)
    assert kanji in text_of(out.getvalue(), tmp_path)


PRACTICE = {name: entry for name, entry in DOCUMENTS.items() if name.endswith("practice")}


@pytest.mark.parametrize(("make", "data"), PRACTICE.values(), ids=PRACTICE)
def test_every_page_made_for_practice_says_so(make, data, tmp_path):
    pdf, printed = made(make, data)
    assert text_of(pdf, tmp_path).count("練習用提出には使えません") == printed.pages


def test_our_own_text_with_a_character_no_font_has_fails_the_document():
    sheets = Sheets(Frame("試し", "試し", "", "", "試し", samples.MOMENT))
    with pytest.raises(DocumentFailed) as failure:
        sheets.text(LEFT, 20, "よい🙂会")
    assert failure.value.code == "document.glyph"
    assert "🙂" in failure.value.message


def test_a_full_disk_is_said_in_plain_words():
    class FullDisk(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    with pytest.raises(DocumentFailed) as failure:
        make_cover_sheet(samples.cover_sheet(), FullDisk())
    assert failure.value.code == "document.write"
    assert "残っています" in failure.value.message


def test_documents_made_on_several_threads_at_once_are_the_same_as_made_alone():
    alone = [made(*KINDS[name])[0] for name in KINDS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda name: made(*KINDS[name])[0], list(KINDS) * 3))
    assert together == alone * 3


def _frame(mark):
    match mark:
        case TextMark():
            high = mark.size * 25.4 / 72
            return mark.x, mark.y - high * 0.82, mark.x + mark.width, mark.y + high * 0.1
        case QrMark():
            return mark.x, mark.y, mark.x + mark.side, mark.y + mark.side
        case BoxMark():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case _:
            return mark.x1, mark.y1, mark.x2, mark.y2


def _overlap(one, other, slack=0.1):
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def _crosses(text, box):
    inside = text[0] >= box[0] and text[2] <= box[2] and text[1] >= box[1] and text[3] <= box[3]
    return _overlap(text, box) and not inside
