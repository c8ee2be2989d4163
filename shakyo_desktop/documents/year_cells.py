"""What a cell of an earlier year's table means in its field, or what is wrong with it in plain Japanese."""

from datetime import date
from typing import Any

from shakyo_desktop.documents.cell_values import fold_cell
from shakyo_desktop.domain.codes import SelfRating
from shakyo_desktop.domain.dates import era_date, read_date, read_month
from shakyo_desktop.domain.fields import FieldKind, FieldSpec
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, fiscal_year_of, months_of
from shakyo_desktop.domain.labels import rating_words
from shakyo_desktop.domain.numbers import read_number, read_thousandths
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.text import repair_text

TARGET = "target_value"


def read_value(spec: FieldSpec, text: str, plan: Plan) -> tuple[Any, str]:
    """Return (value, what is wrong); one of the two says nothing. The text is not blank."""
    match spec.kind:
        case FieldKind.NUMBER:
            return _number(spec, text)
        case FieldKind.CHOICE:
            return _choice(spec, text, plan)
        case _:
            return _text(spec, text)


def read_day(text: str, fiscal_year: int) -> tuple[str, str]:
    """Return (ISO date, what is wrong) of a day of the fiscal year."""
    day = read_date(text, fiscal_year)
    if day is None:
        return "", f"日付「{text}」が読めません。「R7.6.15」か「6月15日」のように書いてください。"
    if fiscal_year_of(day) != fiscal_year:
        return "", f"{era_date(day)}は{_span(fiscal_year)}の日ではありません。"
    return day.isoformat(), ""


def read_month_of(text: str, fiscal_year: int) -> tuple[str, str]:
    """Return (YYYY-MM, what is wrong) of a month of the fiscal year; Excel may have made a date of it."""
    month = read_month(text, fiscal_year)
    if month is None and (day := _whole_date(text)) is not None:
        month = f"{day:%Y-%m}"
    if month is None:
        return "", f"月「{text}」が読めません。「6月」か「R7.6」のように書いてください。"
    if month not in months_of(fiscal_year):
        return "", f"「{text}」は{_span(fiscal_year)}の月ではありません。"
    return month, ""


def _whole_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _span(fiscal_year: int) -> str:
    return f"{fiscal_year_name(fiscal_year)}（4月から次の年の3月まで）"


def _number(spec: FieldSpec, text: str) -> tuple[Any, str]:
    number = read_thousandths(text) if spec.name == TARGET else read_number(text)
    if number is None or number > spec.maximum:
        what = "数" if spec.name == TARGET else "0以上の整数"
        return None, f"{spec.label}「{text}」を{what}として読めません。数字だけを書いてください。"
    return number, ""


def _choice(spec: FieldSpec, text: str, plan: Plan) -> tuple[Any, str]:
    """The choice with these words, its code, or (自己評価) its symbol in the plan's own scale."""
    wanted, words = fold_cell(text), dict[str, Any]()
    for choice in spec.choices or ():
        shown = rating_words(choice.value, plan) if spec.choices is SelfRating else choice.label
        for spoken in (shown, choice.label, choice.value, *_symbol(spec, shown)):
            words.setdefault(fold_cell(spoken), choice)
    if wanted in words:
        return words[wanted], ""
    return (
        None,
        f"{spec.label}「{text}」は使えません。{'・'.join(choices_of(spec, plan))} のどれかにしてください。",
    )


def choices_of(spec: FieldSpec, plan: Plan) -> list[str]:
    """The words that a field may hold, as they are offered in its cell."""
    if spec.choices is SelfRating:
        return [rating_words(choice.value, plan) for choice in SelfRating]
    return [choice.label for choice in spec.choices or ()]


def _symbol(spec: FieldSpec, shown: str) -> list[str]:
    """◎ of ◎ 大きく進んだ, and 大きく進んだ."""
    return shown.split(" ", 1) if spec.choices is SelfRating and " " in shown else []


def _text(spec: FieldSpec, text: str) -> tuple[Any, str]:
    plain = repair_text(text, spec.kind is FieldKind.MULTILINE).strip()
    if spec.length and len(plain) > spec.length:
        return None, f"{spec.label}が長すぎます（{spec.length}文字まで。今は{len(plain)}文字です）。"
    return plain, ""
