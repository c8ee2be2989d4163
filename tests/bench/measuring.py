"""How a row is measured: repeated, in turns with its yardstick, judged by median or 99th percentile."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

P99 = 0.99


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ``ours`` and its ``yardstick`` in ``unit``, ``goal`` the largest ratio that is promised."""

    work: str
    against: str
    ours: float
    yardstick: float
    goal: float
    note: str = ""
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Ours divided by the yardstick."""
        return self.ours / self.yardstick

    @property
    def kept(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio <= self.goal

    def as_dict(self) -> dict[str, object]:
        """The row for the JSON."""
        return {**asdict(self), "ratio": round(self.ratio, 3), "kept": self.kept}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds one run takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def median_pair(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Ours and the yardstick's in the pair of median ratio."""
    ordered = sorted(pairs, key=lambda pair: pair[0] / pair[1])
    return ordered[len(ordered) // 2]


def compare(ours: Callable[[], object], yardstick: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Milliseconds of both, taken in turns so that a busy moment strikes both."""
    return median_pair([(timed(ours), timed(yardstick)) for _ in range(repeats)])


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| Work | Yardstick | Ours | Yardstick | Ratio | Goal | Kept | Note |",
        "|---|---|--:|--:|--:|--:|---|---|",
    ]
    for row in rows:
        kept = "yes" if row.kept else "**no**"
        figures = f"{row.ours:,.1f} {row.unit} | {row.yardstick:,.1f} {row.unit} | {row.ratio:.2f}"
        lines.append(f"| {row.work} | {row.against} | {figures} | ≤ {row.goal:g} | {kept} | {row.note} |")
    return "\n".join(lines)
