"""Figures keyed twice: blind, by sample where the pile is large, with the differences counted."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from shakyo_desktop.domain.forms.keyed import COUNTED, VOID, agree, sampled
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.keying import KeyingService, typed_box
from shakyo_desktop.services.keying_sheet import Keyed, KeyingSheet


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a second person keyed, beside the first; both are shown only when they do not agree."""

    agrees: bool
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class KeyingCounts:
    """How much of a year was keyed: boxes, figures keyed twice, and differences by who keyed first."""

    boxes: int
    twice: int
    differences: Mapping[str, int]


class SecondKeyingService:
    """The second keying of a district's paper; the first is ``KeyingService``'s."""

    def __init__(self, context: ServiceContext, keying: KeyingService, org: str | None = None) -> None:
        self._context = context
        self._keying = keying
        self._org = org

    def second(self, sheet: KeyingSheet, number: str, typed: str) -> SecondLook:
        """Keep what a second person keyed in a figure's box without having seen the first."""
        box = sheet.box(number)
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, self._org)
            kept = stores.paper.boxes(sheet.key).get(number) or typed_box(desk, None, number, "")
            same = agree(box, kept.text, typed, sheet.key.fiscal_year)
            looked = replace(
                kept,
                second=typed,
                second_by=desk.journal.who,
                second_at=desk.journal.now,
                differed=kept.differed or not same,
            )
            stores.paper.save(sheet.key, [looked])
        return SecondLook(same, kept.text, typed)

    def settle(self, sheet: KeyingSheet, number: str, typed: str) -> Keyed:
        """After two people differed: what the paper says. The difference stays counted."""
        keyed = self._keying.key(sheet, number, typed)
        settled = replace(keyed.box, second=typed)
        with self._context.database.transaction() as stores:
            stores.paper.save(sheet.key, [settled])
        return replace(keyed, box=settled)

    def second_rows(self, sheet: KeyingSheet, every: int) -> tuple[str, ...]:
        """The rows of a sheet to key twice: one in ``every``, from a random start kept for the year."""
        rows = [row.number for row in sheet.page.rows if any(box.kind in COUNTED for box in row.boxes)]
        if every == 1:
            return tuple(dict.fromkeys(rows))
        key = f"keying.sample.{sheet.key.org}.{sheet.key.fiscal_year}.{sheet.key.form.value}.{every}"
        with self._context.database.transaction() as stores:
            seed = stores.settings.get(key)
            if seed is None:
                seed = random.SystemRandom().randrange(1 << 30)
                stores.settings.set(key, seed)
        return sampled(tuple(dict.fromkeys(rows)), every, random.Random(f"{seed}/{sheet.key.page}"))

    def counts(self, fiscal_year: int) -> KeyingCounts:
        """How much of a year was keyed, once and twice."""
        with self._context.database.reading() as stores:
            org = desk_of(self._context, stores, self._org).org
            boxes = [box for _, box in stores.paper.of_year(org, fiscal_year) if not box.box.endswith(VOID)]
        differences = Counter(box.keyed_by for box in boxes if box.differed)
        return KeyingCounts(len(boxes), sum(1 for box in boxes if box.second is not None), differences)
