"""What a person sees of a damaged store: what is safe, what can be done, and what was saved."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.copies import Generation
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.salvaging import KindCount, Salvaged

_LEAD = (
    "「読めるものを調べる」を押すと、こわれていないところを読み、何がいくつ残っているかを出します。\n"
    "調べるだけでは何も変わりません。こわれたファイルは、どの方法でも消さずに残します。"
)
_NO_COPY = (
    "このパソコンには、自動の控えがありません。\nUSBメモリなどに控えがあれば、「控えから戻す」で使えます。"
)


class DamagePage(StepPage):
    """Signals: `chosen` with ``again``, ``restore`` or ``notes``."""

    chosen = Signal(str)
    help_key = "start-trouble"

    def __init__(self, message: str, copies: Sequence[Generation]) -> None:
        super().__init__(
            "データにこわれたところがあります", message, next_words="読めるものを調べる", back=False
        )
        self.card.add(plain_label(_LEAD))
        self.copy_words = plain_label(copy_words(copies), "secondary")
        self.card.add(self.copy_words)
        self.buttons = {
            "again": SecondaryButton("もう一度開く", "A"),
            "notes": SecondaryButton("診断の記録を保存する", "D"),
            "restore": SecondaryButton("控えから戻す", "H"),
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self._choose(key))
        self.bar.add_left(self.buttons["again"])
        self.bar.add_left(self.buttons["notes"])
        self.bar.add_right(self.buttons["restore"])
        self.bar.add_right(self.next_button)

    def _choose(self, key: str) -> None:
        if self.is_busy():
            self.messages.show_message("info", "いま読んでいます。やめるときは「中止する」を押してください。")
        else:
            self.chosen.emit(key)


class ResultPage(StepPage):
    """What was saved by kind, beside what the newest 控え would give."""

    help_key = "start-trouble"

    def __init__(self) -> None:
        super().__init__("読めたもの", next_words="これを使う", wide=True)
        self.advice = plain_label("")
        self.copy_words = plain_label("", "secondary")
        self.kinds = RowList(
            (
                Column("種類"),
                Column("あったもの", 150, "right"),
                Column("読めたもの", 150, "right"),
                Column("控えから補ったもの", 200, "right"),
                Column("失われたもの", 170, "right"),
            ),
            "種類ごとの件数",
        )
        self.kinds.show_all_rows()
        for widget in (self.advice, self.kinds, self.copy_words):
            self.card.add(widget)
        self.restore_button = SecondaryButton("控えから戻す", "H")
        self.bar.add_right(self.restore_button)
        self.bar.add_right(self.next_button)

    def show_result(self, salvaged: Salvaged, copies: Sequence[Generation]) -> None:
        """Show the counts, and which way is the better one."""
        self.advice.setText(_advice(salvaged))
        self.copy_words.setText(copy_words(copies))
        self.kinds.set_rows([_row(kind) for kind in salvaged.kinds])


class DonePage(StepPage):
    """What is in place now, what is missing in it, and where the damaged files lie."""

    help_key = "start-trouble"

    def __init__(self) -> None:
        super().__init__("なおしました", next_words="始める", back=False)
        self.text = plain_label("")
        self.card.add(self.text)

    def show_done(self, salvaged: Salvaged, aside: Path) -> None:
        """Say it; ``aside`` is the folder of the damaged files."""
        missing = [f"・{kind.line()}" for kind in salvaged.kinds if not kind.is_whole]
        kept = f"こわれていたファイルは、データのフォルダーの中の「{aside.name}」にあります。"
        self.text.setText("\n".join([salvaged.message(), *missing, kept]))


def copy_words(copies: Sequence[Generation]) -> str:
    """The newest automatic 控え, and what it lacks."""
    if not copies:
        return _NO_COPY
    newest = era_timestamp(copies[0].at)
    return (
        f"自動の控えが{len(copies)}個あります。いちばん新しいものは {newest} のものです。\n"
        "「控えから戻す」では、そのあとに書いたことや受け取ったものは入りません。"
    )


def _advice(salvaged: Salvaged) -> str:
    if salvaged.is_whole:
        return "全部読めました。失われたものはありません。「これを使う」を押してください。"
    if salvaged.copy_at is None:
        return (
            "読めるものを取り出しました。失われたものは、あとで書き足してください。\n"
            "USBメモリなどに新しい控えがあるときは、どちらがよいか見くらべてください。"
        )
    return (
        "こちらをすすめます。控えよりあとに書いたものも入っています。\n"
        f"読めなかったものは、{era_timestamp(salvaged.copy_at)} の控えの内容で補いました。"
    )


def _row(kind: KindCount) -> Row:
    lost = f"⚠ {kind.lost}件" if kind.lost else "なし"
    found, lost = (f"{kind.found}件", lost) if kind.known else ("分かりません", "⚠ 分かりません")
    cells = (kind.words, found, f"{kind.saved}件", f"{kind.from_copy}件", lost)
    return Row(kind.words, cells, "plain" if kind.known and not kind.lost else "problem")
