"""What charts show. Values are whole numbers; None is missing, which is never the same as 0."""

from dataclasses import dataclass

from shakyo_desktop.charts.marks import Mark


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar: how many carry this mark."""

    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class StackedRow:
    """One bar. ``own`` is the mark of the one district that is set against the bar of all.

    ``spoken`` is the label in full where there is only room for a short one; ``nothing`` says why a row
    that counts nobody is right to do so.
    """

    label: str
    segments: tuple[Segment, ...]
    own: Mark | None = None
    spoken: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Distributions, each bar the whole of its row. ``own_title`` heads the column of the ``own`` marks."""

    title: str
    rows: tuple[StackedRow, ...]
    own_title: str = ""
    unit: str = "地区部会"
    legend: bool = True


@dataclass(frozen=True, slots=True)
class BarRow:
    """One horizontal bar. ``note`` stands behind the value (its coverage); ``reference`` is in tenths."""

    label: str
    value: int | None
    note: str = ""
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars on one scale; ``reference_words`` says what the small line across a bar means."""

    title: str
    unit: str
    rows: tuple[BarRow, ...]
    reference_words: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line over the categories of a ``Lines``; a missing value is a gap in it."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Figures over years. ``notes`` stand under the categories (the coverage of each year).

    ``spoken`` are the categories in full where there is only room for short ones.
    """

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Upright bars, one per month of a fiscal year; the last ``upcoming`` of them have not begun."""

    title: str
    unit: str
    categories: tuple[str, ...]
    values: tuple[int | None, ...]
    note: str = ""
    upcoming: int = 0

    def is_upcoming(self, at: int) -> bool:
        """Whether a category has not begun, so that its value is not missing."""
        return self.values[at] is None and at >= len(self.values) - self.upcoming

    def value_words(self, at: int) -> str:
        """340人, データなし, or これから."""
        value = self.values[at]
        if value is None:
            return "これから" if self.is_upcoming(at) else "データなし"
        return f"{value:,}{self.unit}"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell; None where nothing is expected. ``sign`` says how it differs from last year."""

    mark: Mark | None
    sign: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One district's cells."""

    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of marks under short headings; ``spoken`` are the headings in full."""

    title: str
    columns: tuple[str, ...]
    spoken: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Multiples:
    """Small charts of one kind side by side."""

    title: str
    charts: "tuple[Lines | Columns | Bars, ...]"
    least_width: float = 300.0


Chart = StackedBars | Bars | Lines | Columns | Matrix | Multiples
