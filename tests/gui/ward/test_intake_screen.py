"""ファイル受取 gives every file a verdict and one next action, and takes imports back."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.differences_list import DifferencesList
from shakyo_desktop.gui.ward.intake_screen import IntakeScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReportOf
from tests.gui.keys import press
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.world import EAST, SOUTH, WEST, YEAR


@pytest.fixture
def screen(fresh, shown):
    """The screen over a ward that has received nothing, shown."""
    made = shown(IntakeScreen(fresh))
    made.enter()
    return made


def register(desk, world, org):
    """Receive and approve a district's first report."""
    desk.services.intake.receive([world.files[org]])
    desk.services.registrations.approve_matching(org, world.numbers[org])


def verdicts(screen):
    """Verdict of every row, by file name."""
    return {row.verdict.file.name: row.chip.text() for row in screen.rows}


def test_every_kind_of_file_gets_its_verdict_and_one_action(screen, fresh, world):
    register(fresh, world, EAST)
    every = [path for name, path in world.files.items() if name != "fork"]
    screen.show_target(FilesToReceive(tuple(every)))
    assert verdicts(screen) == {
        "999999-01-2026-r1.shakyo": "↺ 受領済みです",
        "999999-01-2026-r2.shakyo": "✓ 受け取りました",
        "999999-02-2026-r1.shakyo": "△ 登録の確認を待っています",
        "999999-03-2026-r1.shakyo": "△ 登録の確認を待っています",
        "damaged.shakyo": "× 読めません",
        "memo.txt": "× 読めません",
    }
    actions = {row.verdict.file.name: _action(row) for row in screen.rows}
    assert actions["999999-01-2026-r1.shakyo"] == ""
    assert actions["999999-01-2026-r2.shakyo"] == "確認する"
    assert actions["999999-02-2026-r1.shakyo"] == "登録を確かめる"
    assert actions["damaged.shakyo"] == "ほかのファイルを選ぶ"
    assert "6件のファイルを調べました" in screen.messages.text()


def _action(row):
    button = getattr(row, "action_button", None)
    return button.words() if button else ""


def test_a_refused_file_says_why_what_is_safe_and_what_to_do(screen, world):
    screen.receive([world.files["damaged"]])
    words = texts(screen.rows[0])
    assert "途中でこわれたか、書きかえられています" in words
    assert "これまでの記録は何も変わっていません" in words
    assert "もう一度USBに保存してもらってください" in words


def test_what_a_file_says_about_itself_is_never_markup(screen, tmp_path):
    name = "<b>みほん<i>.shakyo"
    (tmp_path / name).write_bytes(b"<img src=x>" * 40)
    screen.receive([tmp_path / name])
    for label in screen.rows[0].findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert name in texts(screen.rows[0])


def test_the_button_opens_a_chooser_and_alt_o_presses_it(screen, world, monkeypatch):
    monkeypatch.setattr(choosers, "choose_files", lambda *_args, **_named: [world.files[WEST]])
    screen.drop.button.setFocus()
    press(Qt.Key.Key_Return)
    assert list(verdicts(screen)) == ["999999-02-2026-r1.shakyo"]


def test_actions_lead_to_the_report_and_to_the_registration(screen, fresh, world, asked):
    register(fresh, world, EAST)
    screen.receive([world.files["second"], world.files[SOUTH]])
    found = asked(screen)
    by_name = {row.verdict.sender: row for row in screen.rows}
    by_name[EAST].action_button.click()
    by_name[SOUTH].action_button.click()
    assert found == [
        ("review", ReportOf(by_name[EAST].verdict.package_id)),
        ("registrations", DistrictOf(SOUTH)),
    ]


def test_a_newer_revision_shows_what_it_changed(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"]])
    screen.rows[0].changes_button.click()
    shown = cells(screen.rows[0].findChild(DifferencesList))
    assert "成果" in shown
    assert any("男性の参加が3割になりました" in cell for cell in shown)


def test_an_import_can_be_taken_back_and_made_again(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"]])
    screen.rows[0].undo_button.click()
    assert screen.rows == []
    row = next(one for one in fresh.services.review.overview(YEAR) if one.org == EAST)
    assert row.revision == 1
    assert "取り消しました" in screen.messages.text()
    screen.messages.action_button.click()
    row = next(one for one in fresh.services.review.overview(YEAR) if one.org == EAST)
    assert row.revision == 2


def test_receiving_twice_changes_nothing(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"]])
    before = fresh.services.review.overview(YEAR)
    screen.receive([world.files["second"]])
    assert verdicts(screen) == {"999999-01-2026-r2.shakyo": "↺ 受領済みです"}
    assert fresh.services.review.overview(YEAR) == before


def test_what_came_earlier_is_listed(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"]])
    assert "999999-01-2026-r2.shakyo" in cells(screen.log)
    assert "みほん東地区部会" in cells(screen.log)


def test_stopping_before_the_first_file_changes_nothing(fresh, world, shown, qtbot):
    worker = BackgroundWorker()
    held = threading.Event()
    for _ in range(2):  # both threads for long work are busy, so that the intake has to wait
        worker.start(lambda _task: held.wait())
    screen = shown(IntakeScreen(Desk(fresh.services, worker, fresh.fiscal_year, fresh.printer)))
    screen.receive([world.files[EAST], world.files[WEST]])
    assert screen.run.cancel_button.isVisible()
    screen.run.cancel_button.setFocus()
    press(Qt.Key.Key_Return)
    held.set()
    qtbot.waitUntil(lambda: "中止しました。何も変わっていません" in screen.messages.text())
    assert screen.rows == []
    assert fresh.services.registrations.pending() == ()
    assert worker.stop()


def test_a_second_lot_waits_until_the_first_is_done(fresh, world, shown, qtbot):
    worker = BackgroundWorker()
    held = threading.Event()
    for _ in range(2):
        worker.start(lambda _task: held.wait())
    screen = shown(IntakeScreen(Desk(fresh.services, worker, fresh.fiscal_year, fresh.printer)))
    screen.receive([world.files[EAST]])
    screen.receive([world.files[WEST]])
    assert "終わるか「中止する」を押してから" in screen.messages.text()
    held.set()
    qtbot.waitUntil(lambda: len(screen.rows) == 1)
    assert screen.rows[0].verdict.sender == EAST
    assert worker.stop()


def test_an_empty_folder_says_so(screen, tmp_path):
    (tmp_path / "empty").mkdir()
    screen.receive([tmp_path / "empty"])
    assert "提出ファイル（.shakyo）がありませんでした" in screen.messages.text()
