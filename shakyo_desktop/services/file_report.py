"""One file described for a person or a program: sender, dates, counts, check result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.labels import TABLE_LABELS
from shakyo_desktop.exchange.inspection import Inspection, inspect_package
from shakyo_desktop.services.arriving_files import open_file
from shakyo_desktop.services.verdicts import Verdict

_TYPES = {"setup": "はじめの設定", "report": "報告", "answer": "返事", "ward_report": "区の報告"}
_TABLES = {
    **TABLE_LABELS,
    "compilation": "取りまとめ",
    "activity_totals": "合計",
    "coverage": "地区部会の報告",
}
_VERDICTS = {
    "accepted": "受け取れます",
    "already_received": "受領済みです",
    "pending_approval": "登録の確認を待ちます",
    "refused": "受け取れません",
}


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a file shows and what its holder would do with it."""

    verdict: Verdict
    seen: Inspection

    def lines(self) -> Iterator[tuple[str, str]]:
        """Label and value, for people."""
        info = self.seen.info
        yield "結果", _VERDICTS[self.verdict.verdict]
        yield "説明", self.verdict.message.replace("\n", " ")
        if self.verdict.code:
            yield "しるし", self.verdict.code
        yield "大きさ", f"{self.seen.size:,} バイト"
        if info is None:
            return
        yield "種類", _TYPES[info.type]
        yield "差出人", f"{info.sender.org} {self.verdict.sender_name}".rstrip()
        yield "あて先", info.recipient.org or "（どの地区部会も）"
        yield "作成", era_timestamp(info.created)
        if info.report is not None:
            yield "年度", fiscal_year_name(info.report.fiscal_year)
            yield "版", f"第{info.report.revision}版（{info.report.stage.label}）"
        for table, count in info.counts.items():
            yield _TABLES.get(table, table), f"{count:,} 件"

    def as_dict(self) -> dict[str, Any]:
        """The object that programs get."""
        info = self.seen.info
        return {
            **self.verdict.as_dict(),
            "size": self.seen.size,
            "type": info.type if info else None,
            "recipient": info.recipient.org if info else None,
            "created_at": info.created_at if info else None,
            "seq": info.seq if info else None,
            "counts": dict(info.counts) if info else None,
            "entries": [{"name": name, "size": size} for name, size in self.seen.entries],
        }


def describe_file(path: Path, verdict: Verdict, identities: Sequence[str]) -> FileReport:
    """Look at a file as deep as it can be read."""
    try:
        with open_file(path) as sealed:
            return FileReport(verdict, inspect_package(sealed, tuple(identities)))
    except OSError:
        return FileReport(verdict, Inspection())  # the verdict says that it cannot be read
