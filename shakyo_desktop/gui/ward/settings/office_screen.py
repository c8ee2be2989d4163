"""区の設定: what an office prepares before reports come, one tab per thing."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.page import MARGIN, Screen
from shakyo_desktop.gui.shared.theme import set_role
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.members import DISTRICTS
from shakyo_desktop.gui.ward.settings.calendar_page import CalendarPage
from shakyo_desktop.gui.ward.settings.city_page import CityPage
from shakyo_desktop.gui.ward.settings.keys_page import KeysPage
from shakyo_desktop.gui.ward.settings.pairs_page import PairsPage
from shakyo_desktop.gui.ward.settings.plans_area import PlansArea
from shakyo_desktop.gui.ward.settings.roster_page import RosterPage
from shakyo_desktop.gui.ward.settings.setups_page import SetupsPage
from shakyo_desktop.gui.ward.settings.steps_page import StepsPage

_TABS: dict[str, tuple[str, Callable[[Desk], Screen]]] = {
    "roster": ("名簿", RosterPage),
    "plans": ("計画", PlansArea),
    "pairs": ("計画の対応", PairsPage),
    "calendar": ("期限", CalendarPage),
    "steps": ("確認", StepsPage),
    "setups": ("設定ファイル", SetupsPage),
    "city": ("市への提出", CityPage),
    "keys": ("区の鍵", KeysPage),
}


_OF_CITY = ("roster", "plans", "calendar", "setups", "keys")


class OfficeScreen(Screen):
    """Tabs are made when they are first shown; a tab is left with everything committed."""

    help_key = "ward-office"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "page")
        self._desk = desk
        self._pages: dict[str, Screen] = {}
        wanted = _TABS if desk.members is DISTRICTS else {key: _TABS[key] for key in _OF_CITY}
        choices = [
            Choice(key, title.replace("区の", f"{desk.members.office}の"))
            for key, (title, _) in wanted.items()
        ]
        self.tabs = ChoiceField("tab", "", choices, numbered=False)
        self.tabs.name_group(f"{desk.members.office}の設定の種類")
        self.tabs.set_value("roster")
        self.tabs.changed.connect(lambda _name, value, _unread: self.show_tab(str(value)))
        self.tabs.layout().setContentsMargins(MARGIN, 12, MARGIN, 0)  # type: ignore[union-attr]
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def page(self, key: str) -> Screen:
        """A tab's page, made now if it was never shown."""
        if key not in self._pages:
            made = _TABS[key][1](self._desk)
            made.screen_requested.connect(self.screen_requested)
            self._pages[key] = made
            self._stack.addWidget(made)
        return self._pages[key]

    def show_tab(self, key: str) -> None:
        """Leave the tab that is shown and show another."""
        self.commit()
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        page.enter()

    def enter(self) -> None:
        """Read again what is shown."""
        self.show_tab(str(self.tabs.value()))

    def show_target(self, target: object) -> None:
        """Show the tab with this key."""
        if target in _TABS:
            self.tabs.set_value(str(target))
            self.tabs.focus_input()
            self.show_tab(str(target))

    def focus_first(self) -> None:
        """The tabs take the keyboard."""
        self.tabs.focus_input()
