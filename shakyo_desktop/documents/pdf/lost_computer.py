"""パソコン紛失の受付票: what to write down and to say while somebody telephones about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from shakyo_desktop.documents.pdf.frame import LEFT, RIGHT, WIDTH, Frame
from shakyo_desktop.documents.pdf.page import Sheets
from shakyo_desktop.documents.pdf.tables import Field, field_row
from shakyo_desktop.documents.printed import PrintedDocument
from shakyo_desktop.domain.dates import era_date, era_timestamp

FORM = "パソコン紛失の受付票"
_LABEL = 44.0
_STEPS = (
    "電話を切らずに、「登録の確認」でこの登録を選び、「なくしたパソコンを止める」を押しました。",
    "電話を一度切り、上の「名簿の電話番号」へこちらからかけ直して、本人の届け出だと確かめました。",
    "なくした日をたずね、その日よりあとに届いた報告を、画面の一覧で本人と確かめました。",
    "新しく使うパソコンがあるか、控え（USBメモリの写し）があるかをたずねました。",
    "使うパソコンが決まったら、設定ファイル（USBメモリ）と「はじめの設定の控え」（紙）を手渡ししました。",
    "新しいパソコンの最初の報告は、送付票の確認番号を入れて受け取りました。",
)
_SAY = (
    "記録は、パソコンの中でかぎのかかった形になっています。画面を開いたままでなければ、拾った人は読めません。",
    "USBメモリの提出ファイルと控えも、かぎのかかった形です。紙の復旧シートや合い言葉をいっしょになくしていたら教えてください。",
    "事務所で受け取った報告はすべて残っています。新しいパソコンに、事務所の返事といっしょに戻せます。",
    "パソコンが見つかっても、電話をもらうまでは使わないでください。そのパソコンからの報告は止めてあります。",
    "盗まれたと思うときは、警察にも届けてください。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostComputerData:
    """Whose computer it is and how its registration stands; telephone and contact are the roster's."""

    org_code: str
    org_name: str
    telephone: str
    contact: str
    office_name: str
    office_telephone: str
    registered_on: date | None
    state: str
    stopped_at: datetime | None
    made_at: datetime
    practice: bool = False


def make_lost_computer_paper(data: LostComputerData, out: BinaryIO) -> PrintedDocument:
    """Write the page as a PDF.

    Raises:
        DocumentFailed: when it cannot be made or written.
    """
    sheets = Sheets(
        Frame.of_organisation(
            FORM, data.org_name, data.made_at, author=data.office_name, practice=data.practice
        )
    )
    sheets.text(105, sheets.y + 8, FORM, size=20, bold=True, align="centre")
    sheets.y += 13
    _facts(sheets, data)
    _call(sheets)
    _checks(sheets, "順に行い、すんだら□に印を付けます", _STEPS)
    _points(sheets, "届けた人に伝えること", _SAY)
    sheets.y += 2
    sheets.text(RIGHT, sheets.y + 4, f"{era_timestamp(data.made_at)} 作成", align="right")
    return sheets.finish(out)


def _facts(sheets: Sheets, data: LostComputerData) -> None:
    registered = era_date(data.registered_on) if data.registered_on else "（まだ登録していません）"
    stopped = f"（{era_timestamp(data.stopped_at)}）" if data.stopped_at else ""
    contact = f"　連絡先 {data.contact}" if data.contact else ""
    rows = (
        ("だれのパソコン", f"{data.org_name}（{data.org_code}）", "名前"),
        ("名簿の電話番号", f"{data.telephone or '（名簿にありません）'}{contact}", "名簿の電話番号"),
        ("登録した日", registered, ""),
        ("今の登録", f"{data.state}{stopped}", ""),
    )
    for label, value, typed in rows:
        field_row(sheets, [Field(label, value, typed, bold=True, label_width=_LABEL)], height=9)


def _call(sheets: Sheets) -> None:
    sheets.y += 4
    for left, right in (("電話を受けた日時", "電話を受けた人"), ("電話をくれた人", "なくした日・時刻")):
        field_row(
            sheets, [Field(left, "", label_width=_LABEL), Field(right, "", label_width=_LABEL)], height=10
        )
    field_row(sheets, [Field("なくした場所・様子", "", label_width=_LABEL)], height=10)
    field_row(
        sheets,
        [
            Field(
                "いっしょになくした物", "□USBメモリ　□復旧シート　□合い言葉のメモ　□なし", label_width=_LABEL
            )
        ],
        height=10,
    )


def _checks(sheets: Sheets, title: str, lines: tuple[str, ...]) -> None:
    sheets.y += 6
    sheets.text(LEFT, sheets.y + 4, title, size=13, bold=True)
    sheets.y += 7
    for number, line in enumerate(lines, start=1):
        sheets.box(LEFT + 1, sheets.y + 1.2, 4.4, 4.4)
        sheets.text(LEFT + 8, sheets.y + 5, str(number), size=11)
        sheets.paragraph(line, x=LEFT + 13, width=WIDTH - 13, size=11, leading=6.6)
        sheets.y += 0.8


def _points(sheets: Sheets, title: str, lines: tuple[str, ...]) -> None:
    sheets.y += 5
    sheets.text(LEFT, sheets.y + 4, title, size=13, bold=True)
    sheets.y += 7
    for line in lines:
        sheets.text(LEFT + 1, sheets.y + 5, "●", size=11)
        sheets.paragraph(line, x=LEFT + 8, width=WIDTH - 8, size=11, leading=6.6)
        sheets.y += 0.8
