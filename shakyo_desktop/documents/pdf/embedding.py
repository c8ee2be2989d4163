"""TrueType fonts embedded in a PDF so that every character copies out of it again.

reportlab writes code points beyond U+FFFF into its ToUnicode maps as five digits and more than a hundred
entries per block, and knows no variation sequences; this font corrects both (Adobe Technical Note 5411,
ISO 32000-1 9.10.3).
"""

from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from shakyo_desktop.documents.pdf.variations import variation_glyphs

FIRST_VARIATION_CODE = 0xF0000
"""Variation glyphs have private codes from here on while a document is made, never in its text."""

_BLOCK = 100  # most entries of one bfchar block


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab ships no type information
    """A font file with its coverage, widths and variation sequences.

    Attributes:
        variations: {base character + selector: private character that draws its glyph}.
    """

    def __init__(self, name: str, file: Path) -> None:
        super().__init__(name, str(file), asciiReadable=False)
        self.coverage = frozenset(self.face.charToGlyph)
        self.variations: dict[str, str] = {}
        self._spelled: dict[int, str] = {}
        for index, (pair, glyph) in enumerate(variation_glyphs(self.face.get_table("cmap")).items()):
            code = FIRST_VARIATION_CODE + index
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.face.getCharWidth(pair[0])
            spelling = chr(pair[0]) + chr(pair[1])
            self.variations[spelling] = chr(code)
            self._spelled[code] = spelling

    def char_width(self, character: str) -> float:
        """The advance width of one character in em."""
        return float(self.face.getCharWidth(ord(character))) / 1000

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Write the font's subsets into the document, with ToUnicode maps that are right."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base = doc.idToObject["BasicFonts"].dict[self._internal_name(doc, number)].BaseFont
            doc.idToObject[f"toUnicodeCMap:{base}"].content = self._unicode_map(str(base), subset)

    def _internal_name(self, doc: Any, number: int) -> str:
        return f"{doc.fontMapping[self.fontName][1:]}+{number}"

    def _unicode_map(self, name: str, subset: list[int]) -> str:
        entries = [
            f"<{index:02X}> <{self._spelling(code).encode('utf-16-be').hex().upper()}>"
            for index, code in enumerate(subset)
            if code
        ]
        blocks = [entries[at : at + _BLOCK] for at in range(0, len(entries), _BLOCK)]
        return "\n".join(
            [
                "/CIDInit /ProcSet findresource begin",
                "12 dict begin",
                "begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                f"/CMapName /{name} def",
                "/CMapType 2 def",
                "1 begincodespacerange",
                "<00> <FF>",
                "endcodespacerange",
                *(line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")),
                "endcmap",
                "CMapName currentdict /CMap defineresource pop",
                "end",
                "end",
            ]
        )

    def _spelling(self, code: int) -> str:
        return self._spelled.get(code, chr(code))
