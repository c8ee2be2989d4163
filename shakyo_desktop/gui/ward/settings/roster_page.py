"""名簿: the districts of the ward, typed in or taken in from a table."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import size, theme_signals
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.roster_form import RosterForm
from shakyo_desktop.gui.ward.settings.roster_table import RosterTable
from shakyo_desktop.gui.ward.settings.saving import save_table
from shakyo_desktop.services.roster import RosterPreview

_COLUMNS = (Column("電話番号", 184), Column("報告", 108))
_EMPTY = "まだ地区部会がありません。「加える」か「表から取り込む」で始めてください。"
_NO_WARDS = "この市の区は、はじめから入っているものだけです。見つかりませんでした。"
_TABLES = "名簿の表 (*.xlsx *.csv)"
_FORM_WIDTH = 420
_NARROW = 900


class RosterPage(Page):
    """Nobody is ever deleted: a district that ended keeps its number and its reports."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(f"{desk.members.one}の名簿", scrolling=False)
        self._desk = desk
        self._known: dict[str, Organisation] = {}
        self._adding = False
        self.list = RowList((Column(desk.members.one), *_COLUMNS), f"{desk.members.one}の名簿")
        self.list.set_empty_text(_EMPTY if desk.members.by_hand else _NO_WARDS)
        self.list.row_selected.connect(self._choose)
        self.form = RosterForm(desk.members)
        self.form.changed.connect(self._change)
        self.form.add_requested.connect(self._add)
        self.form.left.connect(self._choose_first)
        self.table = RosterTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_editing())
        self._stack.addWidget(self.table)
        self.add(self._stack, 1)
        self._make_buttons()
        theme_signals().changed.connect(self._fit)
        self._fit()

    def enter(self) -> None:
        """Read the roster."""
        self.reload()

    def reload(self, choose: str = "") -> None:
        """Show what the store says now."""
        roster = self._desk.services.roster

        def show(found: tuple[Organisation, ...]) -> None:
            self._show(found, choose)

        self._desk.worker.run(lambda: roster.districts(include_inactive=True), show, self._failed, self)

    def _make_editing(self) -> QWidget:
        self._form_area = QScrollArea()
        self._form_area.setFrameShape(QFrame.Shape.NoFrame)
        self._form_area.setWidgetResizable(True)
        self._form_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form_area.setWidget(self.form)
        editing = QWidget()
        row = QHBoxLayout(editing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list, 1)
        row.addWidget(self._form_area)
        return editing

    def _make_buttons(self) -> None:
        self.template_button = SecondaryButton("表のひな形を保存する", "T", "download")
        self.template_button.clicked.connect(self._save_template)
        self.table_button = SecondaryButton("表から取り込む", "X", "table-2")
        self.table_button.clicked.connect(self._choose_table)
        self.new_button = PrimaryButton("地区部会を加える", "A", "plus")
        self.new_button.clicked.connect(self._new)
        self.leave_button = SecondaryButton("取り込まない")
        self.leave_button.clicked.connect(self._leave_table)
        self.take_button = PrimaryButton("この内容で取り込む", "T")
        self.take_button.clicked.connect(self._take_in)
        self.bar.add_left(self.template_button)
        self.bar.add_right(self.table_button)
        self.bar.add_right(self.new_button)
        self.bar.add_right(self.leave_button)
        self.bar.add_right(self.take_button)
        self._show_buttons()

    def _show_buttons(self) -> None:
        previewing = self._stack.currentWidget() is self.table
        for button in (self.template_button, self.table_button, self.new_button):
            button.setVisible(not previewing and self._desk.members.by_hand)
        for button in (self.leave_button, self.take_button):
            button.setVisible(previewing)

    def _show(self, found: tuple[Organisation, ...], choose: str) -> None:
        self._known = {org.code: org for org in found}
        self.set_title_note(
            f"{sum(1 for org in found if org.active)}{'地区' if self._desk.members.by_hand else '区'}"
        )
        self.list.set_rows([_row(org) for org in found])
        if choose:
            self.list.select_key(choose, silent=True)
        key = self.list.selected_key()
        if key in self._known:
            self.form.show_organisation(self._known[str(key)])
        elif found and not self._adding:
            self._choose_first()

    def _choose(self, key: object) -> None:
        self._adding = False
        if str(key) in self._known:
            self.form.show_organisation(self._known[str(key)])

    def _choose_first(self) -> None:
        rows = self.list.rows()
        if rows:
            self.list.select_key(rows[0].key, silent=True)
            self._choose(rows[0].key)

    def _new(self) -> None:
        self._adding = True
        self.form.show_new()
        self.list.setCurrentIndex(QModelIndex())
        self.form.form.focus_first()

    def _change(self, org: Organisation) -> None:
        def failed(error: ShakyoError) -> None:
            self._failed(error)
            self.reload()

        def done(changed: Organisation) -> None:
            self.messages.clear()
            self.reload()

        self._desk.worker.run(lambda: self._desk.services.roster.change(org), done, failed, self)

    def _add(self, name: str, telephone: str, contact: str, has_computer: bool) -> None:
        roster = self._desk.services.roster

        def done(org: Organisation) -> None:
            self.messages.show_message(
                "saved",
                f"{org.name} を名簿に加えました。\n"
                "「設定ファイル」で新しい設定ファイルを作って渡してください。",
            )
            self._adding = False
            self.list.setFocus()
            self.reload(org.code)

        self._desk.worker.run(
            lambda: roster.add(name, telephone, contact, has_computer), done, self._failed, self
        )

    def _choose_table(self) -> None:
        path = choosers.choose_file(self, self.table_button.words(), _TABLES)
        if path is not None:
            self.preview(path)

    def preview(self, path: Path) -> None:
        """Show what a table would change."""
        roster = self._desk.services.roster
        self._desk.worker.run(lambda: roster.preview(path), self._show_preview, self._failed, self)

    def _show_preview(self, preview: RosterPreview) -> None:
        self.messages.clear()
        self.table.show_preview(preview)
        self._stack.setCurrentWidget(self.table)
        self._show_buttons()
        self.table.list.setFocus()

    def _leave_table(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show_buttons()
        self.list.setFocus()

    def _take_in(self) -> None:
        preview = self.table.preview
        if preview is None:
            return

        def done(count: int) -> None:
            self._leave_table()
            self.messages.show_message(
                "saved",
                f"名簿の{count}件を取り込みました。\n「設定ファイル」で新しい設定ファイルを作って渡してください。",
            )
            self.reload()

        self._desk.worker.run(lambda: self._desk.services.roster.take_in(preview), done, self._failed, self)

    def _save_template(self) -> None:
        template = self._desk.services.roster.template
        save_table(
            self, self._desk, template, "名簿.xlsx", "書き直してから「表から取り込む」で選んでください。"
        )

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names room: the form says the telephone number as well."""
        super().resizeEvent(event)
        self.list.setColumnHidden(1, self.width() < size(_NARROW))

    def _fit(self) -> None:
        self._form_area.setFixedWidth(size(_FORM_WIDTH))


def _row(org: Organisation) -> Row:
    how = ("パソコン" if org.has_computer else "紙") if org.active else "終わり"
    return Row(org.code, (org.name, org.telephone, how))
