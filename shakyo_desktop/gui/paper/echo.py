"""What a row means so far, in words, under the sheet: the date with its weekday, the item's name."""

from collections.abc import Mapping, Sequence

from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.domain.forms.keyed import read_box
from shakyo_desktop.domain.forms.layout import MonthTally, Row
from shakyo_desktop.services.keying_sheet import KeyingSheet


def echo_of(sheet: KeyingSheet, number: str, texts: Mapping[str, str], offered: Sequence[str] = ()) -> str:
    """One line about the row a box stands in, and the known words a digit stands for there."""
    row = sheet.row_of(number)
    parts = [f"{number}：", *_read(sheet, row, texts)]
    if offered:
        named = "　".join(f"{at} {words}" for at, words in enumerate(offered, start=1))
        parts.append(f"番号とEnterで入ります → {named}")
    target = next(target for box, target in row.pairs() if box.number == number)
    if isinstance(target, MonthTally):
        parts.append(month_name(target.month))
        single = sheet.single_entries.get((target.item_number, target.month), 0)
        if single:
            parts.append(f"この月には1回ごとの記録が{single}件あります（合計には両方が入ります）。")
    return "　".join(parts)


def _read(sheet: KeyingSheet, row: Row, texts: Mapping[str, str]) -> list[str]:
    said = []
    for box in row.boxes:
        value, unread = read_box(box, texts.get(box.number, ""), sheet.key.fiscal_year)
        if unread:
            said.append(f"⚠{box.label}は読めません")
        elif box.field == "held_on" and value is not None:
            said.append(era_date(value))
        elif box.field == "item_number" and value is not None:
            item = sheet.plan.item(value)
            said.append(item.name if item else f"⚠項目{value}は計画にありません")
        elif box.choices and isinstance(value, str):
            said.append(next(one.words for one in box.choices if one.code == value))
    return said
