"""引継書 and the page with the 合い言葉."""

from shakyo_desktop.documents.pdf.handover_book import NOTHING_OPEN, make_handover_book
from shakyo_desktop.documents.pdf.handover_code import make_handover_code
from shakyo_desktop.documents.pdf.refusal_notice import make_refusal_notice
from tests.documents.pdf_reading import made, text_of
from tests.documents.samples import book_year, handover_book, handover_code, refusal_notice


def test_the_book_says_what_is_open_where_things_are_and_what_comes(tmp_path):
    pdf, printed = made(make_handover_book, handover_book())
    text = text_of(pdf, tmp_path)
    for value in (
        "引継書",
        "みほん東地区部会（990011-01）",
        "見本花子",
        "次の担当者",
        "部会長",
        "印",
        "令和9年6月12日（土）",
        "五番めにすること",
        "第2版（年度の報告）",
        "まだ提出していません",
        "人数を教えてください",
        "令和9年6月20日",
        "6見守り活動の推進実施提出済み",
        "みほん区000-000-0000",
        "復旧シートの置き場所",
        "令和9年10月31日（日）年度なかばの確認",
    ):
        assert value in text
    assert printed.missing_glyphs == ()


def test_a_year_with_nothing_open_says_so(tmp_path):
    text = text_of(made(make_handover_book, handover_book(years=(book_year(times=0),)))[0], tmp_path)
    assert NOTHING_OPEN in text


def test_what_would_begin_on_the_second_page_leaves_no_empty_end_on_the_first(tmp_path):
    pdf, _ = made(make_handover_book, handover_book(years=(book_year(), book_year(times=1))))
    text = text_of(pdf, tmp_path)
    assert text.index("これから1年の予定") < text.index("ファイルと紙のあるところ")
    short = text_of(made(make_handover_book, handover_book(years=(book_year(times=0),)))[0], tmp_path)
    assert short.index("ファイルと紙のあるところ") < short.index("これから1年の予定")


def test_the_code_stands_in_fours_on_a_page_that_tells_how_to_keep_it(tmp_path):
    pdf, printed = made(make_handover_code, handover_code())
    text = text_of(pdf, tmp_path)
    for value in ("123456789012", "345678901234", "手から手へ", "同じ袋や封筒に入れない", "捨てて"):
        assert value in text
    assert printed.pages == 1


def test_the_notice_says_which_file_why_and_what_to_do(tmp_path):
    pdf, printed = made(make_refusal_notice, refusal_notice())
    text = text_of(pdf, tmp_path)
    for value in (
        "みほん東地区部会様",
        "990011-01-2026-r2.shakyo",
        "第2版",
        "引継ぎで終わった",
        "新しい担当者の",
    ):
        assert value in text
    assert "何も変わっていません" in text
    assert printed.pages == 1
