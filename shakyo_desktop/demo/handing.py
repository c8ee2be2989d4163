"""What travels between a district and its ward: a report there, an answer back."""

from shakyo_desktop.demo.running import Journey
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verdicts import Verdict


def current_year(services: Services) -> int:
    """The fiscal year of today."""
    return services.settings.current_fiscal_year()


def hand_in(journey: Journey, org: str, services: Services, year: int, stage: Stage) -> None:
    """Answer what the check asks, then leave the file and its cover sheet."""
    for problem in services.checking.problems(year, stage):
        if problem.level == "soft" and not problem.answered:
            services.checking.answer(problem, "みほんのデータのため")
    submission = services.submission.freeze(year, stage, Assembly.NONE, "みほん 部会長")
    services.submission.write(submission.package_id, journey.folder("files"))
    when = (
        f"第{submission.revision}版"
        if year == current_year(services)
        else f"{year}-第{submission.revision}版"
    )
    journey.save_document(f"送付票-{org}-{when}.pdf", services.submission.cover_sheet(submission.package_id))


def answer(journey: Journey, kind: str, fiscal_year: int | None = None) -> None:
    """Write every answer that is ready, print it, and take it to its district; names tell an earlier year."""
    ward = journey.the_ward()
    files = journey.folder("files")
    when = f"-{fiscal_year}" if fiscal_year else ""
    with journey.step(
        f"{f'{fiscal_year}年度の' if fiscal_year else ''}返事（{kind}）を渡し、地区部会が受け取りました"
    ):
        rows = [row for row in ward.answers.ready(fiscal_year) if row.written_at is None]
        written = ward.answers.write(files, [row.answer_id for row in rows])
        for row, file in zip(rows, written, strict=True):
            journey.save_document(f"{kind}-{row.org}{when}.pdf", ward.answers.receipt(row.package_id))
            expect(journey.districts[row.org].intake.receive([file.path]), "accepted")


def expect(verdicts: tuple[Verdict, ...], verdict: str) -> None:
    """Every file must have been judged so; anything else ends the demo with the file's own message."""
    for found in verdicts:
        if found.verdict != verdict:
            raise NotReady(f"{found.file.name}: {found.message}（{found.code or found.verdict}）")
