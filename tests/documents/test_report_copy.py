"""報告の写し."""

from datetime import UTC, datetime

from shakyo_desktop.documents.pdf.report_copy import make_report_copy
from shakyo_desktop.domain.codes import Granularity, ImplementationState, OutcomeState
from shakyo_desktop.domain.records import GoodPractice, Photo
from tests.documents.pdf_reading import made, text_of
from tests.documents.samples import activity, plan, report_copy, status


def test_every_text_figure_and_activity_of_the_year_is_printed(tmp_path):
    photo = Photo(
        id="p",
        org="990011-01",
        fiscal_year=2026,
        activity_id="activity-1",
        sha256="0" * 64,
        size=1,
        width=1,
        height=1,
    )
    data = report_copy(
        (
            status(6, target_value=48_000, target_unit="人"),
            status(9, state=ImplementationState.SUSPENDED, state_reason="会場の工事"),
        ),
        (
            activity(1),
            activity(
                2, outcome_state=OutcomeState.CANCELLED, outcome_reason="雨", participants=None, helpers=None
            ),
            activity(
                3,
                granularity=Granularity.MONTHLY_TOTAL,
                held_on=None,
                month="2026-09",
                sessions=4,
                content="",
            ),
            activity(4, participants=None, participants_unknown=True),
        ),
        (
            GoodPractice(
                id="g",
                org="990011-01",
                fiscal_year=2026,
                plan_id=plan().id,
                item_number=6,
                title="朝のあいさつ",
                story="毎朝のあいさつから。" * 190,
                consent=True,
            ),
        ),
        (photo,),
    )
    text = text_of(made(make_report_copy, data)[0], tmp_path)
    for value in (
        "第2版",
        "6　見守り活動の促進（重点）".replace("　", ""),
        "×ほとんど進まなかった",
        "48人（達成率100.0%）",
        "顔の見える関係ができました。",
        "担い手の高齢化",
        "若い世代に声をかけます。",
        "人、資金",
        "会場の工事",
        "休止",
        "未報告",
        "R8.4.2",
        "10:00～12:00",
        "見守りその1です。",
        "【中止】雨",
        "9月分",
        "4回",
        "不明",
        "24人",
        "いっしょに：自治会",
        "見守り回数12回",
        "写真1枚",
        "成果事例朝のあいさつ（紹介してよい）",
    ):
        assert value in text
    assert text.count("毎") == 190  # a page may end within a sentence


def test_a_total_that_was_typed_over_shows_both_figures(tmp_path):
    data = report_copy(
        (status(6, typed_totals={"visits": 30}, totals_reason="名簿で数えた"),), (activity(1),)
    )
    text = text_of(made(make_report_copy, data)[0], tmp_path)
    assert "30回※" in text
    assert "活動記録から数えると見守り回数12回" in text
    assert "名簿で数えた" in text


def test_what_lies_in_the_bin_is_not_printed(tmp_path):
    gone = datetime(2026, 5, 1, tzinfo=UTC)
    data = report_copy((), (activity(1), activity(2, deleted_at=gone)))
    text = text_of(made(make_report_copy, data)[0], tmp_path)
    assert "見守りその1です。" in text
    assert "見守りその2です。" not in text


def test_text_that_could_not_be_read_is_printed_as_typed(tmp_path):
    data = report_copy((status(6, unread={"target_value": "たくさん"}),))
    text = text_of(made(make_report_copy, data)[0], tmp_path)
    assert "読めなかった文字" in text
    assert "たくさん" in text


def test_an_empty_year_is_a_list_of_items_not_reported(tmp_path):
    pdf, printed = made(make_report_copy, report_copy(revision=None, stage=None))
    text = text_of(pdf, tmp_path)
    assert "まだ提出していません" in text
    assert text.count("未報告") == sum(item.reporter == "district" for item in plan().items)
    assert printed.pages <= 2


def test_each_item_with_records_has_a_bookmark():
    few = made(make_report_copy, report_copy((status(6),)))[0]
    many = made(make_report_copy, report_copy(tuple(status(number) for number in range(1, 22))))[0]
    assert few.count(b"/Dest") + 20 == many.count(b"/Dest")
