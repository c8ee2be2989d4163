"""Fictional people to test with: a ward, its district, a stranger, their keys and their register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shakyo_desktop.domain.codes import (
    ActivityKind,
    KeyState,
    OrganisationKind,
)
from shakyo_desktop.domain.organisations import Office, Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.trust import Judgement, KnownKey, ReceiverKeys
from tests.exchange.fixed_keys import mailbox, signing_key

WARD, DISTRICT, CITY = "990011", "990011-01", "990002"
YEAR = 2026
MADE = datetime(2026, 9, 12, 5, 6, 7, tzinfo=UTC)
NOW = MADE + timedelta(days=1)
WARD_KEY, DISTRICT_KEY = signing_key(WARD, "ward"), signing_key(DISTRICT, "district")
STRANGER_KEY, OTHER_WARD_KEY = signing_key(DISTRICT, "stranger"), signing_key(WARD, "other ward")
WARD_BOX, RECOVERY, DISTRICT_BOX, STRANGER_BOX = map(mailbox, ("ward", "recovery", "district", "stranger"))
CITY_BOX, CITY_RECOVERY = map(mailbox, ("city", "city recovery"))
ORGANISATIONS = (
    Organisation(CITY, "みほん市社会福祉協議会", OrganisationKind.CITY),
    Organisation(WARD, "みほん区", OrganisationKind.WARD, CITY),
    Organisation(DISTRICT, "みほん東地区部会", OrganisationKind.DISTRICT, WARD),
    Organisation("990011-02", "みほん西地区部会", OrganisationKind.DISTRICT, WARD, active=False),
)
PLAN = Plan(
    "mihon-7",
    "みほん計画",
    "みほん市社会福祉協議会",
    2022,
    2026,
    (Goal(1, "地域を支える環境づくり"),),
    (Direction(1, 1, "学びの場をつくる"),),
    (
        Item(1, 1, "研修", ActivityKind.TRAINING),
        Item(
            6, 1, "見守り活動", ActivityKind.WATCH, priority=True, measures=(Measure("calls", "電話", "回"),)
        ),
    ),
)
SCHEDULE = (ScheduleEntry("2026-interim", 2026, "interim", "途中の報告", date(2027, 5, 31)),)
OFFICE = Office(
    WARD,
    WARD_KEY.certificate,
    WARD_KEY.fingerprint,
    (WARD_BOX.recipient,),
    RECOVERY.recipient,
    "000-000-0000",
)
WARD_KEYS = ReceiverKeys(
    WARD,
    OrganisationKind.WARD,
    (WARD_BOX.identity, RECOVERY.identity),
    frozenset({WARD_BOX.recipient, RECOVERY.recipient}),
)
DISTRICT_KEYS = ReceiverKeys(
    DISTRICT, OrganisationKind.DISTRICT, (DISTRICT_BOX.identity,), frozenset({DISTRICT_BOX.recipient})
)
CITY_KEYS = ReceiverKeys(
    CITY,
    OrganisationKind.CITY,
    (CITY_BOX.identity, CITY_RECOVERY.identity),
    frozenset({CITY_BOX.recipient, CITY_RECOVERY.recipient}),
)


def uuid7(number: int) -> str:
    """A UUIDv7 that sorts by its number."""
    return f"0199{number:04x}-0000-7000-8000-000000000000"


@dataclass
class Register:
    """A trust store in memory: the district's key is active, the ward's is known from its setup."""

    keys: dict[str, KnownKey] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(
        default_factory=lambda: {organisation.code: organisation for organisation in ORGANISATIONS}
    )
    judging: Callable[[PackageInfo, str], Judgement] = lambda info, manifest: Judgement()

    def key_state(self, fingerprint: str) -> KnownKey | None:
        return self.keys.get(fingerprint)

    def organisation(self, code: str) -> Organisation | None:
        return self.organisations.get(code)

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        return self.judging(info, manifest)


def register(state: KeyState = KeyState.ACTIVE, **changes: Any) -> Register:
    known = Register(
        {
            DISTRICT_KEY.fingerprint: KnownKey(
                state, DISTRICT, frozenset({DISTRICT_BOX.recipient}), DISTRICT_KEY.certificate
            ),
            WARD_KEY.fingerprint: KnownKey(state, WARD, frozenset(OFFICE.recipients), WARD_KEY.certificate),
        }
    )
    return replace(known, **changes)
