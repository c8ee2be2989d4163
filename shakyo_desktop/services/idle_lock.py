"""Closing the store while nobody uses the program: after how long, and whether that protects anything."""

from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.key_slots import Way

IDLE_MINUTES = (0, 5, 10, 30)
"""What can be chosen; 0 is never."""

_SETTING = "idle_minutes"
_OPEN_WAYS = frozenset({Way.KEY_RING, Way.KEY_FILE})
_IN_VAIN = (
    "いまの開き方では、閉じても守りになりません。合い言葉を聞かずに、だれでもまた開けるからです。\n"
    "データは今のままです。\n"
    "「データの守り」で合い言葉を決めて、「開くときに合い言葉を聞く」を押してください。"
)


class IdleLockService:
    """The choice is kept in the store, so that it goes where the store goes."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def minutes(self) -> int:
        """After how many minutes without use the store is closed; 0 is never."""
        with self._context.database.reading() as stores:
            minutes: int = stores.settings.get(_SETTING, 0)
        return minutes if minutes in IDLE_MINUTES else 0

    def choose(self, minutes: int) -> None:
        """Keep one of ``IDLE_MINUTES``; anything else is a bug (ValueError).

        Raises:
            NotReady: the store opens without asking, so that closing it would protect nothing.
        """
        if minutes not in IDLE_MINUTES:
            raise ValueError(f"{minutes!r} cannot be chosen")
        if minutes:
            self.expect_asking()
        with self._context.database.transaction() as stores:
            stores.settings.set(_SETTING, minutes)

    def asks(self) -> bool:
        """Whether the store asks for a passphrase or the recovery sheet whenever it is opened."""
        return not _OPEN_WAYS & {slot.way for slot in key_slots.list_slots(self._context.data_dir)}

    def expect_asking(self) -> None:
        """Go on only where closing the store protects it.

        Raises:
            NotReady: this computer's sign-in or a key file opens it, without a word from anybody.
        """
        if not self.asks():
            raise NotReady(_IN_VAIN, code="lock.in_vain")
