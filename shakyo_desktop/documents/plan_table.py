"""A plan's catalogue read from a workbook or a CSV, every problem named by its cell."""

from dataclasses import dataclass

from shakyo_desktop.documents.cells import cell_address
from shakyo_desktop.documents.plan_reader import PlanReader
from shakyo_desktop.documents.plan_sheets import (
    HEADINGS,
    MEASURES,
    SCALE,
    split_sheet,
    write_empty_template,
    write_plan_csv,
    write_plan_template,
)
from shakyo_desktop.documents.spreadsheet import Table, TableProblem, read_sheets, table_of
from shakyo_desktop.domain.catalogue_rules import plan_faults
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.plan import Plan

__all__ = [
    "PlanTable",
    "read_plan_table",
    "write_empty_template",
    "write_plan_csv",
    "write_plan_template",
]

_OPTIONAL = (MEASURES, SCALE)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The plan that was read; None while there are problems."""

    plan: Plan | None
    problems: tuple[TableProblem, ...]


def read_plan_table(data: bytes, file_name: str) -> PlanTable:
    """Read the sheets 計画, 目標, 方向性, 項目 and, if they are there, 指標 and 評価.

    In a CSV they stand below each other, each under a line with its title.

    Raises:
        FileUnreadable: when the file is no table.
        BadInput: when a sheet or its headings are missing.
    """
    sheets = read_sheets(data, file_name)
    whole = not sheets[0].title
    by_title = {sheet.title.strip(): sheet for sheet in (split_sheet(sheets[0]) if whole else sheets)}
    _refuse_missing([title for title in HEADINGS if title not in by_title and title not in _OPTIONAL], whole)
    reader = PlanReader()
    for title, sheet in by_title.items():
        if title not in HEADINGS or not sheet.rows:
            continue
        table = table_of(sheet, HEADINGS[title], named=not whole)
        reader.rows[title] = table.rows
        reader.problems += (*table.problems, *_misspelt(title, table))
        reader.heads[title] = cell_address(sheet.above + 1, 2, "" if whole else title)
    plan = reader.plan()
    found = [
        *reader.problems,
        *(TableProblem(reader.address_of(one), one.message) for one in plan_faults(plan)),
    ]
    first: dict[str, TableProblem] = {}
    for problem in found:  # one sentence for each cell, the nearest to its cause
        first.setdefault(problem.address, problem)
    return PlanTable(None if first else plan, tuple(sorted(first.values(), key=_reading_order)))


def _misspelt(title: str, table: Table) -> list[TableProblem]:
    """A heading nobody knows while one of ours is missing: it would be left out without a word."""
    missing = [heading.name for heading in HEADINGS[title] if heading.name not in table.headings]
    if not missing:
        return []
    names = "」「".join(missing)
    return [
        TableProblem(
            address,
            f"「{text}」という見出しは読めません。「{names}」のことなら、見出しを書き直してください。"
            "使わない列なら、列ごと消してください。",
        )
        for address, text in table.unknown.items()
    ]


def _reading_order(problem: TableProblem) -> tuple[int, int, str]:
    """Sheet by sheet, from top to bottom."""
    title, _, cell = problem.address.rpartition("!")
    letters = cell.rstrip("0123456789")
    return list(HEADINGS).index(title) if title else 0, int(cell.removeprefix(letters) or 0), letters


def _refuse_missing(titles: list[str], whole: bool) -> None:
    if not titles:
        return
    what = "と書いた行" if whole else ""
    raise BadInput(
        f"{'' if whole else 'シート'}「{'」「'.join(titles)}」{what}がありません。\n"
        "何も変わっていません。\n"
        "「ひな形を保存する」で作った表に写してから、もう一度選んでください。",
        code="table.sheets",
    )
