"""The signed evidence of a ward's districts inside its report: carried as it was signed, without photos.

The city knows no district's key: that a certificate is the district's own is what the ward, who approved it
and signs around it, attests. What the ward keyed from a district's paper is signed by the ward and says so
in its sender. Everything else is verified again here, down to each table's digest.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from shakyo_desktop.domain.organisations import parent_code
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import Extra
from shakyo_desktop.exchange.evidence import verify_kept
from shakyo_desktop.exchange.manifest import read_manifest
from shakyo_desktop.exchange.opened import DistrictEvidence
from shakyo_desktop.exchange.opened_tables import read_tables
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.refusal import refused, require
from shakyo_desktop.exchange.shape import check_entries
from shakyo_desktop.exchange.signed import Bytes
from shakyo_desktop.exchange.ward_lines import CoverageLine

DISTRICTS = "districts/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ward's tables speak of: items as (plan, number), and the ids of good practices and photos."""

    items: Set[tuple[str, int]]
    practices: Set[str]
    photos: Set[str]

    def of(self, year: YearRecords) -> YearRecords:
        """The records of a district's year that are spoken of."""
        return YearRecords(
            year.org,
            year.fiscal_year,
            item_statuses=tuple(
                one for one in year.item_statuses if (one.plan_id, one.item_number) in self.items
            ),
            good_practices=tuple(one for one in year.good_practices if one.id in self.practices),
            photos=tuple(one for one in year.photos if one.id in self.photos),
        )


def evidence_extras(org: str, entries: Mapping[str, bytes]) -> tuple[Extra, ...]:
    """A district's report for its ward's report; ``entries`` under their own names, photos are left out."""
    return tuple(
        Extra.of_bytes(names.kept_name(f"{DISTRICTS}{org}", name), data)
        for name, data in entries.items()
        if name != names.MIMETYPE and not name.startswith("photos/")
    )


def read_districts(
    info: PackageInfo, entries: Mapping[str, Bytes], coverage: list[CoverageLine], wanted: Wanted
) -> dict[str, DistrictEvidence]:
    """Every district's evidence by its code, each agreeing with its line of the coverage.

    Args:
        info: package.json of the ward's report.
        entries: of the ward's report.
        wanted: which of the districts' records the ward's tables speak of; the others are checked and let go,
            because seventy districts' diaries would not fit into memory.

    Raises:
        PackageRefused: ``data.reference`` for a line without its evidence, ``data.files`` for evidence
            without its line, ``bind.…`` for another's, else the code of the first rule it breaks.
    """
    folders: dict[str, dict[str, Bytes]] = {}
    for name, data in entries.items():
        if name.startswith(DISTRICTS):
            folders.setdefault(name.split("/")[1], {})[names.original_name(name)] = data
    lines = {line.id: line for line in coverage}
    for line in coverage:
        _check_line(line, info)
    arrived = {line.id for line in coverage if line.package_id is not None}
    require(folders.keys() <= arrived, "data.files", "evidence that is not in the coverage")
    require(arrived <= folders.keys(), "data.reference", "evidence is missing")
    return {org: _read_district(info, lines[org], folders[org], wanted) for org in sorted(folders)}


def _check_line(line: CoverageLine, info: PackageInfo) -> None:
    """A line is about one of the sender's own districts, and says everything of a report or nothing."""
    require(line.id != info.sender.org and parent_code(line.id) == info.sender.org, "bind.report", "district")
    said = [line.package_id, line.manifest, line.revision, line.stage, line.received_at]
    missing = said.count(None)
    require(missing in (0, len(said)), "data.schema", "half a report")
    require(not (missing and (line.confirmed or line.joined)), "data.schema", "nothing to confirm or join")
    require((line.arrival == "missing") == bool(missing), "data.schema", "arrival")


def _read_district(
    info: PackageInfo, line: CoverageLine, own: dict[str, Bytes], wanted: Wanted
) -> DistrictEvidence:
    signed, inner = verify_kept(own, without_photos=True)
    report, outer = inner.report, info.report
    if inner.type != "report" or report is None or outer is None:
        raise refused("bind.report", "not a report")
    require(inner.recipient.org == info.sender.org, "bind.recipient", "another ward's")
    require(report.org == line.id, "bind.report", "another district's")
    require(report.fiscal_year == outer.fiscal_year, "bind.report", "year")
    require((inner.package_id, signed.manifest) == (line.package_id, line.manifest), "bind.report", "package")
    require((report.revision, report.stage) == (line.revision, line.stage), "bind.report", "revision")
    check_entries(inner, own)
    year = read_tables(inner, signed.tables()).content
    if not isinstance(year, YearRecords):
        raise refused("bind.report", "not a report")
    _check_left_out(year, bytes(own[names.MANIFEST]))
    return DistrictEvidence(
        inner, signed.manifest, signed.certificate.der, signed.signed_at, wanted.of(year), signed.entries
    )


def _check_left_out(year: YearRecords, manifest: bytes) -> None:
    """What the manifest lists and the ward left out are the photos of the records, and nothing else."""
    listed = {
        names.stem(file.name): file.sha256.hex()
        for file in read_manifest(manifest)
        if file.name.startswith("photos/")
    }
    require(listed == {photo.id: photo.sha256 for photo in year.photos}, "photo.list", "left out")
