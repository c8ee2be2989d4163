"""書類を作る: the documents of one version of a compilation, shown, printed, and written into a folder."""

import io
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.errors import Cancelled, DestinationFailed, ShakyoError
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.verified_write import WrittenFile, write_verified
from shakyo_desktop.services.works import Work

if TYPE_CHECKING:
    from shakyo_desktop.documents.compilation.paper import CompilationPaper
    from shakyo_desktop.documents.printed import PrintedDocument

Progress = Callable[[int, int, str], None]
"""Documents done, documents in all, and what is done now, in plain Japanese."""


class CompiledPaper(LabelledCode):
    """The documents of a compilation; ``PRINTED`` are those on paper."""

    SUMMARY_TABLE = "summary_table", "区取りまとめ表"
    MEETING_PACK = "meeting_pack", "協議会資料"
    WORKBOOK = "workbook", "取りまとめ"
    CSV = "csv", "取りまとめデータ"
    JSON = "json", "取りまとめデータ（プログラム用）"


PRINTED = (CompiledPaper.SUMMARY_TABLE, CompiledPaper.MEETING_PACK)
_SUFFIXES = {
    CompiledPaper.SUMMARY_TABLE: "pdf",
    CompiledPaper.MEETING_PACK: "pdf",
    CompiledPaper.WORKBOOK: "xlsx",
    CompiledPaper.CSV: "csv",
    CompiledPaper.JSON: "json",
}
SUBSTITUTIONS = "置きかえた文字"


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A document's bytes; ``changed`` names what a character was replaced by, in plain Japanese."""

    paper: CompiledPaper
    file_name: str
    data: bytes
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A document as it lies in a folder, read back and compared."""

    paper: CompiledPaper
    file: WrittenFile
    changed: tuple[str, ...] = ()


class CompilationPapers:
    """Makes documents from a snapshot alone: the same version gives the same documents."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def pdf(self, compilation: WardCompilation, paper: CompiledPaper) -> bytes:
        """One of the ``PRINTED`` documents, to be shown or printed.

        Raises:
            NotFound: the plan is not there any more.
            DocumentFailed: it could not be made.
        """
        return _made(paper, self._paper(compilation), cp932=False)[0].data

    def file_name(self, compilation: WardCompilation, paper: CompiledPaper) -> str:
        """The name a document gets; it names the office, the year, the plan and the version."""
        return _file_name(paper, compilation)

    def write(
        self,
        compilation: WardCompilation,
        papers: Collection[CompiledPaper],
        folder: Path,
        *,
        cp932: bool = False,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[WrittenPaper, ...]:
        """Write documents into a folder, each whole and proven, or as if it had not been begun.

        All of them are made before the first is written. ``cp932`` is about the CSV alone; a list of the
        characters it lacks is then written beside it.

        Raises:
            DestinationFailed, Cancelled: documents already written stay, and the message names them.
            DocumentFailed: one could not be made; nothing was written.
            NotFound: the plan is not there any more.
        """
        tell, stop = progress or (lambda done, total, text: None), cancelled or (lambda: False)
        source = self._paper(compilation)
        wanted = [paper for paper in CompiledPaper if paper in papers]
        made: list[MadePaper] = []
        for number, paper in enumerate(wanted):
            _stop_if(stop)
            tell(number, 2 * len(wanted), f"{paper.label}を作っています")
            made += _made(paper, source, cp932=cp932)
        written: list[WrittenPaper] = []
        with self._context.doing(Work.COMPILE):
            for number, one in enumerate(made):
                tell(len(wanted) + number, len(wanted) + len(made), f"{one.file_name}を保存しています")
                written.append(_written(one, folder, stop, written))
        tell(len(wanted) + len(made), len(wanted) + len(made), "")
        return tuple(written)

    def _paper(self, compilation: WardCompilation) -> "CompilationPaper":
        from shakyo_desktop.documents.compilation.paper import CompilationPaper

        with self._context.database.reading() as stores:
            ward = stores.organisations.find(compilation.ward)
            return CompilationPaper(
                compilation=compilation,
                plan=stores.plans.get(compilation.plan_id),
                ward_name=ward.name if ward else compilation.ward,
                practice=bool(stores.settings.get("practice", False)),
            )


def _made(paper: CompiledPaper, source: "CompilationPaper", *, cp932: bool) -> list[MadePaper]:
    """The document, and beside a CSV in CP932 the list of what it could not hold."""
    name = _file_name(paper, source.compilation)
    match paper:
        case CompiledPaper.SUMMARY_TABLE | CompiledPaper.MEETING_PACK:
            return [_printed(paper, name, source)]
        case CompiledPaper.WORKBOOK:
            from shakyo_desktop.documents.compilation.workbook import make_workbook

            return [MadePaper(paper, name, make_workbook(source))]
        case CompiledPaper.CSV:
            return _csv(name, source, cp932=cp932)
        case CompiledPaper.JSON:
            from shakyo_desktop.documents.compilation.json_text import make_json

            return [MadePaper(paper, name, make_json(source))]


def _printed(paper: CompiledPaper, name: str, source: "CompilationPaper") -> MadePaper:
    from shakyo_desktop.documents.pdf.compilation.meeting_pack import make_meeting_pack
    from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table

    make = make_summary_table if paper is CompiledPaper.SUMMARY_TABLE else make_meeting_pack
    out = io.BytesIO()
    printed: PrintedDocument = make(source, out)
    changed = tuple(f"{one.where}の「{one.character}」→〓" for one in printed.missing_glyphs)
    return MadePaper(paper, name, out.getvalue(), changed)


def _csv(name: str, source: "CompilationPaper", *, cp932: bool) -> list[MadePaper]:
    from shakyo_desktop.documents.compilation.csv_tables import make_csv, make_substitution_list

    made = make_csv(source, cp932=cp932)
    changed = tuple(dict.fromkeys(f"「{one.character}」→{one.written or 'なし'}" for one in made.substituted))
    papers = [MadePaper(CompiledPaper.CSV, name, made.data, changed)]
    if made.substituted:
        beside = f"{name.removesuffix('.csv')}-{SUBSTITUTIONS}.csv"
        papers.append(MadePaper(CompiledPaper.CSV, beside, make_substitution_list(made.substituted)))
    return papers


def _file_name(paper: CompiledPaper, compilation: WardCompilation) -> str:
    """Names the office, the year, the plan and the version; the same version gets the same name."""
    parts = (paper.label, compilation.ward, str(compilation.fiscal_year), compilation.plan_id)
    return f"{'-'.join(parts)}-第{compilation.version}版.{_SUFFIXES[paper]}"


def _written(
    one: MadePaper, folder: Path, stop: Callable[[], bool], before: Iterable[WrittenPaper]
) -> WrittenPaper:
    try:
        file = write_verified(folder, one.file_name, lambda out: out.write(one.data), cancelled=stop)
    except (DestinationFailed, Cancelled) as error:
        raise _naming(error, [written.file.path.name for written in before]) from error
    return WrittenPaper(one.paper, file, one.changed)


def _naming(error: ShakyoError, names: list[str]) -> ShakyoError:
    """The failure, with the documents that are whole all the same."""
    if not names:
        return error
    first = "中止しました。" if isinstance(error, Cancelled) else error.message
    kept = "\n".join(names)
    return type(error)(f"{first}\n先に保存した書類は、そのまま使えます。\n{kept}", code=error.code)


def _stop_if(stop: Callable[[], bool]) -> None:
    if stop():
        raise Cancelled("中止しました。何も変わっていません。")
