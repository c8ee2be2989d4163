"""Paper that is under way: where keying stopped, what a page said when it was printed, pictures of sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shakyo_desktop.domain.forms.layout import FormCode

SHEET_SIZE = (210.0, 297.0)
"""A sheet, mm: A4 upright."""

SHEET_PIXELS = (1131, 1600)
"""A straightened picture of a sheet. One that could not be straightened never has this size."""

MAX_SCANS = 8
"""Pictures of one sheet."""


class Straightened(StrEnum):
    """By what a picture of a sheet was made upright."""

    MARKS = "marks"
    CODE = "code"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyingPlace:
    """The box at which keying of a district's year goes on."""

    org: str
    fiscal_year: int
    plan_id: str
    form: FormCode
    version: int
    page: int
    box: str
    at: datetime
    second_pass: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """A page as it was last printed and as the 部会長 confirmed it: the text of its boxes by their number."""

    org: str
    fiscal_year: int
    plan_id: str
    form: FormCode
    version: int
    page: int
    printed_at: datetime | None = None
    printed: Mapping[str, str] = field(default_factory=dict)
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    confirmed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperScan:
    """A picture of a sheet, straightened, kept by ``sha256`` (hex); ``name`` is the file it came from."""

    id: str
    org: str
    fiscal_year: int
    plan_id: str
    form: FormCode
    version: int
    page: int
    position: int
    sha256: str
    name: str
    added_at: datetime
    added_by: str
