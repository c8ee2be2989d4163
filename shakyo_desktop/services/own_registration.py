"""Until when this installation's own key is registered, as far as its office's answers tell.

The register is at the office and no package carries its dates. But the office answers only a key that
is registered, and an answer names the day its report was taken in: the first one of this key is the day
of its approval, and one after the end of the term is the day of a renewal.
"""

from datetime import date, datetime, timedelta

from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.key_states import end_of_term, ends_soon
from shakyo_desktop.storage.stores import Stores


def own_registration_end(stores: Stores, today: date) -> date | None:
    """The last day of the own registration when it is near or past; None while there is nothing to say.

    A clock that was set back does not hide it: no day is earlier than what the office wrote.
    """
    signing = stores.keys.own(SIGNING)
    if not signing:
        return None
    org = str(stores.settings.get("org"))
    own = {one.package_id for one in stores.submissions.of_org(org) if one.key == signing[0].public}
    replies = [one for one in stores.replies.all(org) if one.package_id in own]
    if not replies:
        return None
    end = _end([_day(one.received_at) for one in replies])
    latest = max(_day(one.created_at) for one in replies)
    return end if ends_soon(end, max(today, latest)) else None


def _end(taken_in: list[date]) -> date:
    """The end of the term that these days belong to: a report that came after an end was renewed for."""
    days = sorted(taken_in)
    end = end_of_term(days[0])
    for day in days:
        # The office's day and ours may differ by a time zone set wrong: a day more does no harm.
        if day > end + timedelta(days=1):
            end = end_of_term(day)
    return end


def _day(at: datetime) -> date:
    return at.astimezone(JAPAN).date()
