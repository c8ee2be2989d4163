"""Photographs and scans of sheets: read, told apart by their code, and kept with the sheet they show."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, Cancelled, FileUnreadable, NotFound, NotReady, ShakyoError
from shakyo_desktop.domain.forms.keyed import SheetKey
from shakyo_desktop.domain.forms.paper import MAX_SCANS, PaperScan, Straightened
from shakyo_desktop.domain.forms.sheet_code import read_sheet_code
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.services.arriving_files import name_of
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import Desk, desk_of
from shakyo_desktop.services.form_layouts import plan_for_form, sheet_layout
from shakyo_desktop.storage.stores import Stores

MAX_FILE = 100 * 2**20
_NAME_LENGTH = 100
_NO_CODE = (
    "用紙の模様（QRコード）が見つかりません。\n明るい所で用紙全体を撮り直すか、用紙を選んで付けてください。"
)
Progress = Callable[[int, int], None]


class ScanOutcome(StrEnum):
    """What became of one picture."""

    ATTACHED = "attached"
    KNOWN = "known"
    NO_CODE = "no_code"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanVerdict:
    """One picture of a file: what became of it, in words, and where it is.

    ``sheet`` is None unless it is attached or known; ``jpeg`` is kept only without a code, to be
    attached by hand.
    """

    name: str
    number: int
    outcome: ScanOutcome
    words: str
    sheet: SheetKey | None = None
    jpeg: bytes = b""


class ScanService:
    """Pictures of the own district's sheets, or of one whose paper an office keys."""

    def __init__(self, context: ServiceContext, org: str | None = None) -> None:
        self._context = context
        self._org = org

    def take_in(
        self,
        files: Sequence[Path],
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[ScanVerdict, ...]:
        """Read files and keep every picture with its sheet, each in a transaction of its own.

        A file that cannot be read is a verdict and stops none of the others. When it is cancelled, what was
        attached stays, and the verdicts so far are returned.
        """
        verdicts: list[ScanVerdict] = []
        for done, path in enumerate(files):
            progress(done, len(files))
            read = 0
            try:
                for verdict in self._read(path):
                    verdicts.append(verdict)
                    read += 1
                    if cancelled():
                        raise Cancelled("中止しました。")
            except Cancelled:
                break
            except FileUnreadable as error:
                verdicts.append(_unreadable(_name(path), read, error))
        progress(len(files), len(files))
        return tuple(verdicts)

    def attach(self, verdict: ScanVerdict, sheet: SheetKey) -> ScanVerdict:
        """Keep a picture without a code with the sheet a person says it shows.

        Raises:
            BadInput: the form has no such page, or the sheet has enough pictures.
            NotReady: the year is locked.
        """
        return self._keep(verdict.name, verdict.number, verdict.jpeg, sheet, Straightened.NOT)

    def pictures(self, sheet: SheetKey) -> tuple[PaperScan, ...]:
        """The pictures of a sheet, newest first."""
        with self._context.database.reading() as stores:
            return tuple(reversed(stores.paper.scans(sheet)))

    def jpeg(self, scan: PaperScan) -> bytes:
        """The picture; straightened it is ``SHEET_PIXELS`` large."""
        with self._context.database.reading() as stores:
            return stores.blobs.get(scan.sha256)

    def remove(self, scan: PaperScan) -> None:
        """Take a picture off its sheet; what was keyed from it stays."""
        with self._context.database.transaction() as stores:
            stores.paper.remove_scan(scan.id)
            stores.blobs.delete_unreferenced([scan.sha256])

    def _read(self, path: Path) -> Iterator[ScanVerdict]:
        from shakyo_desktop.documents.scans.sheet_reading import read_sheets

        name = _name(path)
        for number, picture in enumerate(read_sheets(_bytes_of(path)), start=1):
            if not picture.code:
                outcome, jpeg = ScanOutcome.NO_CODE, picture.jpeg
                yield ScanVerdict(name=name, number=number, outcome=outcome, words=_NO_CODE, jpeg=jpeg)
                continue
            try:
                key = self._sheet_of(picture.code)
                yield self._keep(name, number, picture.jpeg, key, picture.straightened)
            except (BadInput, NotFound, NotReady) as error:
                yield _refused(name, number, error)

    def _sheet_of(self, text: str) -> SheetKey:
        """The sheet a code names.

        Raises:
            BadInput: another district's, an unknown layout or page.
            NotFound: the year has no plan.
        """
        code = read_sheet_code(text)
        with self._context.database.reading() as stores:
            if not self._keys_for(stores, code.org):
                raise _of_another(stores, code.org)
            plan = plan_for_form(stores, code.fiscal_year)
        return SheetKey(
            org=code.org,
            fiscal_year=code.fiscal_year,
            plan_id=plan.id,
            form=code.form,
            version=code.version,
            page=code.page,
        )

    def _keys_for(self, stores: Stores, org: str) -> bool:
        """Whether this district's paper is keyed here: an office's are all the districts of its roster."""
        if self._org is None:
            return org == desk_of(self._context, stores).org
        known = stores.organisations.find(org)
        return known is not None and known.kind is OrganisationKind.DISTRICT

    def _keep(self, name: str, number: int, jpeg: bytes, key: SheetKey, by: Straightened) -> ScanVerdict:
        sha256 = hashlib.sha256(jpeg).hexdigest()
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, key.org)
            desk.expect_open(key.fiscal_year)
            sheet_layout(stores.plans.get(key.plan_id), key)
            there = stores.paper.scans(key)
            outcome = ScanOutcome.KNOWN
            if all(one.sha256 != sha256 for one in there):
                _expect_room(len(there))
                stores.blobs.put(sha256, jpeg)
                position = max((one.position for one in there), default=-1) + 1
                stores.paper.add_scan(_scan(desk, key, position, sha256, name))
                outcome = ScanOutcome.ATTACHED
            whose = "" if self._org is None else f"{stores.organisations.get(key.org).name} "
        words = whose + _words(key, outcome, by)
        return ScanVerdict(name=name, number=number, outcome=outcome, words=words, sheet=key)


def _scan(desk: Desk, key: SheetKey, position: int, sha256: str, name: str) -> PaperScan:
    return PaperScan(
        id=new_id(desk.journal.now),
        org=key.org,
        fiscal_year=key.fiscal_year,
        plan_id=key.plan_id,
        form=key.form,
        version=key.version,
        page=key.page,
        position=position,
        sha256=sha256,
        name=name,
        added_at=desk.journal.now,
        added_by=desk.journal.who,
    )


def _words(key: SheetKey, outcome: ScanOutcome, by: Straightened) -> str:
    sheet = f"{key.form.label} {key.page}枚目"
    if outcome is ScanOutcome.KNOWN:
        return f"{sheet}に、同じ写真がもう付いています。"
    more = {
        Straightened.MARKS: "",
        Straightened.CODE: "\n四隅の黒い印が写っていないので、枠の位置が少しずれることがあります。",
        Straightened.NOT: "\n写したままの向きで付けました。",
    }[by]
    return f"{sheet}に付けました。{more}"


def _expect_room(count: int) -> None:
    if count >= MAX_SCANS:
        raise BadInput(
            f"写真は1枚の用紙に{MAX_SCANS}枚までです。\nこれまでの写真と入力した内容はそのままです。\n"
            "使わない写真を外してから、もう一度読んでください。",
            code="scan.too_many",
        )


def _of_another(stores: Stores, org: str) -> BadInput:
    other = stores.organisations.find(org)
    return BadInput(
        f"この用紙は{other.name if other else org}のものです。\n写真は取り込んでいません。\n"
        "用紙の右上の地区部会の名前を確かめてください。",
        code="sheet.org",
    )


def _refused(name: str, number: int, error: ShakyoError) -> ScanVerdict:
    return ScanVerdict(name=name, number=number, outcome=ScanOutcome.REFUSED, words=str(error))


def _unreadable(name: str, read: int, error: FileUnreadable) -> ScanVerdict:
    """A file that breaks on a later page keeps what was read before."""
    words = str(error)
    if read:
        words = (
            f"{read + 1}枚目から先は読めません。\nその前の{read}枚は読んであります。\n"
            "残りを撮り直してください。"
        )
    return ScanVerdict(name=name, number=read + 1, outcome=ScanOutcome.REFUSED, words=words)


def _name(path: Path) -> str:
    """The file's name for the list, without what cannot be shown."""
    return "".join(one for one in name_of(path) if one.isprintable())[:_NAME_LENGTH]


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise FileUnreadable(
                "このファイルは大きすぎて読めません（100MBまで）。\n何も取り込んでいません。\n"
                "解像度を下げるか、分けて保存し直してください。",
                code="scan.too_large",
            )
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            "このファイルを開けませんでした。\n何も取り込んでいません。\nファイルの場所を確かめて、もう一度選んでください。",
            code="scan.unreadable",
        ) from error
