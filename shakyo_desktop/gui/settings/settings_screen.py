"""設定・控え: one part at a time, chosen at the top; the same for districts and offices."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.gui.settings.about_section import AboutSection
from shakyo_desktop.gui.settings.copy_section import CopySection
from shakyo_desktop.gui.settings.earlier_section import EarlierSection
from shakyo_desktop.gui.settings.handover_section import HandoverSection
from shakyo_desktop.gui.settings.lock_section import LockSection
from shakyo_desktop.gui.settings.look_section import LookSection
from shakyo_desktop.gui.settings.office_handover_section import OfficeHandoverSection
from shakyo_desktop.gui.settings.office_key_section import CityKeySection, OfficeKeySection
from shakyo_desktop.gui.settings.place_section import PlaceSection
from shakyo_desktop.gui.settings.practice_section import PracticeSection
from shakyo_desktop.gui.settings.retention_section import RetentionSection
from shakyo_desktop.gui.settings.section import Section, SettingsDesk
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.registry import Services

_PARTS: tuple[tuple[str, str, Callable[[SettingsDesk], Section]], ...] = (
    ("look", "文字とお名前", LookSection),
    ("copies", "控え", CopySection),
    ("earlier", "前の年度", EarlierSection),
    ("handover", "引継ぎ", HandoverSection),
    ("retention", "保存期間", RetentionSection),
    ("lock", "データの守り", LockSection),
    ("place", "データの場所と診断", PlaceSection),
    ("office_key", "事務所の鍵", OfficeKeySection),
    ("about", "このプログラムについて", AboutSection),
)
_BELOW_A_CITY = ("earlier", "office_key")
"""A city has no office above it, and takes its wards' reports and no tables."""


class SettingsScreen(Page):
    """Parts are made when they are first chosen.

    Signals:
        restore_requested, practice_reset_requested, practice_left: for the program as a whole.
        records_changed: a year's records are not what they were.
        lock_requested: the store should be closed until somebody opens it again.
        idle_minutes_changed: after how long without use that should happen by itself; 0 is never.
    """

    records_changed = Signal()
    restore_requested = Signal(object)
    practice_reset_requested = Signal()
    practice_left = Signal()
    lock_requested = Signal()
    idle_minutes_changed = Signal(int)
    help_key = "settings"

    def __init__(
        self,
        services: Services,
        worker: BackgroundWorker,
        printer: Printer,
        *,
        practice: bool = False,
        role: OrganisationKind = OrganisationKind.DISTRICT,
        fiscal_year: Callable[[], int] | None = None,
    ) -> None:
        """``fiscal_year`` answers with the year in the header; today's without."""
        super().__init__("設定・控え")
        year = fiscal_year or services.settings.current_fiscal_year
        self._desk = SettingsDesk(services, worker, printer, self.messages, year)
        has_office = role is not OrganisationKind.CITY
        self._makers: dict[str, Callable[[SettingsDesk], Section]] = {key: make for key, _, make in _PARTS}
        if role is not OrganisationKind.DISTRICT:
            self._makers["handover"] = OfficeHandoverSection
        titles = {key: words for key, words, _ in _PARTS if has_office or key not in _BELOW_A_CITY}
        if role is OrganisationKind.WARD:
            self._makers["office_key"], titles["office_key"] = CityKeySection, "市の鍵"
        choices = [Choice(key, words) for key, words in titles.items()]
        if practice:
            self._makers["practice"] = PracticeSection
            choices.insert(0, Choice("practice", "練習"))
        self._sections: dict[str, Section] = {}
        self.parts = ChoiceField("part", "", choices, numbered=False, label_place="above")
        self.parts.name_group("設定の種類")
        self.parts.changed.connect(lambda _name, value, _unread: self.show_part(str(value)))
        self.add(self.parts)
        self.add_stretch()
        self.parts.set_value(choices[0].code)

    def enter(self) -> None:
        """Read what the part that is chosen shows."""
        self.show_part(str(self.parts.value()))

    def show_target(self, target: object) -> None:
        """Open a part by its key."""
        if isinstance(target, str) and target in self._makers:
            self.parts.set_value(target)
            self.show_part(target)
            self.parts.focus_input()

    def section(self, key: str) -> Section:
        """Return a part, made now if it was never shown."""
        if key not in self._sections:
            made = self._makers[key](self._desk)
            self._sections[key] = made
            self.content.insertWidget(self.content.count() - 1, made)
            if isinstance(made, CopySection):
                made.restore_requested.connect(self.restore_requested)
            if isinstance(made, HandoverSection):
                made.open_requested.connect(self.screen_requested)
            if isinstance(made, EarlierSection | RetentionSection):
                made.records_changed.connect(self.records_changed)
            if isinstance(made, LockSection):
                made.idle.lock_requested.connect(self.lock_requested)
                made.idle.minutes_changed.connect(self.idle_minutes_changed)
            if isinstance(made, PracticeSection):
                made.reset_requested.connect(self.practice_reset_requested)
                made.left.connect(self.practice_left)
        return self._sections[key]

    def show_part(self, key: str) -> None:
        """Show one part and read it anew."""
        chosen = self.section(key)
        for section in self._sections.values():
            section.setVisible(section is chosen)
        self.messages.clear()
        self.scroll_to_top()
        chosen.load()
