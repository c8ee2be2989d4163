"""Every target, and how much of a run each layer gets."""

from collections.abc import Iterator
from functools import cache

from tests.fuzz.file_targets import file_targets
from tests.fuzz.nested_targets import nested_targets
from tests.fuzz.package_targets import package_targets
from tests.fuzz.picture_targets import picture_targets
from tests.fuzz.store_targets import store_targets
from tests.fuzz.target import Target

# Of a thousand cases; a case of ``receive`` is a whole sequence of packages.
SHARES = {
    "one byte": 140,
    "sealed bytes": 100,
    "age header": 70,
    "container": 100,
    "zip entries": 80,
    "manifest": 50,
    "signature": 70,
    "certificate": 40,
    "package.json": 80,
    "lines": 100,
    "texts": 60,
    "evidence": 30,
    "last report": 25,
    "carried setup": 15,
    "photo": 15,
    "receive": 2,
    "workbook": 3,
    "csv": 6,
    "toml": 4,
    "sheet code": 4,
    "mailbox": 4,
    "picture": 3,
    "scan": 1,
    "copy": 2,
}
SLOW = frozenset({"receive", "workbook", "scan", "copy"})


@cache
def all_targets() -> tuple[Target, ...]:
    """Every target in a fixed order."""
    return (*package_targets(), *nested_targets(), *store_targets(), *file_targets(), *picture_targets())


def plan_of(cases: int, layer: str = "") -> Iterator[tuple[int, int]]:
    """(place of a target, its number of cases); at least one each."""
    targets = all_targets()
    wanted = [place for place, one in enumerate(targets) if layer in ("", one.layer)]
    of_layer = [one.layer for one in targets]
    whole = sum(SHARES[name] for name in {of_layer[place] for place in wanted})
    for place in wanted:
        name = of_layer[place]
        share = SHARES[name] / whole / of_layer.count(name)
        yield place, max(1, round(cases * share))
