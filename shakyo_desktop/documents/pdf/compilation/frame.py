"""The frame, the head and the last pages that all papers of a compilation share."""

from shakyo_desktop.documents.compilation.paper import UNCONFIRMED, CompilationPaper, covered
from shakyo_desktop.documents.pdf.frame import LEFT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import LABEL_GREY, Field, field_row
from shakyo_desktop.documents.pdf.wording import manifest_short
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.eras import JAPAN_TIME

WARD_NAME = "区の名前"
DISTRICT_NAME = "地区部会の名前"
PLAN_WORDS = "計画の言葉"


def begin(paper: CompilationPaper, form: str) -> Sheets:
    """Empty pages whose foot names version, year, ward, coverage and the mark of the sources."""
    compilation = paper.compilation
    day = short_era_date(compilation.compiled_at.astimezone(JAPAN_TIME).date())
    came = covered(paper.coverage.arrived, paper.coverage.expected)
    origin = [day, f"報告 {came}", "未確定を含む" if paper.has_unconfirmed else ""]
    origin.append(f"出典 {manifest_short(paper.mark)}")
    return Sheets(
        Frame(
            title=f"{form} {paper.ward_name} {paper.year} {paper.version}",
            form=f"{form}　{paper.version}",
            district=paper.ward_name,
            fiscal_year=paper.year,
            author=paper.ward_name,
            made_at=compilation.compiled_at,
            practice=paper.practice,
            origin="　".join(word for word in origin if word),
        )
    )


def draw_head(sheets: Sheets, paper: CompilationPaper, form: str) -> None:
    """Title, plan, year, version, coverage; in a box when reports are in it that nobody accepted yet."""
    sheets.text(105, sheets.y + 9, form, size=22, bold=True, align="centre")
    sheets.y += 17
    field_row(sheets, [Field("区", paper.ward_name, WARD_NAME, size=14, bold=True)], height=11)
    field_row(sheets, [Field("計画", paper.plan.name, PLAN_WORDS)])
    year = Field("年度", paper.year, bold=True)
    made = Field("版", f"{paper.version}（{paper.made}）", share=1.5, label_width=18)
    field_row(sheets, [year, made])
    counts = paper.coverage
    parts = {"期限後": counts.late, "未着": counts.missing, "未確定": counts.unconfirmed}
    words = "、".join(f"{word} {count}" for word, count in parts.items())
    came = f"{covered(counts.arrived, counts.expected)}（{words}）"
    field_row(sheets, [Field("報告", came, bold=True)])
    field_row(sheets, [Field("取りまとめ", paper.compilation.compiled_by, "取りまとめた人")])
    sheets.y += 3
    if paper.has_unconfirmed:
        _draw_warning(sheets, paper.unconfirmed_names())


def _draw_warning(sheets: Sheets, names: str) -> None:
    lines = sheets.lines(f"※ {UNCONFIRMED}：{names}", WIDTH - 6, bold=True, typed=DISTRICT_NAME)
    height = len(lines) * 6 + 4
    sheets.need(height)
    sheets.box(LEFT, sheets.y, WIDTH, height, weight=1.2)
    for index, line in enumerate(lines):
        sheets.set_line(LEFT + 3, sheets.y + 6 + index * 6, line, 10.5, True, "left")
    sheets.y += height + 3


def heading(sheets: Sheets, words: str, *, typed: str = "", note: str = "", level: int = 0) -> None:
    """A grey bar with a bookmark; ``note`` stands at its right end. The caller has made room for both."""
    sheets.bookmark(words, level)
    room = WIDTH - 6 - (46 if note else 0)
    lines = sheets.lines(words, room, 12.5, True, typed)
    height = len(lines) * 6.4 + 3
    sheets.box(LEFT, sheets.y, WIDTH, height, grey=LABEL_GREY, weight=1)
    for index, line in enumerate(lines):
        sheets.set_line(LEFT + 3, sheets.y + 6.2 + index * 6.4, line, 12.5, True, "left")
    if note:
        sheets.text(LEFT + WIDTH - 3, sheets.y + 6.2, note, align="right")
    sheets.y += height


def chapter(sheets: Sheets, words: str, room: float, *, typed: str = "", level: int = 0) -> None:
    """A heading in larger type with ``room`` mm below it on the same page."""
    lines = sheets.lines(words, WIDTH, 15, True, typed)
    sheets.need(len(lines) * 8 + 4 + room)
    sheets.bookmark(words, level)
    for line in lines:
        sheets.set_line(LEFT, sheets.y + 5.5, line, 15, True, "left")
        sheets.y += 8
    sheets.y += 1
