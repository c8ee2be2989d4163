"""印刷する: forms are chosen by keys, shown, printed and saved; a proof shows what changed since."""

import errno
import os

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.errors import DocumentFailed
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.gui.paper.print_screen import PrintScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.printing import PrintOrder
from shakyo_desktop.services.file_calls import FileCalls
from shakyo_desktop.services.forms import Filling, FormWish
from tests.gui.loop_world import YEAR


@pytest.fixture
def out(tmp_path):
    """A folder that is empty."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def shown(qtbot, desk):
    screen = PrintScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1170, 620)
    screen.show()
    screen.enter()
    return screen


def press(qtbot, widget, *keys):
    for key in keys:
        qtbot.keyClick(widget, key)


def test_a_form_is_chosen_by_its_digit_and_shown_as_it_will_be_printed(qtbot, desk):
    screen = shown(qtbot, desk("handed_in"))
    assert screen.panel.view.page_count() == 1
    first = screen.chooser.form.segments()[0]
    press(qtbot, first, Qt.Key.Key_5)
    assert screen.chooser.form.value() == "F4"
    assert screen.panel.view.page_count() == 13


def test_pages_are_chosen_in_full_width_and_a_page_that_is_not_there_is_told(qtbot, desk):
    screen = shown(qtbot, desk("handed_in"))
    screen.chooser.form.choose(4)
    screen.chooser.pages.put_value("２～３")
    assert screen.panel.view.page_count() == 2
    screen.chooser.pages.put_value("99")
    assert "99" in screen.messages.text()
    assert screen.panel.view.page_count() == 0


def test_blank_sheets_come_in_the_number_that_is_asked_for(qtbot, desk):
    screen = shown(qtbot, desk("handed_in"))
    screen.chooser.sheets.put_value(3)
    assert screen.panel.view.page_count() == 3
    screen.chooser.filling.choose(2)
    assert not screen.chooser.sheets.isVisibleTo(screen)


def test_the_systems_dialog_gives_copies_and_pages(qtbot, desk):
    paper = desk("handed_in")
    screen = shown(qtbot, paper)
    screen.chooser.form.choose(4)
    screen.panel.view.choice_button.click()
    assert paper.printer.printed == []
    paper.printer.order = PrintOrder("みほんプリンター", 3, (2, 5))
    screen.panel.view.choice_button.click()
    assert paper.printer.printed == [("用紙", 12, "みほんプリンター")]


def test_a_proof_shows_what_changed_since_the_last_print_and_pages_stay_confirmed(qtbot, desk):
    paper = desk("handed_in")
    services = paper.services
    screen = shown(qtbot, paper)
    screen.chooser.form.choose(4)
    screen.chooser.filling.choose(2)
    screen.panel.view.print_button.click()
    wish = FormWish(form=FormCode.F4, fiscal_year=YEAR, filling=Filling.PROOF)
    assert {page.state for page in services.forms.proof(wish)} == {"printed"}
    screen.chooser.filling.choose(3)
    screen.confirm_button.click()
    assert "13ページ" in screen.messages.text()
    plan = services.plans.plans()[0]
    status = services.recording.status_for(YEAR, plan.id, 6)
    services.recording.change(RecordRef("item_statuses", status.id), "outcome", "新しい成果です。")
    pages = services.forms.proof(wish)
    [changed] = [page for page in pages if page.state == "changed"]
    assert {page.state for page in pages if page is not changed} == {"confirmed"}
    [line] = changed.lines
    assert "成果" in line.place
    assert line.new == "新しい成果です。"


def test_an_office_prints_one_form_for_every_district(qtbot, desk):
    paper = desk("ward")
    screen = shown(qtbot, paper)
    count = len(paper.services.roster.districts())
    screen.everyone.print_button.click()
    assert len(paper.printer.printed) == count
    assert f"{count}地区ぶん" in screen.messages.text()


def test_an_office_saves_one_file_for_every_district(qtbot, desk, tmp_path, monkeypatch):
    paper = desk("ward")
    screen = shown(qtbot, paper)
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: tmp_path)
    screen.everyone.save_button.click()
    names = {path.name for path in tmp_path.glob("F1-*.pdf")}
    assert names == {f"F1-{org.code}-{YEAR}.pdf" for org in paper.services.roster.districts()}


def test_a_printer_that_refuses_is_told_and_the_rest_is_not_sent(qtbot, desk, monkeypatch):
    def refuse(*_):
        raise DocumentFailed("プリンターが見つかりません。")

    paper = desk("ward")
    screen = shown(qtbot, paper)
    monkeypatch.setattr(paper.printer, "print_pages", refuse)
    screen.everyone.print_button.click()
    assert "プリンター" in screen.messages.text()
    assert screen.everyone.print_button.isVisibleTo(screen)


def test_the_whole_set_of_one_district_is_printed_and_saved(qtbot, desk, out, monkeypatch):
    paper = desk("handed_in")
    screen = shown(qtbot, paper)
    screen.chooser.filling.choose(2)
    screen.whole.print_button.setFocus()
    press(qtbot, screen.whole.print_button, Qt.Key.Key_Return)
    assert [title for title, *_ in paper.printer.printed] == [form.label for form in FormCode]
    assert "4種類をプリンターに" in screen.messages.text()
    wish = FormWish(form=FormCode.F4, fiscal_year=YEAR, filling=Filling.PROOF)
    assert {page.state for page in paper.services.forms.proof(wish)} == {"printed"}
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: out)
    screen.whole.save_button.click()
    assert {path.name for path in out.iterdir()} == {f"{form.value}-{YEAR}.pdf" for form in FormCode}
    assert "4種類を保存しました" in screen.messages.text()


def test_a_disk_that_is_full_is_told_and_leaves_no_half_written_form(qtbot, desk, out, monkeypatch):
    written = []

    def full(self, file, data):
        written.append(len(data))
        if len(written) > 2:
            raise OSError(errno.ENOSPC, "injected")
        return os.write(file, data)

    paper = desk("handed_in")
    screen = shown(qtbot, paper)
    (out / f"F1-{YEAR}.pdf").write_bytes(b"old")
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: out)
    monkeypatch.setattr(FileCalls, "write", full)
    screen.whole.save_button.click()
    assert "空き" in screen.messages.text()
    assert screen.whole.save_button.isVisibleTo(screen)
    for file in out.iterdir():
        assert file.suffix == ".pdf"
        assert file.read_bytes() == b"old" or file.read_bytes().rstrip().endswith(b"%%EOF")


def test_a_form_saved_alone_to_a_full_disk_is_told_and_the_old_file_stays(qtbot, desk, out, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "injected")

    file = out / "form.pdf"
    file.write_bytes(b"old")
    screen = shown(qtbot, desk("handed_in"))
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: file)
    monkeypatch.setattr(FileCalls, "write", full)
    screen.panel.view.save_button.click()
    assert "空き" in screen.messages.text()
    assert [(one.name, one.read_bytes()) for one in out.iterdir()] == [("form.pdf", b"old")]
