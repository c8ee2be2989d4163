"""A district changes hands in the windows: predecessor, stick and paper, successor, office, answer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, KeyState, Stage
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.district.home_screen import HomeScreen
from shakyo_desktop.gui.settings.handover_section import AFTER, FILE, OPEN, PAPERS, HandoverSection
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.start.code_page import CodePage
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.name_page import NamePage
from shakyo_desktop.gui.start.sheet_page import SheetPage
from shakyo_desktop.gui.start.start_flow import StartFlow
from shakyo_desktop.gui.start.taking_over_flow import TakingOverFlow
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.intake_screen import IntakeScreen
from shakyo_desktop.gui.ward.registrations_screen import RegistrationsScreen
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.opening import has_store
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.removable.drive import Drive
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.loop_world import EAST, YEAR, Loop, moment

ENTER = Qt.Key.Key_Return
Show = Callable[[QWidget], QWidget]


class OneStick:
    """The computer has one stick, until it is let go."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ejected = folder, False

    def list(self) -> tuple[Drive, ...]:
        return (
            () if self.ejected else (Drive("stick", "みほんのUSB", "E:", self.folder, 2**30, 2**31, "usb"),)
        )

    def eject(self, drive: Drive) -> None:
        self.ejected = True


@dataclass
class Scene:
    """Folders of the journey and what is open in it."""

    root: Path
    stick: Path
    opened: list[Services] = field(default_factory=list)

    def open(self, folder: Path) -> Services:
        self.opened.append(open_services(folder, clock=moment))
        return self.opened[-1]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """An empty stick and folders for the computers."""
    made = Scene(tmp_path, tmp_path / "stick")
    made.stick.mkdir()
    yield made
    for services in made.opened:
        services.close()


def words_of(widget: QWidget) -> str:
    """Everything a person reads."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def wizard(services: Services, shown: Show) -> tuple[SettingsScreen, HandoverSection]:
    """The settings at 引継ぎ."""
    screen = SettingsScreen(services, ImmediateWorker(), RecordingPrinter())
    shown(screen)
    screen.show_target("handover")
    part = screen.section("handover")
    assert isinstance(part, HandoverSection)
    settle()
    part.next_button.setFocus()
    return screen, part


def hand_over(services: Services, stick: OneStick, shown: Show) -> str:
    """Go through the predecessor's four steps by keyboard; returns the digits as they stand on the paper."""
    services.drives._lister = stick  # type: ignore[assignment]
    screen, part = wizard(services, shown)
    assert "確認のお願い" in words_of(part.open_work)
    press_letter(Qt.Key.Key_N)
    assert part.step() == FILE
    press_letter(Qt.Key.Key_K)
    assert part.step() == PAPERS
    digits = part.papers.digits.text()
    assert re.fullmatch(r"\d{4} \d{4} \d{4}\n\d{4} \d{4} \d{4}", digits)  # as on the paper
    press_letter(Qt.Key.Key_N)
    assert "まだ印刷していません" in screen.messages.text()
    assert part.step() == PAPERS
    assert not part.papers.code_panel.view.save_button.isVisible()
    part.papers.code_panel.view.print_button.setFocus()
    press(ENTER)
    press_letter(Qt.Key.Key_E)
    assert stick.ejected
    assert "取り外せます" in screen.messages.text()
    part.next_button.setFocus()
    press_letter(Qt.Key.Key_N)
    assert part.step() == AFTER
    assert digits not in words_of(screen)
    assert part.papers.digits.text() == ""
    return digits.replace("\n", " ")


def begin(scene: Scene, stick: OneStick, shown: Show) -> tuple[StartFlow, list[Services]]:
    """The first start on the successor's computer, at 前の担当者から引き継ぐ."""
    flow = StartFlow(
        ImmediateWorker(),
        RecordingPrinter(),
        open_services,
        moment,
        DriveService(stick),  # type: ignore[arg-type]
    )
    flow.opened.connect(scene.opened.append)
    flow.begin(scene.root / "successor")
    shown(flow.window)
    press_letter(Qt.Key.Key_T)
    return flow, scene.opened


def test_a_district_changes_hands(scene: Scene, loop: Loop, shown: Show, tmp_path: Path) -> None:
    ward = loop.open_copy("ward", tmp_path)
    old = loop.open_copy("handed_in", tmp_path)
    scene.opened += [ward, old]
    old.intake.receive([loop.answer])
    digits = hand_over(old, OneStick(scene.stick), shown)

    # the successor, with the paper in hand
    flow, opened = begin(scene, OneStick(scene.stick), shown)
    page = flow.window.current()
    assert isinstance(page, FilePage)
    assert f"{EAST}-hikitsugi-20260912.hikae" in words_of(page)
    press(ENTER)
    page = flow.window.current()
    assert isinstance(page, CodePage)
    type_text(digits.replace("-", "　").translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    press(ENTER)
    press(ENTER)
    assert isinstance(flow.window.current(), NamePage)
    compose("みほん")
    commit_composed("みほん 次の係")
    press(ENTER)
    press(ENTER)
    assert isinstance(flow.window.current(), LockPage)
    press(Qt.Key.Key_Right)
    press_letter(Qt.Key.Key_N)
    sheet = flow.window.current()
    assert isinstance(sheet, SheetPage)
    assert isinstance(flow._flow, TakingOverFlow)
    probe = open_services(scene.root / "successor", clock=moment)
    text = probe.settings.recovery_sheet().text
    probe.close()
    sheet.text.focus_input()
    type_text(text.removeprefix("AGE-SECRET-KEY-1"))
    press_letter(Qt.Key.Key_N)
    new = opened[-1]
    assert new.settings.identity().person_name == "みほん 次の係"

    home = HomeScreen(new, ImmediateWorker(), lambda: YEAR)
    shown(home)
    home.enter()
    assert "引き継ぎました" in home.messages.text()
    report = submit(new, scene.stick)

    # the office, with the cover sheet in hand
    ward.intake.receive([report])
    number = new.settings.check_number()
    card_screen, asked = register(ward, shown, number)
    assert asked
    assert "前の登録は終わりました" in card_screen.messages.text()
    states = [one.state for one in ward.registrations.registrations() if one.org == EAST]
    assert sorted(states) == sorted([KeyState.ACTIVE, KeyState.RETIRED])
    waiting = [one for one in ward.review.undecided() if one.org == EAST]
    ward.review.accept(waiting[0].package_id)
    rows = [one.answer_id for one in ward.answers.ready() if one.written_at is None]
    answers = [file.path for file in ward.answers.write(scene.stick, rows)]
    assert "accepted" in [one.verdict for one in new.intake.receive(answers)]
    home.enter()
    assert "登録しました。引継ぎは終わりました" in home.messages.text()

    # the predecessor goes on all the same
    change(old, "まだ前のパソコンで書いています。")
    intake = IntakeScreen(desk_of(ward))
    shown(intake)
    intake.receive([submit(old, scene.root / "old")])
    [row] = intake.results.rows
    assert (row.verdict.verdict, row.verdict.code) == ("refused", "key.retired")
    settle()
    assert "引継ぎで終わった前の担当者の登録" in words_of(row)
    row.notice_button.setFocus()
    press(ENTER)
    assert intake.notice.view.page_count() == 1


def register(ward: Services, shown: Show, number: str) -> tuple[RegistrationsScreen, bool]:
    """Type the number at the office; returns the screen and whether it asked about the one before."""
    screen = RegistrationsScreen(desk_of(ward))
    shown(screen)
    screen.enter()
    settle()
    [card] = [one for one in screen.pending if one.pending.org == EAST]
    assert "引継ぎか2台目" in words_of(card)
    card.number.focus_input()
    type_text(number)
    press(ENTER)
    asked = card.unchosen.isVisible()
    assert len([one for one in ward.registrations.pending() if one.org == EAST]) == 1
    assert focus() in card.previous.segments()
    press(Qt.Key.Key_Space)
    assert card.previous.value() == "end"
    assert not card.unchosen.isVisible()
    card.approve_button.setFocus()
    press(ENTER)
    return screen, asked


def desk_of(ward: Services) -> Desk:
    """An office's desk over its services."""
    return Desk(ward, ImmediateWorker(), lambda: YEAR, RecordingPrinter())


def change(services: Services, text: str) -> None:
    """Write something new."""
    status = services.recording.status_for(YEAR, "chiba-shakyo-7", 9)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "outcome", text)


def submit(services: Services, folder: Path) -> Path:
    """Hand the year in."""
    folder.mkdir(exist_ok=True)
    for problem in services.checking.problems(YEAR, Stage.INTERIM):
        if problem.level == "soft" and not problem.answered:
            services.checking.answer(problem, "みほんのデータのため")
    made = services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
    return services.submission.write(made.package_id, folder).path


def test_a_wrong_number_is_told_without_a_hint_and_stays_to_be_corrected(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path
) -> None:
    old = loop.open_copy("handed_in", tmp_path)
    scene.opened.append(old)
    handed = old.handover.hand_over(scene.stick)
    flow, opened = begin(scene, OneStick(scene.stick), shown)
    press(ENTER)
    page = flow.window.current()
    assert isinstance(page, CodePage)
    type_text("1234")
    press(ENTER)
    press(ENTER)
    assert "数字24けた" in page.messages.text()
    wrong = handed.code[4:] + handed.code[:4]
    page.code.set_value(wrong)
    page.next_button.click()
    assert "まだ何も変えていません" in page.messages.text()
    assert not re.search(r"\d{4}", page.messages.text())
    assert page.text() == wrong
    assert opened == [old]
    assert not has_store(scene.root / "successor")
    press_letter(Qt.Key.Key_B)
    assert isinstance(flow.window.current(), FilePage)


def test_without_a_stick_the_successor_is_told_what_to_do(scene: Scene, shown: Show) -> None:
    flow, _ = begin(scene, OneStick(scene.stick), shown)
    page = flow.window.current()
    assert isinstance(page, FilePage)
    assert "まだ見つかりません" in page.messages.text()
    press_letter(Qt.Key.Key_N)
    assert "引継ぎのファイルを選んでください" in page.messages.text()


def test_what_is_open_is_opened_from_the_first_step(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path
) -> None:
    old = loop.open_copy("written", tmp_path)
    scene.opened.append(old)
    screen, part = wizard(old, shown)
    found: list[tuple[str, Any]] = []
    screen.screen_requested.connect(lambda key, target: found.append((key, target)))
    assert "まだ提出していません" in words_of(part.open_work)
    part.open_work.buttons()[0].click()
    assert found[0][0] == "submit"


def test_a_stick_that_is_pulled_leaves_one_at_the_step_with_the_records_safe(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shakyo_desktop.services.file_calls import FileCalls

    old = loop.open_copy("written", tmp_path)
    scene.opened.append(old)
    old.drives._lister = OneStick(scene.stick)  # type: ignore[assignment]
    screen, part = wizard(old, shown)
    press_letter(Qt.Key.Key_N)

    def gone(*_: Any) -> None:
        raise OSError(5, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(FileCalls, "sync", gone)
        press_letter(Qt.Key.Key_K)
    assert part.step() == FILE
    assert screen.messages.kind == "problem"
    assert part.file.make_button.isVisible()
    assert list(scene.stick.iterdir()) == []
    screen.messages.action_button.click()
    assert part.step() == PAPERS


def test_in_a_small_window_what_comes_next_is_in_sight_at_every_step(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path
) -> None:
    old = loop.open_copy("handed_in", tmp_path)
    scene.opened.append(old)
    old.drives._lister = OneStick(scene.stick)  # type: ignore[assignment]
    screen, part = wizard(old, shown)
    screen.resize(1009, 498)  # what a screen of 1366×768 leaves a page at 125 %
    settle()

    def in_sight(widget: QWidget) -> bool:
        settle()
        window = screen.findChild(QScrollArea).viewport()
        return window.rect().contains(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))

    assert in_sight(part.next_button)
    press_letter(Qt.Key.Key_N)
    assert in_sight(part.file.make_button)
    press_letter(Qt.Key.Key_K)
    printing = part.papers.code_panel.view.print_button
    assert in_sight(printing)
    press(ENTER)
    assert "プリンターに送りました" in screen.messages.text()
    assert in_sight(printing)


def test_practice_says_why_nothing_is_handed_over(scene: Scene, shown: Show) -> None:
    from shakyo_desktop.services.founding import found_practice

    found_practice(scene.root / "practice", clock=moment)
    services = scene.open(scene.root / "practice")
    services.drives._lister = OneStick(scene.stick)  # type: ignore[assignment]
    screen, part = wizard(services, shown)
    press_letter(Qt.Key.Key_N)
    press_letter(Qt.Key.Key_K)
    assert "練習の記録は引き継げません" in screen.messages.text()
    assert part.step() == FILE
    assert list(scene.stick.iterdir()) == []
    press_letter(Qt.Key.Key_B)
    assert part.step() == OPEN
    press_letter(Qt.Key.Key_H)
    assert part.papers.book_panel.view.page_count() >= 1
    assert not part.papers.code_panel.isVisible()


@pytest.mark.parametrize(("month", "told"), [(3, True), (4, True), (9, False)])
def test_home_points_to_the_handover_in_spring(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path, month: int, told: bool
) -> None:
    from dataclasses import replace

    services = loop.open_copy("written", tmp_path)
    scene.opened.append(services)
    from shakyo_desktop.bootstrap import wire_services

    then = moment().replace(year=2027 if month < 4 else 2026, month=month)
    later = wire_services(replace(services.context, clock=lambda: then))
    home = HomeScreen(later, ImmediateWorker(), lambda: YEAR)
    shown(home)
    home.enter()
    found: list[tuple[str, Any]] = []
    home.screen_requested.connect(lambda key, target: found.append((key, target)))
    assert ("担当者が代わるときは" in home.messages.text()) is told
    if told:
        home.messages.action_button.click()
        assert found == [("settings", "handover")]
