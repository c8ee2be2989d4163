"""What an office's first screen says before registrations end and what comes from them would be held."""

from collections.abc import Mapping, Sequence
from datetime import date

from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.targets import DistrictOf
from shakyo_desktop.gui.ward.words import ending_words, own_ending_words


class EndingNotice:
    """Said once for each list of registrations, and not over what the page says already."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._told: tuple[str | date | None, ...] = ()

    def tell(
        self, ending: Sequence[KeyRegistration], names: Mapping[str, str], own: date | None = None
    ) -> None:
        """Say whose registrations end soon, with the way to them; nothing when none does.

        Args:
            own: when the office's own registration at the city ends, if that is near or past.
        """
        told = (*(one.key for one in ending), own)
        if not (ending or own) or told == self._told or self._page.messages.text():
            return
        self._told = told
        parts = (own_ending_words(own) if own else "", ending_words(ending, names))
        self._page.messages.show_message(
            "warning",
            "\n".join(part for part in parts if part),
            "登録の確認へ" if ending else "",
            (lambda: self._open(ending[0].org)) if ending else None,
        )

    def _open(self, org: str) -> None:
        self._page.screen_requested.emit("registrations", DistrictOf(org))
