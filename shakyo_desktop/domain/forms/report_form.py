"""F4 取組状況報告書: a head (鑑) and, for every 施策の方向性, sheets with two items each (別紙).

An item never goes on to another sheet. Last year's state, figures and words stand in grey beside the
boxes of a pre-filled form.
"""

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.forms.layout import (
    BOTTOM,
    FIRST_ROW,
    ITEM_NAME,
    LABEL_GREY,
    LEFT,
    WIDTH,
    Box,
    BoxChoice,
    BoxKind,
    CoverOf,
    FormCode,
    FormLayout,
    FormPage,
    Label,
    Row,
    StatusOf,
    cell,
    digit_choices,
)
from shakyo_desktop.domain.plan import Direction, Item, Plan
from shakyo_desktop.domain.totals import total_specs

VERSION = 1
ITEMS_A_PAGE = 2
_GAP = 4.0
_BLOCK = (BOTTOM - FIRST_ROW) / ITEMS_A_PAGE - _GAP
_TITLE, _STATE, _RATING, _REASONS, _TARGET = 7.0, 8.0, 11.0, 8.0, 8.0
_TOTAL_HEAD, _TOTAL_BEFORE, _TOTAL_BOX = 10.0, 6.0, 8.0
_SIDE = 24.0
_TARGET_NAME, _SUPPORT_NAME = 25.0, 27.0
_DIGIT = 12.0
_BEFORE = 50.0
_STATES = digit_choices(codes.ImplementationState)
_SUPPORT = digit_choices(codes.Support)
_ASSEMBLY = digit_choices(codes.Assembly, {"before": "承認前", "after": "承認後", "none": "総会なし"})
_TEXTS = (("outcome", "成果"), ("challenge", "課題"), ("next_plan", "次年度に向けて"))


def report_form(plan: Plan, fiscal_year: int) -> FormLayout:
    """The head and the sheets of one plan; sheets follow its directions."""
    pages = [_cover()]
    for direction in plan.directions:
        items = [item for item in plan.items if item.direction == direction.number]
        for at in range(0, len(items), ITEMS_A_PAGE):
            pages.append(_sheet(plan, direction, items[at : at + ITEMS_A_PAGE], len(pages) + 1))
    return FormLayout(form=FormCode.F4, version=VERSION, fiscal_year=fiscal_year, pages=tuple(pages))


def rating_choices(plan: Plan) -> tuple[BoxChoice, ...]:
    """The levels of a plan's own scale by digit, and 評価しない after them."""
    levels = [
        BoxChoice(str(number), level.code, f"{level.symbol}{level.words}")
        for number, level in enumerate(plan.rating_scale, start=1)
    ]
    none = codes.SelfRating.NOT_RATED
    return (*levels, BoxChoice(str(len(levels) + 1), none.value, none.label))


# --- the head ----------------------------------------------------------------------------------------------

_COVER_TOP = 110.0
_COVER_ROW = 14.0
_COVER_SIDE = 42.0
_SEAL = 26.0


def _cover() -> FormPage:
    parts = (
        ("handed_in_on", "提出日", BoxKind.DATE, ()),
        ("chair_name", "部会長名", BoxKind.TEXT, ()),
        ("assembly", "総会", BoxKind.CHOICE, _ASSEMBLY),
    )
    rows, labels, y = [], [], _COVER_TOP
    for number, (field, words, kind, choices) in enumerate(parts, start=1):
        wide = _DIGIT if choices else WIDTH - _COVER_SIDE - (_SEAL if field == "chair_name" else 0.0)
        box = Box(
            number=f"鑑-{number}",
            label=words,
            field=field,
            kind=kind,
            x=LEFT + _COVER_SIDE,
            y=y,
            width=wide,
            height=_COVER_ROW,
            choices=choices,
        )
        rows.append(Row(f"鑑-{number}", words, (box,), (CoverOf(),)))
        labels.append(cell(LEFT, y, _COVER_SIDE, _COVER_ROW, words))
        if choices:
            rest = LEFT + _COVER_SIDE + wide
            labels.append(_legend(rest, y, WIDTH - _COVER_SIDE - wide, _COVER_ROW, choices))
        y += _COVER_ROW
    seal = LEFT + WIDTH - _SEAL
    labels.append(
        Label(x=seal, y=_COVER_TOP + _COVER_ROW, width=_SEAL, height=_COVER_ROW, text="印（なくてもよい）")
    )
    return FormPage(number=1, heading="鑑", rows=tuple(rows), labels=tuple(labels))


# --- the sheets --------------------------------------------------------------------------------------------


def _sheet(plan: Plan, direction: Direction, items: list[Item], number: int) -> FormPage:
    rows: list[Row] = []
    labels: list[Label] = []
    for place, item in enumerate(items):
        block = _Block(plan, item, FIRST_ROW + place * (_BLOCK + _GAP))
        rows += block.rows
        labels += block.labels
    heading = f"別紙　施策{direction.number} {direction.name}"
    return FormPage(number=number, heading=heading, rows=tuple(rows), labels=tuple(labels))


class _Block:
    """One item on its sheet, from its title down to its texts."""

    def __init__(self, plan: Plan, item: Item, y: float) -> None:
        self._item = item
        self._target = StatusOf(plan.id, item.number)
        self._end = y + _BLOCK
        self._y = y
        self._count = 0
        self.rows: list[Row] = []
        self.labels: list[Label] = []
        self._title()
        self._choice("state", "実施状況", _STATES, _STATE)
        self._choice("self_rating", "自己評価", rating_choices(plan), _RATING)
        self._reasons()
        self._totals()
        self._target_and_support()
        self._texts()

    def _box(
        self,
        field: str,
        words: str,
        kind: BoxKind,
        x: float,
        width: float,
        height: float,
        *,
        unit: str = "",
        choices: tuple[BoxChoice, ...] = (),
        beside: tuple[float, float, float, float] | None = None,
    ) -> Box:
        self._count += 1
        return Box(
            number=f"{self._item.number}-{self._count}",
            label=words,
            field=field,
            kind=kind,
            x=x,
            y=self._y,
            width=width,
            height=height,
            unit=unit,
            choices=choices,
            beside=beside,
        )

    def _row(self, title: str, *boxes: Box) -> None:
        number = str(self._item.number)
        self.rows.append(Row(number, title, boxes, (self._target,) * len(boxes)))

    def _label(self, x: float, width: float, height: float, text: str, y: float | None = None) -> None:
        self.labels.append(cell(x, self._y if y is None else y, width, height, text))

    def _numbered(self, x: float, width: float, height: float, words: str, y: float | None = None) -> None:
        """The label of the box that comes next, with the box's number within its item."""
        self._label(x, width, height, f"{self._count + 1} {words}", y)

    def _title(self) -> None:
        item = self._item
        marks = "・".join(word for word, on in (("重点", item.priority), ("新規", item.new)) if on)
        words = f"{item.number}　{item.name}" + (f"（{marks}）" if marks else "")
        self.labels.append(
            Label(
                x=LEFT,
                y=self._y,
                width=WIDTH,
                height=_TITLE,
                text=words,
                size=12,
                bold=True,
                grey=LABEL_GREY,
                typed=ITEM_NAME,
            )
        )
        self._y += _TITLE

    def _choice(self, field: str, words: str, choices: tuple[BoxChoice, ...], height: float) -> None:
        before = 30.0
        legend = LEFT + _SIDE + _DIGIT
        wide = WIDTH - _SIDE - _DIGIT - before
        beside = (legend + wide, self._y, before, height)
        self._numbered(LEFT, _SIDE, height, words)
        self.labels.append(_legend(legend, self._y, wide, height, choices))
        box = self._box(
            field, words, BoxKind.CHOICE, LEFT + _SIDE, _DIGIT, height, choices=choices, beside=beside
        )
        self._row(words, box)
        self._y += height

    def _reasons(self) -> None:
        half, label = WIDTH / 2, 42.0
        boxes = []
        for place, (field, words) in enumerate(
            (("state_reason", "休止・対象外の理由"), ("rating_reason", "評価しない理由"))
        ):
            x = LEFT + place * half
            self._numbered(x, label, _REASONS, words)
            boxes.append(self._box(field, words, BoxKind.TEXT, x + label, half - label, _REASONS))
        self._row("理由", *boxes)
        self._y += _REASONS

    def _totals(self) -> None:
        specs = total_specs(self._item)
        wide = (WIDTH - _SIDE) / len(specs)
        top = self._y
        box_y = top + _TOTAL_HEAD + _TOTAL_BEFORE
        self._label(LEFT, _SIDE, _TOTAL_HEAD, "数字")
        self._label(LEFT, _SIDE, _TOTAL_BEFORE, "前年度", top + _TOTAL_HEAD)
        self._label(LEFT, _SIDE, _TOTAL_BOX, "今年度", box_y)
        self._y = box_y
        boxes = []
        for place, spec in enumerate(specs):
            x = LEFT + _SIDE + place * wide
            self._numbered(x, wide, _TOTAL_HEAD, f"{spec.label}\n（{spec.unit}）", top)
            beside = (x, top + _TOTAL_HEAD, wide, _TOTAL_BEFORE)
            boxes.append(
                self._box(
                    f"typed_totals.{spec.code}",
                    spec.label,
                    BoxKind.NUMBER,
                    x,
                    wide,
                    _TOTAL_BOX,
                    unit=spec.unit,
                    beside=beside,
                )
            )
        self._row("数字", *boxes)
        self._y += _TOTAL_BOX

    def _target_and_support(self) -> None:
        x = LEFT
        boxes = []
        self._label(x, _TARGET_NAME, _TARGET, f"{self._count + 1}・{self._count + 2} 目標")
        x += _TARGET_NAME
        boxes.append(self._box("target_value", "目標", BoxKind.NUMBER, x, 24.0, _TARGET))
        boxes.append(self._box("target_unit", "目標の単位", BoxKind.TEXT, x + 24, 16.0, _TARGET))
        x += 40
        self._numbered(x, _SUPPORT_NAME, _TARGET, "必要な支援")
        x += _SUPPORT_NAME
        boxes.append(
            self._box("needs_support", "必要な支援", BoxKind.CHOICES, x, 20.0, _TARGET, choices=_SUPPORT)
        )
        x += 20
        self.labels.append(_legend(x, self._y, LEFT + WIDTH - x, _TARGET, _SUPPORT))
        self._row("目標・支援", *boxes)
        self._y += _TARGET

    def _texts(self) -> None:
        height = (self._end - self._y) / len(_TEXTS)
        wide = WIDTH - _SIDE - _BEFORE
        for field, words in _TEXTS:
            self._numbered(LEFT, _SIDE, height, words)
            beside = (LEFT + _SIDE + wide, self._y, _BEFORE, height)
            box = self._box(field, words, BoxKind.MULTILINE, LEFT + _SIDE, wide, height, beside=beside)
            self._row(words, box)
            self._y += height


def _legend(x: float, y: float, width: float, height: float, choices: tuple[BoxChoice, ...]) -> Label:
    words = " ".join(f"{one.digit}{one.words}" for one in choices)
    return Label(x=x, y=y, width=width, height=height, text=words, typed="評価の言葉")
