"""The rounds of automatic copies: what is due now, and what a person should know about them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from shakyo_desktop.domain.copies import CopyReason, Generation
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.services.copy_place import CopyPlace, CopyPlaceService
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.restored_notice import put_notice_aside, restored_notice
from shakyo_desktop.services.verified_write import Progress
from shakyo_desktop.storage import key_slots

log = logging.getLogger("shakyo_desktop.copies")

DAYS_OUTSIDE = 30
"""How old the newest copy outside this computer may be before a person is advised to make one."""
FIRST_DAYS = 14
"""How long a new store needs no copy outside."""
ADVICE_REST = 30
"""For how many days the advice is not shown after it was put aside."""
INTAKE, COPIES = "intake", "copies"
_NO_TROUBLE = ("cancelled", "store.closed")
_PUT_ASIDE = "copy_advice_put_aside"


@dataclass(frozen=True, slots=True)
class CopiesStatus:
    """What is known of the copies. ``generations`` has the same copy in two places as two.

    ``outside_at`` is when the newest copy outside this computer was made (UTC); ``changed`` whether something
    is in no copy yet; ``trouble`` what the last round failed at, "" when it went well.
    """

    generations: tuple[Generation, ...]
    place: CopyPlace | None
    outside_at: datetime | None
    changed: bool
    kept_fewer: bool
    trouble: str

    def by_number(self) -> list[tuple[Generation, ...]]:
        """The copies with those of one number together, newest first, the one on this computer first."""
        known = [one for one in self.generations if one.number]
        return [tuple(group) for _number, group in groupby(known, lambda one: (one.store, one.number))]


class CopyRounds:
    """Makes what is due, brings it to the other place, and judges what there is."""

    def __init__(
        self,
        context: ServiceContext,
        generations: GenerationService,
        place: CopyPlaceService,
        backup: BackupService,
    ) -> None:
        self._context, self.generations, self.place, self._backup = context, generations, place, backup
        self._trouble = ""

    def round(self, cancelled: Callable[[], bool] | None = None, *, make: bool = True) -> None:
        """Make a copy when something changed, and let the other place catch up. Fails in silence.

        What went wrong stands in ``status`` until a round goes well: nobody is disturbed at work.
        """
        try:
            if make:
                self.generations.make_if_changed(CopyReason.CHANGED, cancelled=cancelled)
            self.place.catch_up(cancelled=cancelled)
            self._trouble = ""
        except ShakyoError as error:
            if error.code not in _NO_TROUBLE:
                log.warning("a round of copies failed: %s", error.code)
                self._trouble = error.message

    def closing(self) -> None:
        """The last round of the day: only when it is short, for a person waits. The rest comes next time.

        A round that is still under way is waited for, so that the store can be closed.
        """
        with self.generations.alone():
            try:
                if self.generations.is_quick():
                    self.generations.make_if_changed(CopyReason.CLOSING)
                    self.place.catch_up()
            except ShakyoError as error:
                log.warning("the copy at closing failed: %s", error.code)

    def make_now(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Generation:
        """Make a copy because a person asked for it, and bring it to the other place; raises as both do."""
        made = self.generations.make(CopyReason.ASKED, progress, cancelled)
        self.place.catch_up(progress, cancelled)
        self._trouble = ""
        return made

    def status(self) -> CopiesStatus:
        """What is known of the copies now; looks at the other place."""
        place = self.place.place()
        here = self.generations.generations()
        there = self.place.generations() if place is not None else ()
        together = sorted([*here, *there], key=lambda one: (one.number, not one.elsewhere), reverse=True)
        return CopiesStatus(
            tuple(together),
            place,
            self._outside_at(place),
            self.generations.has_changed(),
            self.generations.kept_fewer,
            self._trouble,
        )

    def word(self) -> tuple[str, str]:
        """What the first screen says about copies, and where it leads.

        The place is ``intake`` after a restore, for what came in since, ``copies`` for an advice; both are ""
        when there is nothing to say.
        """
        if notice := restored_notice(self._context):
            return notice, INTAKE
        advice = self.advice()
        return (advice, COPIES) if advice else ("", "")

    def put_aside(self, place: str) -> None:
        """Say a word no more (``intake``), or not for 30 days (``copies``)."""
        if place == INTAKE:
            put_notice_aside(self._context)
        else:
            self.put_advice_aside()

    def advice(self) -> str:
        """A friendly word when no copy outside this computer is younger than 30 days; "" when all is well.

        It keeps silent for practice, in the first two weeks, and for 30 days after it was put aside.
        """
        with self._context.database.reading() as stores:
            known = stores.settings.some("practice", _PUT_ASIDE)
        aside = known.get(_PUT_ASIDE)
        resting = aside is not None and 0 <= self._days_since(aside) < ADVICE_REST
        if known.get("practice") or self._is_new() or resting:
            return ""
        outside = self._outside_at(self.place.place())
        if outside is None:
            return (
                "パソコンの外に、控えがまだありません。USBメモリに1つ作っておくと、こわれても続けられます。"
            )
        if self._context.now() - outside > timedelta(days=DAYS_OUTSIDE):
            day = era_date(outside.astimezone(JAPAN).date())
            return f"パソコンの外の控えは、{day}のものがいちばん新しいです。そろそろ新しくしませんか。"
        return ""

    def put_advice_aside(self) -> None:
        """Show no advice for 30 days."""
        with self._context.database.transaction(marks=False) as stores:
            stores.settings.set(_PUT_ASIDE, self._context.now().isoformat())

    def _outside_at(self, place: CopyPlace | None) -> datetime | None:
        made = [copy.at for copy in self._backup.copies() if copy.outside]
        if place is not None and place.copied_at is not None and not place.same_disk:
            made.append(place.copied_at)
        return max(made, default=None)

    def _is_new(self) -> bool:
        first = min((slot.made_at for slot in key_slots.list_slots(self._context.data_dir)), default=None)
        return first is None or self._days_since(first.isoformat()) < FIRST_DAYS

    def _days_since(self, moment: str) -> int:
        """Whole days since a moment; negative when a clock was set back."""
        return (self._context.now() - datetime.fromisoformat(moment)).days


def copies_of(context: ServiceContext, drives: DriveService, backup: BackupService) -> CopyRounds:
    """The rounds over an open store."""
    generations = GenerationService(context)
    return CopyRounds(context, generations, CopyPlaceService(context, generations, drives), backup)
