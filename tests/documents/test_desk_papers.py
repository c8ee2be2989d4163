"""Letters that ask for what is missing, one page each, and the printed list of the desk."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shakyo_desktop.documents.pdf.desk_list import DeskListData, make_desk_list
from shakyo_desktop.documents.pdf.reminder_letter import (
    Letter,
    LetterRequest,
    LettersData,
    make_reminder_letters,
)
from tests.documents.pdf_reading import fonts_of, made, text_of

AT = datetime(2027, 7, 10, 3, 0, tzinfo=UTC)
LATE = Letter(
    org_code="990011-01",
    org_name="みほん東地区部会",
    wanted="年度の報告（提出ファイルと送付票）",
    due=date(2027, 6, 30),
    days_late=10,
)
ASKED = replace(
    LATE,
    org_name="みほん西地区部会",
    wanted="お願いの欄を直した報告（提出ファイルと送付票）",
    due=None,
    days_late=0,
    requests=(
        LetterRequest(where="6 見守り活動の推進　成果", text="人数を教えてください。", due=date(2027, 7, 5)),
        LetterRequest(where="報告の全体", text="総会の日付は？"),
    ),
)


def letters(*found: Letter, **more) -> LettersData:
    """A ward's letters."""
    return LettersData(
        office_name="みほん区事務所",
        office_telephone="000-000-0000",
        fiscal_year=2026,
        day=date(2027, 7, 10),
        made_at=AT,
        letters=found,
        **more,
    )


def test_a_letter_says_what_is_missing_since_when_and_whom_to_call(tmp_path):
    pdf, printed = made(make_reminder_letters, letters(LATE))
    text = text_of(pdf, tmp_path)
    assert printed.pages == 1
    for value in (
        "ご報告のお願い",
        "みほん東地区部会部会長様",
        "令和8年度",
        "年度の報告（提出ファイルと送付票）",
        "令和9年6月30日（水）（10日過ぎています）",
        "行きちがい",
        "お問い合わせみほん区事務所電話000-000-0000",
    ):
        assert value in text
    assert "督促" not in text
    assert all(embedded == "yes" for _, embedded, _ in fonts_of(pdf, tmp_path))


def test_every_district_has_its_own_page_and_every_request_its_line(tmp_path):
    pdf, printed = made(make_reminder_letters, letters(LATE, ASKED))
    text = text_of(pdf, tmp_path)
    assert printed.pages == 2
    assert text.count("1/1ページ") == 2
    for value in (
        "確認のお願い2件",
        "6見守り活動の推進成果",
        "人数を教えてください。",
        "R9.7.5",
        "総会の日付は？",
    ):
        assert value in text


def test_many_long_requests_still_make_one_page_and_the_rest_is_counted(tmp_path):
    many = tuple(
        LetterRequest(where=f"{number} みほんの取組項目　成果", text="くわしく教えてください。" * 40)
        for number in range(1, 31)
    )
    pdf, printed = made(make_reminder_letters, letters(replace(ASKED, requests=many), LATE))
    text = text_of(pdf, tmp_path)
    assert printed.pages == 2
    shown = text.count("みほんの取組項目")
    assert 3 <= shown < 30
    assert f"ほかに{30 - shown}件あります" in text


def test_an_office_without_a_number_prints_none_and_practice_is_marked(tmp_path):
    pdf, printed = made(make_reminder_letters, replace(letters(LATE, practice=True), office_telephone=""))
    text = text_of(pdf, tmp_path)
    assert "電話0" not in text
    assert "練習用提出には使えません" in text
    assert printed.pages == 1


def test_letters_to_nobody_are_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="no letter"):
        made(make_reminder_letters, letters())


def test_seventy_districts_fill_their_pages_under_the_same_headings(tmp_path):
    rows = tuple(
        (f"みほん{number}地区部会", "確認お願い中", "R8.9.12", "2", "13/13", "R9.6.30", "10日", "3件")
        for number in range(1, 71)
    )
    data = DeskListData(
        office_name="みほん区事務所", fiscal_year=2026, made_at=AT, said="70地区部会", rows=rows
    )
    pdf, printed = made(make_desk_list, data)
    text = text_of(pdf, tmp_path)
    assert all(f"みほん{number}地区部会" in text for number in range(1, 71))
    assert text.count("地区部会状態受取日") == printed.pages
    assert made(make_desk_list, replace(data, rows=()))[1].pages == 1
