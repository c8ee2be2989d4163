"""QR codes: as rows of dark modules for a document, and as a PNG for the screen."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from shakyo_desktop.domain.errors import DocumentFailed

QUIET_ZONE = 4
"""Light modules that must stand around a code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """A code without its quiet zone: ``rows`` of dark (True) and light modules, ``size`` each way."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Modules along one side."""
        return len(self.rows)

    def dark_runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield (row, first column, length) of every horizontal stretch of dark modules."""
        for number, row in enumerate(self.rows):
            start = None
            for column, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    yield number, start, column - start
                    start = None


def qr_matrix(text: str) -> QrMatrix:
    """Return the code of ``text`` with error correction M (15 % may be soiled).

    Raises:
        DocumentFailed: when the text is empty or too long for any code.
    """
    import segno

    try:
        if not text:
            raise ValueError("nothing to encode")
        code = segno.make_qr(text, error="m", boost_error=False)
    except ValueError as error:
        raise DocumentFailed("QRコードを作れませんでした。", code="document.qr") from error
    return QrMatrix(tuple(tuple(bool(module) for module in row) for row in code.matrix))


def qr_png(text: str, scale: int = 4) -> bytes:
    """Return the code of ``text`` as a PNG, ``scale`` pixels a module, quiet zone included.

    Raises:
        DocumentFailed: when the text is empty or too long for any code.
    """
    from PIL import Image

    matrix = qr_matrix(text)
    side = matrix.size + 2 * QUIET_ZONE
    image = Image.new("1", (side, side), 1)
    for row, column, length in matrix.dark_runs():
        for offset in range(length):
            image.putpixel((column + offset + QUIET_ZONE, row + QUIET_ZONE), 0)
    out = io.BytesIO()
    image.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()
