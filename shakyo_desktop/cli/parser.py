"""The commands and their options. Exit status 2 for wrong usage comes from argparse."""

import argparse
import re
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.forms.layout import FormCode


def make_parser() -> argparse.ArgumentParser:
    """The parser of ``shakyo-desktop``; ``args.command`` is None when the window is asked for."""
    parser = argparse.ArgumentParser(
        prog="shakyo-desktop", description="地区部会の取組報告。引数がなければ画面を開きます。"
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--exit-when-ready", action="store_true", help="画面が使えるようになるまでの時間を出して終わります"
    )
    parser.add_argument("--practice", action="store_true", help="練習用の画面を開きます")
    parser.add_argument(
        "--data", type=Path, default=None, help="データのフォルダー（SHAKYO_DATA_DIR でも指定できます）"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_demo(commands)
    _add_files(commands)
    _add_office(commands)
    _add_compile(commands)
    _add_ward(commands)
    _add_district(commands)
    _add_paper(commands)
    _add_care(commands)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    """A command with the options that every command has."""
    command = commands.add_parser(name, help=text, description=text)
    # SUPPRESS keeps a --data given before the command's name.
    command.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="データのフォルダー")
    command.add_argument("--json", action="store_true", help="結果を1行に1つのJSONで出します")
    return command


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = _command(commands, "demo", "架空のデータで、提出から返事までをひととおり動かします")
    demo.add_argument("directory", type=Path, metavar="DIR")
    demo.add_argument("--districts", type=_positive, default=3)
    demo.add_argument("--activities", type=_positive, default=24)
    demo.add_argument("--photos", type=_count, default=4)
    demo.add_argument("--seed", type=int, default=7)


def _add_files(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = _command(commands, "verify", "ファイルを調べます。何も変わりません")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE")
    receive = _command(commands, "receive", "ファイルを受け取ります。1つずつ別々に調べます")
    receive.add_argument("files", nargs="+", type=Path, metavar="FILE-OR-FOLDER")
    inspect = _command(commands, "inspect", "1つのファイルの差出人・日付・件数・調べた結果を出します")
    inspect.add_argument("file", type=Path, metavar="FILE")


def _add_office(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    setup = _command(commands, "setup", "はじめの設定ファイルと控えを作ります（区事務所）")
    setup.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    approve = _command(commands, "approve", "送付票の確認番号で登録を認めます（区事務所）")
    approve.add_argument("org", metavar="ORG")
    approve.add_argument("--check-number", required=True, metavar="N")
    approve.add_argument("--end-previous", action="store_true", help="前の登録を終わります（引継ぎ）")
    for name, words in (
        ("suspend", "なくしたパソコンの登録を、すぐに止めます（区事務所）"),
        ("resume", "見つかったパソコンの登録を、元に戻します（区事務所）"),
        ("revoke", "パソコンの登録を取り消します。元には戻せません（区事務所）"),
        ("renew", "確認番号で、登録の期限を3年のばします（区事務所）"),
    ):
        change = _command(commands, name, words)
        change.add_argument("org", metavar="ORG")
        change.add_argument("--key", default="", metavar="HEX", help="どのパソコンか（鍵のはじめの文字）")
        if name == "renew":
            change.add_argument("--check-number", required=True, metavar="N")
        else:
            change.add_argument("--note", default="", metavar="TEXT", help="記録に残すメモ")
    answer = _command(commands, "answer", "受領証と確認のお願いを書き出します（区事務所）")
    answer.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    answer.add_argument("--org", action="append", metavar="ORG")
    answer.add_argument("--result", choices=("accepted", "returned"))
    answer.add_argument("--checked-by", metavar="NAME", help="確認した人（2人で進める事務所）")
    answer.add_argument("--confirmed-by", metavar="NAME", help="確定する人（2人で進める事務所では別の人）")
    answer.add_argument(
        "--request",
        action="append",
        type=_request,
        default=[],
        metavar="ITEM:FIELD:TEXT",
        help="確認のお願い（例 6:outcome:人数を教えてください）",
    )


def _add_compile(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    compiled = _command(
        commands, "compile", "取りまとめの書類（PDF、Excel、CSV、JSON）を作ります（区事務所）"
    )
    compiled.add_argument("--fiscal-year", type=_year, required=True, metavar="Y")
    compiled.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    compiled.add_argument("--plan", metavar="ID", help="計画（書かなければ、その年度のすべての計画）")
    compiled.add_argument("--include-unconfirmed", action="store_true", help="確定していない報告も入れます")
    compiled.add_argument(
        "--encoding",
        choices=("utf-8", "cp932"),
        default="utf-8",
        help="CSVの文字コード（ほかは変わりません）",
    )


def _add_ward(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = _command(commands, "ward-report", "区の取りまとめを市へ送るファイルにします（区事務所）")
    report.add_argument("--fiscal-year", type=_year, required=True, metavar="Y")
    report.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    report.add_argument(
        "--version",
        type=_positive,
        dest="compiled_version",
        metavar="N",
        help="取りまとめの版（なければ、検証済みの新しいもの。検証済みがなければ、いちばん新しいもの）",
    )
    report.add_argument("--without-photos", action="store_true", help="成果事例の写真を入れません")


def _add_district(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    join = _command(
        commands, "join", "はじめの設定ファイルから始めます（地区部会）。区事務所は、市の設定を取り込みます"
    )
    join.add_argument("file", type=Path, metavar="FILE")
    join.add_argument("--org", required=True)
    join.add_argument("--check-number", required=True, metavar="N")
    join.add_argument("--name", default="")
    submit = _command(commands, "submit", "提出ファイルを作って保存します（地区部会）")
    submit.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    submit.add_argument("--fiscal-year", type=_year, required=True, metavar="Y")
    submit.add_argument("--stage", choices=("interim", "final"), default="interim")
    submit.add_argument("--assembly", choices=("before", "after", "none"), default="none")
    submit.add_argument("--chair", default="", help="部会長の名前")
    submit.add_argument("--reason", default="", help="確かめてほしい点すべてに、この理由を付けます")


def _add_paper(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    form = _command(commands, "print", "用紙をPDFにします")
    form.add_argument(
        "form", choices=[code.value for code in FormCode], metavar="FORM", help="F1、F2、F3、F4"
    )
    form.add_argument("--fiscal-year", type=_year, required=True, metavar="Y")
    form.add_argument("--org", metavar="ORG", help="事務所では、どの地区部会の用紙か")
    form.add_argument("--to", type=Path, required=True, metavar="FILE")
    form.add_argument("--plan", metavar="ID", help="計画（書かなければ、その年度の最初の計画）")
    form.add_argument("--pages", default="", metavar="1-3,5", help="刷るページ（書かなければ全部）")
    form.add_argument("--large", action="store_true", help="F1を、1件で1枚の用紙にします")
    form.add_argument("--sheets", type=_positive, default=1, metavar="N", help="空のF1の枚数")
    filling = form.add_mutually_exclusive_group()
    for name, words in (
        ("blank", "空の用紙（はじめの設定）"),
        ("prefilled", "前年度の内容を薄く入れた用紙"),
        ("filled", "入力した内容を入れた用紙"),
        ("proof", "前に印刷した内容と違うところだけの校正票"),
    ):
        filling.add_argument(f"--{name}", action="store_const", dest="filling", const=name, help=words)
    form.set_defaults(filling="blank")


def _add_care(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _command(commands, "dump", "保存されているすべてを1行ずつ出します")
    backup = _command(commands, "backup", "控えを作り、読み直して確かめます")
    what = backup.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="FILE", help="控えのファイル")
    what.add_argument("--list", action="store_true", help="今ある控えを、新しい順に出します")
    what.add_argument(
        "--automatic",
        action="store_true",
        help="変わっていれば、自動の控えを1つ作ります（決まった処理から使うため）",
    )
    handover = _command(
        commands, "handover", "次の担当者に渡すファイルを作り、開くための合い言葉を一度だけ出します"
    )
    handover.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    handover.add_argument("--book", type=Path, metavar="FILE", help="引継書（PDF）を保存する場所")
    restore = _command(
        commands,
        "restore",
        "控えから新しいフォルダーに戻します。引継ぎのファイルなら、新しい担当者として始めます",
    )
    restore.add_argument("--name", default="", help="引継ぎのとき、新しい担当者の名前")
    restore.add_argument(
        "file", type=Path, metavar="FILE", help="控え（backup --list の1つでもかまいません）"
    )
    restore.add_argument(
        "--secret-file",
        type=Path,
        metavar="FILE",
        help="合い言葉か復旧シートの文字が入ったファイル（なければ、このパソコンの同じデータの鍵を探します）",
    )
    restore.add_argument(
        "--compared",
        metavar="NUMBER",
        help="だれの控えか確かめられないとき、紙と見くらべた確認番号（12けた。番号がない控えは「なし」）",
    )
    salvage = _command(
        commands, "salvage", "こわれたデータから読めるものを取り出し、新しいフォルダーに入れます"
    )
    salvage.add_argument(
        "--to", type=Path, required=True, metavar="NEWDIR", help="まだデータのないフォルダー"
    )
    salvage.add_argument(
        "--secret-file", type=Path, metavar="FILE", help="合い言葉か復旧シートの文字が入ったファイル"
    )
    _command(commands, "doctor", "保存されているものが正しいか調べます").add_argument(
        "--bundle", type=Path, metavar="FILE", help="問い合わせ用の記録（個人の情報なし）を保存します"
    )
    retention = _command(commands, "retention", "保存期間が過ぎた年度と、消した記録を出します")
    retention.add_argument(
        "--delete",
        type=_year,
        metavar="Y",
        help="この年度の記録を消します。元に戻せません（--confirm も要ります）",
    )
    retention.add_argument(
        "--confirm", default="", metavar="Y", help="消す年度をもう一度（例 令和2年度、2020）"
    )
    retention.add_argument(
        "--years", type=_count, metavar="N", help="保存期間を決めます（3、5、7、10。0は決めない）"
    )
    retention.add_argument("--keep-compilations", action="store_true", help="取りまとめは残します（事務所）")
    keys = _command(commands, "keys", "自分の証明書・確認番号・宛先を出します")
    keys.add_argument("what", nargs="?", choices=_KEYS, metavar="WHAT", help=_ABOUT_KEYS)
    keys.add_argument(
        "--to", type=Path, metavar="FILE", help="復旧シートのPDFや、受取口のファイルを保存する場所"
    )
    keys.add_argument(
        "--file", type=Path, metavar="FILE", help="add-mailbox: 加えるパソコンの受取口のファイル"
    )
    keys.add_argument("--check-number", metavar="N", help="add-mailbox: 加えるパソコンの画面の確認番号")
    keys.add_argument("--name", default="", help="add-mailbox: 加えるパソコンの呼び名")
    keys.add_argument("--recipient", metavar="AGE1", help="remove-mailbox: 外すパソコンの受取口（age1…）")


_KEYS = (
    "recovery",
    "new-recovery",
    "rotate",
    "finish",
    "give-up",
    "replace",
    "new-mailbox",
    "mailbox",
    "add-mailbox",
    "remove-mailbox",
)
_ABOUT_KEYS = (
    "recovery 復旧シート、new-recovery 新しい復旧シート、rotate 鍵を新しくする（事務所では始める）、"
    "finish 切りかえる、give-up やめる、replace すぐに替える（盗難）、new-mailbox 受取口だけ替える、"
    "mailbox・add-mailbox・remove-mailbox 事務所のほかのパソコン"
)


def _year(text: str) -> int:
    """A fiscal year that a report can be about (package-format.md)."""
    if not re.fullmatch("[0-9]{4}", text) or not 1900 <= int(text) <= 2999:
        raise argparse.ArgumentTypeError("年度は西暦4けたで書いてください（例 2026）")
    return int(text)


def _request(text: str) -> tuple[int, str, str]:
    """A request as item number, field and words."""
    number, _, rest = text.partition(":")
    field, _, words = rest.partition(":")
    if not re.fullmatch("[0-9]{1,3}", number) or not words.strip():
        raise argparse.ArgumentTypeError(f"「番号:欄:文」と書いてください（{text}）")
    return int(number), field, words


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1以上の数にしてください")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("0以上の数にしてください")
    return number
