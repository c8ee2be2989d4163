"""A ward's report put together again: tables, districts' evidence and photos must say one thing.

The compilation that comes out is the ward's, but for what only its own store knows: the districts' names, and
what each district said the year before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from shakyo_desktop.domain.compilation import (
    CouncilVerification,
    CoveredSum,
    DistrictLine,
    Finding,
    FindingScope,
    ItemRollUp,
    MappedTotals,
    PracticeSource,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.exchange import ward_lines as lines_of
from shakyo_desktop.exchange.district_evidence import Wanted, read_districts
from shakyo_desktop.exchange.lines import fields_of
from shakyo_desktop.exchange.opened import DistrictEvidence, WardReportContent
from shakyo_desktop.exchange.package_info import PackageInfo, ReportInfo
from shakyo_desktop.exchange.refusal import refused
from shakyo_desktop.exchange.shape import is_proxy
from shakyo_desktop.exchange.signed import Bytes
from shakyo_desktop.exchange.ward_checks import (
    Totals,
    check_compilation,
    check_totals,
    shared_photos,
    shared_practices,
)
from shakyo_desktop.exchange.ward_tables import WardLines
from shakyo_desktop.exchange.wire import read_time_text

_SCHEMA = "data.schema"


def read_ward_content(info: PackageInfo, lines: WardLines, entries: Mapping[str, Bytes]) -> WardReportContent:
    """The content of a ward's report; its photos' bytes are checked by the caller.

    Raises:
        PackageRefused: ``data.…``, ``bind.…``, ``photo.list``, or what a district's evidence breaks.
    """
    report = info.report
    if report is None:
        raise refused("bind.report", "report")
    districts = read_districts(info, entries, lines.coverage, _wanted(lines))
    head = check_compilation(lines.compilation)
    totals = check_totals(lines, report.fiscal_year)
    practices = shared_practices(lines, report.fiscal_year, districts)
    photos = shared_photos(practices, districts)
    reading = _Rebuilding(report, lines, totals, districts, _statuses(districts), _by_item(lines))
    return WardReportContent(reading.compilation(head), practices, photos, districts)


def _wanted(lines: WardLines) -> Wanted:
    return Wanted(
        {(row.plan_id, row.number) for row in lines.compilation if row.item is not None},
        {line.id for line in lines.practices},
        {photo_id for line in lines.practices for photo_id in line.photo_ids},
    )


@dataclass(frozen=True, slots=True)
class _Rebuilding:
    """The checked parts of a ward's report, to be made one compilation."""

    report: ReportInfo
    lines: WardLines
    totals: Totals
    districts: Mapping[str, DistrictEvidence]
    statuses: Mapping[tuple[str, str, int], ItemStatus]
    practices: Mapping[tuple[str, int], tuple[PracticeSource, ...]]

    def compilation(self, head: lines_of.HeadPart) -> WardCompilation:
        rows = self.lines.compilation
        items = [(row.item.position, row, row.item) for row in rows if row.item is not None]
        return WardCompilation(
            id=head.compilation_id,
            ward=self.report.org,
            plan_id=rows[0].plan_id,
            fiscal_year=self.report.fiscal_year,
            version=self.report.revision,
            compiled_at=read_time_text(head.compiled_at, _SCHEMA),
            compiled_by=head.compiled_by,
            sources=tuple(_source(line, self.districts.get(line.id)) for line in self.lines.coverage),
            items=tuple(self._item(row, item) for _, row, item in sorted(items, key=lambda one: one[0])),
            findings=tuple(one for scope in FindingScope for one in self._findings(scope)),
            council=CouncilVerification(
                held_on=head.held_on,
                attendance=head.attendance,
                verification=head.verification,
                approved=head.approved,
            ),
            include_unconfirmed=head.include_unconfirmed,
        )

    def _findings(self, scope: FindingScope) -> Iterator[Finding]:
        """The words that were written, in the order of their numbers."""
        for row in self.lines.compilation:
            if row.scope is scope and (row.outcome or row.challenge or row.approach):
                yield _finding(row)

    def _item(self, row: lines_of.CompilationLine, item: lines_of.ItemPart) -> ItemRollUp:
        status = item.ward_status
        whose: dict[str, Any] = {"org": self.report.org, "fiscal_year": self.report.fiscal_year}
        values: dict[str, list[lines_of.TotalLine]] = {}
        for line in self.totals.get((self.report.fiscal_year, row.number), ()):
            values.setdefault(line.org or "", []).append(line)
        return ItemRollUp(
            item_number=row.number,
            **_counts(item.counts),
            sums=self._sums(self.report.fiscal_year, row.number),
            districts=tuple(self._district(row, org, values.get(org, [])) for org in self.districts),
            practices=self.practices.get((row.plan_id, row.number), ()),
            ward_status=ItemStatus(**whose, **fields_of(status)) if status else None,
            last_year=self._last_year(row.number, item.last_year) if item.last_year else None,
            mapped=tuple(_mapped(part) for part in item.mapped),
        )

    def _last_year(self, number: int, part: lines_of.CountsPart) -> ItemRollUp:
        sums = self._sums(self.report.fiscal_year - 1, number)
        return ItemRollUp(item_number=number, **_counts(part), sums=sums)

    def _sums(self, fiscal_year: int, item_number: int) -> tuple[CoveredSum, ...]:
        sums = [line for line in self.totals.get((fiscal_year, item_number), ()) if line.org is None]
        return tuple(
            CoveredSum(line.code, line.label, line.unit, line.total, line.stated or 0, line.expected or 0)
            for line in sorted(sums, key=lambda line: line.position)
        )

    def _district(
        self, row: lines_of.CompilationLine, org: str, own: list[lines_of.TotalLine]
    ) -> DistrictLine:
        """What a district said about an item, in its own signed words."""
        totals = {line.code: line.total for line in own if line.total is not None}
        mapped = {line.code: line.mapped for line in own if line.mapped is not None}
        one = self.statuses.get((org, row.plan_id, row.number))
        if one is None:
            return DistrictLine(org=org, totals=totals, mapped=mapped)
        return DistrictLine(
            org=org,
            state=one.state,
            state_reason=one.state_reason,
            self_rating=one.self_rating,
            rating_reason=one.rating_reason,
            totals=totals,
            outcome=one.outcome,
            challenge=one.challenge,
            next_plan=one.next_plan,
            needs_support=one.needs_support,
            mapped=mapped,
        )


def _statuses(districts: Mapping[str, DistrictEvidence]) -> dict[tuple[str, str, int], ItemStatus]:
    """What each district said of each item; made once, because a hostile file has many of both."""
    found: dict[tuple[str, str, int], ItemStatus] = {}
    for org, evidence in districts.items():
        for one in evidence.year.item_statuses:
            found.setdefault((org, one.plan_id, one.item_number), one)
    return found


def _by_item(lines: WardLines) -> dict[tuple[str, int], tuple[PracticeSource, ...]]:
    """The shared practices of each item, in their order."""
    found: dict[tuple[str, int], list[PracticeSource]] = {}
    for one in lines.practices:
        source = PracticeSource(one.org, one.id, one.title, one.story)
        found.setdefault((one.plan_id, one.item_number), []).append(source)
    return {key: tuple(sources) for key, sources in found.items()}


def _counts(part: lines_of.CountsPart) -> dict[str, Any]:
    return {
        "states": {code.value: count for code, count in part.states.items()},
        "ratings": {code.value: count for code, count in part.ratings.items()},
        "unreported": part.unreported,
    }


def _mapped(part: lines_of.MappedPart) -> MappedTotals:
    fields = msgspec.structs.asdict(part)
    return MappedTotals(**fields)


def _source(line: lines_of.CoverageLine, evidence: DistrictEvidence | None) -> SourceReport:
    received = read_time_text(line.received_at, _SCHEMA) if line.received_at else None
    proxy = evidence is not None and is_proxy(evidence.info)
    fields = fields_of(line) | {"received_at": received, "name": "", "proxy": proxy}
    return SourceReport(org=fields.pop("id"), **fields)


def _finding(row: lines_of.CompilationLine) -> Finding:
    return Finding(
        scope=row.scope,
        number=row.number,
        outcome=row.outcome,
        challenge=row.challenge,
        approach=row.approach,
    )
