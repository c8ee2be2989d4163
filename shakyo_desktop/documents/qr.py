"""QR codes: as rows of dark modules, to be drawn into a document."""

from collections.abc import Iterator
from dataclasses import dataclass

from shakyo_desktop.domain.errors import DocumentFailed


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """A code without its quiet zone, four light modules on each side (ISO/IEC 18004).

    ``rows`` of dark (True) and light modules, ``size`` each way.
    """

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
