"""The pages behind 計画 and 計画の対応 fit small laptops and large type, with no, one, two and five plans."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from shakyo_desktop.documents.plan_table import write_plan_template
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.services.registry import Services
from tests.gui.sizes import SIZES, faults
from tests.gui.ward.ward_plans import thirty_items

WARD_PLAN = thirty_items()


@pytest.fixture
def session(qapp: QApplication, open_ward: Callable[[str], Services]) -> Iterator[Session]:
    """A ward with two plans that are connected, and a version of the second."""
    services = open_ward("busy")
    with services.context.database.transaction() as stores:
        stores.plans.save(WARD_PLAN, services.context.now())
        stores.plans.save(replace(WARD_PLAN, name="みほん区計画"), services.context.now(), "みほん 事務")
    city = services.plans.plans()[0]
    services.plan_pairs.connect(*(Crosswalk(city.id, 6, WARD_PLAN.id, number) for number in (101, 102, 210)))
    made = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    made.start()
    made.window.show()
    yield made
    made.end()
    settle()


def pages(session: Session, tmp_path: Path) -> Iterator[tuple[str, Page]]:
    """Every page, shown."""
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(write_plan_template(replace(WARD_PLAN, items=WARD_PLAN.items[3:])))
    bad.write_bytes(write_plan_template(replace(WARD_PLAN, items=(*WARD_PLAN.items[:3], WARD_PLAN.items[2]))))
    session.window.show_screen("office", "plans")
    area = session.window.screen_of("office").page("plans")
    area.plans.list.select_key(WARD_PLAN.id)
    yield "list", area.plans
    for name, table in (("what would change", good), ("what is wrong", bad)):
        area.plans.preview(table)
        yield name, area.plans
    area.plans.leave_button.click()
    area.plans.versions_requested.emit(WARD_PLAN.id)
    yield "versions", area.versions
    area.plans.edit_requested.emit(WARD_PLAN.id)
    for place in (("plan", 0), ("goals", 0), ("directions", 1), ("items", 20), ("rating_scale", 0)):
        area.editor.panel.outline.select_key(place)
        yield f"editor {place[0]}", area.editor
    area.editor.back_button.click()
    session.window.show_screen("office", "pairs")
    pairs = session.window.screen_of("office").page("pairs")
    pairs.left.select_key(6)
    pairs._go_right()
    yield "pairs", pairs


@pytest.mark.parametrize("text_size", ["standard", "large"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits(
    session: Session, size: tuple[int, int], text_size: str, tmp_path: Path, qapp: QApplication
) -> None:
    apply_theme(qapp, text_size, high_contrast=False)  # type: ignore[arg-type]
    session.window.resize(*size)
    found = []
    for name, page in pages(session, tmp_path):
        settle()
        assert (session.window.width(), session.window.height()) == size, name
        found += [f"{name}: {fault}" for fault in faults(session.window, page)]
    assert found == []


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_list_and_the_pairs_are_shown_with_any_number_of_plans(session: Session, count: int) -> None:
    with session.services.context.database.transaction() as stores:
        for plan in stores.plans.all():
            stores.plans.remove(plan.id)
        for number in range(count):
            stores.plans.save(replace(WARD_PLAN, id=f"mihon-{number}"), session.services.context.now())
    session.window.resize(1093, 550)
    session.window.show_screen("office", "plans")
    area = session.window.screen_of("office").page("plans")
    assert len(area.plans.list.rows()) == count
    session.window.show_screen("office", "pairs")
    pairs = session.window.screen_of("office").page("pairs")
    settle()
    assert pairs.left.isVisible() == (count > 1)
    assert faults(session.window, pairs) == []
