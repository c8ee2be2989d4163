"""The forms as PDF: every value can be read back, nothing is cut, fonts are embedded."""

from dataclasses import replace
from datetime import date

import pytest

from shakyo_desktop.documents.pdf.form_sheet import FormSheetData, make_form
from shakyo_desktop.documents.pdf.marks import QrMark, TextMark
from shakyo_desktop.documents.qr import qr_matrix
from shakyo_desktop.domain.codes import Assembly
from shakyo_desktop.domain.forms.activity_sheet import activity_sheet
from shakyo_desktop.domain.forms.large_sheet import large_activity_sheet
from shakyo_desktop.domain.forms.monthly_sheet import monthly_sheet
from shakyo_desktop.domain.forms.report_form import report_form
from shakyo_desktop.domain.forms.values import Cover, FormValues, form_values
from shakyo_desktop.domain.forms.watch_sheet import NO_NAMES, watch_sheet
from shakyo_desktop.domain.records import YearRecords
from tests.documents.pdf_reading import fonts_of, info_of, made, marks_of, text_of
from tests.factories import DISTRICT, FISCAL_YEAR, NOW, make_activity, make_plan, make_status

PLAN = make_plan()
LONG = "".join(f"成果その{number}を書きました。" for number in range(1, 31))[:300]


def data(layout, values=None, **changes):
    whole = FormSheetData(
        layout=layout,
        values=values or FormValues(),
        org_code=DISTRICT,
        org_name="みほん東地区部会",
        office_name="みほん区事務所",
        printed_at=NOW,
    )
    return replace(whole, **changes)


def a_year(fiscal_year=FISCAL_YEAR, **status):
    statuses = tuple(
        make_status(
            item.number, fiscal_year=fiscal_year, typed_totals={"sessions": 1000 + item.number}, **status
        )
        for item in PLAN.items
    )
    diary = tuple(
        make_activity(8, fiscal_year=fiscal_year, held_on=date(fiscal_year, 5, day), participants=200 + day)
        for day in range(1, 15)
    )
    diary += (make_activity(6, fiscal_year=fiscal_year, month=f"{fiscal_year}-07"),)
    return YearRecords(DISTRICT, fiscal_year, statuses, diary)


LAYOUTS = {
    "F1": activity_sheet(FISCAL_YEAR, 2),
    "F1 large": large_activity_sheet(FISCAL_YEAR, 14),
    "F2": monthly_sheet(PLAN, FISCAL_YEAR),
    "F3": watch_sheet(PLAN, FISCAL_YEAR),
    "F4": report_form(PLAN, FISCAL_YEAR),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_value_of_a_filled_form_can_be_read_from_its_pdf(layout, tmp_path):
    cover = Cover("みほん 太郎", date(2026, 11, 26), Assembly.AFTER)
    values = form_values(layout, PLAN, records=a_year(), last_year=a_year(2025), cover=cover)
    assert len(values.texts) >= 1
    pdf, printed = made(make_form, data(layout, values))
    text = text_of(pdf, tmp_path)
    for value in {*values.texts.values(), *values.beside.values()}:
        assert "".join(value.split()) in text
    assert printed.missing_glyphs == ()
    assert all(embedded == "yes" and unicode == "yes" for _, embedded, unicode in fonts_of(pdf, tmp_path))
    assert info_of(pdf, tmp_path)["Author"] == "みほん東地区部会"


def test_text_that_no_box_holds_goes_on_at_the_end_and_none_of_it_is_lost(tmp_path):
    layout = LAYOUTS["F4"]
    values = form_values(layout, PLAN, records=a_year(outcome=LONG))
    pdf, printed = made(make_form, data(layout, values))
    text = text_of(pdf, tmp_path)
    assert printed.pages > len(layout.pages)
    assert "つづき（6-" in text
    for number in range(1, 31):
        sentence = f"成果その{number}を書きました"
        if sentence in LONG:
            assert text.replace("。", "").count(sentence[-5:]) >= len(PLAN.items)


def test_a_rare_kanji_prints_and_a_missing_glyph_is_named_with_its_box(tmp_path):
    layout = LAYOUTS["F4"]
    values = form_values(layout, PLAN, records=YearRecords(DISTRICT, FISCAL_YEAR, (
        make_status(6, outcome="𠮷田と髙橋と﨑山 ｶﾅ 葛\U000e0100"), make_status(7, outcome="\U0002a6d0の人")
    )))  # fmt: skip
    pdf, printed = made(make_form, data(layout, values))
    text = text_of(pdf, tmp_path)
    assert "𠮷田と髙橋と﨑山" in text
    [missing] = printed.missing_glyphs
    assert missing.character == "\U0002a6d0"
    assert "7-" in missing.where
    assert "成果" in missing.where


def test_every_page_carries_its_own_code_also_when_only_some_are_printed(monkeypatch):
    layout = LAYOUTS["F4"]
    pages = marks_of(make_form, data(layout, pages=(3, 5)), monkeypatch)
    codes = [mark.matrix for page in pages for mark in page if isinstance(mark, QrMark)]
    head = f"SHAKYO/F4/1/{DISTRICT}/{FISCAL_YEAR}"
    assert codes == [qr_matrix(f"{head}/P3"), qr_matrix(f"{head}/P5")]
    feet = [
        mark.text for page in pages for mark in page if isinstance(mark, TextMark) and "ページ" in mark.text
    ]
    assert feet == [f"3 / {len(layout.pages)} ページ", f"5 / {len(layout.pages)} ページ"]


def test_a_blank_form_holds_no_value_and_the_watch_sheet_forbids_names_in_bold(monkeypatch, tmp_path):
    [page] = marks_of(make_form, data(LAYOUTS["F3"]), monkeypatch)
    [warning] = [mark for mark in page if isinstance(mark, TextMark) and mark.text == NO_NAMES]
    assert warning.bold


def test_known_places_stand_on_the_sheet_of_activities(tmp_path):
    pdf, _ = made(make_form, data(LAYOUTS["F1"], known_places=("みほん自治会館", "みほん公民館")))
    assert "よく使う場所：みほん自治会館、みほん公民館" in text_of(pdf, tmp_path)


def test_no_type_on_a_form_is_smaller_than_ten_and_a_half_points(monkeypatch):
    for layout in LAYOUTS.values():
        monkeypatch.undo()
        values = form_values(layout, PLAN, records=a_year(outcome=LONG), last_year=a_year(2025, outcome=LONG))
        for page in marks_of(make_form, data(layout, values), monkeypatch):
            assert min(mark.size for mark in page if isinstance(mark, TextMark)) >= 10.5


def test_a_name_too_long_for_its_cell_ends_in_dots_and_stands_whole_on_the_last_page(tmp_path, monkeypatch):
    name = "地域のみんなで支えあい助けあう福祉のまちづくりに向けた見守りと居場所づくりの活動の推進" * 2
    plan = replace(PLAN, items=tuple(replace(item, name=name) for item in PLAN.items))
    for layout in (monthly_sheet(plan, FISCAL_YEAR), report_form(plan, FISCAL_YEAR)):
        pdf, _ = made(make_form, data(layout))
        assert f"1{name}" in text_of(pdf, tmp_path)


def test_a_year_of_thousands_stands_in_one_piece_beside_last_years(monkeypatch):
    layout = LAYOUTS["F2"]
    values = form_values(layout, PLAN, records=a_year(), last_year=a_year(2025))
    assert "2,905" in values.texts.values()
    pages = marks_of(make_form, data(layout, values), monkeypatch)
    lines = [mark.text for page in pages for mark in page if isinstance(mark, TextMark)]
    assert (lines.count("2,905"), lines.count("2905")) == (2, 1)  # a month's box is too narrow for the comma
    assert len(pages) == len(layout.pages)


def test_the_head_of_the_report_says_what_belongs_to_it(tmp_path):
    layout = LAYOUTS["F4"]
    values = form_values(layout, PLAN, records=a_year())
    pdf, _ = made(make_form, data(layout, values, note="第2版　確認番号 6624-8844-3631"))
    text = text_of(pdf, tmp_path)
    assert "第2版確認番号6624-8844-3631" in text
    assert f"{len(PLAN.items)}項目（実施状況を書いた項目{len(PLAN.items)}）" in text
    assert f"別紙{len(layout.pages) - 1}枚" in text


def test_an_example_row_shows_how_to_write_on_every_sheet_of_activities(tmp_path):
    for name in ("F1", "F1 large"):
        pdf, _ = made(make_form, data(LAYOUTS[name]))
        text = text_of(pdf, tmp_path)
        assert text.count("記入例") == len(LAYOUTS[name].pages)
        assert "体操とお茶の会" in text


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_blank_or_pre_filled_form_embeds_its_fonts_and_prints_last_years_values(layout, tmp_path):
    for values in (FormValues(), form_values(layout, PLAN, last_year=a_year(2025))):
        pdf, printed = made(make_form, data(layout, values))
        assert printed.missing_glyphs == ()
        assert all(embedded == "yes" for _, embedded, _ in fonts_of(pdf, tmp_path))
        text = text_of(pdf, tmp_path)
        assert all("".join(value.split()) in text for value in values.beside.values())
