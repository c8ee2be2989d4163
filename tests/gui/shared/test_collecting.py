"""Garbage goes while a window is open, though Python does not collect by itself then."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from shakyo_desktop.gui.shared.collecting import WindowCollector, collect_what_is_due


class Knot:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector() -> Iterator[WindowCollector]:
    collector = WindowCollector()
    yield collector
    collector.stop()
    assert gc.isenabled()


def test_python_does_not_collect_by_itself_while_a_window_is_open(collector: WindowCollector) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    kept = [[number] for number in range(5000)]  # many times what starts an automatic collection
    assert knot() is not None
    assert len(kept) == 5000


def test_what_is_due_is_collected(collector: WindowCollector) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    kept = [[number] for number in range(5000)]
    collect_what_is_due()
    assert knot() is None
    assert len(kept) == 5000


def test_every_generation_comes_to_its_turn(collector: WindowCollector) -> None:
    gc.collect()
    knot = Knot()
    old = weakref.ref(knot)
    gc.collect(0)
    gc.collect(1)
    del knot
    kept = []
    while old() is not None and len(kept) < 200:
        kept.append([[number] for number in range(2100)])
        collect_what_is_due()
    assert old() is None


def test_the_timer_collects_on_the_windows_thread(collector: WindowCollector, qtbot) -> None:  # type: ignore[no-untyped-def]
    gc.collect()
    knot = weakref.ref(Knot())
    kept = [[number] for number in range(5000)]
    qtbot.waitUntil(lambda: knot() is None)
    assert len(kept) == 5000


def test_what_was_set_aside_is_walked_again_only_after_the_end() -> None:
    collector = WindowCollector()
    collector.set_aside()
    assert gc.get_freeze_count() > 0
    collector.stop()
    assert gc.get_freeze_count() == 0
