"""Every document and table made of foreign text holds it as text: nothing is read as markup or calculated."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.services.compilation_papers import CompiledPaper
from shakyo_desktop.services.forms import Filling, FormWish
from shakyo_desktop.services.matrix import MatrixView
from shakyo_desktop.services.registry import Services
from tests.documents.pdf_reading import text_of
from tests.services.city.world import CityWorld
from tests.services.foreign_world import CALCULATED, found_foreign, literal
from tests.services.loop.world import PLAN, YEAR

_STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CityWorld]:
    """The whole journey with markup in every text."""
    with found_foreign(tmp_path_factory.mktemp("foreign") / "world") as made:
        yield made


def form(code: FormCode) -> Callable[[CityWorld], bytes]:
    """A form that is filled in."""
    wish = FormWish(form=code, fiscal_year=YEAR, filling=Filling.FILLED)
    return lambda world: world.east.forms.print_form(wish).pdf


def submitted(services: Services) -> str:
    """The own report."""
    return services.submission.submissions(YEAR)[0].package_id


def sent(ward: Services) -> str:
    """The ward's own report."""
    return ward.ward_report.sent(YEAR)[0].submission.package_id


def keys(ward: Services) -> list[tuple[str, int, str]]:
    """Every story."""
    return [row.key for row in ward.sharing.rows()]


PDFS: dict[str, Callable[[CityWorld], bytes]] = {
    "送付票": lambda world: world.east.submission.cover_sheet(submitted(world.east)),
    "提出の写し": lambda world: world.east.submission.report_copy(submitted(world.east)),
    **{code.label: form(code) for code in FormCode},
    "区の送付票": lambda world: world.ward.ward_report.cover_sheet(sent(world.ward)),
    "受付状況": lambda world: world.ward.review.papers.list_pdf(
        YEAR, world.ward.review.overview(YEAR), "<b>牛"
    ),
    "お願いの手紙": lambda world: world.ward.review.papers.letters(YEAR),
    "設定の控え": lambda world: world.ward.setups.slips(),
    "成果事例集": lambda world: world.ward.sharing.booklet(keys(world.ward)),
    "成果事例1枚": lambda world: world.ward.sharing.leaflet(keys(world.ward)[:1]),
    "復旧シート": lambda world: world.ward.settings.recovery_sheet().pdf,
    "引継書": lambda world: world.east.handover.book(),
    "地区×項目": lambda world: world.ward.figures.matrix_pdf(matrix(world.ward), changes=False),
}


def matrix(ward: Services) -> MatrixView:
    """Districts and items of the year."""
    view = ward.figures.matrix(YEAR, PLAN)
    assert view is not None
    return view


@pytest.mark.parametrize("make", PDFS.values(), ids=PDFS)
def test_a_paper_shows_markup_as_text(
    world: CityWorld, tmp_path: Path, make: Callable[[CityWorld], bytes], needs_tool: Callable[[str], Path]
) -> None:
    needs_tool("pdftotext")
    text = text_of(make(world), tmp_path)
    assert "<b>牛" in text
    assert literal(text)


TABLES: dict[str, Callable[[CityWorld], bytes]] = {
    "受付状況.csv": lambda world: world.ward.review.overview_csv(YEAR),
    "受付状況.xlsx": lambda world: world.ward.review.overview_workbook(YEAR),
    "名簿.xlsx": lambda world: world.ward.roster.template(),
    "計画.xlsx": lambda world: world.ward.plans.template(PLAN),
    "地区×項目.xlsx": lambda world: world.ward.figures.matrix_workbook(matrix(world.ward)),
    "地区×項目.csv": lambda world: world.ward.figures.matrix_csv(matrix(world.ward)),
    "前の年度.xlsx": lambda world: world.ward.earlier_years.template(YEAR - 1),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_calculates_nothing_foreign(world: CityWorld, name: str) -> None:
    check_table(name, TABLES[name](world))


def test_the_papers_of_a_compilation_hold_foreign_text_as_text(
    world: CityWorld, tmp_path: Path, needs_tool: Callable[[str], Path]
) -> None:
    needs_tool("pdftotext")
    compilation = world.ward.compilation.newest(PLAN, YEAR)
    assert compilation is not None
    written = world.ward.compilation_papers.write(compilation, tuple(CompiledPaper), tmp_path)
    kinds = set()
    for one in written:
        data, kind = one.file.path.read_bytes(), one.file.path.suffix
        kinds.add(kind)
        if kind == ".pdf":
            text = text_of(data, tmp_path)
            assert "<b>牛" in text
            assert literal(text), one.file.path.name
        elif kind == ".json":
            assert literal(json.dumps(json.loads(data), ensure_ascii=False))
            assert CALCULATED in data.decode()
        else:
            check_table(one.file.path.name, data)
    assert kinds == {".pdf", ".xlsx", ".csv", ".json"}


def check_table(name: str, data: bytes) -> None:
    """No cell is a formula of ours that holds foreign text, none begins as one, no link is made."""
    cells = list(_cells_of(name, data))
    assert any("<b>牛" in text for text in cells) or "前の年度" in name
    for text in cells:
        assert literal(text), text
        assert not (text.startswith(_STARTS) and "牛" in text), text


def _cells_of(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(".csv"):
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            yield from row
        return
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.value is not None and cell.data_type != "s":
                    assert "牛" not in str(cell.value), cell.coordinate  # a formula never holds foreign text
                elif cell.value is not None:
                    yield f"'{cell.value}"  # Excel keeps a text a text, whatever it begins with
