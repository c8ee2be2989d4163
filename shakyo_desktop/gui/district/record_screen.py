"""What the recording screens have in common: saving, drafts, an accepted year, undo and history."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.compare import record_title
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Change, FieldValue, Photo, RecordRef
from shakyo_desktop.gui.district.drafts_panel import DraftsPanel
from shakyo_desktop.gui.district.form_scroll import FollowingScrollArea
from shakyo_desktop.gui.district.history_panel import HistoryPanel
from shakyo_desktop.gui.district.locked_bar import LockedBar
from shakyo_desktop.gui.district.record_actions import RecordActions
from shakyo_desktop.gui.district.record_form import RecordForm
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import set_role
from shakyo_desktop.services.found_drafts import FoundDraft


class RecordScreen(Page):
    """A list on the left, a form that scrolls on the right; a subclass fills both.

    Subclasses answer `shown_refs` (what undo and history are about) and `refresh` (show newer values),
    and call `connect_form` for each of their forms.
    """

    tables: frozenset[str] = frozenset()
    """The tables whose drafts are shown here."""

    def __init__(self, title: str, book: YearBook, parent: QWidget | None = None) -> None:
        super().__init__(title, scrolling=False, parent=parent)
        self.book = book
        self._target: object = None
        self.record_actions = RecordActions(book, self)
        self._seen = False
        self._year = 0
        self.left = QVBoxLayout()
        self.left.setSpacing(12)
        body = QWidget()
        set_role(body, "page")
        self.form_column = QVBoxLayout(body)
        self.form_column.setContentsMargins(8, 8, 8, 8)
        self.form_column.setSpacing(12)
        self.drafts_panel = DraftsPanel()
        self.locked_bar = LockedBar()
        self.form_column.addWidget(self.drafts_panel)
        self.form_column.addWidget(self.locked_bar)
        self.scroll_area = FollowingScrollArea(body)
        self.history_panel = HistoryPanel()
        self.right = QStackedWidget()
        self.right.addWidget(self.scroll_area)
        self.right.addWidget(self.history_panel)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(self.left)
        row.addWidget(self.right, 1)
        self.add_layout(row, 1)
        self.undo_button = SecondaryButton("元に戻す", "U")
        self.undo_button.clicked.connect(self.undo)
        self.history_button = SecondaryButton("変更の記録", "H")
        self.history_button.clicked.connect(self.toggle_history)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_soon)
        self._connect()

    # What a subclass answers.

    def shown_refs(self) -> list[RecordRef]:
        """Return the records that the form shows."""
        return []

    def refresh(self) -> None:
        """Show newer values of what is shown."""

    def show_year(self, data: YearData) -> None:
        """Show a year that was read."""

    def aim(self, target: object) -> None:
        """Open what another screen pointed at; the year is there."""

    def shown_plan(self) -> Plan | None:
        """Return the plan of what is shown."""
        return None

    # What screens and windows call.

    def enter(self) -> None:
        """Show the year, read anew when another screen may have changed it."""
        if not self._seen:
            self._opened()
        self.book.ensure_fresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the page anew between the list and the form."""
        super().resizeEvent(event)
        self.fit_page(self.width())

    def fit_page(self, width: int) -> None:
        """Follow the width of the page."""

    def show_target(self, target: object) -> None:
        """Open a place now, or as soon as the year is read."""
        if not self._seen or self.book.is_reading():
            self._target = target
        else:
            self.aim(target)

    def connect_form(self, form: RecordForm) -> None:
        """Store what is written in a form."""
        form.changed.connect(self.field_changed)
        form.typing.connect(self.book.save_draft)
        form.last_year_requested.connect(self.record_actions.copy_last_year)
        form.carried_over_confirmed.connect(self.record_actions.confirm)
        form.request_answered.connect(self.answer)

    def field_changed(self, ref: RecordRef, name: str, value: FieldValue, unread: str) -> None:
        """Store one field as somebody left it."""
        self.book.change(ref, name, value, unread)

    def undo(self) -> None:
        """Take back the newest change of what is shown; also after a restart."""
        self.commit()
        self.record_actions.undo(self.shown_refs(), self.shown_plan())

    def answer(self, ref: RecordRef, field: str) -> None:
        """Tick off what the office asked about a field."""
        self.commit()
        self.record_actions.answer(ref, field)

    def toggle_history(self) -> None:
        """Show who changed what, or the form again."""
        if self.right.currentWidget() is self.history_panel:
            self.show_form()
            return
        self.commit()
        refs, recording = self.shown_refs(), self.book.services.recording
        if not refs:
            return
        self.book.worker.run(
            lambda: [change for ref in refs for change in recording.history(ref)],
            self._show_changes,
            self.record_actions.show_error,
            owner=self,
        )

    def show_form(self) -> None:
        """Show the form in place of the history."""
        self.right.setCurrentWidget(self.scroll_area)
        self.history_button.set_words("変更の記録")

    # Inside.

    def _connect(self) -> None:
        book = self.book
        book.opened.connect(self._opened)
        book.record_changed.connect(self._record_changed)
        book.item_changed.connect(self._item_changed)
        book.drafts_changed.connect(self._show_drafts)
        book.typed_while_locked.connect(self.locked_bar.say_typed)
        self.drafts_panel.use_requested.connect(lambda draft: book.settle_draft(draft, use=True))
        self.drafts_panel.drop_requested.connect(lambda draft: book.settle_draft(draft, use=False))
        self.locked_bar.reopen_requested.connect(
            lambda reason: book.reopen(reason, lambda error: present(error, self.messages))
        )

    def _opened(self) -> None:
        data = self.book.data
        if data is None:
            return
        first, self._seen = not self._seen, True
        if data.fiscal_year != self._year:
            self._year = data.fiscal_year
            self.messages.clear()  # it was about another year
        first = first or (
            not data.locked and self.locked_bar.isAncestorOf(QApplication.focusWidget() or self)
        )
        self.locked_bar.set_locked(data.locked)
        self.show_year(data)
        self._show_drafts()
        if self._target is not None:
            target, self._target = self._target, None
            self.aim(target)
        elif first and self.isVisible():
            self.focus_first()

    def _record_changed(self, ref: RecordRef) -> None:
        if ref in self.shown_refs():
            self.refresh()

    def _item_changed(self, key: ItemKey) -> None:
        """Marks and problems follow a moment later, once for several changes."""
        self._soon.start()

    def _refresh_soon(self) -> None:
        self.refresh()

    def _show_drafts(self) -> None:
        drafts = [draft for draft in self.book.drafts if draft.ref.table in self.tables]
        inside = self.drafts_panel.isAncestorOf(QApplication.focusWidget() or self)
        self.drafts_panel.show_drafts([(draft, self._draft_title(draft)) for draft in drafts])
        if inside and self.drafts_panel.cards:
            self.drafts_panel.cards[0].use_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif inside:
            self.focus_first()

    def _draft_title(self, draft: FoundDraft) -> str:
        data = self.book.data
        record = data.record(draft.ref) if data else None
        if record is None or data is None:
            return f"取組項目{draft.item_number}" if draft.item_number else ""
        return record_title(record, None if isinstance(record, Photo) else data.plan(record.plan_id))

    def _show_changes(self, changes: Sequence[Change]) -> None:
        data = self.book.data
        if data is not None:
            self.history_panel.show_changes(changes, data.record, self.shown_plan())
            self.right.setCurrentWidget(self.history_panel)
            self.history_button.set_words("入力に戻る")
            self.history_panel.list.setFocus(Qt.FocusReason.OtherFocusReason)
