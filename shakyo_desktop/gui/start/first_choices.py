"""The big choices of the first start and of practice."""

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.gui.start.choices_page import BigChoice, ChoicesPage

DISTRICT, OFFICE, PRACTICE, RESTORE = "district", "office", "practice", "restore"
TAKE_OVER = "take_over"


def first_page() -> ChoicesPage:
    """Three ways to begin, and two quiet ones: from a predecessor's file, from a copy of one's own."""
    return ChoicesPage(
        "はじめに、1つ選んでください",
        "",
        (
            BigChoice(
                DISTRICT,
                "区事務所から受け取った設定ファイルで始める（地区部会）",
                "設定ファイル（USBメモリなど）と、確認番号の書かれた紙を用意してください。5分ほどで終わります。",
                "users",
                "D",
            ),
            BigChoice(
                OFFICE,
                "区事務所として始める",
                "地区部会の名簿を作り、設定ファイルを配り、報告を受け取ります。",
                "inbox",
                "W",
            ),
            BigChoice(
                PRACTICE,
                "練習する",
                "架空のデータで自由に試せます。本物の記録とは別の場所に入り、まざることはありません。",
                "pencil",
                "P",
            ),
        ),
        small=(
            BigChoice(
                TAKE_OVER,
                "前の担当者から引き継ぐ",
                "前の担当者が作った引継ぎのファイルと、合い言葉の紙を用意してください。",
                "users",
                "T",
            ),
            BigChoice(RESTORE, "控えから戻す", "前に作った控えのファイルから始めます。", "download", "H"),
        ),
    )


def practice_page(*, back: bool) -> ChoicesPage:
    """As whom to practise."""
    return ChoicesPage(
        "練習する",
        "どちらの画面で練習しますか。名前はどれも架空のものです。あとで、はじめからやり直せます。",
        (
            BigChoice(
                OrganisationKind.DISTRICT.value,
                "地区部会として練習する",
                "みほん東地区部会の記録係になって、入力から提出までを試します。",
                "users",
                "D",
            ),
            BigChoice(
                OrganisationKind.WARD.value,
                "区事務所として練習する",
                "みほん区の職員になって、名簿や設定ファイルを試します。",
                "inbox",
                "W",
            ),
        ),
        back=back,
    )
