"""The two years before: fewer activities, some items at rest, one district that handed nothing in."""

import random

from shakyo_desktop.demo.handing import answer, current_year, expect, hand_in
from shakyo_desktop.demo.running import Journey
from shakyo_desktop.demo.writing import write_year
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.services.registry import Services

YEARS_BEFORE = 2


def earlier_years(journey: Journey) -> list[int]:
    """The years before the current one that its plan covers, oldest first."""
    ward = journey.the_ward()
    year = current_year(ward)
    plan = next(one for one in ward.plans.plans() if one.covers(year))
    return [earlier for earlier in range(year - YEARS_BEFORE, year) if plan.covers(earlier)]


def write_earlier_years(journey: Journey) -> None:
    """Districts write and hand in, the ward takes in, accepts and answers, year after year."""
    for number, year in enumerate(earlier_years(journey), start=1):
        _write(journey, year, max(1, journey.plan.activities * (number + 1) // (YEARS_BEFORE + 2)))
        _accept(journey, year)
        answer(journey, "受領証", year)


def missing_in(journey: Journey, year: int) -> str:
    """The district that handed nothing in: the last of several, two years ago."""
    is_first = year == current_year(journey.the_ward()) - YEARS_BEFORE
    return list(journey.districts)[-1] if is_first and len(journey.districts) > 1 else ""


def _write(journey: Journey, year: int, activities: int) -> None:
    absent = missing_in(journey, year)

    def work(org: str, services: Services) -> None:
        if org != absent:
            rng = random.Random(f"{journey.plan.seed}/{org}/{year}")
            write_year(services, activities, 0, rng, year)
            hand_in(journey, org, services, year, Stage.FINAL)

    with journey.step(f"{year}年度の取組状況と活動記録（{activities}件）を入力し、提出ファイルを作りました"):
        journey.for_each_district(work)


def _accept(journey: Journey, year: int) -> None:
    ward = journey.the_ward()
    with journey.step(f"{year}年度の報告を区事務所が受け取り、確定しました"):
        files = sorted(journey.folder("files").glob(f"*-{year}-r*.shakyo"))
        expect(ward.intake.receive(files), "accepted")
        waiting = (one for one in ward.review.undecided() if one.fiscal_year == year)
        for package_id in [one.package_id for one in waiting]:
            ward.review.accept(package_id)
