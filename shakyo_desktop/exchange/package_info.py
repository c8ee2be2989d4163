"""package.json: what a package is, from whom, for whom (package format, "package.json")."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta

from shakyo_desktop.domain.codes import Assembly, ReplyResult, Stage
from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.canonical import read_line, write_line
from shakyo_desktop.exchange.recipients import is_recipient
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.wire import (
    AgeRecipient,
    Code,
    OrgCode,
    Position,
    Sha256Hex,
    Timestamp,
    Uuid7,
    Year,
    read_time_text,
    time_text,
)

FORMAT: Literal["shakyo-package"] = "shakyo-package"
MAJOR, MINOR = 1, 0
OLDEST_MAJOR = 1
KNOWN_CRITICAL: frozenset[str] = frozenset()

PackageType = Literal["setup", "report", "answer", "ward_report"]
_SCHEMA = "pkg.schema"


class Version(wire.Wire, frozen=True, kw_only=True):
    """Of the format: another major is refused, a higher minor may bring what is not known here."""

    major: Position
    minor: Position


class App(wire.Wire, frozen=True, kw_only=True):
    """Information only; nothing depends on it."""

    name: wire.Text60
    version: wire.Text60


class Sender(wire.Wire, frozen=True, kw_only=True):
    """``key`` is the SHA-256 of the certificate's DER, ``enc`` the recipient answers are sealed to."""

    org: OrgCode
    key: Sha256Hex
    enc: AgeRecipient


class Recipient(wire.Wire, frozen=True, kw_only=True):
    """``enc`` holds the SHA-256 of each recipient string; None and empty in a setup."""

    org: OrgCode | None
    enc: Annotated[list[Sha256Hex], Meta(max_length=20)]


class ReportInfo(wire.Wire, frozen=True, kw_only=True):
    """Which report this is. ``revision`` counts per organisation and year; ``supersedes`` is a package_id."""

    org: OrgCode
    fiscal_year: Year
    stage: Stage
    assembly: Assembly
    revision: Annotated[int, Meta(ge=1, le=999_999)]
    supersedes: Uuid7 | None


class ReplyInfo(wire.Wire, frozen=True, kw_only=True):
    """Which submission an answer answers, and how. ``last_seq`` is the highest seq the office has seen."""

    package_id: Uuid7
    manifest: Sha256Hex
    received_at: Timestamp
    result: ReplyResult
    receipt_no: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z][0-9A-Za-z-]{0,39}\Z")]
    last_seq: Position

    @property
    def received(self) -> datetime:
        """``received_at`` as a moment (UTC)."""
        return read_time_text(self.received_at, _SCHEMA)


class PackageInfo(wire.Wire, frozen=True, kw_only=True):
    """package.json, every field."""

    format: Literal["shakyo-package"]
    version: Version
    critical: Annotated[list[Code], Meta(max_length=20)]
    type: PackageType
    package_id: Uuid7
    created_at: Timestamp
    app: App
    sender: Sender
    recipient: Recipient
    setup_serial: Position
    seq: Position
    prev: Sha256Hex | None
    report: ReportInfo | None
    reply: ReplyInfo | None
    counts: Annotated[dict[Code, Position], Meta(max_length=40)]

    @property
    def created(self) -> datetime:
        """``created_at`` as a moment (UTC)."""
        return read_time_text(self.created_at, _SCHEMA)

    @property
    def is_newer_minor(self) -> bool:
        """Whether unknown optional fields are expected rather than refused."""
        return self.version.minor > MINOR


def write_package_info(info: PackageInfo) -> bytes:
    """package.json: one canonical line."""
    return write_line(_plain(info))


def read_package_info(data: bytes) -> tuple[PackageInfo, int]:
    """package.json, and the number of unknown fields a newer minor version put into it.

    Raises:
        PackageRefused: ``json.…``, ``pkg.format``, ``pkg.version``, ``pkg.critical``,
            ``pkg.schema`` or ``text.…``.
    """
    require(data.endswith(b"\n"), "json.form", "no line end")
    value = read_line(data[:-1])
    require(isinstance(value, dict) and value.get("format") == FORMAT, "pkg.format")
    version, _ = wire.read_struct(Version, value.get("version"), "pkg.version")
    require(OLDEST_MAJOR <= version.major <= MAJOR, "pkg.version", f"{version.major}.{version.minor}")
    critical = value.get("critical")
    require(isinstance(critical, list) and KNOWN_CRITICAL.issuperset(map(str, critical)), "pkg.critical")
    newer = version.minor > MINOR
    unknown = _unknown_inside(value, newer)
    info, own_unknown = wire.read_struct(PackageInfo, value, _SCHEMA, extra_allowed=newer)
    require(read_time_text(info.created_at, _SCHEMA) is not None, _SCHEMA)
    require(is_recipient(info.sender.enc), _SCHEMA, "enc")
    if info.reply is not None:
        read_time_text(info.reply.received_at, _SCHEMA)
    wire.check_texts(value, frozenset())
    return info, unknown + own_unknown


def _unknown_inside(value: dict[str, Any], newer: bool) -> int:
    """Check the objects inside for unknown or missing fields; their number when a newer minor has some."""
    inner: dict[str, type[wire.Wire]] = {
        "app": App,
        "sender": Sender,
        "recipient": Recipient,
        "report": ReportInfo,
        "reply": ReplyInfo,
    }
    return sum(
        wire.read_struct(kind, value[name], _SCHEMA, extra_allowed=newer)[1]
        for name, kind in inner.items()
        if value.get(name) is not None
    )


def _plain(value: Any) -> Any:
    if isinstance(value, wire.Wire):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    return value


__all__ = [
    "FORMAT",
    "MAJOR",
    "MINOR",
    "App",
    "PackageInfo",
    "PackageType",
    "Recipient",
    "ReplyInfo",
    "ReportInfo",
    "Sender",
    "Version",
    "read_package_info",
    "time_text",
    "write_package_info",
]
