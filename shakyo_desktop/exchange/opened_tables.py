"""The tables of an opened package as domain objects, by type."""

from collections.abc import Mapping
from dataclasses import dataclass

from shakyo_desktop.domain.records import GoodPractice, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.records import (
    TABLES_OF_TYPE,
    SetupContent,
    read_answer_tables,
    read_report_tables,
    read_setup_tables,
    read_ward_tables,
)
from shakyo_desktop.exchange.refusal import refused
from shakyo_desktop.exchange.shape import check_counts
from shakyo_desktop.exchange.ward_tables import WardLines


@dataclass(frozen=True, slots=True)
class AnswerTables:
    """The tables of an answer."""

    requests: tuple[CorrectionRequest, ...]
    shared_practices: tuple[GoodPractice, ...]


@dataclass(frozen=True, slots=True)
class ReadTables:
    """What the tables hold, and how many fields and tables of a newer version were not understood."""

    content: YearRecords | SetupContent | AnswerTables | WardLines
    unknown_items: int


def read_tables(info: PackageInfo, tables: Mapping[str, bytes | memoryview]) -> ReadTables:
    """The tables' content as the type says (reading order, step 12).

    Raises:
        PackageRefused: ``data.…``, ``json.…`` or ``text.…``.
    """
    check_counts(info, tables)
    newer = info.is_newer_minor
    foreign = len(tables.keys() - TABLES_OF_TYPE.get(info.type, ()))
    if info.type == "report" and info.report is not None:
        year, unknown = read_report_tables(tables, info.report.org, info.report.fiscal_year, newer)
        return ReadTables(year, unknown + foreign)
    if info.type == "answer" and info.reply is not None:
        requests, practices, unknown = read_answer_tables(tables, info.reply.package_id, newer)
        return ReadTables(AnswerTables(requests, practices), unknown + foreign)
    if info.type == "setup":
        setup, unknown = read_setup_tables(tables, newer)
        return ReadTables(setup, unknown + foreign)
    if info.type == "ward_report":
        lines = read_ward_tables(tables, newer)
        return ReadTables(lines, lines.unknown + foreign)
    raise refused("pkg.version", f"{info.type} cannot be read here")
