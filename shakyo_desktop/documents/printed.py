"""What the making of a document reports back: how many pages, and which characters no font could print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character of a user's text that printed as 〓. ``where`` names the field in plain Japanese."""

    where: str
    character: str


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A finished document. ``missing_glyphs`` lists each character once per place, in printing order."""

    pages: int
    missing_glyphs: tuple[MissingGlyph, ...] = ()
