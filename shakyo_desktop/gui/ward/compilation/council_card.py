"""推進協議会の検証: when it met, who came, what it found, and that the version is fixed from now on."""

from PySide6.QtCore import Qt, Signal

from shakyo_desktop.domain.compilation import CouncilVerification
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import DateField, Form, MultilineField, TextField
from shakyo_desktop.gui.shared.labels import Chip, plain_label

_LENGTH = 2000
_ABOUT = "検証済みにすると、この版の文と日付は書きかえられません。直すときは、新しい版を作ります。"


class CouncilCard(Card):
    """Signals: ``changed`` key, field, value, unread; ``typing`` key, field, text; ``approve_requested``."""

    changed = Signal(object, str, object, str)
    typing = Signal(object, str, str)
    approve_requested = Signal()

    def __init__(self) -> None:
        super().__init__("区の推進協議会")
        self.chip = Chip()
        self.form = Form()
        self.date = DateField("held_on", "開催日")
        self.form.add(self.date)
        self.form.add(TextField("attendance", "出席", length=200, hint="例: 委員14名のうち12名"))
        self.form.add(MultilineField("verification", "検証の内容", length=_LENGTH, height=176))
        self.form.changed.connect(self.changed)
        self.form.typing.connect(self.typing)
        self.reading = plain_label()
        self.about = plain_label(_ABOUT, "small")
        self.approve_button = SecondaryButton("検証済みにする", icon_name="shield-check")
        self.approve_button.clicked.connect(self.approve_requested)
        self.body.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.form, self.reading, self.about):
            self.add(widget)
        self.body.addWidget(self.approve_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_council(
        self, key: object, council: CouncilVerification, fiscal_year: int, *, open_: bool
    ) -> None:
        """Show a version's council; a fixed one is only read. Councils meet in the year that follows."""
        self.form.set_fiscal_year(fiscal_year + 1)
        values = {field.name: getattr(council, field.name) for field in self.form.fields()}
        self.form.show_record(key, values, council.unread)
        self.chip.set_chip("✓ 検証済み" if council.approved else "まだ検証していません", _tone(council))
        for widget in (self.form, self.about, self.approve_button):
            widget.setVisible(open_)
        self.reading.setText(_reading(council))
        self.reading.setVisible(not open_)

    def refresh_council(self, council: CouncilVerification) -> None:
        """Show newer values of the same version."""
        values = {field.name: getattr(council, field.name) for field in self.form.fields()}
        self.form.refresh(values, council.unread)


def _tone(council: CouncilVerification) -> str:
    return "saved" if council.approved else "plain"


def _reading(council: CouncilVerification) -> str:
    day = era_date(council.held_on) if council.held_on else council.unread.get("held_on", "－")
    lines = (
        f"開催日　{day}",
        f"出席　{council.attendance or '－'}",
        "検証の内容",
        council.verification or "－",
    )
    return "\n".join(lines)
