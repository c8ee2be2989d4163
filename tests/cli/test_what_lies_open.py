"""What a demonstration leaves readable on purpose, named file by file, and that nothing else is."""

from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from tests.at_rest.marks import Searched, byte_forms, text_forms
from tests.cli.conftest import CITY, EAST, WARD, WEST

_STORES = {WARD: "ward", CITY: "city", EAST: f"districts/{EAST}", WEST: f"districts/{WEST}"}
OPEN = {
    *((f"{folder}/store.key", f"store key of {org}") for org, folder in _STORES.items()),
    *((f"keys/{org}-mailbox.txt", f"mailbox of {org}") for org in (EAST, WEST)),
    *((f"keys/{org}-mailbox.txt", f"recovery of {org}") for org in (EAST, WEST)),
    ("keys/ward-recovery.txt", f"recovery of {WARD}"),
    ("keys/city-recovery.txt", f"recovery of {CITY}"),
}
"""Its stores open by key files, so that scripts can read them; its documents are for reading."""
WORDS = "受付の名簿で数えなおしました"


def test_a_demonstration_leaves_open_what_scripts_need_and_nothing_else(demo: Path) -> None:
    marks = {"a text": text_forms(WORDS)}
    for org, folder in _STORES.items():
        services = open_services(demo / folder)
        marks[f"store key of {org}"] = byte_forms(services.context.database.key)
        with services.context.database.reading() as stores:
            for purpose in ("signing", "mailbox", "recovery"):
                for own in stores.keys.own(purpose):
                    marks[f"{purpose} of {org}"] = byte_forms(own.secret)
        services.close()
    searched = Searched().look([demo], marks)
    found = {(name.removeprefix("demo/"), mark) for name, mark in searched.found}
    assert {one for one in found if not one[0].startswith("documents/")} == OPEN
    assert searched.files > 60
