"""The little of ASN.1 DER (ITU-T X.690) that our certificate and our signature need.

The reader takes definite lengths in their shortest form only; whatever else differs from DER shows
when the caller rebuilds the value and compares.
"""

from datetime import UTC, datetime

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06
UTF8_STRING = 0x0C
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
BOOLEAN = 0x01
CONTEXT_0 = 0xA0
CONTEXT_3 = 0xA3

_UTC_TIME_YEARS = range(1950, 2050)  # RFC 5652 clause 11.3 and RFC 5280 clause 4.1.2.5


class DerError(ValueError):
    """The bytes are not the structure that was expected."""


def encode(tag: int, *contents: bytes) -> bytes:
    """One value: tag, shortest length, the contents one after another."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*values: bytes) -> bytes:
    """A SEQUENCE of the values."""
    return encode(SEQUENCE, *values)


def set_of(*values: bytes) -> bytes:
    """A SET OF, its values in DER order (X.690 clause 11.6)."""
    return encode(SET, *sorted(values))


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return encode(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octet_string(value: bytes) -> bytes:
    """An OCTET STRING."""
    return encode(OCTET_STRING, value)


def bit_string(value: bytes, unused: int = 0) -> bytes:
    """A BIT STRING whose last ``unused`` bits do not count."""
    return encode(BIT_STRING, bytes((unused,)), value)


def object_identifier(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return encode(OBJECT_IDENTIFIER, *(_base128(arc) for arc in (40 * first + second, *rest)))


def time(moment: datetime) -> bytes:
    """A Time in UTC, whole seconds: UTCTime until 2049, GeneralizedTime otherwise."""
    if moment.year in _UTC_TIME_YEARS:
        return encode(UTC_TIME, f"{moment:%y%m%d%H%M%SZ}".encode())
    return encode(GENERALIZED_TIME, f"{moment:%Y%m%d%H%M%SZ}".encode())


def read_time(tag: int, content: bytes) -> datetime:
    """The moment (UTC) of a UTCTime or GeneralizedTime in the form ``time`` writes."""
    try:
        text = content.decode("ascii")
        if tag == UTC_TIME:
            text = ("19" if int(text[:2]) >= 50 else "20") + text
        elif tag != GENERALIZED_TIME:
            raise DerError("not a time")
        moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise DerError("not a time") from error
    if time(moment) != encode(tag, content):
        raise DerError("not the shortest form of a time")
    return moment


class DerReader:
    """Reads values one after another; ``done`` insists that nothing is left."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def peek_tag(self) -> int | None:
        """The next value's tag, or None at the end."""
        return self._data[self._position] if self._position < len(self._data) else None

    def read_whole(self, tag: int) -> bytes:
        """The next value with its tag and length."""
        start = self._position
        self.read(tag)
        return self._data[start : self._position]

    def read(self, tag: int) -> bytes:
        """The next value's content; it must have this tag."""
        if self.peek_tag() != tag:
            raise DerError(f"tag {tag:#x} expected")
        size, start = self._length(self._position + 1)
        if start + size > len(self._data):
            raise DerError("value ends beyond the data")
        self._position = start + size
        return self._data[start : self._position]

    def enter(self, tag: int) -> "DerReader":
        """A reader of the next value's content."""
        return DerReader(self.read(tag))

    def done(self) -> None:
        """Raise ``DerError`` unless everything was read."""
        if self._position != len(self._data):
            raise DerError("data after the value")

    def _length(self, position: int) -> tuple[int, int]:
        head = self._data[position : position + 1]
        if not head:
            raise DerError("length missing")
        if head[0] < 0x80:
            return head[0], position + 1
        count = head[0] & 0x7F
        raw = self._data[position + 1 : position + 1 + count]
        size = int.from_bytes(raw, "big")
        if not 1 <= count <= 4 or len(raw) != count or raw[0] == 0 or size < 0x80:
            raise DerError("not the shortest length")
        return size, position + 1 + count


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | value & 0x7F)
    return bytes(reversed(digits))
