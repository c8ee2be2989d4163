"""ファイル受取 gives every file a verdict and one next action, and takes imports back."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.differences_list import DifferencesList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.intake_screen import IntakeScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReportOf
from tests.gui.keys import focus, press, press_letter
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


def take(screen, *files):
    """Give files to the screen, and take in what it asks about."""
    screen.receive(files)
    for row in [row for row in screen.results.rows if row.verdict.code == "report.newer"]:
        row.take_button.click()


def revision(desk):
    """The revision of みほん東 that counts."""
    return next(one for one in desk.services.review.overview(YEAR) if one.org == EAST).revision


def verdicts(screen):
    """Verdict of every row, by file name."""
    return {row.verdict.file.name: row.chip.text() for row in screen.results.rows}


def test_every_kind_of_file_gets_its_verdict_and_one_action(screen, fresh, world):
    register(fresh, world, EAST)
    every = [path for name, path in world.files.items() if name != "fork"]
    screen.show_target(FilesToReceive(tuple(every)))
    assert verdicts(screen) == {
        "999999-01-2026-r1.shakyo": "↺ 受領済みです",
        "999999-01-2026-r2.shakyo": "△ 新しい版（第2版）です",
        "999999-02-2026-r1.shakyo": "△ 登録の確認を待っています",
        "999999-03-2026-r1.shakyo": "△ 登録の確認を待っています",
        "damaged.shakyo": "× 読めません",
        "memo.txt": "× 読めません",
    }
    actions = {row.verdict.file.name: _action(row) for row in screen.results.rows}
    assert actions["999999-01-2026-r1.shakyo"] == ""
    assert actions["999999-01-2026-r2.shakyo"] == ""
    assert actions["999999-02-2026-r1.shakyo"] == "登録を確かめる"
    assert actions["damaged.shakyo"] == "ほかのファイルを選ぶ"
    assert "6件のファイルを調べました" in screen.messages.text()


def _action(row):
    button = getattr(row, "action_button", None)
    return button.words() if button else ""


def test_a_refused_file_says_why_what_is_safe_and_what_to_do(screen, world):
    screen.receive([world.files["damaged"]])
    words = texts(screen.results.rows[0])
    assert "途中でこわれたか、書きかえられています" in words
    assert "これまでの記録は何も変わっていません" in words
    assert "もう一度USBに保存してもらってください" in words


def test_what_a_file_says_about_itself_is_never_markup(screen, tmp_path):
    name = "<b>みほん<i>.shakyo"
    (tmp_path / name).write_bytes(b"<img src=x>" * 40)
    screen.receive([tmp_path / name])
    for label in screen.results.rows[0].findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert name in texts(screen.results.rows[0])


def test_the_button_opens_a_chooser_and_alt_o_presses_it(screen, world, monkeypatch):
    monkeypatch.setattr(choosers, "choose_files", lambda *_args, **_named: [world.files[WEST]])
    screen.drop.button.setFocus()
    press(Qt.Key.Key_Return)
    assert list(verdicts(screen)) == ["999999-02-2026-r1.shakyo"]


def test_actions_lead_to_the_report_and_to_the_registration(screen, fresh, world, asked):
    register(fresh, world, EAST)
    take(screen, world.files["second"], world.files[SOUTH])
    found = asked(screen)
    by_name = {row.verdict.sender: row for row in screen.results.rows}
    by_name[EAST].action_button.click()
    by_name[SOUTH].action_button.click()
    assert found == [
        ("review", ReportOf(by_name[EAST].verdict.package_id)),
        ("registrations", DistrictOf(SOUTH)),
    ]


def test_a_newer_revision_shows_what_it_changes_before_it_replaces(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"]])
    row = screen.results.rows[0]
    assert row.chip.text() == "△ 新しい版（第2版）です"
    assert row.findChild(DifferencesList) is not None
    assert "成果" in texts(row)
    assert "男性の参加が3割になりました" in texts(row)
    assert revision(fresh) == 1
    row.take_button.setFocus()
    press(Qt.Key.Key_Return)
    assert verdicts(screen) == {"999999-01-2026-r2.shakyo": "✓ 受け取りました"}
    assert revision(fresh) == 2
    screen.results.rows[0].changes_button.click()
    assert "男性の参加が3割になりました" in texts(screen.results.rows[0])


def test_a_newer_revision_can_be_left_for_later(screen, fresh, world):
    register(fresh, world, EAST)
    screen.receive([world.files["second"], world.files["damaged"]])
    [newer] = [row for row in screen.results.rows if row.verdict.code == "report.newer"]
    newer.leave_button.click()
    assert list(verdicts(screen)) == ["damaged.shakyo"]
    assert "受け取っていません" in screen.messages.text()
    assert revision(fresh) == 1
    screen.messages.action_button.click()
    assert verdicts(screen) == {"999999-01-2026-r2.shakyo": "△ 新しい版（第2版）です"}


def test_several_newer_revisions_are_taken_in_with_one_button(screen, fresh, world, tmp_path):
    register(fresh, world, EAST)
    again = tmp_path / "again.shakyo"
    again.write_bytes(world.files["second"].read_bytes())
    screen.receive([world.files["second"], world.files["damaged"]])
    assert not screen.results.newer.isVisible()
    screen.receive([world.files["second"], again, world.files["damaged"]])
    assert "新しい版が2件" in texts(screen.results.newer)
    screen.results.newer.all_button.click()
    assert sorted(verdicts(screen).items()) == [
        ("999999-01-2026-r2.shakyo", "✓ 受け取りました"),
        ("again.shakyo", "↺ 受領済みです"),
        ("damaged.shakyo", "× 読めません"),
    ]
    assert not screen.results.newer.isVisible()
    assert revision(fresh) == 2


def test_an_import_can_be_taken_back_and_made_again(screen, fresh, world):
    register(fresh, world, EAST)
    take(screen, world.files["second"])
    screen.results.rows[0].undo_button.click()
    assert screen.results.rows == []
    row = next(one for one in fresh.services.review.overview(YEAR) if one.org == EAST)
    assert row.revision == 1
    assert "取り消しました" in screen.messages.text()
    screen.messages.action_button.click()
    row = next(one for one in fresh.services.review.overview(YEAR) if one.org == EAST)
    assert row.revision == 2


def test_what_was_decided_elsewhere_waits_no_longer(screen, fresh, world):
    screen.receive([world.files[EAST], world.files[WEST]])
    assert len(screen.results.rows) == 2
    fresh.services.registrations.approve_matching(EAST, world.numbers[EAST])
    screen.enter()
    assert [row.verdict.sender for row in screen.results.rows] == [WEST]


def test_receiving_twice_changes_nothing(screen, fresh, world):
    register(fresh, world, EAST)
    take(screen, world.files["second"])
    before = fresh.services.review.overview(YEAR)
    screen.receive([world.files["second"]])
    assert verdicts(screen) == {"999999-01-2026-r2.shakyo": "↺ 受領済みです"}
    assert fresh.services.review.overview(YEAR) == before


def test_what_came_earlier_is_listed(screen, fresh, world):
    register(fresh, world, EAST)
    take(screen, world.files["second"])
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
    assert screen.results.rows == []
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
    qtbot.waitUntil(lambda: len(screen.results.rows) == 1)
    assert screen.results.rows[0].verdict.sender == EAST
    assert worker.stop()


def test_an_empty_folder_says_so(screen, tmp_path):
    (tmp_path / "empty").mkdir()
    screen.receive([tmp_path / "empty"])
    assert "提出ファイル（.shakyo）がありませんでした" in screen.messages.text()


def choose(screen, name):
    """Choose the newest line of the log about a district."""
    row = next(row for row in screen.log.rows() if name in row.cells[1])
    screen.log.select_key(row.key)
    screen.log.setFocus()


def test_a_whole_import_is_shown_and_taken_back_with_what_it_brought(screen, fresh, world):
    take(screen, world.files[EAST], world.files[SOUTH])
    fresh.services.registrations.approve_matching(EAST, world.numbers[EAST])
    screen.enter()
    choose(screen, "みほん南")
    press_letter(Qt.Key.Key_U)
    words = screen.undo_card.words.text()
    assert focus() is screen.undo_card.leave_button
    assert "・みほん東地区部会　第1版の報告（活動記録30件、写真3枚）" in words
    assert "・みほん南地区部会　待っているファイル 999999-03-2026-r1.shakyo" in words
    assert "・みほん東地区部会　差出人の登録" in words
    assert "同じファイルをもう一度受け取れば、元に戻せます" in words
    screen.undo_card.all_button.setFocus()
    assert screen.undo_card.all_button.words() == "2件をぜんぶ取り消す"
    press(Qt.Key.Key_Return)
    assert screen.undo_card.isVisible()  # what takes away answers to the space bar alone
    press(Qt.Key.Key_Space)
    assert "受け取り2件を取り消しました" in screen.messages.text()
    assert not screen.undo_card.isVisible()
    assert fresh.services.registrations.registrations() == ()
    assert [row.cells[3] for row in screen.log.rows()][:2] == ["－ 取り消しました"] * 2


def test_one_file_of_an_import_is_taken_back_alone(screen, fresh, world):
    take(screen, world.files[EAST], world.files[SOUTH])
    choose(screen, "みほん南")
    press(Qt.Key.Key_Return)
    screen.undo_card.one_button.setFocus()
    press(Qt.Key.Key_Space)
    assert [one.org for one in fresh.services.registrations.pending()] == [EAST]


def test_what_later_work_rests_on_is_named_and_not_offered(busy, shown):
    screen = shown(IntakeScreen(busy))
    screen.enter()
    screen.log.select_key(screen.log.rows()[-1].key)
    screen.undo_button.click()
    words = screen.undo_card.words.text()
    assert "みほん東地区部会 第1版には、返事を作りました。" in words
    assert "みほん東地区部会 第1版のあとに、第2版が届いています。" in words
    assert not screen.undo_card.all_button.isVisible()
    screen.undo_card.leave_button.click()
    assert not screen.undo_card.isVisible()


def test_taking_back_nothing_says_what_to_choose(screen):
    screen.undo_button.click()
    assert "取り消したい受け取りを選んでください" in screen.messages.text()


def test_what_was_taken_back_before_says_so(screen, world):
    take(screen, world.files[SOUTH])
    choose(screen, "みほん南")
    screen.undo_button.click()
    screen.undo_card.all_button.click()
    choose(screen, "みほん南")
    screen.undo_button.click()
    assert "もうありません" in screen.messages.text()


def test_a_newer_revision_taken_in_after_the_question_belongs_to_the_same_import(screen, fresh, world):
    register(fresh, world, EAST)
    take(screen, world.files["second"], world.files[SOUTH])
    runs = {one.run for one in fresh.services.intake.log()[:2]}
    assert len(runs) == 1
