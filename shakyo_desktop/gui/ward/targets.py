"""What screens of the ward hand each other with ``screen_requested``."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FilesToReceive:
    """For ファイル受取: files or folders that were dropped elsewhere."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class DistrictOf:
    """For 受付状況 (choose its row), 登録の確認 (its card) and 確認する (its newest report)."""

    org: str


@dataclass(frozen=True, slots=True)
class LostComputerOf:
    """For 登録の確認: a district telephoned that its computer is lost; its only one is stopped at once."""

    org: str


@dataclass(frozen=True, slots=True)
class ReportOf:
    """For 確認する: one revision, and the plan and number of the item to begin with."""

    package_id: str
    item: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class VersionToJoin:
    """For 2つの版を合わせる: a report that waits beside the one that counts."""

    manifest: str


@dataclass(frozen=True, slots=True)
class JoinedReport:
    """For 2つの版を合わせる: a report that another version was joined into."""

    package_id: str


@dataclass(frozen=True, slots=True)
class PracticeOf:
    """For 成果事例: one story."""

    org: str
    fiscal_year: int
    practice_id: str


@dataclass(frozen=True, slots=True)
class ReceiptOf:
    """For 返事を渡す: the receipt of the answer to one revision."""

    package_id: str


@dataclass(frozen=True, slots=True)
class NodeOf:
    """For 取りまとめ: a scope (whole, direction, item), "council" or "versions", and its number."""

    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class PapersOf:
    """The documents of the version that 取りまとめ shows."""
