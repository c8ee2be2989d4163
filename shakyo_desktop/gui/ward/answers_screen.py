"""返事を渡す: answers onto a stick, receipts on paper."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.answer_list import AnswerList
from shakyo_desktop.gui.ward.answer_writer import AnswerWriter
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.targets import ReceiptOf
from shakyo_desktop.services.answers import AnswerRow

_TITLE = "返事を渡す"


class AnswersScreen(Page):
    """One file per district; the same file however often it is written."""

    help_key = "ward-answers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE, scrolling=False)
        self._desk = desk
        self._rows: tuple[AnswerRow, ...] = ()
        self.list = AnswerList()
        self.list.row_activated.connect(lambda _key: self._print_chosen())
        self.writer = AnswerWriter(desk, self.messages)
        self.writer.changed.connect(self.reload)
        self.receipt = DocumentPanel("受領証", desk.worker, desk.printer, self.messages)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_table())
        self._stack.addWidget(self.receipt)
        self.add(self._stack, 1)
        self._make_buttons()

    def enter(self) -> None:
        """Read what is ready and look for sticks."""
        self._show_table()
        self.writer.find_drives()

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def show_target(self, target: object) -> None:
        """Show the receipt another screen asked for."""
        if isinstance(target, ReceiptOf):
            self._show_receipt(target.package_id)

    def reload(self) -> None:
        """Show what the store says now."""
        answers, year = self._desk.services.answers, self._desk.fiscal_year()
        self._desk.worker.run(lambda: answers.ready(year), self._show, self._failed, self)

    def _make_table(self) -> QWidget:
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list, 1)
        column.addWidget(self.writer)
        return table

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._show_table)
        self.receipt_button = SecondaryButton("受領証を印刷", "J", "printer")
        self.receipt_button.clicked.connect(self._print_chosen)
        self.one_button = SecondaryButton("選んだ返事だけ保存", "E")
        self.one_button.clicked.connect(self._write_chosen)
        self.all_button = PrimaryButton("まだの返事をぜんぶ保存", "W", "usb")
        self.all_button.clicked.connect(self._write_all)
        self.header_row.addWidget(self.back_button)
        self.bar.add_left(self.receipt_button)
        self.bar.add_right(self.one_button)
        self.bar.add_right(self.all_button)

    def _show_table(self) -> None:
        self.set_title(_TITLE)
        self.back_button.hide()
        self.bar.show()
        self._stack.setCurrentIndex(0)
        self.list.setFocus()
        self.reload()

    def _show(self, rows: tuple[AnswerRow, ...]) -> None:
        self._rows = rows
        waiting = sum(1 for row in rows if row.waits)
        self._desk.count("answers", waiting)
        if self._stack.currentIndex() == 0:
            self.set_title_note(f"まだ渡していない返事 {waiting}件")
        self.list.show_answers(rows)

    def _chosen(self) -> AnswerRow | None:
        found = next((row for row in self._rows if row.answer_id == self.list.selected_key()), None)
        if found is None:
            self.messages.show_message("info", "一覧から返事を選んでください。")
        return found

    def _print_chosen(self) -> None:
        row = self._chosen()
        if row is not None:
            self._show_receipt(row.package_id)

    def _show_receipt(self, package_id: str) -> None:
        """Show a receipt; its district's name comes with the list, which may not be read yet."""
        self.messages.clear()
        self.set_title_note("")
        self.back_button.show()
        self.bar.hide()
        self._stack.setCurrentWidget(self.receipt)
        self.receipt.view.print_button.setFocus()
        answers = self._desk.services.answers

        def show(rows: tuple[AnswerRow, ...]) -> None:
            row = next((one for one in rows if one.package_id == package_id), None)
            self.set_title(f"受領証　{row.name}" if row else "受領証")
            name = f"受領証-{row.org}-{row.receipt_no}.pdf" if row else "受領証.pdf"
            self.receipt.show_document(lambda: answers.receipt(package_id), name)

        self._desk.worker.run(answers.ready, show, self._failed, self)

    def _write_chosen(self) -> None:
        row = self._chosen()
        if row is not None:
            self.writer.write([row.answer_id])

    def _write_all(self) -> None:
        waiting = [row for row in self._rows if row.waits]
        if waiting:
            self.writer.write([row.answer_id for row in waiting])
        else:
            self.messages.show_message(
                "info", "まだ渡していない返事はありません。もう一度保存するときは、一覧から選んでください。"
            )

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
