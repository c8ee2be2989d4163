"""Pages of a PDF as pictures, to be shown in the window."""

import io

from shakyo_desktop.domain.errors import DocumentFailed


def page_images(pdf: bytes, width_px: int = 900, pages: range | None = None) -> list[bytes]:
    """Return one PNG for each page, ``width_px`` pixels wide; ``pages`` (from 0) chooses some of them.

    Raises:
        DocumentFailed: when the bytes are not a readable PDF.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise DocumentFailed(
            "書類を画面に出せませんでした。\n入力した内容はそのまま残っています。\nもう一度「印刷する」を押してください。",
            code="document.preview",
        ) from error
    images = []
    try:
        for number in pages if pages is not None else range(len(document)):
            page = document[number]
            picture = page.render(scale=width_px / page.get_width()).to_pil()
            out = io.BytesIO()
            picture.save(out, "PNG")
            images.append(out.getvalue())
            page.close()
    finally:
        document.close()
    return images
