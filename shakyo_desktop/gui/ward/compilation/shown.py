"""What the screen 取りまとめ shows, read at once off the window's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shakyo_desktop.domain.compilation import (
    CompilationVersion,
    CouncilVerification,
    Finding,
    SourceReport,
    StaleMark,
    WardCompilation,
)
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.services.registry import Services


@dataclass(frozen=True, slots=True)
class Shown:
    """One plan's year. ``compilation`` is the version that is shown, None while none was made.

    ``open_`` says whether it can be written in, ``sources`` what a compilation would rest on now. ``own`` are
    the ward's own item statuses by number, ``own_before`` last year's.
    """

    plans: tuple[Plan, ...]
    plan: Plan
    compilation: WardCompilation | None
    versions: tuple[CompilationVersion, ...]
    open_: bool
    stale: tuple[StaleMark, ...]
    sources: tuple[SourceReport, ...]
    own: Mapping[int, ItemStatus]
    own_before: Mapping[int, ItemStatus]

    def with_finding(self, finding: Finding) -> "Shown":
        """The same with other words of the ward about one thing."""
        if self.compilation is None:
            return self
        place = (finding.scope, finding.number)
        others = [one for one in self.compilation.findings if (one.scope, one.number) != place]
        return replace(self, compilation=replace(self.compilation, findings=(*others, finding)))

    def with_council(self, council: CouncilVerification) -> "Shown":
        """The same with another word of the council."""
        if self.compilation is None:
            return self
        return replace(self, compilation=replace(self.compilation, council=council))

    def with_own(self, status: ItemStatus) -> "Shown":
        """The same with another status of the ward's own."""
        return replace(self, own={**self.own, status.item_number: status})

    def is_newest(self) -> bool:
        """Whether the version that is shown is the newest."""
        return self.compilation is not None and self.versions[0].id == self.compilation.id


def read_shown(
    services: Services, fiscal_year: int, plan_id: str = "", compilation_id: str = ""
) -> Shown | None:
    """Read a plan's year with its newest version or the one asked for; None when the year has no plan.

    Without a ``plan_id``, or when that plan is of other years, the first plan of the year is read.
    """
    year = services.recording.open_year(fiscal_year)
    plan = next((one for one in year.plans if one.id == plan_id), next(iter(year.plans), None))
    if plan is None:
        return None
    service = services.compilation
    versions = service.versions(plan.id, fiscal_year)
    wanted = compilation_id if any(one.id == compilation_id for one in versions) else ""
    wanted = wanted or (versions[0].id if versions else "")
    compilation = service.get(wanted) if wanted else None
    return Shown(
        plans=year.plans,
        plan=plan,
        compilation=compilation,
        versions=versions,
        open_=service.is_open(wanted) if wanted else False,
        stale=service.stale(compilation) if compilation is not None and wanted == versions[0].id else (),
        sources=service.sources(fiscal_year),
        own=_by_number(year.records.item_statuses, plan),
        own_before=_by_number(year.last_year.item_statuses, plan),
    )


def _by_number(statuses: tuple[ItemStatus, ...], plan: Plan) -> dict[int, ItemStatus]:
    return {one.item_number: one for one in statuses if one.plan_id == plan.id}
