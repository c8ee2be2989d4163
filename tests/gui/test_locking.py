"""閉じる: everything typed is stored, nothing is left on the screen, and one goes on where one was."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyrage import x25519
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import NotSaved, StoreLocked
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.application import Application
from shakyo_desktop.gui.session import Session
from shakyo_desktop.gui.settings.lock_section import LockSection
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.secret_field import SecretField
from shakyo_desktop.gui.start.secret_page import SecretPage
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.storage.key_slots import passphrase_file
from tests.gui.keys import commit_composed, compose, focus, press, press_letter
from tests.gui.loop_world import moment

WORDS = "はなみずきの咲く通り"
PLAN = "chiba-shakyo-7"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practising district whose store asks for its passphrase."""
    folder = tmp_path_factory.mktemp("locking") / "data"
    found_practice(folder, clock=moment)
    services = open_services(folder, clock=moment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase_file, "WORK", 10)
        services.settings.add_passphrase(WORDS)
    services.settings.ask_at_start()
    services.close()
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path, quick_passphrases: None) -> Path:
    """A copy of it to lock."""
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


Run = Callable[..., Application]


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[Run]:
    """Starts the program, with the passphrase where it is asked for."""
    running: list[Application] = []

    def start(folder: Path, *, asking: bool = False) -> Application:
        def opened(path: Path, ask: Callable[[], str] | None, clock: object) -> object:
            return open_services(path, ask or (None if asking else lambda: WORDS), moment)

        application = Application(folder, opened, printer=RecordingPrinter(), clock=moment)  # type: ignore[arg-type]
        running.append(application)
        application.begin()
        if asking:
            return application
        qtbot.waitUntil(lambda: application.session is not None)
        window = session_of(application).window
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        settle(application)
        return application

    yield start
    for application in running:
        application.end()
        application.start.window.deleteLater()
    QCoreApplication.processEvents()


def session_of(application: Application) -> Session:
    """The session over the open store."""
    assert application.session is not None
    return application.session


def settle(application: Application) -> None:
    """Let what was asked for be answered."""
    for _ in range(4):
        application.worker.flush()
        QCoreApplication.processEvents()


def write_outcome(application: Application, qtbot: QtBot) -> None:
    """Go to a text and begin to compose."""
    session_of(application).window.show_screen("items", (PLAN, 9, "outcome"))
    qtbot.waitUntil(lambda: focus().inherits("QTextEdit"))
    press(Qt.Key.Key_A, CTRL)
    commit_composed("集まりがふえました。")
    compose("ひとり")


def lock(application: Application, qtbot: QtBot) -> None:
    """Press Ctrl+L and wait for the page that asks."""
    press(Qt.Key.Key_L, CTRL)
    wait_locked(application, qtbot)


def wait_locked(application: Application, qtbot: QtBot) -> None:
    """Wait for the page that asks, with the keyboard."""
    window = application.start.window
    qtbot.waitUntil(lambda: application.locking.is_locked and window.isActiveWindow())
    settle(application)


def open_again(application: Application, qtbot: QtBot, words: str = WORDS) -> None:
    """Type what opens the store."""
    application.locking.page.focus_first()
    commit_composed(words)
    press_letter(Qt.Key.Key_N)
    settle(application)
    session = session_of(application)
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow)


def words_on_screen() -> str:
    """Every text in every window that is shown."""
    shown = [one for top in QApplication.topLevelWidgets() if top.isVisible() for one in all_of(top)]
    texts = [one.windowTitle() for one in shown]
    texts += [one.text() for one in shown if isinstance(one, QLabel)]
    texts += [one.toPlainText() for one in shown if isinstance(one, QTextEdit)]
    return "\n".join(texts)


def all_of(top: QWidget) -> list[QWidget]:
    """A window and all that is seen in it."""
    return [top, *(one for one in top.findChildren(QWidget) if one.isVisible())]


def test_what_is_being_typed_is_stored_and_nothing_of_it_stays_on_the_screen(
    run: Run, store: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # no platform without windows knows
    application = run(store)
    write_outcome(application, qtbot)
    QGuiApplication.clipboard().setText("集まりがふえました。")
    assert "集まり" in words_on_screen()
    lock(application, qtbot)
    seen = words_on_screen()
    assert "データを閉じました" in seen
    assert "集まり" not in seen
    assert "地区部会" not in seen.replace(application.start.window.windowTitle(), "")
    assert QGuiApplication.clipboard().text() == ""
    other = open_services(store, lambda: WORDS, moment)
    assert other.recording.status_for(2026, PLAN, 9).outcome == "集まりがふえました。ひとり"
    other.close()


def test_a_locked_store_has_no_key_and_no_log_beside_it_and_others_may_take_it(
    run: Run, store: Path, qtbot: QtBot
) -> None:
    application = run(store)
    services = session_of(application).services
    lock(application, qtbot)
    with pytest.raises(StoreLocked) as refused:
        services.settings.text_size()
    assert refused.value.code == "store.closed"
    with pytest.raises(StoreLocked):
        assert services.context.database.key
    assert not list(store.glob("store.db-*"))
    with pytest.raises(StoreLocked):
        open_services(store, None, moment)


def test_one_goes_on_in_the_same_field_where_one_was(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    write_outcome(application, qtbot)
    before = focus()
    lock(application, qtbot)
    open_again(application, qtbot)
    assert session_of(application).window.current_key == "items"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)
    commit_composed("あすも来ます。")
    session_of(application).window.commit()
    settle(application)
    outcome = session_of(application).services.recording.status_for(2026, PLAN, 9).outcome
    assert outcome.endswith("あすも来ます。")
    assert application.locking.page.text() == ""


OTHER_SHEET = str(x25519.Identity.generate())


@pytest.mark.parametrize(
    "wrong", ["はなみずきの咲くころ", OTHER_SHEET, "1"], ids=["passphrase", "other-sheet", "short"]
)
def test_every_wrong_secret_is_answered_in_the_same_words(
    run: Run, store: Path, qtbot: QtBot, wrong: str
) -> None:
    application = run(store)
    lock(application, qtbot)
    page = application.locking.page
    commit_composed(wrong)
    press_letter(Qt.Key.Key_N)
    settle(application)
    assert application.locking.is_locked
    assert page.messages.text() == (
        "データを開けませんでした。\nデータは無事です。\nもう一度確かめて入力するか、別の方法で開いてください。"
    )
    press(Qt.Key.Key_A, CTRL)
    open_again(application, qtbot)


def test_the_store_is_locked_after_the_minutes_that_were_chosen(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    window = session_of(application).window
    window.show_screen("settings", "lock")
    settle(application)
    part = window.screen_of("settings").section("lock")  # type: ignore[attr-defined]
    assert isinstance(part, LockSection)
    watch = application.locking.watch
    assert not watch.timer.isActive()
    part.idle.minutes.focus_input()
    press(Qt.Key.Key_Right)
    settle(application)
    assert session_of(application).services.idle_lock.minutes() == 5
    assert watch.timer.isActive()
    assert watch.timer.interval() == 5 * 60_000
    watch.timer.timeout.emit()
    wait_locked(application, qtbot)
    assert not watch.timer.isActive()
    open_again(application, qtbot)
    qtbot.waitUntil(watch.timer.isActive)


def test_every_key_begins_the_time_anew_and_one_after_a_long_sleep_goes_nowhere(
    run: Run, store: Path, qtbot: QtBot
) -> None:
    application = run(store)
    write_outcome(application, qtbot)
    now = [1000.0]
    watch = application.locking.watch
    watch._now = lambda: now[0]
    watch.watch(5)
    now[0] += 299
    press(Qt.Key.Key_X)
    now[0] += 299
    press(Qt.Key.Key_Y)
    assert focus().toPlainText().endswith("xy")  # type: ignore[attr-defined]
    now[0] += 300
    press(Qt.Key.Key_Z)
    wait_locked(application, qtbot)
    other = open_services(store, lambda: WORDS, moment)
    outcome = other.recording.status_for(2026, PLAN, 9).outcome
    assert "xy" in outcome
    assert "z" not in outcome
    other.close()


def test_long_work_is_waited_for(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    window = session_of(application).window
    end = threading.Event()

    def work(_task: Task) -> None:
        assert end.wait(20)

    application.worker.start(work)
    press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "終わったら、閉じます" in window.messages.text())
    assert not application.locking.is_locked
    end.set()
    wait_locked(application, qtbot)


def test_whoever_comes_back_while_work_is_waited_for_goes_on(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    end = threading.Event()

    def work(_task: Task) -> None:
        assert end.wait(20)

    application.locking.watch.watch(5)
    application.worker.start(work)
    application.locking.watch.timer.timeout.emit()
    press(Qt.Key.Key_Tab)
    end.set()
    qtbot.waitUntil(lambda: not application.worker.is_at_work())
    application.locking.again.timeout.emit()
    settle(application)
    assert not application.locking.is_locked


def test_where_no_passphrase_is_asked_for_it_is_said_that_closing_protects_nothing(
    run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    found_practice(tmp_path / "open", clock=moment)
    application = run(tmp_path / "open")
    window = session_of(application).window
    press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "守りになりません" in window.messages.text())
    window.messages.action_button.click()
    settle(application)
    assert window.current_key == "settings"
    part = window.screen_of("settings").section("lock")  # type: ignore[attr-defined]
    assert isinstance(part, LockSection)
    assert part.idle._warning.isVisible()
    part.idle.minutes.focus_input()
    press(Qt.Key.Key_Right)
    settle(application)
    assert part.idle.minutes.value() == "0"
    assert not application.locking.watch.timer.isActive()


def test_a_store_that_cannot_save_stays_open(
    run: Run, store: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = run(store)
    session = session_of(application)

    def refuse(*_: object) -> None:
        raise NotSaved("空きがありません。")

    monkeypatch.setattr(session.services.recording, "change", refuse)
    write_outcome(application, qtbot)
    press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "閉じていません" in session.window.messages.text())
    assert not application.locking.is_locked
    monkeypatch.undo()
    session.window.messages.action_button.click()
    settle(application)
    lock(application, qtbot)


def test_a_dialog_that_stands_open_is_left(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    dialog = QDialog(session_of(application).window)
    dialog.open()
    application.locking.lock()
    assert not dialog.isVisible()
    wait_locked(application, qtbot)


def test_a_second_start_brings_the_question_forward_and_not_the_data(
    run: Run, store: Path, qtbot: QtBot
) -> None:
    application = run(store)
    lock(application, qtbot)
    application.bring_forward()
    application.reports.reported.emit("shakyo_desktop 0\nValueError")
    assert not session_of(application).window.isVisible()
    assert application._panels[application.start.window].isVisible()


def test_what_somebody_else_wrote_meanwhile_is_shown(run: Run, store: Path, qtbot: QtBot) -> None:
    application = run(store)
    write_outcome(application, qtbot)
    lock(application, qtbot)
    other = open_services(store, lambda: WORDS, moment)
    status = other.recording.status_for(2026, PLAN, 9)
    other.recording.change(RecordRef(ITEM_STATUSES, status.id), "outcome", "ほかの人が直しました。")
    other.close()
    open_again(application, qtbot)
    qtbot.waitUntil(lambda: "ほかの人が直しました" in words_on_screen())


def test_a_passphrase_does_not_stay_in_the_window_that_asked_for_it(
    store: Path, qtbot: QtBot, run: Run
) -> None:
    application = run(store, asking=True)
    window = application.start.window
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and isinstance(window.current(), SecretPage))
    application.start._unlock.focus_first()
    commit_composed(WORDS)
    press_letter(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: application.session is not None)
    assert [field.text() for field in window.findChildren(SecretField)] == [""]
