"""One district of the roster; each field is kept as it is typed."""

from dataclasses import replace

from PySide6.QtCore import Signal

from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import FlagField, Form, TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.members import Members
from shakyo_desktop.services.roster_list import NAME_LENGTH, TELEPHONE_LENGTH

_FIELDS = ("name", "telephone", "contact", "has_computer")
_NEW = "新しい地区部会"


class RosterForm(Card):
    """Shows one entry, or an empty form for a new one.

    Signals:
        changed: the entry with one field changed.
        add_requested: the entry to add; its code is made by the roster.
        left: a new entry is not wanted after all.
    """

    changed = Signal(object)
    add_requested = Signal(str, str, str, bool)
    left = Signal()

    def __init__(self, members: Members) -> None:
        super().__init__(_NEW)
        self._members = members
        self._org: Organisation | None = None
        self.code = plain_label("", "small")
        self.add(self.code)
        self.form = Form()
        self.form.add(TextField("name", f"{members.one}の名前", length=NAME_LENGTH, label_place="above"))
        self.form.add(TextField("telephone", "電話番号", length=TELEPHONE_LENGTH, label_place="above"))
        self.form.add(TextField("contact", "連絡先（担当の方など）", length=60, label_place="above"))
        self.form.add(FlagField("has_computer", "パソコンで報告する", label_place="above"))
        self.form.changed.connect(self._field_changed)
        self.add(self.form)
        self.add_button = PrimaryButton("名簿に加える")
        self.add_button.clicked.connect(self._add)
        self.leave_button = SecondaryButton("やめる")
        self.leave_button.clicked.connect(self.left)
        self.end_button = DangerButton("もう報告しない地区にする")
        self.end_button.clicked.connect(lambda: self._set_active(False))
        self.begin_button = SecondaryButton("また報告する地区にする")
        self.begin_button.clicked.connect(lambda: self._set_active(True))
        buttons = FlowBox()
        for button in (self.add_button, self.leave_button, self.end_button, self.begin_button):
            buttons.add(button)
        self.add(buttons)
        self.body.addStretch(1)
        self.show_new()

    def show_organisation(self, org: Organisation) -> None:
        """Show an entry of the roster."""
        values = {name: getattr(org, name) for name in _FIELDS}
        if self._org is not None and self._org.code == org.code:
            self._org = org
            self.form.refresh(values)
        else:
            self.form.show_record(org, values)
            self._org = org
        self.set_title(org.name)
        ended = "　もう報告しない地区（名簿には残っています）" if not org.active else ""
        self.code.setText(f"番号 {org.code}{ended}")
        self._show_buttons()

    def show_new(self) -> None:
        """Show an empty form."""
        self.form.show_record(None, {"name": "", "telephone": "", "contact": "", "has_computer": True})
        self._org = None
        self.set_title(_NEW)
        self.code.setText("番号は自動で付きます。")
        self._show_buttons()

    def is_new(self) -> bool:
        """Whether an entry is being made."""
        return self._org is None

    def _show_buttons(self) -> None:
        org = self._org
        self.add_button.setVisible(org is None and self._members.by_hand)
        self.leave_button.setVisible(org is None and self._members.by_hand)
        self.end_button.setVisible(org is not None and org.active and self._members.by_hand)
        self.begin_button.setVisible(org is not None and not org.active and self._members.by_hand)

    def _field_changed(self, key: object, name: str, value: object, _unread: str) -> None:
        """The form names the entry the text was typed into, also when another is shown by now."""
        if not isinstance(key, Organisation):
            return
        latest = self._org if self._org is not None and self._org.code == key.code else key
        wanted = replace(latest, **{name: value})  # type: ignore[arg-type]
        if self._org is latest:
            self._org = wanted
        self.changed.emit(wanted)

    def _set_active(self, active: bool) -> None:
        self.form.commit()
        if self._org is not None:
            self.changed.emit(replace(self._org, active=active))

    def _add(self) -> None:
        self.form.commit()
        texts = [str(self.form.field(name).value() or "") for name in _FIELDS[:3]]
        self.add_requested.emit(*texts, bool(self.form.field("has_computer").value()))
