"""Looking after a store: is it sound, does what was signed still verify, is there a copy."""

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from shakyo_desktop.domain.copies import CopyState
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import Cancelled, NotFound, NotSaved, ShakyoError, StoreDamaged
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_rounds import copies_of
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.kept_signatures import check_kept
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.retention import RetentionService
from shakyo_desktop.services.support_bundle import bundle_of
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.key_slots import Way

_HELP = (
    "プログラムを開き直すと、こわれていないところを取り出すことや、控えから戻すことができます。"
    "「診断の記録」を作り、プログラムの担当者に送ってください。"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined. ``detail`` is for a programmer and holds no record text."""

    area: str
    ok: bool
    message: str
    detail: tuple[str, ...] = ()


class DoctorService:
    """Examines, dumps, and makes a bundle for a support case."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def examine(self, cancelled: Callable[[], bool] | None = None) -> tuple[Finding, ...]:
        """Examine everything and change nothing; reads the whole store once.

        Raises:
            Cancelled: the person stopped it.
        """
        findings = []
        looks = (
            self._database,
            self._search,
            self._signatures,
            self._keys,
            self._locks,
            self._copies,
            self._retention,
        )
        for look in looks:
            if cancelled is not None and cancelled():
                raise Cancelled("中止しました。何も変わっていません。")
            findings.append(look())
        return tuple(findings)

    def dump(self, out: TextIO) -> None:
        """Write everything in the store as canonical NDJSON.

        Raises:
            StoreDamaged: a page fails its check.
        """
        self._context.database.dump(out)

    def bundle(self) -> bytes:
        """A ZIP for a support case: versions, findings, row counts and the log; no record text, no names."""
        facts: dict[str, Any] = {
            "findings": [asdict(finding) for finding in self.examine()],
            "rows": self._row_counts(),
        }
        with self._context.database.reading() as stores:
            facts["role"] = stores.settings.get("role")
            facts["practice"] = stores.settings.get("practice")
        return bundle_of(self._context.data_dir, facts, self._context.now())

    def is_whole(self) -> bool:
        """Whether every page of the store's file passes its seal; about a second for 100 MB."""
        try:
            if self._context.database.seal_problems():
                return False
            self._context.database.keep_map()
            return True
        except StoreDamaged:
            return False

    def _database(self) -> Finding:
        area = "保存データ"
        try:
            problems = self._context.database.integrity_problems()
        except StoreDamaged as error:
            return Finding(area, False, error.message, (error.code,))
        if problems:
            return Finding(
                area, False, f"保存データにこわれたところがあります。{_HELP}", tuple(problems[:20])
            )
        return Finding(area, True, "保存データにこわれたところはありません。")

    def _search(self) -> Finding:
        """The index can be made anew at any time: what is wrong with it loses nothing."""
        area = "さがすための目次"
        with self._context.database.reading() as stores:
            problems = stores.search.problems()
        if problems:
            return Finding(
                area,
                False,
                "「さがす」の目次がそろっていません。記録は無事です。"
                "プログラムを開き直して「さがす」を開くと、作り直されます。",
                tuple(problems),
            )
        return Finding(area, True, "「さがす」の目次はそろっています。")

    def _signatures(self) -> Finding:
        area = "書きかえ防止の印"
        kept = list(check_kept(self._context))
        bad = [f"{one.kind} {one.manifest} {one.code}" for one in kept if one.code]
        if bad:
            return Finding(
                area, False, f"{len(kept)}件のうち{len(bad)}件の印が合いません。{_HELP}", tuple(bad)
            )
        return Finding(area, True, f"{len(kept)}件すべての印が正しいことを確かめました。")

    def _keys(self) -> Finding:
        area = "登録の鍵"
        try:
            with self._context.database.reading() as stores:
                own_keys(stores)
        except (NotFound, ValueError) as error:
            message = error.message if isinstance(error, ShakyoError) else f"登録の鍵が読めません。{_HELP}"
            return Finding(area, False, message)
        return Finding(area, True, "このパソコンの登録の鍵があります。")

    def _locks(self) -> Finding:
        area = "データの開き方"
        try:
            ways = {slot.way for slot in key_slots.list_slots(self._context.data_dir)}
            fits = key_slots.fits(self._context.data_dir, self._context.database.key)
        except ShakyoError as error:
            return Finding(area, False, error.message, (error.code,))
        if not fits or not ways & {Way.RECOVERY, Way.PASSPHRASE}:
            return Finding(
                area,
                False,
                "このパソコンがこわれたとき、データを開く方法がありません。「設定・控え」で合い言葉を決めてください。",
            )
        with self._context.database.reading() as stores:
            confirmed = stores.settings.get("recovery_confirmed_at") or stores.settings.get("practice")
        if Way.RECOVERY in ways and not confirmed:
            return Finding(
                area,
                True,
                "復旧シートの文字は、まだ確かめていません。印刷して、文字を入力して確かめてください。",
            )
        return Finding(area, True, "このパソコンがこわれても、紙や合い言葉でデータを開けます。")

    def _copies(self) -> Finding:
        """The newest automatic copy is taken apart and examined; those outside are only counted."""
        area = "控え"
        backup = BackupService(self._context)
        copies = copies_of(self._context, DriveService(), backup)
        status = copies.status()
        newest = copies.generations.newest_good()
        bad = tuple(one.path.name for one in status.generations if one.state is CopyState.BAD)
        by_hand = backup.last()
        outside = f"手で作った控えは{era_timestamp(by_hand.at)}のものです。" if by_hand else ""
        outside += (
            f"パソコンの外の控えは{era_timestamp(status.outside_at)}のものです。"
            if status.outside_at
            else "パソコンの外の控えは、まだありません。「設定・控え」で作ってください。"
        )
        if newest is None:
            return Finding(area, not bad, f"自動の控えは、まだありません。{outside}", bad)
        try:
            sound = copies.generations.is_sound(newest)
        except NotSaved as error:
            return Finding(area, False, error.message, (error.code,))
        if not sound:
            words = "いちばん新しい自動の控えがこわれています。「設定・控え」で新しい控えを作ってください。"
            return Finding(area, False, words, (newest.path.name, *bad))
        when = era_timestamp(newest.at)
        return Finding(
            area, True, f"いちばん新しい自動の控えは{when}のもので、中まで確かめました。{outside}", bad
        )

    def _retention(self) -> Finding:
        area = "保存期間"
        view = RetentionService(self._context).view()
        if view.unfinished:
            return Finding(
                area,
                False,
                "消した年度の片づけが終わっていません。"
                "「設定・控え」の「保存期間」で「片づけをもう一度する」を押してください。",
            )
        if view.past:
            names = "、".join(fiscal_year_name(one.fiscal_year) for one in view.past)
            return Finding(
                area,
                True,
                f"保存期間が過ぎた年度があります（{names}）。「設定・控え」の「保存期間」で消せます。",
            )
        return Finding(area, True, "保存期間が過ぎた年度はありません。")

    def _row_counts(self) -> dict[str, int]:
        counting = _CountingText()
        try:
            self._context.database.dump(counting)
        except StoreDamaged:
            return dict(counting.rows) | {"damaged": 1}
        return dict(counting.rows)


class _CountingText(io.StringIO):
    """Counts the rows of a dump by table and keeps nothing of them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Counter[str] = Counter()
        self._table = ""

    def write(self, text: str) -> int:
        for line in text.splitlines():
            if line.startswith('{"table":"') and line.count('":') == 1:
                self._table = json.loads(line)["table"]
            else:
                self.rows[self._table] += 1
        return len(text)
