"""What one import brought, part by part, and what later work rests on it. Nothing here changes anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.joined_reports import JOINED, joined_into, versions_of
from shakyo_desktop.services.passing_over import passed_over_by, unused_of
from shakyo_desktop.services.sent_to_city import package_of
from shakyo_desktop.services.verdicts import UNDONE
from shakyo_desktop.storage.stores import Stores


class PartKind(StrEnum):
    """A report that counts; a file that waits for a person; a sender's registration; what stays."""

    REPORT = "report"
    HELD = "held"
    APPROVAL = "approval"
    RENEWAL = "renewal"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPart:
    """One thing an import brought. ``key`` is a package's manifest, or the key of a registration.

    ``activities`` and ``photos`` count a report's; ``requests`` those written about it and not sent.
    """

    kind: PartKind
    key: str
    org: str
    org_name: str = ""
    file_name: str = ""
    package_id: str = ""
    fiscal_year: int = 0
    revision: int = 0
    activities: int = 0
    photos: int = 0
    requests: int = 0


def lines_of(stores: Stores, run: str, manifest: str | None = None) -> tuple[IntakeLogEntry, ...]:
    """The lines of an import whose packages came with it last, or the one of a single package.

    A file that was undone and handed over again belongs to the later import alone.
    """
    if not run and manifest is None:
        return ()  # lines of an older program do not say what came together
    lines = stores.intake_log.of_run(run) if manifest is None else stores.intake_log.of_manifests([manifest])
    newest: dict[str, IntakeLogEntry] = {}
    for line in stores.intake_log.of_manifests({line.manifest for line in lines if line.manifest}):
        newest[line.manifest] = line
    standing = [one for one in newest.values() if one.verdict != UNDONE]
    return tuple(one for one in standing if manifest is not None or one.run == run)


def file_parts(stores: Stores, lines: Iterable[IntakeLogEntry]) -> tuple[ImportPart, ...]:
    """The reports and waiting files of these lines, by district and revision."""
    names = {org.code: org.name for org in stores.organisations.all()}
    found = [_file_part(stores, line, names.get(line.org, line.org)) for line in lines]
    return tuple(sorted(found, key=lambda part: (part.org, part.fiscal_year, part.revision)))


def _file_part(stores: Stores, line: IntakeLogEntry, name: str) -> ImportPart:
    part = ImportPart(
        kind=PartKind.STAYS, key=line.manifest, org=line.org, org_name=name, file_name=line.file_name
    )
    held = stores.held.find(line.manifest)
    if held is not None and held.code != JOINED:
        return replace(part, kind=PartKind.HELD)
    submission = stores.submissions.by_manifest(line.manifest)
    if submission is None:
        return part
    counts = submission.state is not ReportState.WITHDRAWN
    year = stores.records.year(submission.org, submission.fiscal_year) if counts else None
    return replace(
        part,
        kind=PartKind.REPORT if counts or _is_used(stores, submission) else PartKind.STAYS,
        org=submission.org,
        package_id=submission.package_id,
        fiscal_year=submission.fiscal_year,
        revision=submission.revision,
        activities=len(year.activities) if year else 0,
        photos=len(year.photos) if year else 0,
        requests=len(stores.review.comments(submission.package_id)),
    )


def _is_used(stores: Stores, submission: Submission) -> bool:
    """Whether a report that does not count by itself was decided about: not chosen, or joined."""
    revisions = stores.submissions.of_report(submission.org, submission.fiscal_year)
    unused = submission.package_id in unused_of(stores, revisions)
    return unused or joined_into(stores, submission) is not None


def blockers_of(stores: Stores, parts: Sequence[ImportPart]) -> tuple[str, ...]:
    """Why these reports cannot be taken back, in words: an answer, a later revision, a choice."""
    going = {part.package_id for part in parts if part.kind is PartKind.REPORT}
    found: dict[str, None] = {}
    for part in parts:
        if part.kind is PartKind.REPORT:
            found.update(dict.fromkeys(_blockers(stores, part, going)))
    return tuple(found)


def _blockers(stores: Stores, part: ImportPart, going: set[str]) -> Iterable[str]:
    name = f"{part.org_name} 第{part.revision}版"
    submission = stores.submissions.get(part.package_id)
    revisions = stores.submissions.of_report(part.org, part.fiscal_year)
    chosen = [one for one in revisions if _passed_over(stores, one, submission)]
    if stores.replies.of_package(part.package_id) is not None:
        yield f"{name}には、返事を作りました。"
    if len(versions_of(stores, submission)) > 1 or joined_into(stores, submission) is not None:
        yield f"{name}は、もう1つの版と合わせてあります。先に、合わせたことを取り消してください。"
    if any(one.package_id not in going for one in chosen):
        yield f"{name}のほかに、もう1つの版を選んで使っています。"
    for later in revisions:
        counts = later.state is not ReportState.WITHDRAWN
        if counts and later.revision > submission.revision and later.package_id not in going:
            yield f"{name}のあとに、第{later.revision}版が届いています。"


def _passed_over(stores: Stores, chosen: Submission, other: Submission) -> bool:
    return other.package_id in {one.package_id for one in passed_over_by(stores, chosen)}


def notes_of(stores: Stores, parts: Sequence[ImportPart]) -> tuple[str, ...]:
    """What goes on to stand on these reports although they go: compilations, which are marked then."""
    return tuple(
        f"{_version(stores, one)}は、この報告をもとにしています。"
        "版はそのまま残り、もとの報告が変わったという印が付きます。"
        for one in _compiled_from(stores, parts)
        if package_of(stores, one.id) is None
    )


def sent_blockers(stores: Stores, parts: Sequence[ImportPart]) -> tuple[str, ...]:
    """Versions that were signed for the city and rest on these reports: they cannot be taken back."""
    return tuple(
        f"{_version(stores, one)}を、この報告をもとに市へ出しました。"
        for one in _compiled_from(stores, parts)
        if package_of(stores, one.id) is not None
    )


def _version(stores: Stores, compilation: WardCompilation) -> str:
    return f"取りまとめ（{stores.plans.get(compilation.plan_id).name}）の第{compilation.version}版"


def _compiled_from(stores: Stores, parts: Sequence[ImportPart]) -> list[WardCompilation]:
    """Every kept version that rests on one of these reports, by plan."""
    going = {part.key for part in parts if part.kind is PartKind.REPORT}
    years = sorted({part.fiscal_year for part in parts if part.kind is PartKind.REPORT})
    own = str(stores.settings.get("org"))
    versions = (
        stores.compilations.get(one.id)
        for year in years
        for plan in stores.plans.for_year(year)
        for one in stores.compilations.versions(own, plan.id, year)
    )
    return [one for one in versions if going & {source.manifest for source in one.sources}]
