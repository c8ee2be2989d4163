"""Who works here, for which organisation, how large the text is, and how the store opens."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services import new_recovery, own_keys
from shakyo_desktop.services.clock_check import clock_word, likely_today
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.locks import checked_passphrase
from shakyo_desktop.services.own_keys import PublicKeys, RecoverySheet
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.key_slots import Way

TEXT_SIZES = ("small", "standard", "large")
_STANDARD = "standard"
_NAME_LENGTH = 40
WAY_WORDS = {
    Way.KEY_RING: "パソコンがいつもの自分の画面になれば、そのまま開けます",
    Way.PASSPHRASE: "合い言葉で開けます",
    Way.RECOVERY: "復旧シート（紙）の文字で開けます",
    Way.KEY_FILE: "守りなし（このフォルダーを持つ人はだれでも開けます）",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this installation is. ``office`` is the ward a district reports to, the city for a ward."""

    role: OrganisationKind
    org: Organisation
    office: Organisation | None
    person_name: str
    practice: bool


@dataclass(frozen=True, slots=True)
class LockWay:
    """One way the store opens; ``kind`` is key_ring, passphrase, recovery or key_file."""

    kind: str
    label: str
    added_at: datetime


class SettingsService:
    """Settings of one installation, kept in its store."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def identity(self) -> Identity:
        """Return who works here and for whom."""
        with self._context.database.reading() as stores:
            known = stores.settings.some("role", "org", "office", "person_name", "practice")
            office = known.get("office")
            return Identity(
                role=OrganisationKind(known["role"]),
                org=stores.organisations.get(known["org"]),
                office=stores.organisations.find(office) if office else None,
                person_name=known.get("person_name", ""),
                practice=bool(known.get("practice", False)),
            )

    def is_set_up(self) -> bool:
        """Whether something portable opens the store and was typed once: the set-up has ended.

        A passphrase was typed twice when it was chosen, a restored copy was opened by one or by the paper;
        the recovery sheet has to be typed back. Practice needs neither.
        """
        with self._context.database.reading() as stores:
            known = stores.settings.some("practice", "recovery_confirmed_at", "restored")
        if any(known.get(key) for key in ("practice", "recovery_confirmed_at", "restored")):
            return True
        return Way.PASSPHRASE.value in {way.kind for way in self.lock_ways()}

    def set_person_name(self, name: str) -> None:
        """Keep the name that stands in the history from now on.

        Raises:
            BadInput: it is empty or longer than 40 characters.
        """
        plain = repair_text(name, multiline=False).strip()
        if not plain or len(plain) > _NAME_LENGTH:
            raise BadInput(f"お名前を{_NAME_LENGTH}文字までで書いてください。\n入力した内容は残っています。")
        self._set("person_name", plain)

    def text_size(self) -> str:
        """Return small, standard or large."""
        with self._context.database.reading() as stores:
            size: str = stores.settings.get("text_size", _STANDARD)
        return size if size in TEXT_SIZES else _STANDARD

    def set_text_size(self, size: str) -> None:
        """Keep small, standard or large; anything else is a bug (ValueError)."""
        if size not in TEXT_SIZES:
            raise ValueError(f"{size!r} is no text size")
        self._set("text_size", size)

    def current_fiscal_year(self) -> int:
        """Return the fiscal year of today in Japan; it opens by itself on 1 April.

        While the clock cannot be right it is the year in which something was stored last.
        """
        return fiscal_year_of(likely_today(self._context))

    def clock_word(self) -> str:
        """Return what to say about a clock that cannot be right; "" when all is well."""
        return clock_word(self._context)

    def fiscal_years(self) -> tuple[int, ...]:
        """Return the years that can be chosen, oldest first: from the first plan, or record, to this one."""
        current = self.current_fiscal_year()
        with self._context.database.reading() as stores:
            first = [plan.first_fiscal_year for plan in stores.plans.all()]
            written = stores.records.years(stores.settings.get("org", ""))
        return tuple(range(min([current, *first, *written]), max([current, *written]) + 1))

    def data_dir(self) -> Path:
        """Return the folder with everything of this installation."""
        return self._context.data_dir

    def log_file(self) -> Path:
        """Return the log of events and codes; it holds no personal data."""
        return self._context.data_dir / "logs" / "events.log"

    def check_number(self) -> str:
        """Return the 12 digits of the own key (0.3 s the first time)."""
        return own_keys.own_check_number(self._context)

    def own_keys(self) -> PublicKeys:
        """Return the own certificate, check number and recipients."""
        return own_keys.public_keys(self._context)

    def recovery_sheet(self) -> RecoverySheet:
        """Return the recovery sheet once more.

        Raises:
            NotFound: its text is not kept here.
        """
        return own_keys.recovery_sheet(self._context)

    def new_recovery_sheet(self) -> RecoverySheet:
        """Return the sheet of a new identity; it is good for nothing before ``use_recovery_sheet``."""
        return new_recovery.new_sheet(self._context)

    def use_recovery_sheet(self, sheet: RecoverySheet, typed: str) -> None:
        """Put a new sheet in the old one's place once its text was typed back.

        Raises:
            WrongNumber, BadInput, NotSaved: the old one stays.
        """
        new_recovery.use_sheet(self._context, sheet, typed)

    def lock_ways(self) -> tuple[LockWay, ...]:
        """Return the ways the store opens."""
        slots = key_slots.list_slots(self._context.data_dir)
        return tuple(LockWay(slot.way.value, WAY_WORDS[slot.way], slot.made_at) for slot in slots)

    def add_passphrase(self, passphrase: str) -> None:
        """Let a passphrase open the store, in place of an earlier one.

        Raises:
            BadInput: it is too short.
        """
        key = self._context.database.key
        key_slots.add_passphrase(self._context.data_dir, key, checked_passphrase(passphrase))

    def remove_passphrase(self) -> None:
        """Let no passphrase open the store any more.

        Raises:
            NotReady: nothing else would open it.
        """
        self._remove(Way.PASSPHRASE)

    def use_key_ring(self) -> None:
        """Open by this computer's sign-in, and no longer by an unprotected key file.

        Raises:
            StoreLocked: this computer keeps no keys.
        """
        key_slots.add_key_ring(self._context.data_dir, self._context.database.key)
        self._remove(Way.KEY_FILE)

    def use_key_file(self) -> None:
        """Open without any protection: whoever has the folder can read it."""
        key_slots.add_key_file(self._context.data_dir, self._context.database.key)

    def ask_at_start(self) -> None:
        """Ask for the passphrase at every start from now on.

        Raises:
            NotReady: there is no passphrase to ask for.
        """
        if Way.PASSPHRASE not in {slot.way for slot in key_slots.list_slots(self._context.data_dir)}:
            raise NotReady("先に合い言葉を決めてください。\nデータは今のままで開けます。")
        self._remove(Way.KEY_RING)
        self._remove(Way.KEY_FILE)

    def _remove(self, way: Way) -> None:
        for slot in key_slots.list_slots(self._context.data_dir):
            if slot.way is way:
                key_slots.remove(self._context.data_dir, slot.id)

    def _set(self, key: str, value: object) -> None:
        with self._context.database.transaction() as stores:
            stores.settings.set(key, value)
