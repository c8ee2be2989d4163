"""What goes when an import is taken back, before it goes: one file of it, or everything that came at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.import_parts import ImportPart, PartKind
from shakyo_desktop.services.whole_imports import ImportPreview

_MOST = 12
_SAFE = "同じファイルをもう一度受け取れば、元に戻せます。前の版があれば、その内容に戻ります。"


class UndoCard(Card):
    """Hidden until a preview is shown. Signals: `one_wanted` and `all_wanted` nothing."""

    one_wanted = Signal()
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("受け取りの取り消し")
        self.words = plain_label("")
        self.add(self.words)
        self.one_button = DangerButton("このファイルだけ取り消す")
        self.one_button.clicked.connect(self.one_wanted)
        self.all_button = DangerButton("")
        self.all_button.clicked.connect(self.all_wanted)
        self.leave_button = SecondaryButton("やめる")
        self.leave_button.clicked.connect(self.hide)
        buttons = FlowBox()
        for button in (self.one_button, self.all_button, self.leave_button):
            buttons.add(button)
        self.add(buttons)
        self.hide()

    def show_previews(self, one: ImportPreview, whole: ImportPreview | None) -> None:
        """Show what would go; a way that something depends on is not offered, and says why."""
        several = whole is not None and whole.files > 1
        parts = [_block("このファイルだけ取り消すと", one)]
        if whole is not None and several:
            parts.append(_block(f"いっしょに受け取った{whole.files}件をぜんぶ取り消すと", whole))
        elif whole is not None:
            parts = [_block("取り消すと", whole)]
        self.words.setText("\n\n".join((*parts, _SAFE)))
        self.one_button.setVisible(not one.blockers and (several or whole is None))
        self.all_button.setVisible(whole is not None and not whole.blockers)
        self.all_button.set_words(f"{whole.files}件をぜんぶ取り消す" if whole and several else "取り消す")
        self.show()
        self.leave_button.setFocus()


def undone_words(done: ImportPreview) -> str:
    """What was taken back, in one sentence."""
    names = list(dict.fromkeys(part.org_name for part in done.parts if part.kind is not PartKind.STAYS))
    shown = "、".join(names[:3]) + (f" ほか{len(names) - 3}地区" if len(names) > 3 else "")
    return f"{shown}の受け取り{done.files}件を取り消しました。\n{_SAFE}"


def _block(title: str, preview: ImportPreview) -> str:
    if preview.blockers:
        return "\n".join(
            (f"{title}、あとの仕事が合わなくなるので、取り消せません。", *_lines(preview.blockers))
        )
    words = _lines([_part_words(part) for part in preview.parts if part.kind is not PartKind.STAYS])
    return "\n".join((f"{title}、次のものがなくなります。", *words, *preview.notes))


def _lines(words: Sequence[str]) -> list[str]:
    shown = [f"・{one}" for one in words[:_MOST]]
    return [*shown, f"・ほか{len(words) - _MOST}件"] if len(words) > _MOST else shown


def _part_words(part: ImportPart) -> str:
    match part.kind:
        case PartKind.HELD:
            return f"{part.org_name}　待っているファイル {part.file_name}"
        case PartKind.APPROVAL:
            return f"{part.org_name}　差出人の登録（確認番号を、もう一度入れることになります）"
        case PartKind.RENEWAL:
            return f"{part.org_name}　差出人の登録の更新（前の期限に戻ります）"
        case _:
            asked = f"　書きかけのお願い{part.requests}件は残ります" if part.requests else ""
            counts = f"活動記録{part.activities}件、写真{part.photos}枚"
            return f"{part.org_name}　第{part.revision}版の報告（{counts}）{asked}"
