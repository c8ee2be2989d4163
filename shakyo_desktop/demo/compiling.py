"""The ward compiles its years: its own items, its words, the council's word, the documents."""

from datetime import date
from functools import partial

from shakyo_desktop.demo.earlier_years import earlier_years
from shakyo_desktop.demo.fiction import fictional_findings, fictional_ward_status
from shakyo_desktop.demo.handing import current_year
from shakyo_desktop.demo.running import Journey
from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import FindingScope, WardCompilation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.services.compilation_papers import CompiledPaper
from shakyo_desktop.services.registry import Services


def compile_years(journey: Journey) -> None:
    """A compilation of each year, verified by the council; its documents lie in ``documents/``."""
    ward = journey.the_ward()
    for year in (*earlier_years(journey), current_year(ward)):
        with journey.step(f"{year}年度を取りまとめ、協議会の検証を入れ、書類を作りました"):
            plan = next(one for one in ward.plans.plans() if one.covers(year))
            _write_own_items(ward, plan, year)
            made = ward.compilation.compile(plan.id, year)
            _write_words(ward, plan, made)
            _verify(ward, made)
            _leave_papers(journey, ward.compilation.get(made.id))


def _write_own_items(ward: Services, plan: Plan, year: int) -> None:
    for item in plan.items:
        if item.reporter is Reporter.WARD_OFFICE:
            status = ward.recording.status_for(year, plan.id, item.number)
            for name, value in fictional_ward_status(item):
                ward.recording.change(RecordRef(ITEM_STATUSES, status.id), name, value)


def _write_words(ward: Services, plan: Plan, made: WardCompilation) -> None:
    places = [(FindingScope.WHOLE, 0)]
    places += [(FindingScope.DIRECTION, one.number) for one in plan.directions]
    places += [(FindingScope.ITEM, one.number) for one in plan.items if one.priority]
    for scope, number in places:
        for name, words in fictional_findings(scope):
            ward.compilation.write_finding(made.id, scope, number, name, words)


def _verify(ward: Services, made: WardCompilation) -> None:
    """The council meets in August, or today when that is still to come."""
    held_on = min(date(made.fiscal_year + 1, 8, 20), ward.context.today())
    write = partial(ward.compilation.write_council, made.id)
    write("held_on", held_on)
    write("attendance", "みほん委員 12人")
    write("verification", "取組はおおむね計画どおりに進んでいる。担い手を広げる工夫を続けてほしい。")
    ward.compilation.approve(made.id)


def _leave_papers(journey: Journey, compilation: WardCompilation) -> None:
    papers = journey.the_ward().compilation_papers
    written = papers.write(compilation, tuple(CompiledPaper), journey.folder("documents"))
    received, expected = compilation.coverage()
    journey.compilations.append(
        {
            "fiscal_year": compilation.fiscal_year,
            "version": compilation.version,
            "received": received,
            "expected": expected,
            "documents": [one.file.path.name for one in written],
        }
    )
