"""A compilation as the tables of a ward's report, and the lines of those tables read back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.domain.compilation import (
    CoveredSum,
    Finding,
    FindingScope,
    ItemRollUp,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.records import GOOD_PRACTICES, GoodPractice
from shakyo_desktop.exchange import ward_lines as lines_of
from shakyo_desktop.exchange.lines import plain, row_of
from shakyo_desktop.exchange.report_tables import ItemStatusLine
from shakyo_desktop.exchange.wire import time_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WardLines:
    """The checked lines of a ward's report, by table, and how many unknown fields a newer version put in."""

    compilation: list[lines_of.CompilationLine]
    totals: list[lines_of.TotalLine]
    practices: list[lines_of.WardPracticeLine]
    coverage: list[lines_of.CoverageLine]
    unknown: int


def ward_tables(
    compilation: WardCompilation, practices: Iterable[GoodPractice]
) -> dict[str, tuple[bytes, ...]]:
    """The tables of a ward's report; ``practices`` are those it shares, with consent and their photos' ids.

    Of last year only the counts and sums travel. ``ValueError`` when a practice may not be shared.
    """
    shared = list(practices)
    if not all(practice.consent for practice in shared):
        raise ValueError("a practice may not be shared")
    return {
        lines_of.COMPILATION: lines_of.COMPILATION_TABLE.write(_compilation_rows(compilation)),
        lines_of.ACTIVITY_TOTALS: lines_of.TOTAL_TABLE.write(_total_rows(compilation)),
        GOOD_PRACTICES: lines_of.WARD_PRACTICE_TABLE.write_records(shared),
        lines_of.COVERAGE: lines_of.COVERAGE_TABLE.write(map(_coverage_row, compilation.sources)),
    }


def read_ward_tables(tables: Mapping[str, bytes | memoryview], newer: bool) -> WardLines:
    """The lines of every table, each right by itself.

    Raises:
        PackageRefused: ``json.…``, ``data.schema``, ``data.order``, ``text.…``.
    """
    compilation, unknown_1 = lines_of.COMPILATION_TABLE.read(tables[lines_of.COMPILATION], newer)
    totals, unknown_2 = lines_of.TOTAL_TABLE.read(tables[lines_of.ACTIVITY_TOTALS], newer)
    practices, unknown_3 = lines_of.WARD_PRACTICE_TABLE.read(tables[GOOD_PRACTICES], newer)
    coverage, unknown_4 = lines_of.COVERAGE_TABLE.read(tables[lines_of.COVERAGE], newer)
    return WardLines(compilation, totals, practices, coverage, unknown_1 + unknown_2 + unknown_3 + unknown_4)


def scope_id(plan_id: str, scope: FindingScope, number: int) -> str:
    """The id of the compilation's line about the whole, a direction or an item; the same in every version."""
    return f"{plan_id}/{scope.value}/{number:03d}"


def total_id(fiscal_year: int, item_number: int, code: str, org: str | None) -> str:
    """The id of a sum's line, or of one district's value behind it."""
    return "/".join((f"{fiscal_year:04d}", f"{item_number:03d}", code, *((org,) if org else ())))


def _compilation_rows(compilation: WardCompilation) -> Iterator[Row]:
    findings = {(one.scope, one.number): one for one in compilation.findings}
    items = {one.item_number: (place, one) for place, one in enumerate(compilation.items)}
    wanted = {(FindingScope.WHOLE, 0), *findings, *((FindingScope.ITEM, number) for number in items)}
    for scope, number in wanted:
        found = findings.get((scope, number)) or Finding(scope=scope, number=number)
        item = items.get(number) if scope is FindingScope.ITEM else None
        yield {
            "id": scope_id(compilation.plan_id, scope, number),
            "plan_id": compilation.plan_id,
            "scope": scope.value,
            "number": number,
            "outcome": found.outcome,
            "challenge": found.challenge,
            "approach": found.approach,
            "head": _head(compilation) if scope is FindingScope.WHOLE else None,
            "item": _item(*item) if item else None,
        }


def _head(compilation: WardCompilation) -> Row:
    council = compilation.council
    return {
        "compilation_id": compilation.id,
        "compiled_at": time_text(compilation.compiled_at),
        "compiled_by": compilation.compiled_by,
        "include_unconfirmed": compilation.include_unconfirmed,
        **row_of(council, ("held_on", "attendance", "verification", "approved")),
    }


def _item(position: int, item: ItemRollUp) -> Row:
    fields = ItemStatusLine.__struct_fields__
    return {
        "position": position,
        "counts": _counts(item),
        "last_year": _counts(item.last_year) if item.last_year else None,
        "ward_status": row_of(item.ward_status, fields) if item.ward_status else None,
        "mapped": [row_of(one, lines_of.MappedPart.__struct_fields__) for one in item.mapped],
    }


def _counts(item: ItemRollUp) -> Row:
    return {
        "states": plain(item.states),
        "ratings": plain(item.ratings),
        "unreported": item.unreported,
    }


def _total_rows(compilation: WardCompilation) -> Iterator[Row]:
    year = compilation.fiscal_year
    for item in compilation.items:
        for position, one in enumerate(item.sums):
            yield _sum_row(year, item.item_number, position, one)
            for line in item.districts:
                if one.code in line.totals:
                    value = {"org": line.org, "total": line.totals[one.code]}
                    value["mapped"] = line.mapped.get(one.code)
                    yield (
                        _row(year, item.item_number, position, one)
                        | value
                        | {"id": total_id(year, item.item_number, one.code, line.org)}
                    )
        for position, one in enumerate(item.last_year.sums if item.last_year else ()):
            yield _sum_row(year - 1, item.item_number, position, one)


def _sum_row(fiscal_year: int, item_number: int, position: int, one: CoveredSum) -> Row:
    covered = row_of(one, ("total", "stated", "expected"))
    return _row(fiscal_year, item_number, position, one) | covered


def _row(fiscal_year: int, item_number: int, position: int, one: CoveredSum) -> Row:
    """A sum's line without its figures."""
    figures = dict.fromkeys(("org", "total", "stated", "expected", "mapped"))
    return {
        "id": total_id(fiscal_year, item_number, one.code, None),
        "fiscal_year": fiscal_year,
        "item_number": item_number,
        "position": position,
        **row_of(one, ("code", "label", "unit")),
        **figures,
    }


def _coverage_row(source: SourceReport) -> Row:
    row = row_of(source, ("arrival", "package_id", "manifest", "joined", "revision", "stage", "confirmed"))
    received = time_text(source.received_at) if source.received_at else None
    return {"id": source.org, "received_at": received} | row
