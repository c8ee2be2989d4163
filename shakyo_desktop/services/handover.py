"""引継ぎ: a district's predecessor makes a copy that only a number on paper opens, and its papers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import Cancelled, NotReady, StoreDamaged
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.handover import new_code
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.services.copy_file import COPY_SUFFIX, HANDOVER, write_copy
from shakyo_desktop.services.handover_papers import code_page, handover_book
from shakyo_desktop.services.open_work import OpenPoint, years_left
from shakyo_desktop.services.succession import (
    HANDED_OVER,
    Handover,
    Succession,
    last_handover,
    succession,
)
from shakyo_desktop.services.verified_write import Progress, WrittenFile, made_folder, write_verified
from shakyo_desktop.services.workshop import workshop
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database

_PRACTICE = (
    "練習の記録は引き継げません。本物の記録は何も変わっていません。\n"
    "引継ぎをするときは、練習を終わってから「設定・控え」の「引継ぎ」を開いてください。"
)
_OFFICE = (
    "事務所の登録はパソコンに残り、次の担当者もそのまま使います。何も変えていません。\n"
    "引継書だけを印刷して渡してください。"
)
_CANCELLED = "中止しました。引継ぎのファイルはできていません。記録は何も変わっていません。"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A handover copy that was written and compared, and the 24 digits that open it (kept nowhere)."""

    written: WrittenFile
    code: str = field(repr=False)


class HandoverService:
    """What is open, the copy, the papers, and how far a new registration is."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def open_points(self) -> tuple[OpenPoint, ...]:
        """What a successor would find unfinished, older year first."""
        with self._context.database.reading() as stores:
            years = years_left(self._context, stores, fiscal_year_of(self._context.today()))
        return tuple(point for year in years for point in year.points)

    def hand_over(
        self,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> HandedOver:
        """Write a copy for the successor: a store key of its own, opened by nothing but 24 new digits.

        The predecessor's keys, passphrase and recovery sheet neither travel in it nor open it.

        Raises:
            NotReady: this is a practice store or an office.
            DestinationFailed, Cancelled: nothing half-written stays behind.
            NotSaved: there is no room for the copy on this computer.
        """
        name = self._expect_district()
        code, key = new_code(), key_slots.new_key()
        with workshop(self._context.data_dir) as work:
            store = work / DATABASE_FILE
            self._context.database.backup_to(store, own_keys=False)
            if cancelled is not None and cancelled():
                raise Cancelled(_CANCELLED)
            _seal(work, store, self._context.database.key, key, code)
            slots = (work / key_slots.SLOTS_FILE).read_bytes()
            made_at = f"{self._context.now():%Y-%m-%dT%H:%M:%SZ}"
            written = write_verified(
                made_folder(folder),
                name,
                lambda out: write_copy(out, store, slots, key, made_at, __version__, {"reason": HANDOVER}),
                progress,
                cancelled,
            )
        with self._context.database.transaction() as stores:
            at = self._context.now().isoformat()
            stores.settings.set(HANDED_OVER, {"at": at, "file_name": name})
        return HandedOver(written, code)

    def code_page(self, handed: HandedOver) -> bytes:
        """The page 「引継ぎの合い言葉」 as a PDF: given in person, never kept with the file."""
        with self._context.database.reading() as stores:
            return code_page(self._context, stores, handed.written.path.name, handed.code)

    def book(self) -> bytes:
        """The 引継書 as a PDF, a district's or an office's."""
        from shakyo_desktop.services.office_handover_paper import office_handover_book

        with self._context.database.reading() as stores:
            is_district = stores.settings.get("role") == OrganisationKind.DISTRICT.value
            return (handover_book if is_district else office_handover_book)(self._context, stores)

    def last(self) -> Handover | None:
        """The newest handover copy made here, or None."""
        with self._context.database.reading() as stores:
            return last_handover(stores)

    def succession(self) -> Succession | None:
        """What this store took over, or None."""
        with self._context.database.reading() as stores:
            return succession(stores)

    def _expect_district(self) -> str:
        """The file's name; raises ``NotReady`` where nothing can be handed over."""
        with self._context.database.reading() as stores:
            known = stores.settings.some("org", "role", "practice")
        if known.get("practice"):
            raise NotReady(_PRACTICE, code="handover.practice")
        if known["role"] != OrganisationKind.DISTRICT.value:
            raise NotReady(_OFFICE, code="handover.office")
        day = self._context.clock().astimezone(JAPAN)
        return f"{known['org']}-hikitsugi-{day:%Y%m%d}{COPY_SUFFIX}"


def _seal(folder: Path, store: Path, old_key: bytes, key: bytes, code: str) -> None:
    """Encrypt the copy anew and make its one slot."""
    Database.change_key(store, old_key, key)
    with Database.open(store, key) as copied:
        if copied.integrity_problems():
            raise StoreDamaged(
                "引継ぎのファイルを確かめられませんでした。入力した内容は残っています。\n"
                "もう一度作ってください。"
            )
    key_slots.create_slots(folder, key)
    key_slots.add_passphrase(folder, key, code)
