"""A ward, two of its districts and a stick: real encrypted stores, wired as the program wires them."""

import io
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.founding import LockChoice, found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verdicts import Verdict

YEAR = 2026
PLAN = "chiba-shakyo-7"
ITEM = 9
EAST, WEST = "999999-01", "999999-02"
WARD = FICTIONAL_WARD.code
KEY_FILE = LockChoice(frozenset({"key_file"}))
START = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)


class Clock:
    """Answers the same moment until it is turned."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **units: float) -> None:
        """Go on by a ``timedelta`` (days=1, minutes=5)."""
        self.moment += timedelta(**units)


class World:
    """Folders ``ward``, ``east``, ``west`` and ``stick`` under one root; stores open when asked for."""

    def __init__(self, root: Path, clock: Clock | None = None) -> None:
        self.root = root
        self.clock = clock or Clock()
        self.stick = root / "stick"
        self._open: dict[str, Services] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as closing:
            for services in self._open.values():
                closing.callback(services.close)
        self._open.clear()

    def copy(self, root: Path) -> Self:
        """The same world in another folder, at the same moment; its stores must be closed here."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        again = type(self)(root)
        again.clock.moment = self.clock.moment
        return again

    def at(self, name: str) -> Services:
        """The services of a store by its folder's name."""
        if name not in self._open:
            self._open[name] = open_services(self.root / name, clock=self.clock)
        return self._open[name]

    def close(self, name: str) -> None:
        """Close one store, as when a laptop is shut."""
        services = self._open.pop(name, None)
        if services is not None:
            services.close()

    def clone(self, name: str, other: str) -> Services:
        """Copy a store's whole folder, keys and all, as a careless helper would."""
        self.close(name)
        shutil.copytree(self.root / name, self.root / other)
        return self.at(other)

    @property
    def ward(self) -> Services:
        return self.at("ward")

    @property
    def east(self) -> Services:
        return self.at("east")

    @property
    def west(self) -> Services:
        return self.at("west")

    def begin(self, name: str, org: str, setup: Path) -> None:
        """A district's first start on a new computer."""
        numbers = {code: number for code, _, number in self.ward.setups.slip_numbers()}
        join(self.root / name, setup.read_bytes(), org, numbers[org], f"みほん {name}", KEY_FILE, self.clock)

    def setup_file(self) -> Path:
        """The ward's newest setup on the stick."""
        self.ward.setups.issue()
        return self.ward.setups.write(self.stick).path

    def hand_in(self, name: str, stage: Stage = Stage.INTERIM) -> Path:
        """Freeze a district's year and write it to the stick; a minute passes."""
        return self.write(name, self.freeze(name, stage).package_id)

    def freeze(self, name: str, stage: Stage = Stage.INTERIM) -> Submission:
        """Freeze a district's year, every question answered; a minute passes."""
        services = self.at(name)
        self.clock.turn(minutes=1)
        for problem in services.checking.problems(YEAR, stage):
            if problem.level == "soft" and not problem.answered:
                services.checking.answer(problem, "みほんのため")
        return services.submission.freeze(YEAR, stage, Assembly.NONE, "みほん 部会長")

    def write(self, name: str, package_id: str) -> Path:
        """Write a frozen revision to a folder of its own on the stick."""
        folder = self.stick / name
        folder.mkdir(parents=True, exist_ok=True)
        return self.at(name).submission.write(package_id, folder).path

    def note(self, name: str, text: str, field: str = "outcome", item: int = ITEM) -> RecordRef:
        """Write a text into an item's status."""
        services = self.at(name)
        status = services.recording.status_for(YEAR, PLAN, item)
        ref = RecordRef(ITEM_STATUSES, status.id)
        services.recording.change(ref, field, text)
        return ref

    def text(self, name: str, org: str = EAST, field: str = "outcome", item: int = ITEM) -> str:
        """What an item's status says in a store."""
        with self.at(name).context.database.reading() as stores:
            statuses = stores.records.year(org, YEAR).item_statuses
        found = [getattr(one, field) for one in statuses if one.item_number == item]
        return found[0] if found else ""

    def receive(self, name: str, *paths: Path) -> tuple[Verdict, ...]:
        """Hand files to a store; a minute passes."""
        self.clock.turn(minutes=1)
        return self.at(name).intake.receive(paths)

    def approve(self, name: str, org: str = EAST, *, end_previous: bool = False) -> tuple[Verdict, ...]:
        """Type the number of a district's cover sheet at the office."""
        number = self.at(name).settings.check_number()
        self.clock.turn(minutes=1)
        return self.ward.registrations.approve_matching(org, number, end_previous=end_previous)

    def answers(self) -> tuple[Path, ...]:
        """Every answer that was never written, on the stick."""
        folder = self.stick / "answers"
        folder.mkdir(parents=True, exist_ok=True)
        self.clock.turn(minutes=1)
        return tuple(file.path for file in self.ward.answers.write(folder))

    def key(self, name: str) -> str:
        """The fingerprint of a store's signing key."""
        return self.at(name).settings.own_keys().key

    def dump(self, name: str) -> str:
        """Everything in a store."""
        out = io.StringIO()
        self.at(name).doctor.dump(out)
        return out.getvalue()


def fill(services: Services) -> None:
    """One item carried out, with one activity and its photo: enough for an interim report."""
    recording = services.recording
    recording.open_year(YEAR)
    status = recording.status_for(YEAR, PLAN, ITEM)
    changes: list[tuple[RecordRef, str, Any]] = [
        (RecordRef(ITEM_STATUSES, status.id), "state", "running"),
        (RecordRef(ITEM_STATUSES, status.id), "outcome", "集まりが増えました。"),
    ]
    activity = recording.new_activity(YEAR, PLAN, ITEM)
    ref = RecordRef(ACTIVITIES, activity.id)
    changes += [(ref, "held_on", "2026-09-01"), (ref, "participants", 24), (ref, "helpers", 5)]
    changes += [(ref, "venue", "みほん自治会館")]
    for record, name, value in changes:
        recording.change(record, name, value)
    services.photos.add(activity.id, small_picture())


def small_picture() -> bytes:
    """A picture of nothing (PNG)."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 140, 200)).save(out, "PNG")
    return out.getvalue()


def found_world(root: Path) -> World:
    """The ward with two districts on its roster, both begun and filled, nothing handed in."""
    world = World(root)
    world.stick.mkdir(parents=True)
    office = replace(FICTIONAL_WARD, telephone="000-000-0000")
    found_office(root / "ward", office, "みほん 事務", KEY_FILE, world.clock)
    for name, telephone in (("みほん東地区部会", "000-000-0001"), ("みほん西地区部会", "000-000-0002")):
        world.ward.roster.add(name, telephone=telephone)
    setup = world.setup_file()
    for name, org in (("east", EAST), ("west", WEST)):
        world.begin(name, org, setup)
        fill(world.at(name))
    return world


def only(verdicts: tuple[Verdict, ...]) -> tuple[str, str]:
    """Verdict and code of the one file."""
    [verdict] = verdicts
    return verdict.verdict, verdict.code


def unchanged(world: World, name: str, work: Callable[[], object]) -> bool:
    """Whether a store is the same after some work."""
    before = world.dump(name)
    work()
    return world.dump(name) == before
