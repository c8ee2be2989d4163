"""送付票."""

import pytest

from shakyo_desktop.documents.pdf.cover_sheet import cover_sheet_qr, make_cover_sheet
from shakyo_desktop.domain.codes import Assembly, Stage
from tests.documents.pdf_reading import made, text_of
from tests.documents.samples import LONG_NAME, cover_sheet


def test_every_value_of_the_submission_stands_on_the_sheet(tmp_path):
    pdf, printed = made(make_cover_sheet, cover_sheet())
    text = text_of(pdf, tmp_path)
    for value in (
        "みほん区事務所",
        "みほん東地区部会（990011-01）",
        "令和8年度",
        "年度の報告",
        "総会の後",
        "第2版（第1版とさしかえ）",
        "令和9年6月12日14:05",
        "見本太郎",
        "印",
        "18/21",
        "206件",
        "182回",
        "12,340人",
        "1,820人",
        "48枚",
        "3件",
        "5件（理由は",
        "990011-01-2026-r2.shakyo",
        "1A2B3C4D5E6F7081",
        "1234-5678-9012",
        "受付番号",
        "受付日",
        "受付者",
        "1/1ページ",
    ):
        assert value in text
    assert printed.pages == 1


def test_counts_that_were_never_recorded_are_not_printed_as_zero(tmp_path):
    blank = cover_sheet(sessions=None, person_times=None, helpers=None, photos=0)
    text = text_of(made(make_cover_sheet, blank)[0], tmp_path)
    assert "0枚" in text
    assert "0回" not in text
    assert text.count("－") >= 3


@pytest.mark.parametrize(
    ("stage", "assembly", "words"),
    [(Stage.INTERIM, Assembly.BEFORE, "途中の報告"), (Stage.INTERIM, Assembly.NONE, "総会なし")],
)
def test_stage_and_assembly_are_in_words(stage, assembly, words, tmp_path):
    pdf, _ = made(make_cover_sheet, cover_sheet(stage=stage, assembly=assembly))
    assert words in text_of(pdf, tmp_path)


def test_a_first_submission_asks_the_office_to_register_it(tmp_path):
    pdf, _ = made(make_cover_sheet, cover_sheet(first_time=True, revision=1, supersedes_revision=None))
    text = text_of(pdf, tmp_path)
    assert "はじめての提出です" in text
    assert "第1版（はじめて）" in text


def test_long_names_stay_whole_on_one_page(tmp_path):
    pdf, printed = made(make_cover_sheet, cover_sheet(org_name=LONG_NAME, office_name=LONG_NAME))
    text = text_of(pdf, tmp_path)
    assert f"{LONG_NAME}（990011-01）" in text
    assert f"{LONG_NAME}御中" in text
    assert printed.pages == 1


def test_a_missing_character_is_listed_with_its_place(tmp_path):
    pdf, printed = made(make_cover_sheet, cover_sheet(chair_name="見本🙂太郎"))
    assert [(one.where, one.character) for one in printed.missing_glyphs] == [("部会長の名前", "🙂")]
    assert "見本〓太郎" in text_of(pdf, tmp_path)


def test_the_qr_text_names_form_district_year_revision_manifest_and_number():
    assert cover_sheet_qr(cover_sheet()) == "SHAKYO/COVER/1/990011-01/2026/F2/1A2B3C4D5E6F7081/123456789012"


def test_a_successors_sheet_asks_the_office_about_the_registration_before(tmp_path):
    text = text_of(made(make_cover_sheet, cover_sheet(successor=True))[0], tmp_path)
    for value in (
        "新しい担当者です",
        "□前の登録を終わる",
        "□両方を使う",
        "担当者が代わりました",
        "1/1ページ",
    ):
        assert value in text
    assert "引継ぎ" not in text_of(made(make_cover_sheet, cover_sheet())[0], tmp_path)
