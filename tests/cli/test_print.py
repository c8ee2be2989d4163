"""The print command: forms as PDF, from a district's store and from an office's."""

import pytest

from tests.cli.conftest import EAST
from tests.documents.pdf_reading import text_of


@pytest.fixture
def printing(run, demo, tmp_path):
    """Print a form of 令和8年度 from a folder of the demo; the file and what the command gave."""

    def call(form, folder, *more):
        file = tmp_path / "new" / "form.pdf"
        where = ["--data", demo / folder, "--fiscal-year", 2026, "--to", file]
        return file, run("print", form, *where, "--json", *more)

    return call


def test_a_district_prints_its_filled_report_form(printing, tmp_path):
    file, ran = printing("F4", f"districts/{EAST}", "--filled")
    assert (ran.status, ran.row["file"], ran.row["missing"]) == (0, str(file), [])
    text = text_of(file.read_bytes(), tmp_path)
    assert "みほん東地区部会" in text
    assert "第2版確認番号" in text


def test_an_office_prints_some_pages_of_a_districts_blank_form(printing):
    _, ran = printing("F4", "ward", "--org", EAST, "--pages", "２-３")
    assert (ran.status, ran.row["pages"]) == (0, 2)


@pytest.mark.parametrize(
    "wrong", [["--org", "999999-99"], ["--pages", "99"], ["--fiscal-year", "1999"], ["--plan", "nothing"]]
)
def test_what_does_not_exist_is_told_and_nothing_is_written(printing, wrong):
    file, ran = printing("F4", "ward", "--org", EAST, *wrong)
    assert ran.status == 1
    assert ran.err
    assert not file.exists()


def test_a_form_that_does_not_exist_is_wrong_usage(printing):
    _, ran = printing("F9", "ward")
    assert ran.status == 2
