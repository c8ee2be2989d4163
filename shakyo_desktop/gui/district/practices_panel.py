"""The good practices of the item that is shown, written, deleted and brought back."""

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import GoodPractice, Record, RecordRef
from shakyo_desktop.gui.district.practices_card import PracticesCard
from shakyo_desktop.gui.district.record_screen import RecordScreen
from shakyo_desktop.gui.district.thumbnails import Thumbnails
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.district.year_data import ItemKey


class PracticesPanel(PracticesCard):
    """Fills the card from the open year; its forms store like those of the page."""

    def __init__(self, book: YearBook, page: RecordScreen) -> None:
        super().__init__()
        self._book = book
        self._page = page
        self._key: ItemKey | None = None
        self._thumbnails = Thumbnails(book.services.photos, book.worker, self)
        self._thumbnails.arrived.connect(self._refresh)
        self.new_requested.connect(self._new)
        self.delete_requested.connect(self._delete)

    def show_item(self, key: ItemKey) -> None:
        """Show the stories of an item and the photos of its activities."""
        self._key = key
        data = self._book.data
        if data is None:
            return
        practices = data.practices(key)
        for form in self.prepare(len(practices)):
            self._page.connect_form(form)
        tiles = self._thumbnails.tiles(data.photos_of_item(key)) if practices else []
        self.show_practices(practices, tiles)

    def _refresh(self) -> None:
        if self._key is not None:
            self.show_item(self._key)

    def _new(self) -> None:
        year, key = self._book.fiscal_year(), self._key
        if year is None or key is None:
            return
        self._page.commit()

        def show(record: Record | None) -> None:
            form = self.form_of(ref_of(record)) if isinstance(record, GoodPractice) else None
            if form is not None:
                form.focus_place("title")

        self._book.write(lambda: self._book.services.recording.new_practice(year, *key), show)

    def _delete(self, ref: RecordRef) -> None:
        self._page.commit()

        def gone() -> None:
            self._page.messages.show_message(
                "undo", "成果事例をごみ箱に入れました。", "元に戻す", lambda: self._book.restore(ref)
            )
            self._page.refresh()

        self._book.delete(ref, gone)
