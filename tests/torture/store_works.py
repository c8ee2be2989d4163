"""What happens to a whole store: migrating, copying, restoring, beginning."""

import shutil
from pathlib import Path
from typing import Any

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.services.backup import restore
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.founding import join
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.opening import has_store
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.replacing import restore_in_place
from tests.bench.data import KEY_FILE, clock
from tests.torture.checking import DATA, STICK, open_place
from tests.torture.killing import Say
from tests.torture.places import COPY, COPY_SECRET, FILES, REGISTERED, Places


def migrate(place: Path, say: Say) -> None:
    """A store of the first version is opened by this one."""
    services = open_place(place)
    say("opened")
    services.close()


def migration_is_kept(services: Services, _reports: list[Any], place: Path, _places: Places) -> list[str]:
    """Everything of the old store is there, the old file beside it."""
    with services.context.database.reading() as stores:
        kept = [one.content for one in stores.records.year("990011-01", 2026).activities]
    problems = [] if kept == ["見守り訪問で気になった方"] * 2 else [f"the old store's diary is {kept}"]
    old = list((place / DATA).glob("store.before-*.db"))
    return problems + ([] if len(old) == 1 else [f"old files: {len(old)}"])


def back_up(place: Path, say: Say) -> None:
    """A copy over an older one, then an automatic one."""
    services = open_place(place)
    say("opened")
    services.backup.backup(place / STICK / COPY)
    say("copied")
    GenerationService(services.context).make_if_changed()
    say("generation")
    services.close()


def copies_are_kept(services: Services, reports: list[Any], place: Path, _places: Places) -> list[str]:
    """A finished name holds a whole copy; what was reported is remembered."""
    problems = []
    scratch = place / "scratch"
    scratch.mkdir()
    for number, file in enumerate(
        [*(place / STICK).glob("*.hikae"), *(place / DATA / "copies").glob("*.hikae")]
    ):
        with open_copy(file) as copy:
            copy.slots()
            copy.take_store(scratch / str(number))  # compares every byte with the label
    shutil.rmtree(scratch)
    if "copied" in reports and not services.backup.copies():
        problems.append("a copy that was made is not remembered")
    if "generation" in reports and not GenerationService(services.context).generations():
        problems.append("an automatic copy is gone")
    return problems


def restore_new(place: Path, say: Say) -> None:
    """A copy becomes a store where none is; a finished one is left alone."""
    if not has_store(place / DATA):
        restore(place / FILES / COPY, place / DATA, _secret(place), KEY_FILE, clock)
    say("restored")


def restore_over(place: Path, say: Say) -> None:
    """A copy becomes the store in place of the one that lies there."""
    restore_in_place(place / FILES / COPY, place / DATA, _secret(place), KEY_FILE, clock)
    say("restored")


def begin(place: Path, say: Say) -> None:
    """A district's first start; a finished one is left alone."""
    if not has_store(place / DATA):
        number = (place / FILES / "number.txt").read_text()
        setup = (place / FILES / "setup.shakyo").read_bytes()
        join(place / DATA, setup, REGISTERED[0], number, "みほん 記録係", KEY_FILE, clock=clock)
    say("begun")


def _secret(place: Path) -> str:
    return (place / FILES / COPY_SECRET).read_text()


def whole_store_or_none(place: Path, reports: list[Any]) -> list[str]:
    """Before any start: there is a store that opens, or none and the work can begin anew."""
    if not has_store(place / DATA):
        return ["it was reported and there is no store"] if reports else []
    services = open_services(place / DATA, clock=clock)
    try:
        return [] if services.settings.identity().org.code else ["the store belongs to nobody"]
    finally:
        services.close()
