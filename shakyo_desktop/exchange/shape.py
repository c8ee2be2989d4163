"""Which fields of package.json belong to which type, and which entries a package of a type holds."""

from collections.abc import Iterable, Mapping

from shakyo_desktop.domain.organisations import parent_code
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.canonical import count_lines
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.records import TABLES_OF_TYPE
from shakyo_desktop.exchange.refusal import require

MAX_TABLES = 16 * 2**20
"""The bytes of all tables of a package: eight times what a year of 2,000 activities takes."""

_FIXED = frozenset((names.MIMETYPE, names.MANIFEST, names.SIGNATURE, names.PACKAGE_INFO))
_FOLDERS: dict[str, tuple[str, ...]] = {
    "setup": (),
    "report": ("photos/",),
    "answer": (names.SETUP, "last_report/"),
    "ward_report": ("photos/", "districts/"),
}


def check_shape(info: PackageInfo) -> None:
    """``bind.report`` or ``bind.recipient`` unless report, reply, numbers and recipient fit the type.

    A report is its sender's own, or one of a district that its office keyed from paper (代行入力): signed by
    the office and addressed to itself, so that it lies in evidence and never travels as a file of its own.
    Only an answer replies; a setup is the one type without a number, and the first number of a key is the
    one without a predecessor.
    """
    report, reply = info.report, info.reply
    is_setup = info.type == "setup"
    require((info.recipient.org is None) == is_setup, "bind.recipient", "organisation")
    require((not info.recipient.enc) == is_setup, "bind.recipient", "mailbox")
    require((report is not None) == (info.type in ("report", "ward_report")), "bind.report", "report")
    require((reply is not None) == (info.type == "answer"), "bind.report", "reply")
    own = report is None or report.org == info.sender.org or is_proxy(info)
    require(own, "bind.report", "another organisation's report")
    require((info.seq == 0) == is_setup, "bind.report", "seq")
    require(info.prev is None or info.seq > 1, "bind.report", "prev")


def is_proxy(info: PackageInfo) -> bool:
    """Whether an office signed a report that it keyed for one of its own districts (代行入力)."""
    report, office = info.report, info.sender.org
    if info.type != "report" or report is None or info.recipient.org != office or report.org == office:
        return False
    return parent_code(report.org) == office


def check_entries(info: PackageInfo, entries: Iterable[str]) -> None:
    """``data.files`` unless the entries are those of the type: every table once, nothing foreign.

    A newer minor version may bring tables that are not known yet.
    """
    folders = _FOLDERS[info.type]
    tables = {names.stem(name) for name in entries if name.startswith("data/")}
    known = set(TABLES_OF_TYPE.get(info.type, ()))
    require(tables >= known and (tables == known or info.is_newer_minor), "data.files", "tables")
    foreign = [
        name
        for name in entries
        if name not in _FIXED and not name.startswith("data/") and not name.startswith(folders or ("\0",))
    ]
    require(not foreign, "data.files", "foreign entry")
    require(info.counts.keys() == tables, "data.count", "tables")


def check_counts(info: PackageInfo, tables: Mapping[str, bytes | memoryview]) -> None:
    """``data.count`` unless every table has as many lines as package.json says.

    ``json.size`` when all together are too long: a record takes many times the room of its line in memory,
    so that what a file may ask for must have a bound.
    """
    require(sum(map(len, tables.values())) <= MAX_TABLES, "json.size", "tables")
    for table, data in tables.items():
        require(count_lines(data) == info.counts.get(table), "data.count", table)
