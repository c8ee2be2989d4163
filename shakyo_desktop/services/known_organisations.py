"""The city and wards that ship with the program, and the fictional ones of demonstrations and practice.

Districts are never shipped: no list of them was found, so every office enters or takes in its own.
"""

import tomllib
from collections.abc import Mapping

from shakyo_desktop import paths
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation

FICTIONAL_CITY = Organisation(
    "999997", "みほん市社会福祉協議会", OrganisationKind.CITY, telephone="000-000-0000"
)
FICTIONAL_WARD = Organisation(
    "999999", "みほん区", OrganisationKind.WARD, parent=FICTIONAL_CITY.code, telephone="000-000-0001"
)
FICTIONAL_DISTRICT_NAMES = (
    "みほん東地区部会",
    "みほん西地区部会",
    "みほん南地区部会",
    "みほん北地区部会",
    "みほん中央地区部会",
    "みほん台地区部会",
)


def known_organisations() -> tuple[Organisation, ...]:
    """The city first, then its wards, as the first start offers them to an office."""
    found: list[Organisation] = []
    for file in sorted(paths.plans_dir().glob("organisations-*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        city = _organisation(content["city"], OrganisationKind.CITY, None)
        found.append(city)
        found += [_organisation(ward, OrganisationKind.WARD, city.code) for ward in content["wards"]]
    return tuple(found)


def family_of(organisation: Organisation) -> tuple[Organisation, ...]:
    """The offices a new office's roster starts with: its city, itself, and a city's wards.

    The office's own row is the one handed in; codes that start with 99 are fictional.
    """
    known = {org.code: org for org in (*known_organisations(), FICTIONAL_CITY, FICTIONAL_WARD)}
    family = [organisation]
    if organisation.kind is OrganisationKind.CITY:
        family += [org for org in known.values() if org.parent == organisation.code]
    elif organisation.parent in known:
        family.insert(0, known[organisation.parent])
    return tuple(family)


def _organisation(row: Mapping[str, str], kind: OrganisationKind, parent: str | None) -> Organisation:
    return Organisation(row["code"], row["name"], kind, parent=parent, telephone=row.get("telephone", ""))
