"""紙から入力: a sheet is chosen, then keyed box by box as it lies on the desk."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import BadInput, ShakyoError
from shakyo_desktop.domain.forms.keyed import SheetKey
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.paper import KeyingPlace
from shakyo_desktop.domain.forms.sheet_code import read_sheet_code
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.paper.box_keeping import BoxKeeping
from shakyo_desktop.gui.paper.echo import echo_of
from shakyo_desktop.gui.paper.mismatch_card import MismatchCard
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.paper.scan_card import ScanCard
from shakyo_desktop.gui.paper.sheet_chooser import SheetChooser
from shakyo_desktop.gui.paper.sheet_pictures import SheetPictures
from shakyo_desktop.gui.paper.sheet_view import SheetView
from shakyo_desktop.gui.paper.targets import BoxOf, KeyedYearOf
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import set_role, size
from shakyo_desktop.services.keying import NO_ITEM, KeyingService
from shakyo_desktop.services.keying_sheet import Keyed, KeyingSheet
from shakyo_desktop.services.scans import ScanService, ScanVerdict
from shakyo_desktop.services.second_keying import KeyingCounts, SecondKeyingService, SecondLook

_HINT = "Enter=次の欄　Shift+Enter=前の欄　＊=上と同じ　日だけ=上と同じ月"
_ROOM_FOR_BOTH = 1100
_Start = tuple[tuple[Organisation, ...], KeyingPlace | None, KeyingCounts]


class KeyingScreen(Page):
    """Chooses a sheet on its first page and keys it on the second; stopping is possible at any box."""

    help_key = "keying"

    def __init__(self, desk: PaperDesk) -> None:
        super().__init__("紙から入力", scrolling=False)
        self._desk = desk
        self._sheet: KeyingSheet | None = None
        self._second: tuple[str, ...] | None = None
        self.chooser = SheetChooser(office=desk.office)
        self.chooser.opened.connect(self._open_chosen)
        self.chooser.code_typed.connect(self._open_code)
        self.chooser.resumed.connect(self._resume)
        self.chooser.district_chosen.connect(self._read_start)
        self.chooser.report_wanted.connect(
            lambda: self.screen_requested.emit("proxy", KeyedYearOf(self.chooser.org() or ""))
        )
        self.sheet_view = SheetView()
        self.sheet_view.keyed.connect(self._key)
        self.sheet_view.reached.connect(self._reached)
        self.sheet_view.voided.connect(self._void)
        self.sheet_view.scanned.connect(self._open_code)
        self.sheet_view.finished.connect(self._page_finished)
        self.scan_card = ScanCard(desk)
        self.scan_card.service_of(self._scans)
        self.scan_card.sheet_wanted.connect(self._open_key)
        self.scan_card.by_hand.connect(self._attach)
        self.scan_card.failed.connect(lambda error: present(error, self.messages))
        self.pictures = SheetPictures(desk, self._scans, self)
        self.pictures.shown.connect(self._frame_row)
        self.pictures.removed.connect(self._picture_removed)
        self.pictures.failed.connect(lambda error: present(error, self.messages))
        self.echo = plain_label("", "small")
        self.boxes = BoxKeeping(desk, self._service, self._twice, self)
        self.boxes.keyed.connect(self._keyed)
        self.boxes.looked.connect(self._looked)
        self.boxes.settled.connect(self._settled)
        self.boxes.voided.connect(desk.records_changed)
        self.mismatch = MismatchCard()
        self.mismatch.settled.connect(self._settle)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_first())
        self._stack.addWidget(self._make_second())
        self.add(self._stack, 1)
        self._make_bar()
        self._show_keying(False)

    def enter(self) -> None:
        """Read where keying stopped; a sheet that is open stays open."""
        if self._sheet is None:
            self._read_start()

    def leave(self) -> None:
        """What was keyed is stored; the sheet is closed, so that it is read anew next time."""
        self._close()

    def commit(self) -> None:
        """Hand over what stands in the box that has the keyboard."""
        self.sheet_view.commit()
        super().commit()

    def focus_first(self) -> None:
        """The box to go on at, or the first choice."""
        if self._sheet is not None:
            self.sheet_view.focus_box()
        elif self.chooser.resume_button.isVisibleTo(self):
            self.chooser.resume_button.setFocus()
        else:
            self.chooser.form.focus_input()

    def show_target(self, target: object) -> None:
        """Open the box that 報告にする pointed at."""
        if isinstance(target, BoxOf):
            self.chooser.choose_district(target.sheet.org)
            keying = KeyingService(self._desk.services.context, target.sheet.org)
            self._run(
                lambda: keying.open_sheet(target.sheet), lambda sheet: self._show_sheet(sheet, target.box)
            )

    # Choosing a sheet.

    def _org(self) -> str | None:
        """Whose paper is keyed: of the sheet that is open, else of the district that is chosen."""
        if not self._desk.office:
            return None
        return self._sheet.key.org if self._sheet is not None else self.chooser.org()

    def _service(self) -> KeyingService:
        return KeyingService(self._desk.services.context, self._org())

    def _twice(self) -> SecondKeyingService:
        return SecondKeyingService(self._desk.services.context, self._service(), self._org())

    def _read_start(self) -> None:
        services, year, office = self._desk.services, self._desk.fiscal_year(), self._desk.office
        keying, twice = self._service(), self._twice()

        def read() -> _Start:
            districts = services.roster.districts() if office else ()
            if office and not districts:
                return (), None, KeyingCounts(0, 0, {})
            return districts, keying.place(year), twice.counts(year)

        def show(start: _Start) -> None:
            districts, place, counts = start
            if office and self.chooser.district.count() != len(districts):
                self.chooser.set_districts(districts)
                if districts:
                    self._read_start()
                    return
            self.chooser.show_place(place)
            self.chooser.show_counts(counts)
            if office:
                self._run(lambda: keying.closed(year), self._tell_closed)

        self._run(read, show)

    def _tell_closed(self, words: str) -> None:
        """Say before anything is keyed that this district's report must not be changed here."""
        if words:
            self.messages.show_message("warning", words)

    def _open_chosen(self) -> None:
        form, large = self.chooser.chosen_form()
        page, year, keying = self.chooser.chosen_page(), self._desk.fiscal_year(), self._service()
        second = self.chooser.is_second()

        def read() -> KeyingSheet:
            wanted = page or (
                keying.next_free(year, large=large) if form is FormCode.F1 and not second else 1
            )
            return keying.sheet(form, year, wanted, large=large)

        self._open(read)

    def _open_code(self, text: str) -> None:
        """A sheet names its district itself; an office need not choose it first."""
        keying = self._service()
        if self._desk.office:
            try:
                keying = KeyingService(self._desk.services.context, read_sheet_code(text).org)
            except BadInput as error:
                present(error, self.messages)
                return
        self._open(lambda: keying.sheet_of_code(text))

    def _resume(self) -> None:
        keying, year = self._service(), self._desk.fiscal_year()

        def read() -> tuple[KeyingSheet, KeyingPlace] | None:
            place = keying.place(year)
            return (keying.sheet_at(place), place) if place else None

        def show(found: tuple[KeyingSheet, KeyingPlace] | None) -> None:
            if found is not None:
                sheet, place = found
                self.chooser.passes.choose(1 if place.second_pass else 0)
                self._show_sheet(sheet, place.box)

        self._run(read, show)

    def _open(self, read: Callable[[], KeyingSheet]) -> None:
        self.commit()
        self._run(read, self._show_sheet)

    def _show_sheet(self, sheet: KeyingSheet, at: str = "") -> None:
        self.messages.clear()
        if not self.chooser.is_second():
            self._second = None
            self._begin(sheet, at)
            return
        twice, every = self._twice(), self.chooser.every()

        def show(rows: tuple[str, ...]) -> None:
            self._second = rows
            self._begin(sheet, at)

        self._run(lambda: twice.second_rows(sheet, every), show)

    def _begin(self, sheet: KeyingSheet, at: str) -> None:
        self._sheet = sheet
        if self._desk.office:
            self.chooser.choose_district(sheet.key.org)
        self.sheet_view.show_sheet(sheet, self._second)
        count = f"/{sheet.page_count}ページ" if sheet.page_count else "枚目"
        second = "（2回目：数字だけ）" if self._second is not None else ""
        self.set_title(f"{sheet.key.form.label}　用紙{sheet.key.page}{count}{second}")
        self.set_title_note(sheet.page.heading)
        self._show_keying(True)
        self.pictures.show(sheet.key)
        self._arrange()
        if self._second is not None and not self.sheet_view.numbers():
            self.messages.show_message("info", "この用紙には、もう一度入力する数字がありません。")
        self.sheet_view.focus_box(at)

    # Pictures of sheets.

    def _scans(self) -> ScanService:
        return ScanService(self._desk.services.context, self._org())

    def _open_key(self, key: SheetKey) -> None:
        keying = KeyingService(self._desk.services.context, key.org) if self._desk.office else self._service()
        self._open(lambda: keying.open_sheet(key))

    def _attach(self, verdict: ScanVerdict) -> None:
        """A picture without a code goes to the sheet that is chosen above."""
        form, large = self.chooser.chosen_form()
        page, year = self.chooser.chosen_page() or 1, self._desk.fiscal_year()
        keying, scans = self._service(), self._scans()
        self._run(
            lambda: scans.attach(verdict, keying.sheet(form, year, page, large=large).key),
            lambda found: self.scan_card.show_verdicts((found,)),
        )

    def _frame_row(self) -> None:
        if self._sheet is not None:
            self.pictures.frame(self._sheet, self.sheet_view.current())

    def _picture_removed(self) -> None:
        self.messages.show_message("info", "写真を外しました。入力した内容はそのままです。")

    # Keying.

    def _key(self, number: str, text: str) -> None:
        if self._sheet is not None:
            following = self.sheet_view.following(number)
            self.boxes.key(self._sheet, number, text, following, second=self._second is not None)

    def _keyed(self, sheet: KeyingSheet, number: str, keyed: Keyed) -> None:
        self._desk.records_changed()
        if self._sheet is not None and self._sheet.key == sheet.key:
            self.sheet_view.set_remark(number, keyed.remark)
            if keyed.box.record_id:
                self.sheet_view.clear_remark(sheet.row_of(number), NO_ITEM)
            if keyed.remark:
                self.echo.setText(f"⚠ {number}：{keyed.remark}")

    def _looked(self, sheet: KeyingSheet, number: str, look: SecondLook) -> None:
        self.sheet_view.set_remark(number, "" if look.agrees else "1回目と違います。紙を見てください。")
        if not look.agrees:
            self.mismatch.ask(number, sheet.box(number).label, look)

    def _settle(self, number: str, text: str) -> None:
        if self._sheet is not None:
            self.boxes.settle(self._sheet, number, text)

    def _settled(self, number: str, keyed: Keyed) -> None:
        self._desk.records_changed()
        self.sheet_view.set_text(number, keyed.box.text)
        self.sheet_view.set_remark(number, keyed.remark)
        self.sheet_view.focus_box(self.sheet_view.following(number))

    def _void(self, row: str, on: bool) -> None:
        if self._sheet is not None:
            self.boxes.void(self._sheet, row, on=on)

    def _reached(self, number: str) -> None:
        if self._sheet is not None:
            view = self.sheet_view
            self.echo.setText(echo_of(self._sheet, number, view.texts(), view.offered(number)))
            self._frame_row()

    def _page_finished(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if sheet.page_count is not None and sheet.key.page >= sheet.page_count:
            self.messages.show_message("saved", "この用紙はここまでです。入力した内容は保存してあります。")
            self.stop_button.setFocus()
            return
        self.next_button.setFocus()
        self.messages.show_message(
            "saved", "この用紙は終わりです。保存してあります。\nEnterを押すと次の用紙へ進みます。"
        )

    def _turn(self, step: int) -> None:
        sheet, keying = self._sheet, self._service()
        if sheet is None:
            return
        page = sheet.key.page + step
        if page < 1:
            self.messages.show_message("info", "これが最初の用紙です。")
            return
        self._open(lambda: keying.turned(sheet, page))

    def _close(self) -> None:
        self.commit()
        self._sheet = None
        self._show_keying(False)
        self.set_title("紙から入力")
        self.set_title_note("")

    def _stop(self) -> None:
        self._close()
        self._read_start()
        self.focus_first()

    # The look.

    def _make_first(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(self.focusPolicy())
        body = QWidget()
        set_role(body, "page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.chooser)
        column.addWidget(self.scan_card)
        column.addStretch(1)
        scroll.setWidget(body)
        return scroll

    def _make_second(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.mismatch)
        self._splitter = QSplitter()
        self._splitter.addWidget(self.sheet_view)
        self._splitter.addWidget(self.pictures.view)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.echo)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture stands beside the boxes where there is room for both."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Wide tables keep the whole width: their picture stands below them."""
        table = self._sheet is not None and self._sheet.key.form in (FormCode.F1, FormCode.F2)
        beside = self.width() >= size(_ROOM_FOR_BOTH) and not table
        self._splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def _make_bar(self) -> None:
        self.stop_button = SecondaryButton("入力をやめる（保存済み）", "Q")
        self.stop_button.clicked.connect(self._stop)
        self.before_button = SecondaryButton("前の用紙", "P", "chevron-left")
        self.before_button.clicked.connect(lambda: self._turn(-1))
        self.next_button = PrimaryButton("次の用紙へ", "N", "chevron-right")
        self.next_button.clicked.connect(lambda: self._turn(1))
        self.bar.add_left(self.stop_button)
        self.bar.add_right(self.before_button)
        self.bar.add_right(self.next_button)
        self.bar.set_hint(_HINT)

    def _show_keying(self, keying: bool) -> None:
        """The list of screens steps aside while a sheet is keyed: heads down, nothing to be hit by chance."""
        self._stack.setCurrentIndex(1 if keying else 0)
        self.bar.setVisible(keying)
        self.mismatch.hide()
        self.room_requested.emit(keying)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def failed(error: ShakyoError) -> None:
            present(error, self.messages)

        self._desk.worker.run(work, done, failed, self)
