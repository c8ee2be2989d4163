"""受付状況 in words: filters, counts, and the sentences about one district."""

from collections.abc import Callable, Sequence
from datetime import date

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.gui.ward.words import revision_words, short_day
from shakyo_desktop.services.overview import DistrictRow

Wanted = Callable[[DistrictRow], bool]


def _in(*states: DeskState) -> Wanted:
    return lambda row: row.desk in states


FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": ("すべて", lambda row: True),
    "missing": ("未着", _in(DeskState.MISSING)),
    "held": ("登録・判断待ち", lambda row: row.held > 0),
    "received": ("受取済", _in(DeskState.RECEIVED)),
    "checking": ("確認中", _in(DeskState.CHECKING)),
    "requested": ("お願い中", _in(DeskState.REQUESTED)),
    "resubmitted": ("再提出", _in(DeskState.RESUBMITTED)),
    "accepted": ("確定", _in(DeskState.ACCEPTED)),
    "late": ("おくれ", lambda row: row.days_late > 0),
}


def title_words(rows: Sequence[DistrictRow]) -> str:
    """12地区中 9地区 受取済."""
    if not rows:
        return "受付状況"
    received = sum(1 for row in rows if row.state is not None)
    return f"{len(rows)}地区中 {received}地区 受取済"


def counts(rows: Sequence[DistrictRow]) -> dict[str, int]:
    """How many things wait on the other screens, by screen."""
    return {
        "registrations": sum(row.held for row in rows),
        "review": sum(1 for row in rows if row.state is ReportState.RECEIVED),
        "answers": sum(1 for row in rows if answer_words(row) == "まだ"),
    }


def answer_words(row: DistrictRow) -> str:
    """Whether the answer to what was handed in was written to a stick."""
    if row.state not in (ReportState.ACCEPTED, ReportState.REQUESTED):
        return ""
    if row.proxy:
        return "紙で"
    return "済み" if row.answer_written else "まだ"


def story(row: DistrictRow) -> str:
    """One sentence about where a district stands and what comes next."""
    parts = [_where(row)]
    if row.held:
        waits = "もう1つの版など、人の判断" if row.state else "登録の確認"
        parts.append(f"{waits}を待つファイルが{row.held}件あります。")
    if row.problems:
        parts.append(f"気になる点が{row.problems}件あります。")
    if row.open_requests:
        until = f"（{short_era_date(row.requests_due)}まで）" if row.requests_due else ""
        parts.append(f"確認のお願い{row.open_requests}件に返事がありません{until}。")
    return "".join(parts)


def contact(row: DistrictRow) -> str:
    """Telephone and contact from the office's own roster, never from a paper that came."""
    person = f"　連絡先 {row.contact}" if row.contact else ""
    return f"電話 {row.telephone or '（名簿に番号がありません）'}{person}"


def dates(row: DistrictRow, today: date) -> str:
    """When to remind of what is due; empty when nothing is due or it is late already."""
    if row.due is None or row.reminder is None or row.days_late:
        return ""
    if row.state is None and row.reminder <= today:
        return "お願いの手紙を出す時期です。"
    return f"お知らせの日 {short_era_date(row.reminder)}"


def owing(row: DistrictRow, today: date) -> str:
    """Why a district gets a letter, in a few words; empty when it owes nothing yet."""
    reasons = []
    if row.days_late:
        reasons.append(f"期限を{row.days_late}日過ぎています")
    elif row.owes(today) and not row.open_requests:
        reasons.append("お知らせの日になりました")
    if row.open_requests:
        reasons.append(f"お願い{row.open_requests}件に返事がありません")
    return "、".join(reasons)


def _where(row: DistrictRow) -> str:
    if row.state is None:
        late = f"期限を{row.days_late}日過ぎています。" if row.days_late else ""
        return "" if row.held else f"まだ届いていません。{late}"
    when = short_day(row.received_at)
    how = "紙から代行入力しました" if row.proxy else "受け取りました"
    return f"{when}に{revision_words(row.revision, row.stage)}を{how}。{_next(row)}"


def _next(row: DistrictRow) -> str:
    if row.proxy and row.state in (ReportState.ACCEPTED, ReportState.REQUESTED):
        waits = "直した紙を待っています。" if row.state is ReportState.REQUESTED else ""
        return f"返事は、受領証を印刷して紙で渡します。{waits}"
    if row.state is ReportState.ACCEPTED:
        return "返事は渡しました。" if row.answer_written else "返事をまだ渡していません。"
    if row.state is ReportState.REQUESTED:
        return "直した報告を待っています。" if row.answer_written else "返事をまだ渡していません。"
    if row.checked_by:
        return f"{row.checked_by}さんが確認しました。別の人の確定を待っています。"
    match row.desk:
        case DeskState.CHECKING:
            return "確認の途中です。"
        case DeskState.RESUBMITTED:
            return "お願いのあとに届いた版です。内容をまだ確認していません。"
        case _:
            return "内容をまだ確認していません。"
