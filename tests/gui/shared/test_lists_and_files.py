"""Lists, messages, dropped files, photos, documents, printing and the second start."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.errors import Cancelled, DestinationFailed, DocumentFailed
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.cards import EmptyState, ProgressLine, StepIndicator, Tile
from shakyo_desktop.gui.shared.document_view import DocumentView
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields import MultilineField, TextField
from shakyo_desktop.gui.shared.marks import state_mark
from shakyo_desktop.gui.shared.messages import KINDS, MessageBar, present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.photo_strip import PhotoStrip, PhotoTile
from shakyo_desktop.gui.shared.printing import QtPrinter, RecordingPrinter, paint_pages
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.single_instance import SingleInstance
from shakyo_desktop.gui.shared.theme import apply_theme, colours
from tests.gui.keys import focus, press, type_text

Show = Callable[[QWidget], QWidget]


def picture(colour: int = 0x336699) -> bytes:
    image = QImage(210, 297, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def item_list(shown: Show) -> tuple[RowList, TextField]:
    rows = RowList([Column("番号", 64, "right"), Column("項目"), Column("状況", 140)], "取組項目の一覧")
    rows.set_rows(
        [
            Row(None, ("基本目標1",), section=True),
            Row(1, ("1", "見守り", state_mark(ImplementationState.RUNNING))),
            Row(2, ("2", "サロン", state_mark(None)), tone="problem"),
            Row(None, ("基本目標2",), section=True),
            Row(3, ("3", "研修", "－")),
        ]
    )
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(rows)
    field = TextField("after", "次の欄")
    column.addWidget(field)
    holder.resize(800, 500)
    shown(holder)
    return rows, field


def test_arrows_choose_rows_over_headings_and_enter_opens(shown: Show) -> None:
    rows, _field = item_list(shown)
    chosen: list[object] = []
    opened: list[object] = []
    rows.row_selected.connect(chosen.append)
    rows.row_activated.connect(opened.append)
    rows.setFocus()
    rows.select_key(1)
    for _ in range(3):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert chosen[:2] == [1, 2]
    assert chosen[-1] == 3
    assert opened == [3]


def test_tab_leaves_a_list(shown: Show) -> None:
    rows, field = item_list(shown)
    rows.setFocus()
    press(Qt.Key.Key_Tab)
    assert focus() is field.input()


def test_the_chosen_row_stays_chosen_when_rows_change(shown: Show) -> None:
    rows, _field = item_list(shown)
    rows.select_key(3)
    heard: list[object] = []
    rows.row_selected.connect(heard.append)
    rows.set_rows([Row(3, ("3", "研修", "○")), Row(9, ("9", "新しい", "－"))])
    assert rows.selected_key() == 3
    assert heard == []
    rows.set_rows([])
    assert rows.selected_key() is None
    assert not rows.select_key(3)


def test_cells_speak_and_rows_are_large(shown: Show) -> None:
    rows, _field = item_list(shown)
    model = rows.model()
    spoken = model.data(model.index(1, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "状況 実施"
    assert model.data(model.index(2, 2), Qt.ItemDataRole.AccessibleTextRole) == "状況 未報告"
    assert rows.rowHeight(1) >= 44
    reader = QAccessible.queryAccessibleInterface(rows)
    assert reader.text(QAccessible.Text.Name) == "取組項目の一覧"
    assert not model.flags(model.index(1, 1)) & Qt.ItemFlag.ItemIsEditable


def test_a_message_shows_its_text_as_it_is_and_calls_its_action(shown: Show) -> None:
    bar = MessageBar()
    shown(bar)
    done: list[bool] = []
    bar.show_message("undo", "<b>消しました</b>", "元に戻す", lambda: done.append(True))
    assert bar.text() == "<b>消しました</b>"
    bar.action_button.click()
    assert done == [True]
    assert bar.text() == ""


def test_a_known_failure_is_presented_in_its_own_words(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    present(
        DestinationFailed("USBメモリに保存できませんでした。\n入力した内容は残っています。"), bar, "もう一度"
    )
    assert (bar.kind, bar.text().splitlines()[1]) == ("problem", "入力した内容は残っています。")
    present(Cancelled("中止しました。何も変わっていません。"), bar)
    assert bar.kind == "info"


def test_long_messages_wrap_and_are_not_cut(qtbot: QtBot) -> None:
    page = Page("題")
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.messages.show_message("problem", "とても長い知らせです。" * 12)
    page.show()
    settle()
    label = page.messages._text
    assert label.height() >= label.heightForWidth(label.width())
    assert label.height() > 3 * label.fontMetrics().height()


def drop(area: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(area, QDragEnterEvent(QPoint(5, 5), *actions))
    QApplication.sendEvent(area, QDropEvent(QPointF(5, 5), *actions))


def test_files_are_dropped_or_chosen(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    area = DropArea("ここに置く または", "ファイルを選ぶ", letter="O", folder_button="フォルダーを選ぶ")
    qtbot.addWidget(area)
    area.show()
    taken: list[list[Path]] = []
    area.paths_chosen.connect(taken.append)
    drop(area, [tmp_path / "a.shakyo", tmp_path])
    monkeypatch.setattr(choosers, "choose_files", lambda *_: [tmp_path / "b"])
    area.button.click()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: None)
    area.folder_button.click()
    assert taken == [[tmp_path / "a.shakyo", tmp_path], [tmp_path / "b"]]
    assert area.height() >= 72


def test_photos_say_what_a_person_wants(qtbot: QtBot) -> None:
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    strip.set_photos([PhotoTile("a", picture(), "会食"), PhotoTile("b", picture(), consent=True)])
    strip.show()
    wishes: list[tuple[object, ...]] = []
    strip.consent_changed.connect(lambda *wish: wishes.append(("consent", *wish)))
    strip.rotate_requested.connect(lambda *wish: wishes.append(("rotate", *wish)))
    strip.delete_requested.connect(lambda *wish: wishes.append(("delete", *wish)))
    strip.caption_changed.connect(lambda *wish: wishes.append(("caption", *wish)))
    strip.card("a").consent.click()
    strip.card("b").rotate_button.click()
    strip.card("b").delete_button.click()
    strip.card("a").caption.put_value("餅つき")
    assert wishes == [("consent", "a", True), ("rotate", "b"), ("delete", "b"), ("caption", "a", "餅つき")]
    strip.set_photos([PhotoTile("b", picture())])
    assert strip.photo_ids() == ["b"]


def test_a_document_shows_its_pages_and_asks_to_print_or_save(qtbot: QtBot) -> None:
    view = DocumentView("送付票")
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.set_pages([picture(), picture()])
    view.set_printers(["A", "B"])
    with qtbot.waitSignal(view.print_requested) as printing:
        view.print_button.click()
    assert printing.args == ["A"]
    with qtbot.waitSignal(view.save_requested):
        view.save_button.click()
    assert view.page_count() == 2
    view.set_busy("書類を作っています…")
    assert view.page_count() == 0


def test_of_a_long_document_the_view_says_that_only_the_first_pages_are_shown(qtbot: QtBot) -> None:
    view = DocumentView("資料")
    qtbot.addWidget(view)
    view.set_pages([picture(), picture()], 218)
    said = [label.text() for label in view.findChildren(QLabel)]
    assert "はじめの2ページを表示しています（全218ページ）。印刷とPDFには、すべてのページが入ります。" in said
    view.set_pages([picture(), picture()], 2)
    assert not any(
        "はじめの" in label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)
    )


def test_pages_are_printed_one_per_sheet(qapp: QApplication, tmp_path: Path) -> None:
    target = QPrinter()
    target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target.setOutputFileName(str(tmp_path / "out.pdf"))
    paint_pages(target, [picture(), picture(), picture()])
    written = (tmp_path / "out.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", written)) == 3


def test_printing_without_a_printer_says_what_to_do(qapp: QApplication) -> None:
    with pytest.raises(DocumentFailed, match="プリンター"):
        QtPrinter().print_pages([picture()], "送付票", "no such printer")
    double = RecordingPrinter()
    double.print_pages([picture()], "送付票")
    assert double.printed == [("送付票", 1, "")]


def test_a_second_start_brings_the_first_window_forward(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert not first.tell_first()
    assert first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=5000):
        assert SingleInstance(tmp_path).tell_first()
    assert not SingleInstance(tmp_path / "other").tell_first()
    first.close()


def test_pieces_of_a_page_say_their_facts(qtbot: QtBot) -> None:
    steps = StepIndicator(["確認", "USBに保存", "取り外し"])
    tile = Tile("活動記録を書く", "今月 3件", "notebook-pen")
    line = ProgressLine()
    empty = EmptyState("inbox", "まだ返事はありません。")
    for widget in (steps, tile, line, empty):
        qtbot.addWidget(widget)
        widget.show()
    steps.set_current(1)
    assert steps.accessibleName() == "3段階の2 USBに保存"
    line.set_progress(8, 21, "21項目のうち8項目 入力済み")
    assert line.bar.text() == "8 / 21"
    tile.set_note("今月 4件")
    assert tile.button.accessibleDescription() == "今月 4件"
    with qtbot.waitSignal(tile.clicked):
        tile.button.click()


def test_enter_scrolls_the_next_field_into_sight(shown: Show) -> None:
    page = Page("長いページ")
    fields = [MultilineField(f"f{number}", f"欄{number}", length=10) for number in range(12)]
    for field in fields:
        page.add(field)
    page.resize(900, 400)
    shown(page)
    fields[0].focus_input()
    for _ in range(8):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    target = fields[8].input()
    assert focus() is target
    assert target.visibleRegion().boundingRect() == target.rect()
    type_text("x")


def test_calls_into_qt_do_not_lose_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost a reference to None per call, and ended the process with it."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for width in range(1000):
        widget.resize(width, 10)
    assert sys.getrefcount(None) > before - 500


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_a_message_have_the_colour_of_text_whatever_was_shown_before(
    shown: Show, qapp: QApplication, kind: str
) -> None:
    apply_theme(qapp, high_contrast=False)
    bar = MessageBar()
    bar.show_message("warning", "みほんの言葉")  # as at a start: before its window is there
    shown(bar)
    bar.show_message(kind, "みほんの言葉")
    [words] = [label for label in bar.findChildren(QLabel) if label.text() == "みほんの言葉"]
    assert words.palette().windowText().color() == QColor(colours().text)
