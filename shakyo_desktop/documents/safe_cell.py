"""One rule for every cell we write: a program that opens the table must take it as text, never as a formula.

Source: domain page, "Japanese input and output"; OWASP, CSV injection.
"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts with one of these is written as text; some programs take the full-width forms alike."""

_WIDE_STARTS = ("＝", "＋", "－", "＠")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet might take ``text`` for a formula."""
    return text.startswith(FORMULA_STARTS + _WIDE_STARTS)


def safe_cell(value: object) -> str | int:
    """Return a cell's value for a CSV file: numbers stay numbers, dangerous text gets a leading apostrophe.

    None becomes an empty cell: a blank is not 0.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if starts_formula(text) else text
