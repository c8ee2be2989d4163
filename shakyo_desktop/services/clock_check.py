"""The computer's clock against what the store knows: a battery that ran empty is said before it confuses.

Nothing is refused for it and nothing is lost: what came after what is kept by numbers, not by time.
"""

from datetime import UTC, date, datetime, timedelta

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.storage.stores import Stores

FIRST_RELEASE = datetime(2026, 4, 1, tzinfo=UTC)
"""There was no such program before: a clock that says so restarted, however long it has run since."""
SLACK = timedelta(hours=1)
"""How far a clock may stand before the last moment: it was corrected, or two clocks differ a little."""
LONG = timedelta(days=730)
"""A store is not left alone for so long; a clock that says so has jumped ahead."""

_SAFE = "書いたものはすべて残っています。書き続けると、記録の日時が正しくなりません。"
_NEXT = "パソコンの日付と時刻を合わせて、開き直してください。"


def clock_word(context: ServiceContext) -> str:
    """What to say about the clock; "" when it can be right."""
    with context.database.reading() as stores:
        last = _last_moment(stores)
    now = context.now()
    if can_be_right(now, last):
        return ""
    when = f"前に保存したときは {era_timestamp(last)} でした。" if last else ""
    return f"このパソコンの時計が {era_timestamp(now)} になっています。{when}\n{_SAFE}\n{_NEXT}"


def likely_now(context: ServiceContext) -> datetime:
    """The present moment, or when something was stored last while the clock cannot be right."""
    now = context.now()
    with context.database.reading() as stores:
        last = _last_moment(stores)
    wrong_before = now >= FIRST_RELEASE and last is not None and last > now + LONG  # and was put right
    return now if last is None or wrong_before or can_be_right(now, last) else last


def likely_today(context: ServiceContext) -> date:
    """Today in Japan; as ``likely_now`` for what would block the work or delete something."""
    return likely_now(context).astimezone(JAPAN).date()


def can_be_right(now: datetime, last: datetime | None) -> bool:
    """Whether a clock agrees with when something was stored last (both UTC-aware)."""
    return now >= FIRST_RELEASE and (last is None or last - SLACK <= now <= last + LONG)


def _last_moment(stores: Stores) -> datetime | None:
    """When something was stored last, by the number of its row.

    So a clock that was ahead once is forgotten with the next row; rows from before the program existed say
    nothing.
    """
    moments = [row.at for row in stores.history.last()] + [row.at for row in stores.intake_log.newest(1)]
    last = max(moments, default=None)
    return last if last is None or last >= FIRST_RELEASE else stores.history.latest_moment()
