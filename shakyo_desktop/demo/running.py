"""The running state of a demo: its folders, its open stores, the time of each step."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.founding import LockChoice
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import made_folder, write_verified

# Two at a time: the work is half waiting for the disk, and small machines have two cores.
WORKERS = 2
KEY_FILE = LockChoice(frozenset({"key_file"}))


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What to make: the folder, how many districts, activities and photos per district, and the seed."""

    directory: Path
    districts: int
    activities: int
    photos: int
    seed: int


@dataclass
class Journey:
    """The running state of a demo: its folders, open stores and the times of its steps (seconds)."""

    plan: DemoPlan
    open_services: Callable[[Path], Services]
    say: Callable[[str], None]
    ward: Services | None = None
    city: Services | None = None
    districts: dict[str, Services] = field(default_factory=dict)
    steps: list[tuple[str, float]] = field(default_factory=list)
    compilations: list[dict[str, object]] = field(default_factory=list)

    def folder(self, name: str) -> Path:
        """A folder of the demo, made when needed."""
        return made_folder(self.plan.directory / name)

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Times one step and says so."""
        start = time.perf_counter()
        yield
        seconds = time.perf_counter() - start
        self.steps.append((words, seconds))
        self.say(f"{seconds:7.2f} s  {words}")

    def for_each_district(self, work: Callable[[str, Services], None]) -> None:
        """Does the same for all districts, two at a time; the first failure ends the demo."""
        with ThreadPoolExecutor(WORKERS) as pool:
            for done in [pool.submit(work, org, services) for org, services in self.districts.items()]:
                done.result()

    def the_ward(self) -> Services:
        """The ward's services."""
        if self.ward is None:
            raise NotReady("区事務所がまだ始まっていません。")
        return self.ward

    def the_city(self) -> Services:
        """The city's services."""
        if self.city is None:
            raise NotReady("市社協がまだ始まっていません。")
        return self.city

    def save_document(self, name: str, data: bytes) -> None:
        """Keep one document under ``documents/``."""
        write_verified(self.folder("documents"), name, lambda out: out.write(data))
