"""2つの版を合わせる at the ward: what comes in by itself, each conflict side by side, and the way back."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.gui.ward.joining_screen import JoiningScreen
from shakyo_desktop.gui.ward.registrations_screen import RegistrationsScreen
from shakyo_desktop.gui.ward.review.review_screen import ReviewScreen
from shakyo_desktop.gui.ward.targets import JoinedReport, ReportOf, VersionToJoin
from tests.gui.keys import focus, press
from tests.gui.signs import missing_glyphs
from tests.gui.sizes import faults
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.world import EAST, YEAR


@pytest.fixture
def forked(fresh, world, tmp_path):
    """The ward after two laptops of みほん東 each handed in a first report of their own."""
    fresh.services.intake.receive([world.files[EAST]])
    fresh.services.registrations.approve_matching(EAST, world.numbers[EAST])
    fresh.services.intake.receive([world.other_version(tmp_path)])
    return fresh


@pytest.fixture
def manifest(forked):
    [held] = forked.services.registrations.waiting_decisions()
    return held.manifest


@pytest.fixture
def screen(forked, manifest, shown):
    made = shown(JoiningScreen(forked))
    made.enter()
    made.show_target(VersionToJoin(manifest))
    settle()
    return made


def outcome(desk, item=1):
    """What the ward counts as 成果 of an item."""
    with desk.services.context.database.reading() as stores:
        statuses = stores.records.year(EAST, YEAR).item_statuses
    return next((one.outcome for one in statuses if one.item_number == item), "")


def test_both_versions_and_every_conflict_are_on_the_screen(screen):
    words = texts(screen)
    assert "2つの版を合わせる　みほん東地区部会　令和8年度" in screen.title()
    assert "先に受け取った版" in words
    assert "第1版（途中の報告）　令和8年9月12日 14:00 に作成" in words
    assert "「あとから届いた版」だけが書いたところ" in words
    assert "両方が違うことを書いたところ" in words
    card = screen.board.cards[0]
    assert "▲ まだです" in texts(card)
    assert card.segments[0].accessibleName().startswith("先に受け取った版　")
    assert screen.board.brought_button.isVisible()
    before = len(texts(screen))
    screen.board.brought_button.click()
    assert len(texts(screen)) > before


def test_figures_choose_and_enter_goes_on(screen, forked, manifest):
    assert focus() is screen.board.cards[0].segments[0]
    press(Qt.Key.Key_2)
    assert screen.board.cards[0].choice() is Side.OTHER
    assert "✓ 選びました" in texts(screen.board.cards[0])
    press(Qt.Key.Key_Return)
    assert focus() is screen.board.cards[1].segments[0]
    press(Qt.Key.Key_Right)
    assert screen.board.cards[1].choice() is Side.OTHER
    press(Qt.Key.Key_1)
    kept = [line.chosen for line in forked.services.joining.look(manifest).lines]
    assert kept[:3] == [Side.OTHER, Side.HERE, None]
    press(Qt.Key.Key_Delete)
    assert screen.board.cards[1].choice() is None
    assert forked.services.joining.look(manifest).lines[1].chosen is None


def test_unfinished_choices_are_there_when_one_comes_back(screen, forked, manifest, shown):
    press(Qt.Key.Key_2)
    screen.leave()
    again = shown(JoiningScreen(forked))
    again.enter()
    again.show_target(VersionToJoin(manifest))
    settle()
    assert again.board.cards[0].choice() is Side.OTHER
    assert focus() is again.board.cards[1].segments[0]


def test_without_every_choice_it_says_what_is_missing_and_goes_there(screen, forked):
    before = outcome(forked)
    press(Qt.Key.Key_2)
    screen.join_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "まだ選んでいない欄が" in screen.messages.text()
    assert "選んだものは残っています" in screen.messages.text()
    assert focus() is screen.board.cards[1].segments[0]
    assert outcome(forked) == before


def finish(screen, at=1):
    """Choose one side for everything and join."""
    screen.board.all_buttons[at].click()
    screen.join_button.setFocus()
    press(Qt.Key.Key_Return)
    settle()


def test_joining_counts_and_can_be_changed_and_undone(screen, forked, asked):
    found = asked(screen)
    lines = {card.line.key: card.line for card in screen.board.cards}
    finish(screen)
    assert "2つの版を合わせました" in screen.messages.text()
    assert screen.title().startswith("合わせた報告")
    assert outcome(forked) == "二台目の成果"
    card = next(one for one in screen.board.cards if one.line.other == "二台目の成果")
    assert "選んだ人　みほん 事務" in texts(card)
    card.focus_input()
    press(Qt.Key.Key_1)
    assert "前の内容も残っています" in screen.messages.text()
    assert outcome(forked) == lines[card.line.key].here
    screen.review_button.click()
    [(key, target)] = found
    assert (key, isinstance(target, ReportOf)) == ("review", True)
    screen.undo_button.click()
    assert "取り消しますか" in screen.messages.text()
    screen.messages.action_button.click()
    assert "合わせたことを取り消しました" in screen.messages.text()
    assert len(forked.services.registrations.waiting_decisions()) == 1


def test_what_was_decided_meanwhile_is_said_and_shown_as_it_is(screen, forked):
    finish(screen)
    package_id = forked.services.review.overview(YEAR)[0].package_id
    forked.services.review.accept(package_id)
    card = screen.board.cards[0]
    card.focus_input()
    press(Qt.Key.Key_1)
    assert "もう返事をした" in screen.messages.text()
    assert screen.board.cards[0].choice() is Side.OTHER
    assert not screen.undo_button.isVisible()


def test_a_version_that_does_not_wait_any_more_leaves_an_empty_screen_with_words(forked, manifest, shown):
    forked.services.registrations.discard(manifest)
    screen = shown(JoiningScreen(forked))
    screen.enter()
    screen.show_target(VersionToJoin(manifest))
    assert "見つかりません" in screen.messages.text()
    assert not screen.board.isVisible()
    assert not screen.join_button.isVisible()


def test_without_a_report_it_says_where_to_begin(fresh, shown, asked):
    screen = shown(JoiningScreen(fresh))
    found = asked(screen)
    screen.enter()
    screen.focus_first()
    assert "「二つある報告」" in screen.messages.text()
    press(Qt.Key.Key_Return)
    assert found == [("registrations", None)]


def test_the_review_leads_to_what_was_joined(screen, forked, shown, asked):
    finish(screen)
    package_id = forked.services.review.overview(YEAR)[0].package_id
    review = shown(ReviewScreen(forked))
    found = asked(review)
    review.open(package_id)
    settle()
    assert "2つの版を合わせた報告です" in texts(review)
    assert "合わせました" in cells(review.reader.shown().revisions)
    review.reader.shown().joining_button.click()
    assert found == [("joining", JoinedReport(package_id))]


def test_a_long_list_is_shown_in_parts(screen):
    lines = len(screen.board._view.lines)
    assert len(screen.board.cards) == min(lines, 20)
    screen.board._shown = 2
    view = screen.board._view
    screen.board._clear()
    screen.board._put_cards(view, 0)
    assert len(screen.board.cards) == 2
    screen.board.more_button.click()
    assert len(screen.board.cards) == min(lines, 22)
    assert focus() is screen.board.cards[2].segments[0]


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("window", [(1366, 688), (1093, 550)])
def test_it_fits_small_laptops_and_large_type(forked, manifest, qapp, window, size, finished):
    target: object = VersionToJoin(manifest)
    if finished:
        lines = forked.services.joining.look(manifest).lines
        forked.services.joining.choose(manifest, {line.key: Side.OTHER for line in lines})
        target = JoinedReport(forked.services.joining.finish(manifest).package_id)
    apply_theme(qapp, size, high_contrast=False)
    services = forked.services
    frame = MainWindow(
        [
            ScreenEntry("registrations", "登録の確認", "key-round", lambda: RegistrationsScreen(forked)),
            ScreenEntry(
                "joining", "合わせる", "list-checks", lambda: JoiningScreen(forked), under="registrations"
            ),
        ],
        org_name=services.settings.identity().org.name,
        fiscal_years=[YEAR],
        fiscal_year=YEAR,
    )
    frame.resize(*window)
    frame.show()
    frame.show_screen("joining", target)
    settle()
    screen = frame.screen_of("joining")
    assert (frame.width(), frame.height()) == window
    assert [*faults(frame, screen), *missing_glyphs(frame)] == []
    screen.board.brought_button.click()
    screen.focus_first()
    settle()
    assert faults(frame, screen) == []
    assert frame.navigation.row("registrations").accessibleDescription() == "いま開いています"
    frame.hide()
    frame.deleteLater()
