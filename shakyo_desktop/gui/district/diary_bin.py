"""The ごみ箱 of the year, shown in place of the diary's form."""

from PySide6.QtCore import QObject, Qt, Signal

from shakyo_desktop.domain.records import Record, RecordRef
from shakyo_desktop.gui.district.bin_panel import BinPanel
from shakyo_desktop.gui.district.record_screen import RecordScreen
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.shared.buttons import Button

_NAME, _BACK = "ごみ箱", "入力に戻る"


class DiaryBin(QObject):
    """Opens and closes the list of what was deleted and brings records back.

    Signals:
        brought_back: the record as it is again.
    """

    brought_back = Signal(object)

    def __init__(self, book: YearBook, page: RecordScreen, button: Button) -> None:
        super().__init__(page)
        self._book, self._page, self._button = book, page, button
        self.panel = BinPanel()
        self.panel.restore_requested.connect(self.restore)
        page.right.addWidget(self.panel)
        button.clicked.connect(self.toggle)
        book.list_changed.connect(self.count)

    def is_open(self) -> bool:
        """Return whether the list is shown."""
        return self._page.right.currentWidget() is self.panel

    def toggle(self) -> None:
        """Show what was deleted, or the form again."""
        if self.is_open():
            self._page.show_form()
            return
        self._page.commit()
        if self._book.data is not None:
            self._page.show_form()
            self._show()
            self._page.right.setCurrentWidget(self.panel)
            self.count()
            self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self, ref: RecordRef) -> None:
        """Take a record out of the ごみ箱."""

        def back(record: Record | None) -> None:
            if record is not None:
                self.brought_back.emit(record)
            self._page.messages.show_message("info", "ごみ箱から元に戻しました。")
            if self.is_open():
                self._show()

        self._book.restore(ref, back)

    def count(self) -> None:
        """Show on the button how much lies in the ごみ箱, or the way back."""
        count = len(self._book.data.deleted()) if self._book.data else 0
        self._button.set_words(_BACK if self.is_open() else f"{_NAME}（{count}）" if count else _NAME)

    def _show(self) -> None:
        data = self._book.data
        if data is not None:
            self.panel.show_records(data, data.deleted())
