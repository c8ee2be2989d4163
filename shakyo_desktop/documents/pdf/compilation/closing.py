"""What closes every paper of a compilation: the council's word, who is missing, every source in full."""

from shakyo_desktop.documents.compilation.paper import CompilationPaper, arrival_words
from shakyo_desktop.documents.pdf.compilation.frame import DISTRICT_NAME, chapter
from shakyo_desktop.documents.pdf.frame import LEFT, WIDTH
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Column, Field, field_row, listing
from shakyo_desktop.documents.pdf.wording import grouped
from shakyo_desktop.domain.compilation import SourceReport
from shakyo_desktop.domain.compilation_figures import missing_sources, signed_files
from shakyo_desktop.domain.dates import era_date, short_era_date
from shakyo_desktop.domain.eras import JAPAN_TIME

_NO_DATE = "　　　年　　月　　日"
_SOURCES_NOTE = (
    "この書類の数字は、次の提出ファイルだけから作りました。「書きかえ防止の印」は、提出ファイルの送付票と受領証にある印の全体です。"
    "各ページの下の「出典」は、この表のすべての印から作った1つの印の、はじめの16文字です。"
)


def draw_council(sheets: Sheets, paper: CompilationPaper) -> None:
    """The council's date, who was there, what it found; blank boxes while it has not met."""
    council = paper.compilation.council
    chapter(sheets, "推進協議会の検証", 60)
    held_on = era_date(council.held_on) if council.held_on else council.unread.get("held_on", _NO_DATE)
    state = "検証済み" if council.approved else "まだ検証していません"
    field_row(
        sheets, [Field("開いた日", held_on, "協議会の言葉"), Field("状態", state, label_width=18, share=0.8)]
    )
    columns = (Column("", 30, label=True), Column("", WIDTH - 30, typed="協議会の言葉"))
    rows = [("出席", council.attendance), ("検証の内容", council.verification or "\n\n\n")]
    listing(sheets, columns, rows, "推進協議会の検証", headings=False)
    sheets.y += 6


def draw_stamps(sheets: Sheets) -> None:
    """Boxes for the dates of receiving and verifying; no signature is asked for."""
    sheets.need(32)
    names = ("取りまとめ（区事務所）", "検証（推進協議会）", "受付（市社協）")
    width = WIDTH / len(names)
    for index, name in enumerate(names):
        x = LEFT + index * width
        sheets.box(x, sheets.y, width, 8.4, grey=LABEL_GREY)
        sheets.text(x + width / 2, sheets.y + 5.6, name, align="centre")
        sheets.box(x, sheets.y + 8.4, width, 18)
        sheets.text(x + width / 2, sheets.y + 23, "　　年　　月　　日", align="centre")
    sheets.y += 31


def draw_missing(sheets: Sheets, paper: CompilationPaper) -> None:
    """The districts whose figures are in none of the sums, and those that came late."""
    missing = missing_sources(paper.compilation)
    chapter(sheets, "報告のない地区部会", 24)
    if not missing:
        sheets.paragraph("ありません。すべての地区部会の報告があります。")
        sheets.y += 5
        return
    sheets.paragraph("次の地区部会の数字は、どの合計にも入っていません。0としても数えていません。")
    sheets.y += 1
    columns = (Column("コード", 34), Column("地区部会", WIDTH - 34, typed=DISTRICT_NAME))
    listing(sheets, columns, [(one.org, one.name) for one in missing], "報告のない地区部会")
    sheets.y += 6


def draw_sources(sheets: Sheets, paper: CompilationPaper) -> None:
    """Every report with its revision, day and whole mark."""
    chapter(sheets, "出典", 40)
    sheets.paragraph(_SOURCES_NOTE)
    sheets.y += 1
    columns = (
        Column("地区部会", 47, typed=DISTRICT_NAME),
        Column("報告の版", 24),
        Column("受け取り", 24),
        Column("書きかえ防止の印", WIDTH - 95),
    )
    listing(sheets, columns, [_source_row(one) for one in paper.compilation.sources], "出典")
    sheets.y += 2
    sheets.paragraph(f"すべての印から作った印　{grouped(paper.mark.upper())}")
    sheets.y += 4


def draw_lost_characters(sheets: Sheets) -> None:
    """A list of the characters that print as 〓 in this document, when there are any."""
    lost = sheets.missing
    if not lost:
        return
    chapter(sheets, "印刷できなかった文字", 24)
    sheets.paragraph(
        "次のところの文字は、印刷する文字の形がないので〓になっています。保存されている文字は変わっていません。"
    )
    columns = (Column("ところ", 60), Column("文字", WIDTH - 60))
    rows = [(one.where, " ".join(f"U+{ord(c):04X}" for c in one.character)) for one in lost]
    listing(sheets, columns, rows, "印刷できなかった文字")


def _source_row(source: SourceReport) -> tuple[str, ...]:
    revision = f"第{source.revision}版" if source.revision else ""
    stage = source.stage.label if source.stage else ""
    day = short_era_date(source.received_at.astimezone(JAPAN_TIME).date()) if source.received_at else ""
    return (
        f"{source.name}\n{source.org}",
        f"{stage}\n{revision}".strip(),
        f"{arrival_words(source)}\n{day}".strip(),
        "\n合わせた版\n".join(grouped(one.upper()) for one in signed_files(source)) or "－",
    )
