"""Pages of a PDF as pictures, to be shown in the window."""

import io
from typing import Any

from shakyo_desktop.domain.errors import DocumentFailed


def page_images(pdf: bytes, width_px: int = 900, pages: range | None = None) -> list[bytes]:
    """Return one PNG for each page, ``width_px`` pixels wide; ``pages`` (from 0) chooses some of them.

    Pages beyond the last one are left out.

    Raises:
        DocumentFailed: when the bytes are not a readable PDF.
    """
    document = _opened(pdf)
    images = []
    try:
        every = range(len(document))
        for number in every if pages is None else (one for one in pages if one in every):
            page = document[number]
            picture = page.render(scale=width_px / page.get_width()).to_pil()
            out = io.BytesIO()
            picture.save(out, "PNG")
            images.append(out.getvalue())
            page.close()
    finally:
        document.close()
    return images


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        DocumentFailed: when the bytes are not a readable PDF.
    """
    document = _opened(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise DocumentFailed(
            "書類を画面に出せませんでした。\n入力した内容はそのまま残っています。\nもう一度「印刷する」を押してください。",
            code="document.preview",
        ) from error
