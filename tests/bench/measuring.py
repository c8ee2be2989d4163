"""How a row is measured: repeated, in turns with its yardstick, judged by median or 99th percentile."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

MEDIAN, P99 = 0.5, 0.99


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``ratio`` is ours to the yardstick; ``goal`` the largest that is promised."""

    work: str
    yardstick: str
    ours_ms: float
    yardstick_ms: float
    goal: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by the yardstick."""
        return self.ours_ms / self.yardstick_ms

    def as_dict(self) -> dict[str, object]:
        """The row for the JSON."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "kept": self.ratio <= self.goal}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds one run takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def compare(ours: Callable[[], object], yardstick: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median milliseconds of both, taken in turns so that a busy moment strikes both."""
    pairs = [(timed(ours), timed(yardstick)) for _ in range(repeats)]
    return quantile([pair[0] for pair in pairs], MEDIAN), quantile([pair[1] for pair in pairs], MEDIAN)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| Work | Yardstick | Ratio | Goal | Kept | Note |", "|---|---|---|---|---|---|"]
    for row in rows:
        kept = "yes" if row.ratio <= row.goal else "**no**"
        lines.append(
            f"| {row.work} | {row.yardstick} | {row.ratio:.2f} | ≤ {row.goal:g} | {kept} | {row.note} |"
        )
    return "\n".join(lines)
