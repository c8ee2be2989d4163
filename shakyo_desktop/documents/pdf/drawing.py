"""Marks become a PDF: the one place that draws with reportlab."""

import io
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from shakyo_desktop.documents.pdf.fonts import chain, runs, text_width
from shakyo_desktop.documents.pdf.marks import (
    BLACK,
    Bookmark,
    BoxMark,
    Mark,
    PictureMark,
    QrMark,
    RuleMark,
    TextMark,
)
from shakyo_desktop.documents.pdf.pen import DASHED, SOLID, Pen
from shakyo_desktop.domain.errors import DocumentFailed

A4_WIDTH, A4_HEIGHT = 210.0, 297.0
"""Millimetres."""

_POINT = 72 / 25.4
_HATCH = "#808080"
_HATCH_STEP = 3.4
# reportlab's font faces keep a read position, so two threads must not write a subset at the same time.
_one_at_a_time = threading.Lock()


def write_pdf(
    out: BinaryIO,
    pages: Sequence[Sequence[Mark]],
    *,
    title: str,
    author: str,
    subject: str,
    made_at: datetime,
    bookmarks: Sequence[Bookmark] = (),
) -> None:
    """Draw A4 pages into ``out``; the same marks and ``made_at`` give the same bytes.

    Raises:
        DocumentFailed: when the stream cannot be written.
    """
    buffer = io.BytesIO()
    with _one_at_a_time:
        canvas = _canvas(buffer, made_at)
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        pen = Pen(canvas)
        for number, marks in enumerate(pages):
            _add_bookmarks(canvas, number, bookmarks)
            pen.begin_page()
            for mark in marks:
                _draw(canvas, pen, mark)
            canvas.showPage()
        canvas.save()
    _hand_out(buffer, out)


def _canvas(buffer: io.BytesIO, made_at: datetime) -> Any:
    """An empty A4 document in Japanese whose only date is the one given."""
    from reportlab.pdfgen.canvas import Canvas

    chain(False), chain(True)
    canvas = Canvas(
        buffer,
        pagesize=(A4_WIDTH * _POINT, A4_HEIGHT * _POINT),
        invariant=1,
        pageCompression=1,
        initialFontName=chain(False)[0].fontName,
        lang="ja",
    )
    canvas.setCreator("shakyo_desktop")
    canvas.setDateFormatter(lambda *_: made_at.strftime("D:%Y%m%d%H%M%S+00'00'"))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _hand_out(buffer: io.BytesIO, out: BinaryIO) -> None:
    try:
        out.write(buffer.getbuffer())
    except OSError as error:
        raise DocumentFailed(
            "書類をファイルに書けませんでした。\n"
            "入力した内容はこのパソコンに残っています。\n"
            "空きのある場所を選んで、もう一度行ってください。",
            code="document.write",
        ) from error


def _add_bookmarks(canvas: Any, page: int, bookmarks: Sequence[Bookmark]) -> None:
    for index, bookmark in enumerate(bookmarks):
        if bookmark.page == page:
            canvas.bookmarkPage(f"b{index}")
            canvas.addOutlineEntry(bookmark.title, f"b{index}", bookmark.level)
            canvas.showOutline()


def _draw(canvas: Any, pen: Pen, mark: Mark) -> None:
    match mark:
        case TextMark():
            _draw_text(canvas, pen, mark)
        case RuleMark():
            pen.stroke(mark.ink, mark.weight, DASHED if mark.dash else SOLID)
            canvas.line(mark.x1 * _POINT, _up(mark.y1), mark.x2 * _POINT, _up(mark.y2))
        case BoxMark():
            _draw_box(canvas, pen, mark)
        case QrMark():
            _draw_qr(canvas, pen, mark)
        case PictureMark():
            _draw_picture(canvas, mark)


def _draw_text(canvas: Any, pen: Pen, mark: TextMark) -> None:
    pen.fill(mark.ink)
    x = mark.x * _POINT
    for font, text in runs(mark.text, mark.bold):
        canvas.setFont(font, mark.size)
        canvas.drawString(x, _up(mark.y), text)
        if text is not mark.text:
            x += text_width(text, mark.size, mark.bold)


def _draw_box(canvas: Any, pen: Pen, mark: BoxMark) -> None:
    pen.stroke(BLACK, mark.weight)
    ground = mark.grey if mark.ground is None else mark.ground
    if ground is not None:
        pen.fill(ground)
    if mark.hatched:
        _draw_hatched(canvas, mark)
    place = (mark.x * _POINT, _up(mark.y + mark.height), mark.width * _POINT, mark.height * _POINT)
    parts = {"stroke": int(mark.weight > 0), "fill": int(ground is not None and not mark.hatched)}
    if mark.radius:
        canvas.roundRect(*place, mark.radius * _POINT, **parts)
    else:
        canvas.rect(*place, **parts)


def _draw_hatched(canvas: Any, mark: BoxMark) -> None:
    """Fill a box and draw slanted lines, cut off at its edges."""
    left, bottom = mark.x * _POINT, _up(mark.y + mark.height)
    width, height = mark.width * _POINT, mark.height * _POINT
    canvas.saveState()
    edge = canvas.beginPath()
    edge.rect(left, bottom, width, height)
    canvas.clipPath(edge, stroke=0, fill=int(mark.grey is not None or mark.ground is not None))
    canvas.setStrokeColor(_HATCH)
    canvas.setLineWidth(0.5)
    for step in range(int((width + height) / _HATCH_STEP) + 1):
        start = left - height + step * _HATCH_STEP
        canvas.line(start, bottom, start + height, bottom + height)
    canvas.restoreState()


def _draw_picture(canvas: Any, mark: PictureMark) -> None:
    from reportlab.lib.utils import ImageReader

    size = (mark.width * _POINT, mark.height * _POINT)
    picture = ImageReader(io.BytesIO(mark.jpeg))
    canvas.drawImage(picture, mark.x * _POINT, _up(mark.y + mark.height), *size)


def _draw_qr(canvas: Any, pen: Pen, mark: QrMark) -> None:
    module = mark.side / mark.matrix.size * _POINT
    left, top = mark.x * _POINT, _up(mark.y)
    path = canvas.beginPath()
    for row, column, length in mark.matrix.dark_runs():
        path.rect(left + column * module, top - (row + 1) * module, length * module, module)
    pen.fill(BLACK)
    canvas.drawPath(path, stroke=0, fill=1)


def _up(y: float) -> float:
    """Millimetres from the top as points from the bottom."""
    return (A4_HEIGHT - y) * _POINT
