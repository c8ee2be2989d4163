"""ほかの人が書いた分を合わせる: a colleague's copy is opened with its passphrase and joined on the screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.district.joining_screen import JoiningScreen
from shakyo_desktop.gui.district.submit_screen import SubmitScreen
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.restoring import restore
from tests.gui.keys import focus, press, type_text
from tests.gui.loop_world import YEAR, Loop, moment
from tests.gui.ward.looking import texts

PASSPHRASE = "みほんの合い言葉です"


@dataclass(frozen=True)
class Pair:
    """Our store, and the copy that みほん 二台目 made of hers."""

    services: Services
    copy: Path


def write(services: Services, text: str, field: str = "outcome", item: int = 1) -> None:
    plan = services.plans.plans()[0]
    status = services.recording.status_for(YEAR, plan.id, item)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), field, text)


def outcome(services: Services, field: str = "outcome") -> str:
    plan = services.plans.plans()[0]
    return str(getattr(services.recording.status_for(YEAR, plan.id, 1), field))


@pytest.fixture(scope="session")
def colleague(loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a second computer that goes on from the first one's."""
    folder = tmp_path_factory.mktemp("colleague")
    first = loop.open_copy("written", folder)
    first.backup.backup(folder / "first.hikae", PASSPHRASE)
    first.close()
    restore(folder / "first.hikae", folder / "second", PASSPHRASE, clock=moment)
    second = open_services(folder / "second", clock=moment)
    second.settings.set_person_name("みほん 二台目")
    write(second, "二台目の成果")
    write(second, "二台目の課題", "challenge", item=2)
    second.backup.backup(folder / "second.hikae", PASSPHRASE)
    second.close()
    return folder / "second.hikae"


@pytest.fixture
def pair(open_district: Callable[[str], Services], colleague: Path) -> Iterator[Pair]:
    services = open_district("written")
    write(services, "一台目の成果")
    return Pair(services, colleague)


@pytest.fixture
def screen(pair: Pair, shown):
    made = shown(JoiningScreen(pair.services, ImmediateWorker(), lambda: YEAR))
    made.enter()
    made.focus_first()
    return made


def open_copy(screen: JoiningScreen, pair: Pair, secret: str = PASSPHRASE) -> None:
    """Choose the copy as the file dialog would, type and press."""
    screen.card.choose(pair.copy)
    type_text(secret)
    press(Qt.Key.Key_Return)
    assert focus() is screen.card.open_button
    press(Qt.Key.Key_Return)
    settle()


def test_it_says_how_to_get_the_copy_and_what_is_missing(screen, pair):
    assert focus() is screen.card.drop.button
    assert "「設定・控え」で、「相手に渡す合い言葉」を書いて" in texts(screen)
    screen.card.open_button.click()
    assert "まだ選ばれていません" in screen.messages.text()
    screen.card.choose(pair.copy)
    screen.card.open_button.click()
    assert "合い言葉を入力してください" in screen.messages.text()
    assert focus() is screen.card.secret.input()


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(screen, pair):
    open_copy(screen, pair, "ちがう合い言葉です")
    assert "その文字では、この控えは開きません。まだ何も変えていません" in screen.messages.text()
    assert screen.card.isVisible()
    assert focus() is screen.card.secret.input()


def test_both_are_side_by_side_and_joining_takes_what_was_chosen(screen, pair, asked):
    found = asked(screen)
    changed = []
    screen.records_changed.connect(lambda: changed.append(True))
    open_copy(screen, pair)
    [card] = screen.board.cards
    assert (card.line.here, card.line.other) == ("一台目の成果", "二台目の成果")
    words = texts(screen)
    assert "令和8年9月12日 14:00　みほん 二台目" in words
    assert "「相手の控え」だけが書いたところ 1か所" in words
    assert focus() is card.segments[0]
    screen.join_button.click()
    assert "まだ選んでいない欄が1か所" in screen.messages.text()
    assert outcome(pair.services) == "一台目の成果"
    press(Qt.Key.Key_2)
    assert card.choice() is Side.OTHER
    press(Qt.Key.Key_Return)
    assert focus() is screen.join_button
    press(Qt.Key.Key_Return)
    assert "合わせました" in screen.messages.text()
    assert outcome(pair.services) == "二台目の成果"
    assert changed == [True]
    assert focus() is screen.messages.action_button
    press(Qt.Key.Key_Return)
    assert found == [("submit", None)]
    assert screen.card.secret.text() == ""


def test_what_was_chosen_is_there_again_after_another_screen(screen, pair):
    open_copy(screen, pair)
    press(Qt.Key.Key_1)
    screen.other_button.click()
    assert screen.card.isVisible()
    open_copy(screen, pair)
    assert screen.board.cards[0].choice() is Side.HERE


def test_a_copy_without_anything_new_says_so(screen, pair):
    open_copy(screen, pair)
    press(Qt.Key.Key_1)
    screen.join_button.click()
    write(pair.services, "二台目の成果")
    open_copy(screen, pair)
    assert "合わせるところはありません" in screen.messages.text()
    assert screen.board.cards == []


def test_another_year_begins_anew(pair, shown):
    years = [YEAR]
    screen = shown(JoiningScreen(pair.services, ImmediateWorker(), lambda: years[0]))
    screen.enter()
    screen.focus_first()
    open_copy(screen, pair)
    years[0] = YEAR - 1
    screen.enter()
    assert screen.card.isVisible()
    assert "令和7年度" in screen.title()


def test_handing_in_leads_to_it(pair, shown, asked):
    screen = shown(SubmitScreen(pair.services, ImmediateWorker(), lambda: YEAR, RecordingPrinter()))
    found = asked(screen)
    screen.enter()
    screen.together.button.setFocus()
    press(Qt.Key.Key_Return)
    assert found == [("joining", None)]
