"""What a connection means for the figures, in words."""

from collections.abc import Mapping

from shakyo_desktop.domain.crosswalk import MappedFigures
from shakyo_desktop.services.plan_pairs import PairsView


def counting_of(view: PairsView, number: int) -> str:
    """For which one item of the other plan the activities of an item count."""
    counted = view.counted.get((view.plan.id, number))
    if counted is None:
        return f"左の {number} の活動は、右の計画ではどの項目にも数えません。"
    words = f"左の {number} の活動は、右の {counted.item_number} に数えます"
    if counted.not_counted:
        rest = "、".join(map(str, counted.not_counted))
        return f"{words}（{rest} には重ねて数えません）。"
    return f"{words}。"


def figures_of(view: PairsView, number: int, names: Mapping[str, str]) -> str:
    """What the diaries of other plans add to an item of the other plan, with the source of each."""
    found = view.figures.get(number, ())
    if not found:
        return ""
    return f"右の {number} に加わる今年度の活動：{'、'.join(_source(one, names) for one in found)}"


def _source(figures: MappedFigures, names: Mapping[str, str]) -> str:
    parts = [f"{figures.sessions}回" if figures.sessions is not None else f"{figures.activities}件"]
    if figures.participants is not None:
        parts.append(f"延べ{figures.participants}人")
    return f"「{names.get(figures.plan_id, figures.plan_id)}」{figures.item_number} から {'・'.join(parts)}"
