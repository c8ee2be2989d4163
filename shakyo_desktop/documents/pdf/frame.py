"""The frame of every page: the area to write in, what stands at the foot, the page's own QR code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.documents.pdf.drawing import A4_HEIGHT, A4_WIDTH
from shakyo_desktop.documents.pdf.fonts import text_width
from shakyo_desktop.documents.pdf.marks import BoxMark, Mark, QrMark, RuleMark, TextMark
from shakyo_desktop.documents.qr import qr_matrix
from shakyo_desktop.domain.forms.layout import BOTTOM as BOTTOM
from shakyo_desktop.domain.forms.layout import CORNER, CORNER_SIDE
from shakyo_desktop.domain.forms.layout import LEFT as LEFT
from shakyo_desktop.domain.forms.layout import RIGHT as RIGHT
from shakyo_desktop.domain.forms.layout import TOP as TOP
from shakyo_desktop.domain.forms.layout import WIDTH as WIDTH

BODY = 10.5
"""The smallest type on any form, points."""

LINE = 6.0
"""Distance of lines of body type, mm."""

MM = 25.4 / 72
"""Millimetres in a point."""

PRACTICE_WORDS = "練習用　提出には使えません"

_QR_SIDE = 15.0
_FOOTER = A4_HEIGHT - 11.5
_FOOTER_LINES = 2  # as many as have their usual distance; a long name of an office may take three
_PAGE_NUMBER_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page. ``qr`` is completed with the page's number; empty for no code.

    ``title``, ``author`` and ``made_at`` (UTC) are also the PDF's own. ``practice`` marks every page as made
    in practice mode, ``corners`` puts a mark into each corner by which a photographed page is straightened.
    ``origin`` is a line of its own at the foot: what the document rests on.
    """

    title: str
    form: str
    district: str
    fiscal_year: str
    author: str
    made_at: datetime
    qr: str = ""
    practice: bool = False
    corners: bool = False
    numbers: tuple[int, ...] = ()
    total: int = 0
    origin: str = ""

    @classmethod
    def of_organisation(
        cls,
        form: str,
        org_name: str,
        made_at: datetime,
        *,
        author: str = "",
        fiscal_year: str = "",
        practice: bool = False,
    ) -> "Frame":
        """The frame of a paper about one organisation, which is its author unless another is named."""
        return cls(
            title=f"{form} {org_name}",
            form=form,
            district=org_name,
            fiscal_year=fiscal_year,
            author=author or org_name,
            made_at=made_at,
            practice=practice,
        )

    def numbering(self, page: int, count: int) -> tuple[int, int]:
        """What the foot of a page says of its place: its number and how many there are.

        ``numbers`` are a form's own page numbers when only some of its ``total`` pages are printed; pages
        after those go on from the form's last one.
        """
        if not self.numbers:
            return page, count
        more = count - len(self.numbers)
        if page <= len(self.numbers):
            return self.numbers[page - 1], self.total + more
        return self.total + page - len(self.numbers), self.total + more

    def first_y(self, page: int) -> float:
        """Where writing starts on a page (from 1), mm: below the code, except beside a document's title."""
        if page == 1:
            return TOP
        return TOP + _QR_SIDE - 1 if self.qr else TOP + 4

    def head_marks(self, page: int) -> list[Mark]:
        """The QR code and the mark of practice mode of a page (from 1)."""
        marks: list[Mark] = []
        if self.qr:
            number, _ = self.numbering(page, max(page, len(self.numbers)))
            if self.numbers and page > len(self.numbers):
                number = 0  # a continuation or photos: no sheet of its own to key
            marks.append(QrMark(RIGHT - _QR_SIDE, TOP - 5, _QR_SIDE, qr_matrix(f"{self.qr}/P{number}")))
        if self.corners:
            marks += [
                BoxMark(x, y, CORNER_SIDE, CORNER_SIDE, 0.0, 0.0)
                for x in (CORNER, A4_WIDTH - CORNER - CORNER_SIDE)
                for y in (CORNER, A4_HEIGHT - CORNER - CORNER_SIDE)
            ]
        if self.practice:
            width = text_width(PRACTICE_WORDS, 12, True) * MM
            marks.append(BoxMark(LEFT, 8, width + 6, 7, 1.2))
            marks.append(TextMark(LEFT + 3, 13, PRACTICE_WORDS, 12, True, width))
        return marks

    def footer_words(self, district: str) -> str:
        """The line that says what the page belongs to, and the one that says what it rests on."""
        words = "　".join(word for word in (self.form, district, self.fiscal_year) if word)
        return f"{words}\n{self.origin}" if self.origin else words


FOOTER_WIDTH = WIDTH - _PAGE_NUMBER_ROOM
"""Room for the words at the foot, mm."""


def footer_marks(lines: Sequence[str], number: int, count: int) -> tuple[Mark, ...]:
    """The foot of page ``number`` of ``count``."""
    page = f"{number} / {count} ページ"
    wide = text_width(page, BODY) * MM
    first, leading = (_FOOTER, 5.0) if len(lines) <= _FOOTER_LINES else (_FOOTER - 2.2, 4.0)
    return (
        RuleMark(LEFT, _FOOTER - 5.5, RIGHT, _FOOTER - 5.5, 0.4),
        *(
            TextMark(LEFT, first + index * leading, line, BODY, False, text_width(line, BODY) * MM)
            for index, line in enumerate(lines)
        ),
        TextMark(RIGHT - wide, _FOOTER, page, BODY, False, wide),
    )
