"""書類を作る: the documents of the shown version, looked at, printed, saved, stopped; never half of one."""

import errno
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.compilation.compilation_screen import CompilationScreen
from shakyo_desktop.gui.ward.targets import NodeOf
from shakyo_desktop.services import compilation_papers
from shakyo_desktop.services.compilation_papers import CompiledPaper
from shakyo_desktop.services.verified_write import write_verified
from tests.gui.keys import press, press_letter, type_text
from tests.gui.ward.conftest import desk_over
from tests.services.offices import office_context
from tests.services.reporting import PLAN, YEAR, add_districts, hand_in
from tests.services.test_verified_write import CountedCalls, raises


@pytest.fixture
def services(tmp_path):
    """A ward with three districts, two of which have reported, and a version."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 3)
        for number in (1, 2):
            hand_in(context, number)
        made = wire_services(context)
        made.compilation.compile(PLAN, YEAR)
        yield made


@pytest.fixture
def printer():
    return RecordingPrinter()


@pytest.fixture
def screen(services, shown, printer):
    made = shown(CompilationScreen(replace(desk_over(services), printer=printer)))
    made.resize(1170, 636)
    made.enter()
    settle()
    return made


@pytest.fixture
def papers(screen):
    """The documents, opened by their letter."""
    press_letter(Qt.Key.Key_D)
    settle()
    return screen.papers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder a person chooses."""
    chosen = tmp_path / "書類"
    chosen.mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: chosen)
    return chosen


def names(folder):
    return sorted(file.name.partition("-")[0] for file in folder.iterdir())


def test_the_letter_shows_the_documents_of_the_version_and_back_shows_the_words(screen, papers):
    assert papers.isVisible()
    assert not screen.list.isVisible()
    assert papers.document.view.page_count() > 5
    assert papers.choice.checks[CompiledPaper.SUMMARY_TABLE].hasFocus()
    press_letter(Qt.Key.Key_T)
    assert screen.list.isVisible()
    assert not papers.isVisible()
    assert papers.document.view.page_count() == 0


def test_what_was_typed_last_is_in_the_document(screen, services, monkeypatch):
    screen.show_target(NodeOf("whole", 0))
    screen.page().words["outcome"].field.focus_input()
    type_text("書いたばかりの成果")
    shown = []
    make = services.compilation_papers.pdf

    def pdf(compilation, paper):
        shown.append(compilation.finding(FindingScope.WHOLE).outcome)
        return make(compilation, paper)

    monkeypatch.setattr(services.compilation_papers, "pdf", pdf)
    press_letter(Qt.Key.Key_D)
    settle()
    assert shown == ["書いたばかりの成果"]


def test_the_meeting_pack_is_looked_at_and_printed(papers, printer):
    before = papers.document.view.page_count()
    papers.choice.look_buttons[CompiledPaper.MEETING_PACK].setFocus()
    press(Qt.Key.Key_Return)
    settle()
    assert papers.document.view.page_count() > before
    press_letter(Qt.Key.Key_R)
    [(title, pages, *_)] = printer.printed
    assert title == "取りまとめの書類"
    assert pages == papers.document.view.page_count()


def test_the_usual_documents_are_saved_and_the_folder_can_be_opened(screen, papers, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())) or True
    )
    press_letter(Qt.Key.Key_W)
    settle()
    assert names(folder) == ["区取りまとめ表", "協議会資料", "取りまとめ"]
    assert f"書類3件を保存し、読み直して同じであることを確かめました。\n{folder}" in screen.messages.text()
    screen.messages.action_button.click()
    assert opened == [str(folder)]


def test_boxes_choose_the_documents_with_the_space_bar(screen, papers, folder):
    for check in papers.choice.checks.values():
        check.setFocus()
        press(Qt.Key.Key_Space)
    press_letter(Qt.Key.Key_W)
    settle()
    assert names(folder) == ["取りまとめデータ", "取りまとめデータ（プログラム用）"]


def test_nothing_chosen_is_said_and_nothing_is_asked(screen, papers, monkeypatch):
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: pytest.fail("asked for a folder"))
    for check in papers.choice.checks.values():
        check.setChecked(False)
    press_letter(Qt.Key.Key_W)
    assert "保存する書類を選んでください" in screen.messages.text()


def test_a_full_stick_is_said_and_trying_again_saves(screen, papers, folder, monkeypatch):
    full = partial(write_verified, calls=CountedCalls(2, raises(errno.ENOSPC)))
    with monkeypatch.context() as broken:
        broken.setattr(compilation_papers, "write_verified", full)
        press_letter(Qt.Key.Key_W)
        settle()
        assert "空きが足りません" in screen.messages.text()
        assert names(folder) == []
    screen.messages.action_button.click()
    settle()
    assert len(names(folder)) == 3


def test_another_year_goes_back_to_the_words(screen, papers):
    screen.enter()
    settle()
    assert not papers.isVisible()
    assert screen.list.isVisible()
    assert QApplication.focusWidget() is not None


def test_before_a_version_is_made_no_documents_are_offered(tmp_path, shown):
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 1)
        made = shown(CompilationScreen(desk_over(wire_services(context))))
        made.enter()
        settle()
        assert made.papers_button.isHidden()
        press_letter(Qt.Key.Key_D)
        assert not made.papers.isVisible()
