"""Every code of the package format is produced by a file through ``receive``, and no other code can be."""

import re
from pathlib import Path

import shakyo_desktop
from tests.exchange.bad_packages import BAD_PACKAGES, FOR_THE_READER
from tests.exchange.codes import CODES, DECIDED_LATER, FAMILIES
from tests.services.loop.hostile_arrivals import AT_THE_DISTRICT, AT_THE_WARD

SOURCE = Path(shakyo_desktop.__file__).parent
JUDGES = (
    *(SOURCE / "exchange").glob("*.py"),
    *(SOURCE / "services" / f"{name}.py" for name in ("holding", "judging", "setup_intake", "trust")),
    *(SOURCE / "domain" / f"{name}.py" for name in ("refusals", "sequence", "text")),
)
NO_REFUSALS = {"clock.ahead", "seq.gap", "seq.late", "report.unknown_parent"}
"""Warnings that a file is taken in with."""
OWN_PHOTOS = {"photo.changed", "photo.too_large", "photo.too_many", "photo.unreadable"}
"""What a person is told about photos of their own."""


def test_every_code_is_produced_by_a_file_that_is_received():
    through_receive = {bad.code for name, bad in BAD_PACKAGES.items() if name not in FOR_THE_READER}
    through_receive |= {one.code for one in (*AT_THE_WARD.values(), *AT_THE_DISTRICT.values())}
    assert through_receive - {""} == {*CODES, *DECIDED_LATER}


def test_the_judges_of_a_file_say_the_codes_of_the_format_and_no_others():
    code = re.compile(rf'"((?:{"|".join(FAMILIES)})\.[a-z_]+)"')
    said = {found for file in JUDGES for found in code.findall(file.read_text(encoding="utf-8"))}
    assert said - NO_REFUSALS - OWN_PHOTOS == {*CODES, *DECIDED_LATER}
