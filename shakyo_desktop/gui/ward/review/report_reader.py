"""The list of items beside the page of the chosen one; one request is written at a time."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.theme import set_role, size
from shakyo_desktop.gui.ward.review import item_rows
from shakyo_desktop.gui.ward.review.item_view import ItemView
from shakyo_desktop.gui.ward.review.report_pages import ItemKey, ItemPage, item_pages
from shakyo_desktop.gui.ward.review.request_draft import Place, RequestDraft
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.gui.ward.review.whole_view import WholeView
from shakyo_desktop.gui.ward.tab_order import put_after
from shakyo_desktop.services.review import ReportView

_LIST_WIDTH, _NARROW_LIST, _NARROW = 372, 344, 1040


class ReportReader(QWidget):
    """Signals: ``written`` and ``removed`` a draft; ``photos_wanted`` photos; ``revision_wanted`` an id;
    ``undo_wanted`` and ``joining_wanted`` nothing.
    """

    written = Signal(object)
    removed = Signal(object)
    photos_wanted = Signal(object)
    revision_wanted = Signal(str)
    undo_wanted = Signal()
    uncheck_wanted = Signal()
    looked_at = Signal(object)
    joining_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: ReportView | None = None
        self._revisions: Sequence[Submission] = ()
        self._pages: dict[ItemKey, ItemPage] = {}
        self._open = False
        self.editor: RequestEditor | None = None
        self.list = RowList(item_rows.COLUMNS, "取組項目", row_height=item_rows.ROW_HEIGHT)
        self.list.setWordWrap(True)
        self.list.row_selected.connect(lambda _key: self._changed())
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("報告の内容")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.area, 1)

    def show_report(self, view: ReportView, revisions: Sequence[Submission], *, open_: bool) -> None:
        """Show a revision; the item that was read stays chosen."""
        self.close_editor()
        self._view, self._revisions, self._open = view, revisions, open_
        self._make_rows()
        if self.list.selected_key() is None:
            self.list.select_key(item_rows.WHOLE, silent=True)
        self._show_page()

    def view(self) -> ReportView | None:
        """What is shown, with the requests written so far."""
        return self._view

    def shown(self) -> ItemView | WholeView | None:
        """The page on the right."""
        page = self.area.widget()
        return page if isinstance(page, ItemView | WholeView) else None

    def step(self, by: int) -> None:
        """Go to the next item or the one before; the ends are ends."""
        keys = [row.key for row in self.list.rows() if not row.section]
        at = keys.index(self.list.selected_key()) + by if self.list.selected_key() in keys else 0
        if 0 <= at < len(keys):
            self.list.select_key(keys[at])

    def commit(self) -> None:
        """Hand over what is typed."""
        if self.editor is not None:
            self.editor.commit()

    def close_editor(self) -> None:
        """Hand over what is typed and take the editor away."""
        editor = self.editor
        if editor is not None:
            editor.commit()
            self.editor = None
            editor.hide()
            editor.deleteLater()

    def put_request(self, request: CorrectionRequest) -> None:
        """A request was kept: count it."""
        if self._view is None or request.package_id != self._view.submission.package_id:
            return
        others = [one for one in self._comments() if one.id != request.id]
        self._set_comments([*others, request])
        if self.editor is None:
            self._show_page()
        elif self.editor.draft.comment_id == request.id:
            self.editor.show_kept()

    def drop_request(self, request_id: str) -> None:
        """A request is gone."""
        self._set_comments([one for one in self._comments() if one.id != request_id])
        if self.editor is None:
            self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page more room in narrow windows."""
        super().resizeEvent(event)
        narrow = self.width() < size(_NARROW)
        self.list.setFixedWidth(size(_NARROW_LIST if narrow else _LIST_WIDTH))

    def _comments(self) -> Sequence[CorrectionRequest]:
        return self._view.comments if self._view else ()

    def _set_comments(self, comments: Sequence[CorrectionRequest]) -> None:
        if self._view is not None:
            self._view = replace(self._view, comments=tuple(comments))
            self._make_rows()

    def _make_rows(self) -> None:
        if self._view is not None:
            pages = item_pages(self._view)
            self._pages = {page.key: page for page in pages}
            self.list.set_rows(item_rows.list_rows(self._view, pages))

    def _changed(self) -> None:
        self.close_editor()
        self._show_page()
        self.area.verticalScrollBar().setValue(0)
        shown = self.shown()
        if self._open and isinstance(shown, ItemView) and shown.page.status is not None:
            self.looked_at.emit(ref_of(shown.page.status))

    def _show_page(self) -> None:
        if self._view is None:
            return
        page = next((one for key, one in self._pages.items() if key == self.list.selected_key()), None)
        made = self._make_item(self._view, page) if page else self._make_whole(self._view)
        made.ask.connect(self._ask)
        made.change.connect(self._edit)
        set_role(made, "page")
        place, before = self.area.verticalScrollBar().value(), self.shown()
        if isinstance(made, ItemView) and isinstance(before, ItemView) and made.page.key == before.page.key:
            made.choose_activity(before.activity_id())
        self.area.setWidget(made)
        put_after(self.area, made)
        self.area.verticalScrollBar().setValue(place)

    def _make_item(self, view: ReportView, page: ItemPage) -> ItemView:
        made = ItemView(view, page, open_=self._open)
        made.photos_wanted.connect(self.photos_wanted)
        return made

    def _make_whole(self, view: ReportView) -> WholeView:
        made = WholeView(view, self._revisions, open_=self._open)
        made.item_wanted.connect(self.list.select_key)
        made.revision_wanted.connect(self.revision_wanted)
        made.undo_wanted.connect(self.undo_wanted)
        made.uncheck_wanted.connect(self.uncheck_wanted)
        made.joining_wanted.connect(self.joining_wanted)
        return made

    def show_photos(self, photos: Sequence[tuple[Photo, bytes]]) -> None:
        """Show the photos that were asked for."""
        shown = self.shown()
        if isinstance(shown, ItemView):
            shown.show_photos(photos)

    def _ask(self, place: Place, where: str, words: str) -> None:
        self._start(place, where, None)
        if words and self.editor is not None:
            self.editor.put(words)

    def _edit(self, request: CorrectionRequest) -> None:
        self._start((request.table, request.record_id, request.field), "直す", request)

    def _start(self, place: Place, where: str, request: CorrectionRequest | None) -> None:
        if self.editor is not None:
            self.close_editor()
            self._show_page()
        view, shown = self._view, self.shown()
        if view is None or shown is None:
            return
        draft = RequestDraft(view.submission.package_id, place)
        if request is not None:
            draft.words, draft.due, draft.comment_id = request.text, request.due, request.id
        self.editor = editor = RequestEditor(draft, where, view.submission.fiscal_year)
        editor.written.connect(self.written)
        editor.removed.connect(self._remove)
        editor.closed.connect(self._finish)
        editor.placed.connect(lambda: self.area.ensureWidgetVisible(editor, 12, 12))
        shown.open_editor(editor)
        put_after(self.area, shown)
        editor.focus_input()

    def _remove(self) -> None:
        """The page is made anew without it: by `drop_request` when the store had the request."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        kept = bool(editor.draft.comment_id)
        self.removed.emit(editor.draft)
        if not kept:
            self._show_page()

    def _finish(self) -> None:
        self.close_editor()
        self._show_page()
        self.list.setFocus()
