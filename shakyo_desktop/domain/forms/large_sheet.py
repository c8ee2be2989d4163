"""F1 活動記録票 for one large activity: everything an entry of the diary can say, on one sheet."""

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.forms.activity_sheet import OUTCOMES
from shakyo_desktop.domain.forms.layout import (
    FIRST_ROW,
    LABEL_GREY,
    LEFT,
    WIDTH,
    ActivityRow,
    Box,
    BoxKind,
    FormCode,
    FormLayout,
    FormPage,
    Label,
    Row,
    cell,
    digit_choices,
)

VERSION = 101
"""The large sheet is another layout of F1; its versions count from 101."""

_HEAD = 6.0
_LINE = 9.0
_CHOICES = {
    "kind": digit_choices(codes.ActivityKind),
    "outcome_state": OUTCOMES,
    "method": digit_choices(codes.Method),
    "partners": digit_choices(codes.Partner),
}
EXAMPLE = (
    "記入例： 1-1 5/12　1-2 1000　1-3 1130　1-4 8　1-5 1　2-1 1　3-1 みほん会館　3-2 24　3-3 6"
    "　5-1 1・2　6-1 体操とお茶の会"
)
"""Boxes by their numbers as they are meant to be written."""

_LEGEND_WORDS = {"kind": "種類", "outcome_state": "実施", "method": "方法", "partners": "団体"}

# Field, label, kind, unit, and the box's share of its row.
_Part = tuple[str, str, BoxKind, str, float]
_TEXT, _NUMBER, _CHOICE = BoxKind.TEXT, BoxKind.NUMBER, BoxKind.CHOICE
_ROWS: tuple[tuple[float, tuple[_Part, ...]], ...] = (
    (
        _LINE,
        (
            ("held_on", "日付", BoxKind.DATE, "", 2.0),
            ("start_time", "始まり", _TEXT, "", 1.0),
            ("end_time", "終わり", _TEXT, "", 1.0),
            ("item_number", "項目の番号", _NUMBER, "", 1.0),
            ("kind", "種類の番号", _CHOICE, "", 1.0),
        ),
    ),
    (
        _LINE,
        (
            ("outcome_state", "実施の番号", _CHOICE, "", 1.0),
            ("outcome_reason", "中止・延期などの理由", _TEXT, "", 4.0),
            ("method", "方法の番号", _CHOICE, "", 1.0),
        ),
    ),
    (
        _LINE,
        (
            ("venue", "場所", _TEXT, "", 4.0),
            ("participants", "延べ参加者", _NUMBER, "人", 1.2),
            ("helpers", "延べ担い手", _NUMBER, "人", 1.2),
        ),
    ),
    (
        _LINE,
        tuple((f"breakdown.{group.value}", group.label, _NUMBER, "人", 1.0) for group in codes.Beneficiary),
    ),
    (
        _LINE,
        (
            ("partners", "いっしょに行った団体の番号", BoxKind.CHOICES, "", 1.0),
            ("partners_text", "団体の名前", _TEXT, "", 2.0),
        ),
    ),
    (52.0, (("content", "内容", BoxKind.MULTILINE, "", 1.0),)),
    (42.0, (("note", "メモ", BoxKind.MULTILINE, "", 1.0),)),
)


def large_activity_sheet(fiscal_year: int, sheets: int = 1) -> FormLayout:
    """The sheet for one activity with all it can say, ``sheets`` times."""
    pages = tuple(_page(number) for number in range(1, max(sheets, 1) + 1))
    return FormLayout(form=FormCode.F1, version=VERSION, fiscal_year=fiscal_year, pages=pages)


def _page(number: int) -> FormPage:
    rows: list[Row] = []
    labels: list[Label] = []
    y = FIRST_ROW
    for place, (height, parts) in enumerate(_ROWS, start=1):
        boxes = _boxes(place, parts, y + _HEAD, height)
        labels += [cell(box.x, y, box.width, _HEAD, f"{box.number} {box.label}") for box in boxes]
        rows.append(Row(str(place), "", boxes, (ActivityRow(number - 1),) * len(boxes)))
        y += _HEAD + height
    labels += _legend(y + 3)
    return FormPage(number=number, heading=f"{number}件目", rows=tuple(rows), labels=tuple(labels))


def _boxes(place: int, parts: tuple[_Part, ...], y: float, height: float) -> tuple[Box, ...]:
    boxes, x = [], LEFT
    whole = sum(share for *_, share in parts)
    for column, (field, words, kind, unit, share) in enumerate(parts, start=1):
        width = WIDTH * share / whole
        boxes.append(
            Box(
                number=f"{place}-{column}",
                label=words,
                field=field,
                kind=kind,
                x=x,
                y=y,
                width=width,
                height=height,
                unit=unit,
                choices=_CHOICES.get(field, ()),
            )
        )
        x += width
    return tuple(boxes)


def _legend(y: float) -> list[Label]:
    found = []
    for field, choices in _CHOICES.items():
        text = f"{_LEGEND_WORDS[field]}：" + "　".join(f"{one.digit} {one.words}" for one in choices)
        height = 11.0 if len(choices) > 5 else 6.0
        found.append(Label(x=LEFT, y=y, width=WIDTH, height=height, text=text, ruled=False))
        y += height
    found.append(Label(x=LEFT, y=y + 1, width=WIDTH, height=11.0, text=EXAMPLE, grey=LABEL_GREY))
    return found
