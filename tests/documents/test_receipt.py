"""受領証 and 確認のお願い."""

import pytest

from shakyo_desktop.documents.pdf.receipt import make_receipt
from shakyo_desktop.domain.codes import ReplyResult
from tests.documents.pdf_reading import made, text_of
from tests.documents.samples import receipt, request


def test_every_value_of_the_answer_stands_on_the_receipt(tmp_path):
    data = receipt(
        requests=(request(), request(item="", place="", field="", due=None, text="総会の日付は？"))
    )
    text = text_of(made(make_receipt, data)[0], tmp_path)
    for value in (
        "受領証・確認のお願い",
        "R8-0012",
        "みほん東地区部会部会長様",
        "みほん区事務所",
        "電話000-000-0000",
        "令和9年6月12日14:05",
        "令和8年度",
        "途中の報告",
        "第1版",
        "990011-01-2026-r1.shakyo",
        "1A2B3C4D5E6F7081",
        "確認をお願いします",
        "確認のお願い（2件）",
        "6見守り活動の推進",
        "9月12日ふれあい食事会",
        "【延べ参加者】",
        "R9.7.10",
        "報告の全体",
        "総会の日付は？",
    ):
        assert value in text


RESULTS = {
    ReplyResult.ACCEPTED: ("確定しました", "受領証", "確認のお願い"),
    ReplyResult.ACCEPTED_WITH_REQUESTS: ("次の報告のときのお願い", "いま直す必要はありません", "直し方"),
    ReplyResult.RETURNED: ("確認をお願いします", "もう一度提出", "次の報告のとき"),
}


@pytest.mark.parametrize("result", RESULTS)
def test_the_result_says_what_to_do_next(result, tmp_path):
    said, next_step, not_said = RESULTS[result]
    requests = () if result is ReplyResult.ACCEPTED else (request(),)
    text = text_of(made(make_receipt, receipt(result=result, requests=requests))[0], tmp_path)
    assert said in text
    assert next_step in text
    assert not_said not in text


def test_many_requests_flow_to_further_pages_under_the_same_headings(tmp_path):
    requests = tuple(request(text=f"お願いその{number}です。") for number in range(1, 41))
    pdf, printed = made(make_receipt, receipt(requests=requests))
    text = text_of(pdf, tmp_path)
    assert printed.pages >= 3
    assert all(f"お願いその{number}です。" in text for number in range(1, 41))
    assert text.count("お願いの内容") == printed.pages
    assert f"{printed.pages}/{printed.pages}ページ" in text
    assert text.count("確認のお願い（つづき）") == printed.pages - 1


def test_one_request_longer_than_a_page_is_not_cut(tmp_path):
    words = [f"第{number}文は長い。" for number in range(400)]
    pdf, printed = made(make_receipt, receipt(requests=(request(text="\n".join(words)),)))
    text = text_of(pdf, tmp_path)
    assert printed.pages > 5
    assert all(word in text for word in words)
