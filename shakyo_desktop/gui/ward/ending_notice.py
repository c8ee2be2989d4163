"""What an office's first screen says before registrations end and what comes from them would be held."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.targets import DistrictOf
from shakyo_desktop.gui.ward.words import ending_words


class EndingNotice:
    """Said once for each list of registrations, and not over what the page says already."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._told: tuple[str, ...] = ()

    def tell(self, ending: Sequence[KeyRegistration], names: Mapping[str, str]) -> None:
        """Say whose registrations end soon, with the way to them; nothing for an empty list."""
        keys = tuple(one.key for one in ending)
        if not ending or keys == self._told or self._page.messages.text():
            return
        self._told = keys
        target = DistrictOf(ending[0].org)
        self._page.messages.show_message(
            "warning",
            ending_words(ending, names),
            "登録の確認へ",
            lambda: self._page.screen_requested.emit("registrations", target),
        )
