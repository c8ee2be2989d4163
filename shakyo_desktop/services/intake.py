"""Taking files in, each on its own: judge, hold, take in or refuse; a refused file changes nothing."""

import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.domain.errors import Cancelled, PackageRefused
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.exchange.inspection import inspect_package
from shakyo_desktop.exchange.keys import check_number
from shakyo_desktop.exchange.opened import AnswerContent, OpenedPackage, ReportContent
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.exchange.trust import ReceiverKeys, TrustStore
from shakyo_desktop.services import verdict_words
from shakyo_desktop.services.arriving_files import Arriving, files_of, in_order, read_file
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.file_report import FileReport, describe_file
from shakyo_desktop.services.holding import check_room, hold
from shakyo_desktop.services.import_undo import changes_of, undo_import
from shakyo_desktop.services.setup_intake import apply_setup
from shakyo_desktop.services.taking_in import take_in_answer, take_in_report
from shakyo_desktop.services.trust import DistrictTrust, OfficeTrust, receiver_keys
from shakyo_desktop.services.verdicts import (
    ACCEPTED,
    PENDING_APPROVAL,
    Verdict,
)
from shakyo_desktop.storage.stores import Stores

log = logging.getLogger("shakyo_desktop.intake")

Progress = Callable[[int, int, str], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Judged:
    verdict: Verdict
    opened: OpenedPackage | None = None


class IntakeService:
    """Reports at an office; answers and setups at a district."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def judge(
        self, paths: Sequence[Path], progress: Progress | None = None, cancelled: IsCancelled | None = None
    ) -> tuple[Verdict, ...]:
        """Say what would become of each file; nothing changes."""
        return self._for_each(paths, self._judge_only, progress, cancelled)

    def receive(
        self, paths: Sequence[Path], progress: Progress | None = None, cancelled: IsCancelled | None = None
    ) -> tuple[Verdict, ...]:
        """Take files and folders in, sorted by key and number, each on its own.

        Raises:
            Cancelled: between two files; those already judged stay as they are told in ``progress``.
        """
        return self._for_each(paths, self._take, progress, cancelled)

    def _for_each(
        self,
        paths: Sequence[Path],
        work: Callable[[Arriving], Verdict],
        progress: Progress | None,
        cancelled: IsCancelled | None,
    ) -> tuple[Verdict, ...]:
        with self._context.database.reading() as stores:
            identities = self._keys(stores).identities
        files = in_order(files_of(paths), identities)
        verdicts: list[Verdict] = []
        for number, file in enumerate(files):
            if cancelled is not None and cancelled():
                if not verdicts:
                    raise Cancelled("中止しました。何も変わっていません。")
                break
            if progress is not None:
                progress(number, len(files), file.path.name)
            verdicts.append(work(file))
        if progress is not None:
            progress(len(verdicts), len(files), "")
        return tuple(verdicts)

    def receive_held(self, stores: Stores, chosen: str | None, file_name: str, sealed: bytes) -> Verdict:
        """Take in one package that was held, in the caller's transaction; every check is made again.

        Args:
            chosen: its manifest when a person chose this version; then forks do not hold it again.
        """
        judged = self._judge(stores, Path(file_name), sealed, approving=chosen)
        if judged.opened is None or judged.verdict.verdict != ACCEPTED:
            return judged.verdict
        return self._store(stores, judged, file_name, sealed)

    def _judge_only(self, file: Arriving) -> Verdict:
        try:
            sealed = read_file(file.path)
        except PackageRefused as refusal:
            return verdict_words.refused(file.path, refusal)
        with self._context.database.reading() as stores:
            return self._judge(stores, file.path, sealed).verdict

    def _take(self, file: Arriving) -> Verdict:
        """Judge and store in one transaction, so that two files cannot both be the first of a chain."""
        try:
            sealed = read_file(file.path)
        except PackageRefused as refusal:
            return verdict_words.refused(file.path, refusal)
        with self._context.database.reading() as stores:
            judged = self._judge(stores, file.path, sealed)
        verdict = judged.verdict
        if judged.opened is not None and verdict.verdict == PENDING_APPROVAL:
            verdict = self._hold(judged, judged.opened, sealed)
        elif judged.opened is not None and verdict.verdict == ACCEPTED:
            verdict = self._store_alone(judged, file.path.name, sealed)
        log.info("received %s %s", verdict.verdict, verdict.code)
        return verdict

    def _judge(self, stores: Stores, path: Path, sealed: bytes, approving: str | None = None) -> _Judged:
        keys = self._keys(stores)
        trust = self._trust(stores, approving)
        try:
            opened = open_package(io.BytesIO(sealed), keys, trust, self._context.now())
            if opened.hold_code and not opened.already_received:
                check_room(stores, opened, len(sealed))
        except PackageRefused as refusal:
            seen = inspect_package(io.BytesIO(sealed), keys.identities)
            return _Judged(verdict_words.refused(path, refusal, seen, stores))
        return _Judged(verdict_words.judged(path, opened, stores), opened)

    def _hold(self, judged: _Judged, opened: OpenedPackage, sealed: bytes) -> Verdict:
        sender = opened.info.sender
        number = check_number(opened.certificate, sender.enc, sender.org)
        with self._context.database.transaction() as stores:
            who = str(stores.settings.get("person_name", ""))
            hold(stores, opened, sealed, number, self._context.now(), judged.verdict.file.name, who)
        return judged.verdict

    def _store_alone(self, judged: _Judged, file_name: str, sealed: bytes) -> Verdict:
        """One file in one transaction; a setup for somebody else is found out only here."""
        try:
            with self._context.database.transaction() as stores:
                return self._store(stores, judged, file_name, sealed)
        except PackageRefused as refusal:
            return verdict_words.refused(judged.verdict.file, refusal)

    def _store(self, stores: Stores, judged: _Judged, file_name: str, sealed: bytes) -> Verdict:
        opened, now = judged.opened, self._context.now()
        if opened is None:
            return judged.verdict
        match opened.content:
            case ReportContent():
                take_in_report(stores, opened, opened.content.year, now, self._context.today(), file_name)
            case AnswerContent():
                take_in_answer(stores, opened, opened.content, now, file_name)
            case SetupContent():
                apply_setup(stores, opened, sealed, now)
        self._log(stores, judged.verdict)
        return judged.verdict

    def _log(self, stores: Stores, verdict: Verdict) -> None:
        stores.intake_log.append(
            IntakeLogEntry(
                file_name=verdict.file.name,
                verdict=verdict.verdict,
                code=verdict.code,
                at=self._context.now(),
                manifest=verdict.manifest or "",
                org=verdict.sender or "",
                who=str(stores.settings.get("person_name", "")),
            )
        )

    def _keys(self, stores: Stores) -> ReceiverKeys:
        role = OrganisationKind(stores.settings.get("role"))
        return receiver_keys(stores, role, str(stores.settings.get("org")))

    def _trust(self, stores: Stores, approving: str | None) -> TrustStore:
        org = str(stores.settings.get("org"))
        if OrganisationKind(stores.settings.get("role")) is OrganisationKind.DISTRICT:
            return DistrictTrust(stores, org)
        return OfficeTrust(stores, org, self._context.today(), approving)

    def inspect(self, path: Path) -> FileReport:
        """Sender, dates, counts and check result of one file; nothing changes."""
        verdict = self._judge_only(Arriving(path))
        with self._context.database.reading() as stores:
            return describe_file(path, verdict, self._keys(stores).identities)

    def differences(self, package_id: str) -> tuple[FieldDifference, ...]:
        """What a revision that was taken in changed against the one before it."""
        with self._context.database.reading() as stores:
            return changes_of(stores, package_id)

    def undo(self, package_id: str) -> None:
        """Withdraw a report that was taken in; the same file re-applies it.

        Raises:
            NotReady: it is accepted, or something later depends on it.
        """
        with self._context.database.transaction() as stores:
            undo_import(stores, package_id)

    def log(self) -> tuple[IntakeLogEntry, ...]:
        """What was taken in, newest first."""
        with self._context.database.reading() as stores:
            return stores.intake_log.newest()
