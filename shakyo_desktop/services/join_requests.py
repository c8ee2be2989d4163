"""What an office tells a district about its joining: 確認のお願い at every field it decided about."""

from collections.abc import Iterator

from shakyo_desktop.domain.field_values import table_of
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.joined_year import is_thrown_away
from shakyo_desktop.domain.joining_years import Contested, FieldChange, Side
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Photo, Record
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.services.deciding import REPORT
from shakyo_desktop.services.join_lines import Pair, words_for
from shakyo_desktop.services.joined_reports import Join
from shakyo_desktop.services.journal import Journal

_MOST = 200
_WHOLE = (
    "同じ年度の報告が、2つのパソコンから届きました。区事務所で、2つを合わせました。\n"
    "もう一方の内容を、この返事に入れました。受け取ると、このパソコンの記録と合わさります。"
    "両方が違うことを書いていた欄には、1つずつお願いを付けました。"
)
_OWN = (
    "2つのパソコンで、違う内容でした。区事務所では、このパソコンの「{chosen}」を採りました"
    "（もう一方は「{lost}」）。違うときは直してください。"
)
_OTHERS = (
    "2つのパソコンで、違う内容でした。区事務所では、もう一方の「{chosen}」を採りました"
    "（このパソコンでは「{lost}」）。それでよければ、この欄も直してください。違うときはそのままにしてください。"
)
_STAYS = (
    "片方のパソコンで消され、もう片方で直されていました。区事務所では残しました。"
    "要らないときは消してください。"
)
_GOES = (
    "片方のパソコンで消され、もう片方で直されていました。区事務所では、消すほうを採りました。"
    "要るときは知らせてください。"
)


def write_requests(
    journal: Journal, counting: Submission, joined: Submission, join: Join, pair: Pair
) -> tuple[str, ...]:
    """Write the requests of both versions, in place of those written before; returns their ids.

    A request about the whole report names in ``record_id`` the version that counts.
    """
    for request_id in join.requests:
        journal.stores.review.remove_comment(request_id)
    plans = {plan.id: plan for plan in journal.stores.plans.for_year(counting.fiscal_year)}
    ids = []
    for submission, side in ((counting, Side.HERE), (joined, Side.OTHER)):
        texts = [(REPORT, counting.package_id, "", _WHOLE), *_about(pair, join, side, plans)]
        for table, record_id, field, text in texts:
            request = CorrectionRequest(
                id=new_id(journal.now),
                package_id=submission.package_id,
                table=table,
                record_id=record_id,
                field=field,
                text=text,
            )
            journal.stores.review.save_comment(request, journal.who, journal.now)
            ids.append(request.id)
    return tuple(ids)


def _about(pair: Pair, join: Join, side: Side, plans: dict[str, Plan]) -> Iterator[tuple[str, str, str, str]]:
    """Table, record as this side knows it, field and words of every decision."""
    for change in pair.joining.unused:
        record = change.record if side is Side.HERE else change.theirs or change.record
        words = _words(change, side, join.choices.get(change.key, Side.HERE), plans)
        yield table_of(record), record.id, change.field, words
    for contested in pair.joining.contested:
        if contested.gone is not side:  # the other computer has the record no longer
            words = _GOES if is_thrown_away(contested, join.choices) else _STAYS
            yield _whole_record(contested, words)


def _whole_record(contested: Contested, words: str) -> tuple[str, str, str, str]:
    return table_of(contested.record), contested.record.id, "", words


def _words(change: FieldChange, side: Side, chosen: Side, plans: dict[str, Plan]) -> str:
    theirs = change.theirs or change.record
    texts = {
        Side.HERE: _short(change.record, change.field, plans),
        Side.OTHER: _short(theirs, change.field, plans),
    }
    lost = Side.OTHER if chosen is Side.HERE else Side.HERE
    form = _OWN if chosen is side else _OTHERS
    return form.format(chosen=texts[chosen], lost=texts[lost])


def _short(record: Record, field: str, plans: dict[str, Plan]) -> str:
    plan = None if isinstance(record, Photo) else plans.get(record.plan_id)
    text = words_for(record, field, plan) or "（なし）"
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
