"""What follows when a computer was lost: what came from it since, and the papers to hand out."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields import DateField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import revision_words
from shakyo_desktop.services.lost_computers import SinceLoss

_COLUMNS = (Column("受け取った日時", 230), Column("報告", 222), Column("今の状態", 150), Column("ファイル"))
_ABOUT = (
    "なくした日からあとに、このパソコンから届いたものです。本人に電話で確かめてください。"
    "本人のものでないときは「ファイル受取」の記録から取り消せます。"
)
_NOTHING = "なくした日からあとに、このパソコンから届いたものはありません。"


class LostPart(QWidget):
    """Signals: ``day_changed`` the day that was told (or None); ``slip_wanted``, ``setup_wanted`` and
    ``paper_wanted`` what was asked for.
    """

    day_changed = Signal(object)
    slip_wanted = Signal()
    setup_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day = DateField(
            "lost_on", "なくした日", hint="電話で聞いた日。わからないときは、止めた日のままで。"
        )
        self.day.changed.connect(lambda _name, value, unread: self._told(value, unread))
        self._about = plain_label(_ABOUT, "small")
        self.list = RowList(_COLUMNS, "なくした日からあとに届いたもの")
        self.list.set_empty_text(_NOTHING)
        self.list.show_all_rows()
        self.slip_button = SecondaryButton("はじめの設定の控えを印刷", icon_name="printer")
        self.slip_button.clicked.connect(self.slip_wanted)
        self.setup_button = SecondaryButton("設定ファイルをUSBに保存", icon_name="usb")
        self.setup_button.clicked.connect(self.setup_wanted)
        self.paper_button = SecondaryButton("電話の受付票を印刷", icon_name="printer")
        self.paper_button.clicked.connect(self.paper_wanted)
        row = FlowBox()
        for button in (self.paper_button, self.slip_button, self.setup_button):
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.day, self._about, self.list, row):
            column.addWidget(widget)
        self.show_stopped(False)

    def show_stopped(self, on: bool) -> None:
        """Show what matters once a computer is stopped; before that, only the paper."""
        for widget in (self.day, self._about, self.list, self.slip_button, self.setup_button):
            widget.setVisible(on)

    def show_since(self, found: SinceLoss) -> None:
        """Show what came since the day of the loss."""
        self.day.set_value(found.lost_on)
        rows = [
            Row(
                one.package_id,
                (
                    era_timestamp(one.received_at) if one.received_at else "",
                    f"{fiscal_year_name(one.fiscal_year)} {revision_words(one.revision, one.stage)}",
                    one.state.label,
                    one.file_name,
                ),
            )
            for one in found.reports
        ]
        rows += [
            Row(one.manifest, (era_timestamp(one.received_at), "", "判断待ち", one.file_name))
            for one in found.held
        ]
        self.list.set_rows(rows)

    def _told(self, value: object, unread: str) -> None:
        if not unread:
            self.day_changed.emit(value if isinstance(value, date) else None)
