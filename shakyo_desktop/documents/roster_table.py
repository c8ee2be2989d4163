"""The roster of a ward's districts (名簿) as a table: reading what an office has, writing it back."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from shakyo_desktop.documents.cell_values import read_yes_no
from shakyo_desktop.documents.excel_table import SheetContent, write_workbook
from shakyo_desktop.documents.spreadsheet import Heading, TableProblem, TableRow, read_table
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import fold_name, repair_text

HEADINGS = (
    Heading("コード", ("番号", "地区コード", "地区部会コード", "地区部会番号", "団体コード")),
    Heading(
        "名称",
        ("名前", "地区部会", "地区部会名", "地区部会の名前", "地区部会名称", "地区名", "団体名"),
        required=True,
    ),
    Heading("電話", ("電話番号", "TEL", "連絡先電話", "電話／FAX")),
    Heading("担当", ("担当者", "連絡先", "窓口", "部会長", "氏名")),
    Heading("パソコン", ("PC", "パソコンの有無", "PCの有無")),
)
NAME_LENGTH = 60
_WIDTHS = (14, 34, 18, 20, 12)
_SUFFIX = re.compile(r"[0-9]{1,3}")
_TELEPHONE = re.compile(r"[0-9+][0-9-]{8,18}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ－", "-"))


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One district of the table; ``address`` is the cell of its code, or of its name without one.

    ``code`` is empty where the table has none: the roster knows the name, or gives the next number. None
    stands for a column that the table does not have.
    """

    address: str
    code: str
    name: str
    telephone: str | None
    contact: str | None
    has_computer: bool | None


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """The rows that can be taken over, and what is wrong with the others."""

    rows: tuple[RosterRow, ...]
    problems: tuple[TableProblem, ...]


def read_roster(data: bytes, file_name: str, ward_code: str) -> RosterPreview:
    """Read a roster; a row with a problem is not among ``rows``.

    Codes may be whole (``121011-03``) or only their number within the ward (``3``).

    Raises:
        FileUnreadable: when the file is no table.
        BadInput: when it has no heading 名称.
    """
    table = read_table(data, file_name, HEADINGS)
    problems = list(table.problems)
    faulty = {problem.address for problem in problems}
    rows: list[RosterRow] = []
    seen: dict[str, str] = {}
    for row in table.rows:
        found = _problems_of(row, ward_code, seen)
        problems += found
        if not found and not faulty & set(row.addresses.values()):
            rows.append(_row(row, ward_code))
    return RosterPreview(tuple(rows), tuple(problems))


def write_roster_template() -> bytes:
    """An empty roster as a workbook, with one fictional row to overwrite."""
    return _workbook([("01", "みほん東地区部会", "000-000-0000", "見本 太郎", "あり")])


def write_roster(organisations: Iterable[Organisation]) -> bytes:
    """The roster as a workbook that ``read_roster`` reads back."""
    return _workbook(
        [
            (o.code, o.name, o.telephone, o.contact, "あり" if o.has_computer else "なし")
            for o in organisations
        ]
    )


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    return write_workbook([SheetContent("名簿", tuple(h.name for h in HEADINGS), rows, _WIDTHS)])


def _row(row: TableRow, ward_code: str) -> RosterRow:
    values = row.values
    typed = values.get("コード", "")
    return RosterRow(
        address=row.addresses["コード" if typed else "名称"],
        code=(_code(typed, ward_code) or "") if typed else "",
        name=repair_text(values["名称"], multiline=False),
        telephone=_telephone(values["電話"]) if "電話" in values else None,
        contact=repair_text(values["担当"], multiline=False) if "担当" in values else None,
        has_computer=read_yes_no(values["パソコン"]) is not False if "パソコン" in values else None,
    )


def _problems_of(row: TableRow, ward_code: str, seen: dict[str, str]) -> list[TableProblem]:
    found = {
        "コード": _code_problem(row, ward_code, seen),
        "名称": _name_problem(row, seen),
        "電話": _telephone_problem(row.values.get("電話", "")),
        "担当": _length_problem(row.values.get("担当", "")),
        "パソコン": _computer_problem(row.values.get("パソコン", "")),
    }
    return [TableProblem(row.addresses[name], text) for name, text in found.items() if text]


def _code_problem(row: TableRow, ward_code: str, seen: dict[str, str]) -> str:
    typed = row.values.get("コード", "")
    if not typed:
        return ""  # the roster gives the next number
    code = _code(typed, ward_code)
    if code is None:
        return f"コード「{typed}」は使えません。「{ward_code}-01」か「01」のように書くか、空けてください。"
    first = seen.setdefault(code, row.addresses["コード"])
    return "" if first == row.addresses["コード"] else f"コード「{code}」は {first} と同じです。"


def _name_problem(row: TableRow, seen: dict[str, str]) -> str:
    name = repair_text(row.values["名称"], multiline=False)
    if not name:
        return "名称が空いています。"
    first = seen.setdefault(f"name:{fold_name(name)}", row.addresses["名称"])
    if first != row.addresses["名称"]:
        return f"名称「{name}」は {first} と同じです。"
    return _length_problem(name)


def _length_problem(text: str) -> str:
    return f"長すぎます（{NAME_LENGTH}文字まで）。" if len(text) > NAME_LENGTH else ""


def _telephone_problem(typed: str) -> str:
    telephone = _telephone(typed)
    if not telephone:
        return ""
    if telephone.isdigit() and len(telephone) == 9 and not telephone.startswith("0"):
        return "電話番号のはじめの0がありません。セルの書式を「文字列」にして、入力し直してください。"
    if not _TELEPHONE.fullmatch(telephone):
        return f"電話番号「{typed}」を確かめてください。1つだけ、数字と - で書いてください。"
    return ""


def _computer_problem(typed: str) -> str:
    if typed and read_yes_no(typed) is None:
        return f"「{typed}」は「あり」か「なし」で書いてください。"
    return ""


def _code(typed: str, ward_code: str) -> str | None:
    code = unicodedata.normalize("NFKC", typed).translate(_DASHES).strip()
    if _SUFFIX.fullmatch(code):
        return f"{ward_code}-{int(code):02d}" if int(code) else None
    suffix = code.removeprefix(f"{ward_code}-")
    return code if suffix != code and re.fullmatch("[0-9]{2,3}", suffix) else None


def _telephone(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return re.sub(r"[()]", "-", plain.replace(" ", "")).strip("-").replace("--", "-")
