"""計画の対応: two lists side by side, connected by keyboard, undone, printed, saved as a table."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.ward.settings.pairs_page import PairsPage
from tests.gui.keys import focus, press, press_letter
from tests.gui.ward.looking import cells, row_of, texts
from tests.gui.ward.ward_plans import thirty_items

WARD_PLAN = thirty_items()


@pytest.fixture
def page(busy, shown):
    services = busy.services
    with services.context.database.transaction() as stores:
        stores.plans.save(WARD_PLAN, services.context.now())
    made = shown(PairsPage(busy))
    made.resize(1170, 640)
    made.enter()
    return made


def pairs_of(desk):
    return [(one.item_number, one.other_item_number) for one in desk.services.plans.crosswalk()]


def test_with_one_plan_the_page_says_what_is_needed(fresh, shown):
    page = shown(PairsPage(fresh))
    page.enter()
    assert "計画が2つ要ります" in texts(page)
    assert not page.turn_button.isVisible()


def test_two_items_are_connected_and_parted_by_keyboard_alone(page, busy):
    page.left.setFocus()
    for _ in range(5):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert focus() is page.right
    assert page.right.selected_key() == 101  # 見守り活動の推進 is like 見守り活動の促進
    press(Qt.Key.Key_Space)
    assert pairs_of(busy) == [(6, 101)]
    assert row_of(page.left, "見守り活動の促進")[-1] == "101"
    press(Qt.Key.Key_Space)
    assert pairs_of(busy) == []
    press(Qt.Key.Key_Left)
    assert focus() is page.left


def test_an_item_has_many_partners_and_counts_for_the_first(page, busy):
    page.left.select_key(6)
    for number in (102, 101):
        page.right.select_key(number)
        page.turn_button.click()
    assert pairs_of(busy) == [(6, 101), (6, 102)]
    assert "左の 6 の活動は、右の 101 に数えます（102 には重ねて数えません）" in page.words.text()
    assert "右の 101 に加わる今年度の活動：「第7次地域福祉活動計画」6 から" in page.words.text()
    page.right.select_key(102)
    assert "加わる" not in page.words.text()
    assert page.turn_button.words() == "つながりを外す"


def test_suggestions_are_marked_and_never_connected_by_themselves(page, busy):
    assert pairs_of(busy) == []
    seen = set()
    for _ in range(3):
        press_letter(Qt.Key.Key_N)
        seen.add((page.left.selected_key(), page.right.selected_key()))
        assert any("似た名前" in cell for cell in cells(page.right))
    assert len(seen) == 3
    assert pairs_of(busy) == []


def test_changes_are_undone_in_their_order(page, busy):
    page.left.select_key(1)
    for number in (201, 202):
        page.right.select_key(number)
        page.turn_button.click()
    page.turn_button.click()
    found = [pairs_of(busy)]
    for _ in range(3):
        page.undo_button.click()
        found.append(pairs_of(busy))
    assert found == [[(1, 201)], [(1, 201), (1, 202)], [(1, 201)], []]
    page.undo_button.click()
    assert "元に戻すものがありません" in page.messages.text()


def test_the_plans_change_sides(page, busy):
    busy.services.plan_pairs.connect(Crosswalk(WARD_PLAN.id, 101, busy.services.plans.plans()[0].id, 6))
    page.left_plan.setCurrentIndex(1)
    page.left_plan.activated.emit(1)
    assert page.right_plan.currentIndex() == 0
    assert row_of(page.left, "見守り活動の推進")[-1] == "6"


def test_the_pairs_go_to_paper_and_into_a_table(page, busy, tmp_path, monkeypatch):
    page.left.select_key(6)
    page.turn_button.click()
    page.print_button.click()
    assert page.document.isVisible()
    page.back_button.click()
    assert page.left.isVisible()
    target = tmp_path / "計画の対応.xlsx"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_args, **_named: target)
    page.table_button.click()
    assert target.read_bytes().startswith(b"PK")
