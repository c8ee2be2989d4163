"""What ホーム says about a handover: to who made one, to who took over, and in spring to everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.gui.district.home_data import HomeData
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.succession import Standing, Succession

_TOLD = timedelta(days=30)
"""How long the end of a handover is told."""
_SEASON = (3, 4)  # officers change in April


@dataclass(frozen=True, slots=True)
class HandoverNotice:
    """Words, and whether they come with the way to 引継ぎ."""

    words: str
    to_wizard: bool = False


def handover_notice(data: HomeData) -> HandoverNotice | None:
    """Return what is to be said now, or None.

    ``registration_ends`` is more pressing than the reminder of spring, and an end that was told long
    enough is not told any more.
    """
    if data.succession is not None and (words := _successor_words(data.succession, data)):
        return HandoverNotice(words)
    if data.handover is not None:
        return HandoverNotice(
            f"{_day(data.handover.at)}に、次の担当者に渡す引継ぎのファイルを作りました。\n"
            "これからは、次の担当者のパソコンで書いてください。このパソコンの記録は、そのまま残っています。\n"
            "ここで書き足したことを渡すときは、引継ぎのファイルをもう一度作ります。",
            to_wizard=True,
        )
    if data.today.month in _SEASON and data.registration_ends is None:
        return HandoverNotice(
            "担当者が代わるときは、「設定・控え」の「引継ぎ」で、次の方に渡すファイルと紙を作れます。",
            to_wizard=True,
        )
    return None


def _successor_words(taken: Succession, data: HomeData) -> str:
    if taken.standing is Standing.NOT_HANDED_IN:
        return (
            f"引き継ぎました。{_day(taken.made_at)}までの記録が入っています。\n"
            "次の提出のとき、送付票の確認番号を事務所に見てもらい、このパソコンを登録してもらいます。"
        )
    if taken.standing is Standing.WAITING:
        return (
            "提出ファイルを作りました。事務所が送付票の確認番号を確かめると、このパソコンが登録されます。\n"
            "事務所の返事を受け取ると、引継ぎは終わりです。"
        )
    if taken.registered_at is not None and data.today - taken.registered_at.date() <= _TOLD:
        return (
            "事務所が、このパソコンを新しい担当者のものとして登録しました。引継ぎは終わりました。\n"
            "「引継ぎの合い言葉」の紙は、細かく切って捨ててください。前の担当者にも知らせてください。"
        )
    return ""


def _day(at: datetime) -> str:
    return era_date(at.astimezone(JAPAN).date())
