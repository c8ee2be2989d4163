"""BAD_PACKAGES: name → how its bytes are made → the code of the first rule it breaks.

Each is right in every layer above the one that was changed, so that the code is the rule's own. FAMILIES says
which part of the file a table is about.
"""

from tests.exchange import people
from tests.exchange.bad_answers import BAD_ANSWERS
from tests.exchange.bad_containers import BAD_STRUCTURES, HOSTILE_NAMES
from tests.exchange.bad_evidence import BAD_EVIDENCE
from tests.exchange.bad_lines import BAD_JSON, BAD_RECORDS, BAD_TEXTS
from tests.exchange.bad_manifests import BAD_MANIFESTS
from tests.exchange.bad_pictures import BAD_PICTURES
from tests.exchange.bad_reports import BAD_REPORTS
from tests.exchange.bad_seals import BAD_ENVELOPES
from tests.exchange.bad_signatures import BAD_CMS
from tests.exchange.bad_ward_reports import BAD_WARD_REPORTS
from tests.exchange.spoiling import Bad

FAMILIES: dict[str, dict[str, Bad]] = {
    "envelope": BAD_ENVELOPES,
    "names": HOSTILE_NAMES,
    "structure": BAD_STRUCTURES,
    "signature": BAD_CMS,
    "manifest": BAD_MANIFESTS,
    "JSON": BAD_JSON,
    "text": BAD_TEXTS,
    "records": BAD_RECORDS,
    "photos": BAD_PICTURES,
    "reports": BAD_REPORTS,
    "answers and setups": BAD_ANSWERS,
    "ward reports": BAD_WARD_REPORTS,
    "evidence": BAD_EVIDENCE,
}
BAD_PACKAGES: dict[str, Bad] = {name: bad for family in FAMILIES.values() for name, bad in family.items()}
HOLDERS = (people.WARD_KEYS, people.DISTRICT_KEYS, people.CITY_KEYS)
"""The keys of those who have real stores: what they refuse goes through ``receive``."""
FOR_THE_READER: dict[str, Bad] = {
    name: bad
    for name, bad in BAD_PACKAGES.items()
    if bad.keys not in HOLDERS or bad.trust is not people.register
}
"""Bad packages for people and registers that are not there as stores."""
assert len(BAD_PACKAGES) == sum(map(len, FAMILIES.values())), "two bad packages have one name"
