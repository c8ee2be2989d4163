"""The pictures in a file from a scanner or a telephone: a photograph, or every page of a PDF."""

import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

from shakyo_desktop.domain.errors import FileUnreadable

MAX_PIXELS = 120_000_000
MAX_PAGES = 200
_LONG_SIDE = 3200
"""Pixels of the long side that are looked at: a code's module is five wide on a sheet that fills it."""

_PDF_SIDE = 2600
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)
_SAFE = "何も取り込んでいません。入力した内容はそのままです。"


def pictures_of(data: bytes) -> Iterator[Image.Image]:
    """Every picture of a file, upright by its own orientation, in colour.

    Raises:
        FileUnreadable: ``scan.unreadable``, ``scan.too_large``, ``scan.locked`` or ``scan.pages``.
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        yield from _pages(data)
    else:
        yield _photograph(data)


def _photograph(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_large()
            if max(image.size) > 2 * _LONG_SIDE:
                image.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
            return _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise _unreadable() from error


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(layered, mask=layered.getchannel("A"))
    return white


def _pages(data: bytes) -> Iterator[Image.Image]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileUnreadable(
                f"このPDFにはパスワードがかかっているので、読めません。\n{_SAFE}\nパスワードのないPDFで保存し直してください。",
                code="scan.locked",
            ) from error
        raise _unreadable() from error
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise FileUnreadable(
                f"PDFは1つのファイルに{MAX_PAGES}ページまでです。\n{_SAFE}\n分けて保存し直してください。",
                code="scan.pages",
            )
        for number in range(len(document)):
            try:
                page = document[number]
                scale = _PDF_SIDE / max(page.get_width(), page.get_height(), 1.0)
                picture = page.render(scale=scale).to_pil().convert("RGB")
                page.close()
            except pypdfium2.PdfiumError as error:
                raise _unreadable() from error
            yield picture
    finally:
        document.close()


def _unreadable() -> FileUnreadable:
    return FileUnreadable(
        f"このファイルは、写真としてもPDFとしても読めませんでした。\n{_SAFE}\n写真を撮り直すか、もう一度スキャンしてください。",
        code="scan.unreadable",
    )


def _too_large() -> FileUnreadable:
    return FileUnreadable(
        f"この写真は大きすぎて読めません。\n{_SAFE}\n解像度を下げて（300dpiまで）、もう一度スキャンしてください。",
        code="scan.too_large",
    )
