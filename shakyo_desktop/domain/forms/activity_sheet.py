"""F1 活動記録票: twelve activities on a sheet; ``large_sheet`` has the one for a single activity."""

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.forms.layout import (
    BOTTOM,
    FIRST_ROW,
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

VERSION = 1
ROWS = 12
_NUMBER = 8.0
_HEAD = 9.0
_HINT = 11.0
_PLACES = 12.0
_EXAMPLE = 11.0
_HEIGHT = (BOTTOM - FIRST_ROW - _HINT - _HEAD - _EXAMPLE - _PLACES) / ROWS
PLACES = (LEFT, BOTTOM - _PLACES, WIDTH, _PLACES)
"""Where the places a district knows are listed under the rows: x, y, width and height."""


OUTCOMES = digit_choices(
    codes.OutcomeState, {"held": "実施", "cancelled": "中止", "postponed": "延期", "substitute": "別の方法"}
)
EXAMPLE = ("5/12", "8", "1", "みほん会館", "24", "6", "（記入例）体操とお茶の会")
"""One row as it is meant to be written; it stands in grey above the first row and is no box."""

# Field, heading, kind, unit, width in mm.
_COLUMNS: tuple[tuple[str, str, BoxKind, str, float], ...] = (
    ("held_on", "日付", BoxKind.DATE, "", 23.0),
    ("item_number", "項目", BoxKind.NUMBER, "", 13.0),
    ("outcome_state", "実施", BoxKind.CHOICE, "", 13.0),
    ("venue", "場所", BoxKind.TEXT, "", 36.0),
    ("participants", "参加", BoxKind.NUMBER, "人", 17.0),
    ("helpers", "担い手", BoxKind.NUMBER, "人", 17.0),
    ("content", "内容（中止は理由）", BoxKind.MULTILINE, "", 45.0),
)


def activity_sheet(fiscal_year: int, sheets: int = 1) -> FormLayout:
    """The sheet with twelve rows, ``sheets`` times; rows count on from sheet to sheet."""
    pages = tuple(_page(number) for number in range(1, max(sheets, 1) + 1))
    return FormLayout(form=FormCode.F1, version=VERSION, fiscal_year=fiscal_year, pages=pages)


def _page(number: int) -> FormPage:
    top = FIRST_ROW + _HINT + _HEAD + _EXAMPLE
    rows = tuple(_row(number, row, top + row * _HEIGHT) for row in range(ROWS))
    return FormPage(number=number, heading=f"{number}枚目", rows=rows, labels=_labels(rows))


def _labels(rows: tuple[Row, ...]) -> tuple[Label, ...]:
    choices = "　".join(f"{one.digit} {one.words}" for one in OUTCOMES)
    hint = Label(
        x=LEFT, y=FIRST_ROW, width=WIDTH, height=_HINT, ruled=False,
        text=f"実施の欄は数字で書きます： {choices}。人数がわからないときは空けておきます（0と書きません）。",
    )  # fmt: skip
    y = FIRST_ROW + _HINT
    heads = [cell(LEFT, y, _NUMBER, _HEAD, "行"), cell(LEFT, y + _HEAD, _NUMBER, _EXAMPLE, "例")]
    x = LEFT + _NUMBER
    for column, (_, words, _, _, width) in enumerate(_COLUMNS, start=1):
        heads.append(cell(x, y, width, _HEAD, f"{column} {words}"))
        heads.append(cell(x, y + _HEAD, width, _EXAMPLE, EXAMPLE[column - 1]))
        x += width
    numbers = [cell(LEFT, row.boxes[0].y, _NUMBER, _HEIGHT, row.number) for row in rows]
    return (hint, *heads, *numbers)


def _row(page: int, row: int, y: float) -> Row:
    index = (page - 1) * ROWS + row
    boxes, x = [], LEFT + _NUMBER
    for column, (field, words, kind, unit, width) in enumerate(_COLUMNS, start=1):
        boxes.append(
            Box(
                number=f"{row + 1}-{column}",
                label=words,
                field=field,
                kind=kind,
                x=x,
                y=y,
                width=width,
                height=_HEIGHT,
                unit=unit,
                choices=OUTCOMES if field == "outcome_state" else (),
            )
        )
        x += width
    return Row(str(row + 1), "", tuple(boxes), (ActivityRow(index),) * len(boxes))
