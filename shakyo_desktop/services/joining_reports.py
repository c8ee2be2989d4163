"""合わせる at an office: a held version and the one that counts become one year, field by field.

Both stay as they were signed. Every decision is a row of the history, and can be changed until the joined
report is accepted or asked about; the whole can be undone as long as no answer was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.joining_years import Joining, Side
from shakyo_desktop.domain.review_steps import StepKind
from shakyo_desktop.domain.submission import HeldPackage, Submission
from shakyo_desktop.exchange.opened import OpenedPackage, ReportContent
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.join_lines import JoinView, Pair, first_words
from shakyo_desktop.services.join_requests import write_requests
from shakyo_desktop.services.joined_reports import (
    JOINED,
    Join,
    base_of,
    count_again,
    counted_records,
    joins_of,
    keep_joins,
    pair_of,
    parent_of,
)
from shakyo_desktop.services.joining_view import joining_view, note_choices
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.services.judging import judge_file
from shakyo_desktop.services.kept_reports import submission_of
from shakyo_desktop.services.key_states import PENDING_CODES
from shakyo_desktop.services.steps_of_review import note_step
from shakyo_desktop.services.taking_in import file_unused
from shakyo_desktop.storage.stores import Stores

_CHOICES = "joining"


@dataclass(frozen=True, slots=True)
class _Held:
    """A held version opened beside the report that counts."""

    held: HeldPackage
    opened: OpenedPackage
    other: Submission
    counting: Submission
    parent: Submission | None
    pair: Pair


class ReportJoining:
    """Joins two versions of one report; a conflict is named by ``JoinLine.key``."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def look(self, manifest: str) -> JoinView:
        """A held version beside the report that counts, with the choices made so far; nothing is stored.

        Raises:
            NotFound: it is not held any more.
            NotReady: nothing counts that it could be joined with, or its sender is not registered now.
        """
        with self._context.database.reading() as stores:
            found = self._open(stores, manifest)
            choices = _choices(stores, manifest, found.pair.joining)
            return joining_view(stores, found.counting, found.other, found.pair, choices)

    def choose(self, manifest: str, choices: Mapping[str, Side | None]) -> None:
        """Remember choices that are not final yet; None takes one back."""
        with self._context.database.transaction() as stores:
            if stores.held.find(manifest) is None:
                raise _not_held()
            kept: dict[str, str] = stores.settings.get(f"{_CHOICES}.{manifest}", {})
            for key, side in choices.items():
                kept.pop(key, None)
                if side is not None:
                    kept[key] = side.value
            stores.settings.set(f"{_CHOICES}.{manifest}", kept)

    def finish(self, manifest: str) -> Submission:
        """Join them: the joined year counts from now on, and both versions stay as they were signed.

        Returns:
            the report that counts.

        Raises:
            NotReady: a conflict is undecided; everything chosen so far is kept.
        """
        with self._context.database.transaction() as stores:
            found = self._open(stores, manifest)
            choices = _choices(stores, manifest, found.pair.joining)
            _expect_decided(joining_view(stores, found.counting, found.other, found.pair, choices))
            journal = self._journal(stores)
            other = file_unused(stores, found.opened, journal.now, found.held.file_name)
            stores.held.change_code(manifest, JOINED)
            join = Join(
                package_id=other.package_id,
                manifest=manifest,
                base=found.parent.package_id if found.parent else None,
                code=found.held.code,
                state=found.counting.state.value,
                who=journal.who,
                at=journal.now,
                choices=choices,
            )
            join = replace(join, requests=write_requests(journal, found.counting, other, join, found.pair))
            keep_joins(stores, found.counting, (*joins_of(stores, found.counting), join))
            note_choices(journal, found.pair.joining, choices)
            stores.settings.remove(f"{_CHOICES}.{manifest}")
            counting = replace(found.counting, state=ReportState.RECEIVED)
            note_step(stores, counting.package_id, StepKind.JOINED, journal.now)
            return count_again(stores, counting, self._context.today())

    def look_again(self, package_id: str) -> JoinView:
        """The newest joining of a report that was joined.

        Raises:
            NotFound: nothing was joined into it.
        """
        with self._context.database.reading() as stores:
            counting, join = _last_join(stores, package_id)
            other = stores.submissions.get(join.package_id)
            pair = pair_of(stores, counting, join)
            view = joining_view(stores, counting, other, pair, join.choices)
            by = f"{join.who}　{era_timestamp(join.at)}"
            lines = tuple(replace(line, decided_by=by) for line in view.lines)
            return replace(view, lines=lines, open=_is_open(stores, counting), finished=True)

    def change(self, package_id: str, choices: Mapping[str, Side]) -> Submission:
        """Bring a losing value back: the other choice counts from now on.

        Raises:
            NotReady: the report is decided, or a newer one is here.
        """
        with self._context.database.transaction() as stores:
            counting, join = _last_join(stores, package_id)
            _expect_open(stores, counting)
            journal, pair = self._journal(stores), pair_of(stores, counting, join)
            changed = {key: side for key, side in choices.items() if join.choices.get(key) is not side}
            after = replace(join, choices={**join.choices, **changed}, who=journal.who, at=journal.now)
            other = stores.submissions.get(join.package_id)
            after = replace(after, requests=write_requests(journal, counting, other, after, pair))
            keep_joins(stores, counting, (*joins_of(stores, counting)[:-1], after))
            note_choices(journal, pair.joining, changed)
            note_step(stores, package_id, StepKind.JOINED, journal.now, note="選び直し")
            return count_again(stores, counting, self._context.today())

    def undo(self, package_id: str) -> Submission:
        """Take the newest joining back: the other version waits again, the choices are kept for it.

        Raises:
            NotReady: an answer was made since, the report is decided, or a newer one is here.
        """
        with self._context.database.transaction() as stores:
            counting, join = _last_join(stores, package_id)
            _expect_open(stores, counting)
            if stores.replies.of_package(join.package_id) is not None:
                raise NotReady(
                    "合わせたことを、もう返事にしています。\n記録は変わっていません。\n"
                    "採った内容は、1つずつ変えられます。"
                )
            for request_id in join.requests:
                stores.review.remove_comment(request_id)
            keep_joins(stores, counting, joins_of(stores, counting)[:-1])
            stores.held.change_code(join.manifest, join.code)
            kept = {key: side.value for key, side in join.choices.items()}
            stores.settings.set(f"{_CHOICES}.{join.manifest}", kept)
            before = replace(counting, state=ReportState(join.state))
            note_step(stores, package_id, StepKind.JOINED, self._context.now(), note="取り消し")
            return count_again(stores, before, self._context.today())

    def _open(self, stores: Stores, manifest: str) -> _Held:
        held = stores.held.find(manifest)
        if held is None or held.code == JOINED:
            raise _not_held()
        if held.code in PENDING_CODES:
            raise NotReady(
                "差出人がまだ登録されていません。\n待っているファイルはそのままです。\n"
                "先に、確認番号を入れて登録してください。"
            )
        sealed = stores.held.sealed(manifest)
        judged = judge_file(self._context, stores, Path(held.file_name), sealed, chosen=manifest)
        if judged.opened is None or not isinstance(judged.opened.content, ReportContent):
            raise NotReady(judged.verdict.message)
        came = submission_of(judged.opened.info, manifest, held.file_name)
        other = replace(came, received_at=held.received_at)
        counting = stores.submissions.newest(other.org, other.fiscal_year)
        if counting is None:
            raise NotReady(
                "合わせる相手になる報告が、まだありません。\n待っているファイルはそのままです。\n"
                "「届いた版を使う」を押してください。"
            )
        if counting.state is ReportState.ACCEPTED:
            raise NotReady(
                "今使っている報告は確定しています。\nどちらの版もそのまま残っています。\n"
                "合わせるときは、先に「確認する」で「もう一度確認する」を押してください。"
            )
        parent = parent_of(stores, counting, other)
        base = base_of(stores, parent.package_id) if parent else None
        pair = Pair.of(counted_records(stores, counting), judged.opened.content.year, base)
        return _Held(held, judged.opened, other, counting, parent, pair)

    def _journal(self, stores: Stores) -> Journal:
        return Journal(stores, str(stores.settings.get("person_name", "")), self._context.now())


def _choices(stores: Stores, manifest: str, joining: Joining) -> dict[str, Side]:
    kept: dict[str, str] = stores.settings.get(f"{_CHOICES}.{manifest}", {})
    return {key: Side(kept[key]) for key in joining.keys if key in kept}


def _expect_decided(view: JoinView) -> None:
    if view.undecided:
        raise NotReady(
            f"まだ選んでいない欄が{view.undecided}か所あります（{first_words(view.lines)} など）。\n"
            "選んだものは残っています。2つの版もそのままです。\n全部選んでから、もう一度押してください。",
            code="joining.undecided",
        )


def _last_join(stores: Stores, package_id: str) -> tuple[Submission, Join]:
    counting = stores.submissions.get(package_id)
    joins = joins_of(stores, counting)
    if not joins:
        raise NotFound("この報告は、合わせたものではありません。\n記録は変わっていません。")
    return counting, joins[-1]


def _is_open(stores: Stores, counting: Submission) -> bool:
    newest = stores.submissions.newest(counting.org, counting.fiscal_year)
    is_newest = newest is not None and newest.package_id == counting.package_id
    return is_newest and counting.state is ReportState.RECEIVED


def _expect_open(stores: Stores, counting: Submission) -> None:
    if not _is_open(stores, counting):
        raise NotReady(
            "この報告は、もう返事をしたか、新しい版が届いています。\n合わせた内容はそのままです。\n"
            "変えるときは、先に「確認する」で「もう一度確認する」を押してください。"
        )


def _not_held() -> NotFound:
    return NotFound("待っているファイルが見つかりません。記録は何も変わっていません。")
