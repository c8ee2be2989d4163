"""The types every structure of a package is checked with: exact, bounded, nothing unknown."""

from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from shakyo_desktop.domain.eras import JAPAN_TIME
from shakyo_desktop.domain.fields import MAX_NUMBER, REASON_LENGTH
from shakyo_desktop.domain.identifiers import UUID7
from shakyo_desktop.domain.organisations import ORGANISATION_CODE
from shakyo_desktop.domain.text import text_code
from shakyo_desktop.exchange.refusal import refused, require

TIME_FORM = "%Y-%m-%dT%H:%M:%SZ"

Uuid7 = Annotated[str, Meta(pattern=rf"\A{UUID7}\Z")]
Sha256Hex = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
OrgCode = Annotated[str, Meta(pattern=rf"\A{ORGANISATION_CODE.pattern}\Z")]
AgeRecipient = Annotated[str, Meta(pattern=r"\Aage1[02-9ac-hj-np-z]{58}\Z")]
Timestamp = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
Month = Annotated[str, Meta(pattern=r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")]
ClockTime = Annotated[str, Meta(pattern=r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
Identifier = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z][0-9A-Za-z._/-]{0,79}\Z")]
Code = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,39}\Z")]
# Room for the name of an answer to a warning: the field, the code of the warning, a figure of any name.
FieldName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_.:]{0,119}\Z")]
YEARS = range(1900, 3000)
Year = Annotated[int, Meta(ge=YEARS.start, le=YEARS.stop - 1)]
ItemNumber = Annotated[int, Meta(ge=1, le=999)]
Count = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
Position = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Text20 = Annotated[str, Meta(max_length=20)]
Text60 = Annotated[str, Meta(max_length=60)]
Text100 = Annotated[str, Meta(max_length=100)]
Text200 = Annotated[str, Meta(max_length=200)]
Text300 = Annotated[str, Meta(max_length=300)]
Text400 = Annotated[str, Meta(max_length=400)]
Text2000 = Annotated[str, Meta(max_length=2000)]
Reasons = Annotated[dict[FieldName, Annotated[str, Meta(max_length=REASON_LENGTH)]], Meta(max_length=200)]

T = TypeVar("T", bound="Wire")


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """A structure of a package: every field required."""


def read_struct(kind: type[T], value: Any, code: str, *, extra_allowed: bool = False) -> tuple[T, int]:
    """The structure, and how many unknown fields it came with (only a newer minor version may have any).

    Raises:
        PackageRefused: with ``code`` when a field is missing, unknown, or of another type, length or range.
    """
    require(isinstance(value, dict), code, "not an object")
    known = _names(kind)
    unknown = value.keys() - known
    require(extra_allowed or not unknown, code, "unknown field")
    require(len(value) - len(unknown) == len(known), code, "missing field")
    try:
        return msgspec.convert(value, kind, strict=True), len(unknown)
    except msgspec.ValidationError as error:
        raise refused(code, str(error)) from error


@cache
def _names(kind: type[Wire]) -> frozenset[str]:
    return frozenset(kind.__struct_fields__)


def is_clean(line: str) -> bool:
    """Whether a canonical line shows at once that ``check_texts`` has nothing to refuse.

    Without a backslash every text stands in the line as it is, between quotation marks that no rule
    joins with their neighbours; and what is normalised as a whole is normalised in every part (UAX #15).
    """
    return "\\" not in line and text_code(line, multiline=False) is None


def check_texts(value: Any, multiline: frozenset[str], field: str = "") -> None:
    """Refuse text that may not stand in a record (``text.control``, ``text.nfc``), at any depth."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return
        code = text_code(value, field in multiline)
        if code is not None:
            raise refused(code, field)
    elif isinstance(value, dict):
        for name, inner in value.items():
            check_texts(name, multiline)
            check_texts(inner, multiline, name)
    elif isinstance(value, list):
        for inner in value:
            check_texts(inner, multiline, field)


def time_text(moment: datetime) -> str:
    """A moment as packages write it: UTC, whole seconds."""
    # Not strftime, which leaves out the zeros of a year before 1000 on some systems.
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def read_time_text(text: str, code: str) -> datetime:
    """The moment a package names; refused with ``code`` when there is no such time, here or in Japan."""
    try:
        moment = datetime.strptime(text, TIME_FORM).replace(tzinfo=UTC)
        moment.astimezone(JAPAN_TIME)  # as it will be shown: the last hours of 9999 are in no year there
        return moment
    except (ValueError, OverflowError) as error:
        raise refused(code, "no such time") from error
