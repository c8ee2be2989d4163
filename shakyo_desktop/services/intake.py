"""Taking files in, each on its own: judge, hold, take in or refuse; a refused file changes nothing."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.domain.errors import Cancelled, NotSaved, PackageRefused
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.services import verdict_words
from shakyo_desktop.services.arriving_files import files_of, in_order, name_of, read_file
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.file_report import FileReport, describe_file
from shakyo_desktop.services.holding import hold, number_of
from shakyo_desktop.services.import_undo import changes_of
from shakyo_desktop.services.judging import Judged, judge_file, still_stands
from shakyo_desktop.services.newer_revisions import asking, changes_by
from shakyo_desktop.services.taking_in import take_in
from shakyo_desktop.services.trust import receiver_keys
from shakyo_desktop.services.verdicts import ACCEPTED, PENDING_APPROVAL, Verdict
from shakyo_desktop.services.whole_imports import WholeImports
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.stores import Stores

log = logging.getLogger("shakyo_desktop.intake")

Progress = Callable[[int, int, str], None]
IsCancelled = Callable[[], bool]


class IntakeService:
    """Reports at an office; answers and setups at a district."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self.imports = WholeImports(context)

    def judge(
        self, paths: Sequence[Path], progress: Progress | None = None, cancelled: IsCancelled | None = None
    ) -> tuple[Verdict, ...]:
        """Say what would become of each file; nothing changes."""
        return self._for_each(paths, self._judge_only, progress, cancelled)

    def receive(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        cancelled: IsCancelled | None = None,
        *,
        ask_before_replacing: bool = False,
        run: str = "",
    ) -> tuple[Verdict, ...]:
        """Take files and folders in, sorted by key and number, each on its own.

        When it is cancelled between two files, those already judged stay as their verdicts say.

        Args:
            ask_before_replacing: what would replace a report that is here is not stored; its verdict is
                pending_approval with the code ``report.newer``.
            run: the import these files belong to, from ``new_run``; one of their own when it is empty.

        Raises:
            Cancelled: before the first file.
        """
        asked: set[str] | None = set() if ask_before_replacing else None
        name = run or self.new_run()
        with self._context.doing(Work.RECEIVE):
            return self._for_each(
                paths, lambda file: self._receive_file(file, asked, name), progress, cancelled
            )

    def new_run(self) -> str:
        """The name of a new import: what is handed over at once, and what is decided about it later."""
        return new_id(self._context.now())

    def _for_each(
        self,
        paths: Sequence[Path],
        work: Callable[[Path], Verdict],
        progress: Progress | None,
        cancelled: IsCancelled | None,
    ) -> tuple[Verdict, ...]:
        with self._context.database.reading() as stores:
            identities = receiver_keys(stores).identities
        files = in_order(files_of(paths), identities)
        verdicts: list[Verdict] = []
        for number, file in enumerate(files):
            if cancelled is not None and cancelled():
                if not verdicts:
                    raise Cancelled("中止しました。何も変わっていません。")
                break
            if progress is not None:
                progress(number, len(files), file.name)
            verdicts.append(work(file))
        if progress is not None:
            progress(len(verdicts), len(files), "")
        return tuple(verdicts)

    def _judge_only(self, path: Path) -> Verdict:
        try:
            sealed = read_file(path)
        except PackageRefused as refusal:
            return verdict_words.refused(path, refusal)
        with self._context.database.reading() as stores:
            return judge_file(self._context, stores, path, sealed).verdict

    def _receive_file(self, path: Path, asked: set[str] | None, run: str) -> Verdict:
        try:
            verdict = self.receive_bytes(path, read_file(path), asked=asked, run=run)
        except PackageRefused as refusal:
            verdict = verdict_words.refused(path, refusal)
        except NotSaved as error:  # a full disk: the other files still get their verdicts
            verdict = verdict_words.not_kept(path, error)
        log.info("received %s %s", verdict.verdict, verdict.code)
        return verdict

    def receive_bytes(
        self,
        path: Path,
        sealed: bytes,
        chosen: str | None = None,
        asked: set[str] | None = None,
        run: str = "",
    ) -> Verdict:
        """Take one package in; it is judged outside the transaction that stores it.

        Args:
            path: names the file in its verdict.
            chosen: its manifest when a person chose this version; then two versions do not hold it again.
            asked: when a person is asked before a report is replaced: what was asked about so far.
            run: the import it came with.
        """
        with self._context.database.reading() as stores:
            judged = judge_file(self._context, stores, path, sealed, chosen)
            question = None if asked is None else asking(stores, judged, asked)
        if question is not None:
            return question
        number = ""
        if judged.standing is not None and judged.verdict.verdict == PENDING_APPROVAL:
            number = number_of(self._context, judged.standing)
        if judged.verdict.verdict not in (ACCEPTED, PENDING_APPROVAL):
            return judged.verdict
        with self._context.database.transaction() as stores:
            if not still_stands(self._context, stores, judged, chosen):
                judged = judge_file(self._context, stores, path, sealed, chosen)
            self._store(stores, judged, path, sealed, number, run)
        return judged.verdict

    def _store(
        self, stores: Stores, judged: Judged, path: Path, sealed: bytes, number: str, run: str
    ) -> None:
        """Take it in, let it wait, or do nothing, as the verdict says; what is new gets a line in the log."""
        verdict, now = judged.verdict, self._context.now()
        who = str(stores.settings.get("person_name", ""))
        kept = False
        if judged.opened is not None:
            kept = take_in(stores, judged.opened, sealed, now, self._context.today(), name_of(path))
        elif judged.standing is not None and verdict.verdict == PENDING_APPROVAL:
            kept = hold(stores, judged.standing, sealed, number, now, name_of(path), who)
        if kept:
            stores.intake_log.append(_log_line(verdict, who, now, run))

    def inspect(self, path: Path) -> FileReport:
        """Sender, dates, counts and check result of one file; nothing changes."""
        verdict = self._judge_only(path)
        with self._context.database.reading() as stores:
            return describe_file(path, verdict, receiver_keys(stores).identities)

    def differences(self, package_id: str) -> tuple[FieldDifference, ...]:
        """What a revision that was taken in changed against the one before it."""
        with self._context.database.reading() as stores:
            return changes_of(stores, package_id)

    def differences_in(self, path: Path) -> tuple[FieldDifference, ...]:
        """What a file would change against the report that counts here; nothing is stored.

        Raises:
            PackageRefused: the file cannot be read any more.
        """
        sealed = read_file(path)
        with self._context.database.reading() as stores:
            return changes_by(stores, judge_file(self._context, stores, path, sealed))

    def undo(self, package_id: str) -> None:
        """Withdraw a report that was taken in; the same file re-applies it.

        Raises:
            NotReady: something later depends on it, and the message says what; or it was taken back before.
        """
        with self._context.database.reading() as stores:
            manifest = stores.submissions.get(package_id).manifest
        self.imports.undo("", manifest)

    def log(self) -> tuple[IntakeLogEntry, ...]:
        """What was taken in or held, newest first."""
        with self._context.database.reading() as stores:
            return stores.intake_log.newest()


def _log_line(verdict: Verdict, who: str, at: datetime, run: str) -> IntakeLogEntry:
    return IntakeLogEntry(
        file_name=name_of(verdict.file),
        verdict=verdict.verdict,
        code=verdict.code,
        at=at,
        manifest=verdict.manifest or "",
        org=verdict.sender or "",
        who=who,
        run=run,
    )
