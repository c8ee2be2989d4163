"""A4 sheets with a frame: what a document is written on, page after page."""

from typing import BinaryIO, Literal

from shakyo_desktop.documents.pdf.drawing import write_pdf
from shakyo_desktop.documents.pdf.fonts import printable, text_width
from shakyo_desktop.documents.pdf.frame import (
    BODY,
    BOTTOM,
    FOOTER_WIDTH,
    LEFT,
    LINE,
    MM,
    TOP,
    WIDTH,
    Frame,
    footer_marks,
)
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
from shakyo_desktop.documents.pdf.wrapping import wrap
from shakyo_desktop.documents.printed import MissingGlyph, PrintedDocument
from shakyo_desktop.documents.qr import qr_matrix
from shakyo_desktop.domain.errors import DocumentFailed

Align = Literal["left", "centre", "right"]


class Sheets:
    """The pages of one document being written. ``y`` is where the next flowing block goes, mm from the top.

    Our own words go in as they are. Words a user typed are passed with ``typed``, the place they come
    from in plain Japanese, so that a character no font has is printed as 〓 and listed.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._pages: list[list[Mark]] = []
        self._parts: list[tuple[int, str]] = [(0, frame.district)]
        self._bookmarks: list[Bookmark] = []
        self._missing: dict[MissingGlyph, None] = {}
        self.y = TOP
        self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page, below its QR code."""
        number = len(self._pages) + 1
        self._pages.append(self._frame.head_marks(number))
        self.y = self._frame.first_y(number)

    @property
    def missing(self) -> tuple[MissingGlyph, ...]:
        """The characters that print as 〓 so far."""
        return tuple(self._missing)

    def begin_part(self, district: str) -> None:
        """Start a new page of another district; pages are counted anew for each part."""
        self.new_page()
        self._parts.append((len(self._pages) - 1, district))

    def need(self, height: float) -> bool:
        """Start a new page unless ``height`` mm are left on this one; return whether one was started."""
        if self.y + height <= BOTTOM:
            return False
        self.new_page()
        return True

    def bookmark(self, title: str, level: int = 0) -> None:
        """Name the current page in the reader's side bar."""
        self._bookmarks.append(Bookmark(printable(title).text, len(self._pages) - 1, level))

    def prepared(self, text: str, typed: str = "") -> str:
        """Return ``text`` as it can be printed, see the class.

        Raises:
            DocumentFailed: when our own text holds a character without a glyph.
        """
        result = printable(text)
        if result.missing and not typed:
            raise DocumentFailed(
                f"書類の文字「{'」「'.join(result.missing)}」を印刷できません。\n"
                "入力した内容はそのまま残っています。\n"
                "事務所に知らせてください。",
                code="document.glyph",
            )
        self._missing.update({MissingGlyph(typed, character): None for character in result.missing})
        return result.text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        align: Align = "left",
        typed: str = "",
        ink: str = BLACK,
    ) -> float:
        """Set one line with its baseline at ``y``, by its left end, middle or right end; return its width."""
        return self._line(x, y, self.prepared(text, typed), size, bold, align, ink)

    def fitted(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        align: Align = "left",
        typed: str = "",
    ) -> float:
        """Set text in ``width`` mm, smaller down to body size, then in lines upwards from ``y``.

        Nothing is cut: what does not fit one line at body size takes several. Returns how many.
        """
        ready = self.prepared(text, typed)
        while size > BODY and text_width(ready, size, bold) * MM > width:
            size = max(BODY, size - 0.5)
        lines = wrap(ready, width / MM, size, bold)
        for index, line in enumerate(lines):
            above = (len(lines) - 1 - index) * size * 1.25 * MM
            self._line(x, y - above, line, size, bold, align)
        return len(lines)

    def lines(
        self, text: str, width: float, size: float = BODY, bold: bool = False, typed: str = ""
    ) -> list[str]:
        """Break text into printable lines of at most ``width`` mm."""
        return wrap(self.prepared(text, typed), width / MM, size, bold)

    def paragraph(
        self,
        text: str,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        size: float = BODY,
        bold: bool = False,
        leading: float = LINE,
        typed: str = "",
    ) -> None:
        """Set flowing text from ``self.y`` on, over as many pages as it takes."""
        for line in self.lines(text, width, size, bold, typed):
            self.need(leading)
            self._line(x, self.y + leading * 0.72, line, size, bold, "left")
            self.y += leading

    def set_line(
        self, x: float, y: float, line: str, size: float, bold: bool, align: Align, ink: str = BLACK
    ) -> None:
        """Set a line that ``lines`` returned."""
        self._line(x, y, line, size, bold, align, ink)

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        weight: float = 0.5,
        dash: bool = False,
        ink: str = BLACK,
    ) -> None:
        """Draw a line."""
        self._add(RuleMark(x1, y1, x2, y2, weight, dash, ink))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        weight: float = 0.5,
        grey: float | None = None,
        radius: float = 0.0,
        ground: str | None = None,
        hatched: bool = False,
    ) -> None:
        """Draw a rectangle, filled when ``grey`` or ``ground`` (a colour) is given."""
        self._add(BoxMark(x, y, width, height, weight, grey, radius, ground, hatched))

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """Put a photo (JPEG) into a rectangle; the caller keeps its proportions (``pictures.printed``)."""
        self._add(PictureMark(x, y, width, height, jpeg))

    @property
    def page(self) -> int:
        """The number of the page that is written on, from 1."""
        return len(self._pages)

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """Draw a QR code, ``side`` mm wide; the caller leaves four modules of white around it."""
        self._add(QrMark(x, y, side, qr_matrix(text)))

    def marks(self) -> tuple[tuple[Mark, ...], ...]:
        """The pages as they will be drawn, frame included."""
        return tuple((*page, *self._footer(index)) for index, page in enumerate(self._pages))

    def finish(self, out: BinaryIO) -> PrintedDocument:
        """Draw everything into ``out``."""
        frame = self._frame
        pages = self.marks()
        write_pdf(
            out,
            pages,
            title=frame.title,
            author=frame.author,
            subject=frame.form,
            made_at=frame.made_at,
            bookmarks=self._bookmarks,
        )
        return PrintedDocument(len(pages), tuple(self._missing))

    def _line(
        self, x: float, y: float, text: str, size: float, bold: bool, align: Align, ink: str = BLACK
    ) -> float:
        width = text_width(text, size, bold) * MM
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        if text:
            self._add(TextMark(left, y, text, size, bold, width, ink))
        return width

    def _add(self, mark: Mark) -> None:
        self._pages[-1].append(mark)

    def _footer(self, index: int) -> tuple[Mark, ...]:
        starts = [start for start, _ in self._parts] + [len(self._pages)]
        part = max(number for number, (start, _) in enumerate(self._parts) if start <= index)
        words = self._frame.footer_words(self._parts[part][1])
        lines = self.lines(words, FOOTER_WIDTH, typed="組織の名前")
        count = starts[part + 1] - starts[part]
        return footer_marks(lines, *self._frame.numbering(index - starts[part] + 1, count))
