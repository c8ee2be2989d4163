"""What a compilation rests on that changed after it was made, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shakyo_desktop.domain.compilation import (
    Arrival,
    DistrictLine,
    ItemRollUp,
    SourceReport,
    StaleMark,
    WardCompilation,
)
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.totals import total_specs
from shakyo_desktop.services.compiling import Compiled
from shakyo_desktop.services.context import JAPAN


def stale_marks(compilation: WardCompilation, now: Compiled, ward_name: str) -> tuple[StaleMark, ...]:
    """Every difference between a compilation and what it would be now; empty while it is good."""
    marks = [*_source_marks(compilation.sources, now.sources), *_content_marks(compilation, now)]
    ward = _ward_words(compilation, now)
    plan = _plan_words(compilation, now)
    mapped = _mapped_words(compilation, now)
    own = [StaleMark(compilation.ward, ward_name, words) for words in (*plan, *mapped, *ward)]
    if not marks and not own and compilation.items != now.items:
        words = "成果事例か前年度の数字が変わりました。"
        own.append(StaleMark(compilation.ward, ward_name, words))
    return (*marks, *own)


def _source_marks(old: Sequence[SourceReport], new: Sequence[SourceReport]) -> list[StaleMark]:
    before, after = ({one.org: one for one in sources} for sources in (old, new))
    marks = [
        StaleMark(org, one.name, words)
        for org, one in after.items()
        for words in _source_words(before.get(org), one)
    ]
    gone = (one for org, one in before.items() if org not in after)
    return [*marks, *(StaleMark(one.org, one.name, "名簿で報告しない地区になりました。") for one in gone)]


def _source_words(old: SourceReport | None, new: SourceReport) -> Iterable[str]:
    if old is None:
        yield "名簿に加わりました。"
        return
    if old.name != new.name:
        yield f"名前が変わりました（前は「{old.name}」）。"
    if old.manifest != new.manifest:
        yield _report_words(old, new)
    elif old.joined != new.joined:
        yield "別の版と合わせた内容が変わりました。"
    elif old.confirmed != new.confirmed:
        yield "報告が確定しました。" if new.confirmed else "確定が取り消され、もう一度確認しています。"
    elif old.arrival is not new.arrival:
        yield "報告の期限が変わりました。"


def _content_marks(compilation: WardCompilation, now: Compiled) -> list[StaleMark]:
    """The same signed report that says something else now: how its versions were joined was decided anew."""
    before = {one.org: (one.manifest, one.joined) for one in compilation.sources}
    same = [one for one in now.sources if before.get(one.org) == (one.manifest, one.joined)]
    old, new = _lines(compilation.items), _lines(now.items)
    changed = [one for one in same if one.org in old and old[one.org] != new.get(one.org)]
    return [StaleMark(one.org, one.name, "報告の合わせ方が変わりました。") for one in changed]


def _lines(items: Iterable[ItemRollUp]) -> dict[str, dict[int, DistrictLine]]:
    """What every district says, by district and item."""
    found: dict[str, dict[int, DistrictLine]] = {}
    for item in items:
        for line in item.districts:
            found.setdefault(line.org, {})[item.item_number] = _own(line)
    return found


def _own(line: DistrictLine) -> DistrictLine:
    """A line without what came from other plans, which has a mark of its own."""
    if not line.mapped:
        return line
    rest = {code: figure - line.mapped.get(code, 0) for code, figure in line.totals.items()}
    own = {code: figure for code, figure in rest.items() if figure or code not in line.mapped}
    return replace(line, totals=own, mapped={})


def _report_words(old: SourceReport, new: SourceReport) -> str:
    if new.arrival is Arrival.MISSING:
        return "報告が取り下げられました。"
    day = era_date(new.received_at.astimezone(JAPAN).date()) if new.received_at else ""
    if old.arrival is Arrival.MISSING:
        return f"報告が届きました（{day}、第{new.revision}版）。"
    if old.revision == new.revision:
        return f"別の報告に置きかわりました（第{new.revision}版）。"
    return f"別の版が届きました（第{old.revision}版から第{new.revision}版、{day}）。"


def _plan_words(compilation: WardCompilation, now: Compiled) -> list[str]:
    """What the snapshot shows of its plan: the items in their order and the figures each asks for."""
    old = [(one.item_number, [known.code for known in one.sums]) for one in compilation.items]
    new = [(item.number, [spec.code for spec in total_specs(item)]) for item in now.plan.items]
    return [] if old == new else ["計画の取組項目が変わりました。"]


def _mapped_words(compilation: WardCompilation, now: Compiled) -> list[str]:
    """What other plans' items bring to the sums: the crosswalk may have changed, or what it connects."""
    old, new = ({one.item_number: one.mapped for one in items} for items in (compilation.items, now.items))
    changed = sorted(number for number in old.keys() & new.keys() if old[number] != new[number])
    if not changed:
        return []
    return [f"ほかの計画の項目から加わる数（{'、'.join(map(str, changed))}番）が変わりました。"]


def _ward_words(compilation: WardCompilation, now: Compiled) -> list[str]:
    old, new = (
        {item.item_number: item.ward_status for item in items} for items in (compilation.items, now.items)
    )
    changed = sorted(number for number in old.keys() & new.keys() if old[number] != new[number])
    if not changed:
        return []
    return [f"区事務所の取組（{'、'.join(map(str, changed))}番）が書きかえられました。"]
