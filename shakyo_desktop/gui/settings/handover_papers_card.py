"""引継ぎの3: let go of the stick, print the page with the 合い言葉 and the 引継書."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.handover import code_lines
from shakyo_desktop.gui.settings.section import SettingsDesk
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.handover import HandedOver

CODE, BOOK = "code", "book"
_PANEL = 320  # so that its buttons are seen without scrolling in a window of 688
_NAMES = {CODE: "引継ぎの合い言葉", BOOK: "引継書"}
_CODE = (
    "合い言葉は、いま一度だけ出ます。どこにも残りません。\n"
    "紙に印刷して、USBメモリとは別に、次の担当者に手渡してください。"
)
_BY_HAND = "印刷できないときは、次の数字を紙に書き写してください。"


class HandoverPapersCard(Card):
    """Without a file only the 引継書 is shown.

    Signals:
        eject_requested: the drive to let go of.
    """

    eject_requested = Signal(object)

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__()
        self._services = desk.services
        self._handed: HandedOver | None = None
        self._drive: Drive | None = None
        self._printed: set[str] = set()
        self._saved = Chip("✓ 保存して、読み直して確かめました", "saved")
        self._where = plain_label("")
        self.eject_button = SecondaryButton("USBメモリを取り外す", "E", "usb")
        self.eject_button.clicked.connect(lambda: self.eject_requested.emit(self._drive))
        self._safe = Chip("✓ 取り外せます", "saved")
        self.which = ChoiceField(
            "paper",
            "印刷する紙",
            [Choice(one, words) for one, words in _NAMES.items()],
            numbered=False,
            label_place="above",
        )
        self.which.changed.connect(lambda *_: self._show_paper())
        self._about = plain_label(_CODE)
        self._by_hand = plain_label(_BY_HAND, "small")
        self.digits = plain_label("", "strong")
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._done = {kind: Chip(f"✓ {words}を印刷しました", "saved") for kind, words in _NAMES.items()}
        tools = (desk.worker, desk.printer, desk.messages)
        self.code_panel = DocumentPanel(_NAMES[CODE], *tools, may_save=False)
        self.book_panel = DocumentPanel(_NAMES[BOOK], *tools)
        self._lay_out()

    def show_handed(self, handed: HandedOver, drive: Drive | None) -> None:
        """Say what lies where, and show both papers, the 合い言葉 first."""
        self._handed, self._drive, self._printed = handed, drive, set()
        place = f"{drive.name}（{drive.letter}）" if drive and drive.letter else drive.name if drive else ""
        self._where.setText(f"{place or handed.written.path.parent}\n{handed.written.path.name}")
        self.digits.setText("\n".join(code_lines(handed.code)))
        service = self._services.handover
        self.code_panel.show_document(lambda: service.code_page(handed))
        self._show(CODE, service.book)

    def show_book(self) -> None:
        """Show the 引継書 alone."""
        self.forget()
        self._show(BOOK, self._services.handover.book)

    def forget(self) -> None:
        """Forget the digits: nothing shows them any more."""
        self._handed, self._drive = None, None
        self._printed = set()
        self.digits.setText("")
        self.code_panel.clear()

    def waits_for_code(self) -> bool:
        """Return whether the digits are shown and nobody printed them."""
        return self._handed is not None and CODE not in self._printed

    def focus_first(self) -> None:
        """The button that prints what is shown."""
        shown = self.book_panel if self._handed is None else self.code_panel
        shown.view.print_button.setFocus()

    def show_ejected(self) -> None:
        """Only now it is true that the stick may be pulled."""
        self._drive = None
        self._show_paper()
        self._safe.show()

    def _show(self, first: str, make_book: Callable[[], bytes]) -> None:
        self.book_panel.show_document(make_book, "引継書.pdf")
        self._safe.hide()
        self.which.set_value(first)
        self._show_paper()

    def _show_paper(self) -> None:
        kind, with_file = str(self.which.value() or BOOK), self._handed is not None
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self._saved, with_file),
            (self._where, with_file),
            (self.eject_button, self._drive is not None),
            (self.which, with_file),
            (self._about, with_file and kind == CODE),
            (self._by_hand, with_file and kind == CODE),
            (self.digits, with_file and kind == CODE),
            (self.code_panel, kind == CODE),
            (self.book_panel, kind == BOOK),
            *((chip, one in self._printed) for one, chip in self._done.items()),
        )
        for widget, visible in shown:
            widget.setVisible(visible)

    def _note(self, kind: str, how: str) -> None:
        if how == "printed" or kind == BOOK:
            self._printed.add(kind)
            words = "印刷しました" if how == "printed" else "保存しました"
            self._done[kind].set_chip(f"✓ {_NAMES[kind]}を{words}", "saved")
            self._show_paper()

    def _lay_out(self) -> None:
        self.code_panel.handed_over.connect(lambda how: self._note(CODE, how))
        self.book_panel.handed_over.connect(lambda how: self._note(BOOK, how))
        left = QVBoxLayout()
        left.setSpacing(12)
        for widget in (self._saved, self._where, self.eject_button, self._safe, self.which, self._about):
            left.addWidget(widget)
        for widget in (self._by_hand, self.digits, *self._done.values()):
            left.addWidget(widget)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 2)
        for panel in (self.code_panel, self.book_panel):
            panel.setMinimumHeight(_PANEL)
            row.addWidget(panel, 3)
        self.add_layout(row)
