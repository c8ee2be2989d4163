"""A ward's PDF of twelve districts against reportlab drawing as many strings of the same text."""

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shakyo_desktop import paths
from shakyo_desktop.documents.pdf import page
from shakyo_desktop.documents.pdf.compilation.meeting_pack import make_meeting_pack
from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table
from shakyo_desktop.documents.pdf.marks import TextMark
from tests.bench.measuring import Row, compare
from tests.documents.compilations import paper

DISTRICTS = 12
REPEATS = 5
GOAL = 3
_YARDSTICK = "BenchGothic"


def paper_rows() -> list[Row]:
    """One row per printed document."""
    return [_row("区取りまとめ表", make_summary_table), _row("協議会資料", make_meeting_pack)]


def _row(name: str, make: Callable[..., object]) -> Row:
    data = paper(DISTRICTS, 2)
    pages = _strings(make, data)
    count = sum(len(strings) for strings in pages)
    ours, theirs = compare(lambda: make(data, io.BytesIO()), lambda: _draw(pages), REPEATS)
    note = f"{DISTRICTS} districts, {len(pages)} pages, {count:,} strings"
    return Row(f"PDF {name}", "reportlab: the same strings", ours, theirs, GOAL, note)


def _strings(make: Callable[..., object], data: object) -> list[list[TextMark]]:
    """The strings of a document, page by page, as it hands them to the drawing."""
    pages: list[list[TextMark]] = []
    kept = page.write_pdf
    page.write_pdf = lambda out, drawn, **_: pages.extend(
        [mark for mark in marks if isinstance(mark, TextMark)] for marks in drawn
    )
    try:
        make(data, io.BytesIO())
    finally:
        page.write_pdf = kept
    return pages


def _draw(pages: list[list[TextMark]]) -> None:
    """The bare library: set the font, draw the string; the font is embedded as ours is."""
    pdfmetrics.registerFont(TTFont(_YARDSTICK, str(paths.fonts_dir() / "BIZUDGothic-Regular.ttf")))
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    for strings in pages:
        for one in strings:
            canvas.setFont(_YARDSTICK, one.size)
            canvas.drawString(one.x, one.y, one.text)
        canvas.showPage()
    canvas.save()
