"""The variation sequences of a TrueType font: which glyph stands for a kanji followed by a selector.

Source: OpenType specification, ``cmap`` subtable format 14. Only sequences with a glyph of their own are
read; for the others the base character's own glyph is the right one.
"""

import struct

FORMAT_14 = 14


def variation_glyphs(cmap: bytes) -> dict[tuple[int, int], int]:
    """Return {(base code point, selector code point): glyph index} of a whole ``cmap`` table."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">L", cmap, 4 + 8 * index + 4)
        (format_,) = struct.unpack_from(">H", cmap, offset)
        if format_ == FORMAT_14:
            return _subtable(cmap, offset)
    return {}


def _subtable(cmap: bytes, start: int) -> dict[tuple[int, int], int]:
    glyphs: dict[tuple[int, int], int] = {}
    (selectors,) = struct.unpack_from(">L", cmap, start + 6)
    for index in range(selectors):
        record = start + 10 + 11 * index
        selector = int.from_bytes(cmap[record : record + 3], "big")
        (own,) = struct.unpack_from(">L", cmap, record + 7)
        if own:
            glyphs.update(_own_glyphs(cmap, start + own, selector))
    return glyphs


def _own_glyphs(cmap: bytes, at: int, selector: int) -> dict[tuple[int, int], int]:
    (count,) = struct.unpack_from(">L", cmap, at)
    glyphs = {}
    for index in range(count):
        record = at + 4 + 5 * index
        base = int.from_bytes(cmap[record : record + 3], "big")
        (glyph,) = struct.unpack_from(">H", cmap, record + 3)
        glyphs[base, selector] = glyph
    return glyphs
