"""Documents of a compilation into a folder: all of one version, each whole or as if it were not begun."""

import csv
import errno
import io
import json
from dataclasses import replace
from functools import partial

import openpyxl
import pytest

from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.errors import Cancelled, DestinationFailed, NotFound
from shakyo_desktop.services import compilation_papers
from shakyo_desktop.services.compilation import CompilationService
from shakyo_desktop.services.compilation_papers import PRINTED, CompilationPapers, CompiledPaper
from shakyo_desktop.services.verified_write import write_verified
from tests.documents.pdf_reading import text_of
from tests.factories import make_status
from tests.services.offices import WARD, office_context
from tests.services.reporting import PLAN, YEAR, add_districts, code, hand_in
from tests.services.test_statements import sent_by
from tests.services.test_verified_write import CountedCalls, raises

ALL = tuple(CompiledPaper)
STEM = f"{WARD.code}-{YEAR}-{PLAN}-第1版"
NAMES = [
    f"区取りまとめ表-{STEM}.pdf",
    f"協議会資料-{STEM}.pdf",
    f"取りまとめ-{STEM}.xlsx",
    f"取りまとめデータ-{STEM}.csv",
    f"取りまとめデータ（プログラム用）-{STEM}.json",
]


@pytest.fixture
def office(tmp_path):
    """A ward with three districts, two of which have reported."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 3)
        hand_in(context, 1, [make_status(6, org=code(1), typed_totals={"sessions": 3}, outcome="𠮷田〜")])
        hand_in(context, 2)
        yield context


@pytest.fixture
def compiled(office):
    return CompilationService(office).compile(PLAN, YEAR)


@pytest.fixture
def papers(office):
    return CompilationPapers(office)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    made.mkdir()
    return made


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_all_documents_of_a_version_name_the_same_version_coverage_and_figures(
    papers, compiled, folder, tmp_path
):
    written = papers.write(compiled, ALL, folder)
    assert [one.file.path.name for one in written] == NAMES
    assert names(folder) == sorted(NAMES)
    for name in NAMES[:2]:
        text = text_of((folder / name).read_bytes(), tmp_path)
        assert "第1版" in text
        assert "報告2/3地区部会" in text
        assert "開催回数3回1/3地区部会" in text
    sums = openpyxl.load_workbook(folder / NAMES[2])["合計"].iter_rows(values_only=True)
    assert [row[5:8] for row in sums if row[0] == 6 and row[2] == "sessions"] == [(3, 1, 3)]
    table = csv.DictReader(io.StringIO((folder / NAMES[3]).read_bytes().decode("utf-8-sig"), newline=""))
    rows = [row for row in table if (row["項目番号"], row["指標コード"]) == ("6", "sessions")]
    assert [row["数値"] for row in rows] == ["3", "", ""]
    content = json.loads((folder / NAMES[4]).read_text(encoding="utf-8"))
    assert content["compilation"]["id"] == compiled.id
    assert content["compilation"]["items"][5]["sums"][0]["total"] == 3


def test_only_what_was_chosen_is_written_in_the_order_of_the_list(papers, compiled, folder):
    chosen = {CompiledPaper.JSON, CompiledPaper.SUMMARY_TABLE}
    assert [one.paper for one in papers.write(compiled, chosen, folder)] == [
        CompiledPaper.SUMMARY_TABLE,
        CompiledPaper.JSON,
    ]
    assert names(folder) == sorted([NAMES[0], NAMES[4]])


def test_the_same_version_gives_the_same_bytes_and_new_words_show_at_once(papers, compiled, office, folder):
    first = {one.file.path.name: one.file.sha256 for one in papers.write(compiled, ALL, folder)}
    again = {one.file.path.name: one.file.sha256 for one in papers.write(compiled, ALL, folder)}
    assert first.keys() == again.keys()
    for name in NAMES:
        if not name.endswith(".xlsx"):  # a ZIP carries the time of its making
            assert first[name] == again[name]
    service = CompilationService(office)
    service.write_finding(compiled.id, FindingScope.ITEM, 6, "outcome", "新しい言葉")
    papers.write(service.get(compiled.id), ALL, folder)
    assert "新しい言葉" in (folder / NAMES[4]).read_text(encoding="utf-8")


def test_cp932_brings_a_list_of_what_it_could_not_hold(papers, compiled, folder):
    written = papers.write(compiled, [CompiledPaper.CSV], folder, cp932=True)
    listed = f"取りまとめデータ-{STEM}-置きかえた文字.csv"
    assert [one.file.path.name for one in written] == [NAMES[3], listed]
    assert written[0].changed == ("「𠮷」→〓", "「〜」→～")
    assert "〓田～" in (folder / NAMES[3]).read_bytes().decode("cp932")
    assert "U+20BB7" in (folder / listed).read_bytes().decode("utf-8-sig")


def test_characters_no_font_has_are_told_with_their_place(papers, compiled, office, folder):
    CompilationService(office).write_finding(compiled.id, FindingScope.WHOLE, 0, "outcome", "よい🙂")
    [written] = papers.write(
        CompilationService(office).get(compiled.id), [CompiledPaper.SUMMARY_TABLE], folder
    )
    assert written.changed == ("区の言葉の「🙂」→〓",)


def test_progress_counts_making_and_saving(papers, compiled, folder):
    told = []
    papers.write(compiled, ALL, folder, progress=lambda *said: told.append(said))
    assert [done for done, _, _ in told] == list(range(11))
    assert {total for _, total, _ in told} == {10}
    assert "区取りまとめ表を作っています" in {text for _, _, text in told}


def test_stopping_before_anything_is_saved_leaves_the_folder_as_it_was(papers, compiled, folder):
    answers = iter([False, True, True])
    with pytest.raises(Cancelled, match="何も変わっていません"):
        papers.write(compiled, ALL, folder, cancelled=lambda: next(answers))
    assert names(folder) == []


def test_stopping_while_saving_keeps_whole_documents_and_names_them(papers, compiled, folder):
    saved = []
    with pytest.raises(Cancelled, match="そのまま使えます") as caught:
        papers.write(
            compiled,
            ALL,
            folder,
            progress=lambda done, total, text: saved.append(text),
            cancelled=lambda: sum("保存しています" in text for text in saved) > 2,
        )
    assert names(folder) == sorted(NAMES[:2])
    assert all(name in caught.value.message for name in NAMES[:2])
    assert NAMES[2] not in caught.value.message


@pytest.mark.parametrize("call", [1, 4, 9, 20, 40])
def test_a_full_disk_leaves_whole_documents_only(papers, compiled, folder, call, monkeypatch):
    papers.write(compiled, [CompiledPaper.JSON], folder)
    before = (folder / NAMES[4]).read_bytes()
    whole = {one.file_name: one.data for paper in ALL for one in made(papers, compiled, paper)}
    full = partial(write_verified, calls=CountedCalls(call, raises(errno.ENOSPC)))
    monkeypatch.setattr(compilation_papers, "write_verified", full)
    with pytest.raises(DestinationFailed, match="空きが足りません") as caught:
        papers.write(compiled, ALL, folder)
    assert caught.value.code == "destination.full"
    assert (folder / NAMES[4]).read_bytes() == before
    for name in names(folder):
        assert not name.endswith(".part")
        assert name.endswith(".xlsx") or (folder / name).read_bytes() == whole[name]


def made(papers, compiled, paper):
    return compilation_papers._made(paper, papers._paper(compiled), cp932=False)


@pytest.mark.parametrize("paper", PRINTED)
def test_a_printed_document_can_be_shown_without_being_saved(papers, compiled, paper, tmp_path):
    assert paper.label in text_of(papers.pdf(compiled, paper), tmp_path)


def test_documents_of_a_plan_that_is_gone_are_refused(papers, compiled, folder):
    with pytest.raises(NotFound):
        papers.write(replace(compiled, plan_id="gone"), ALL, folder)
    assert names(folder) == []


def test_writing_takes_as_many_statements_for_many_districts_as_for_few(office, papers, compiled, folder):
    few = len(sent_by(office, lambda: papers.write(compiled, [CompiledPaper.JSON], folder)))
    add_districts(office, 30)
    for number in range(3, 31):
        hand_in(office, number)
    many = CompilationService(office).compile(PLAN, YEAR)
    assert len(sent_by(office, lambda: papers.write(many, [CompiledPaper.JSON], folder))) == few <= 5
