"""事務所のほかのパソコン: whose mailbox everything is sealed to as well."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields import CheckNumberField, TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.words import short_day
from shakyo_desktop.services.further_computers import FurtherComputer, read_mailbox

_ABOUT = (
    "事務所に2台目のパソコンがあるとき、{0}からの報告を、どちらでも開けるようにします。\n"
    "2台目でできること：届いたファイルを調べる、開いて読む。できないこと：返事を渡す、設定ファイルを配る"
    "（2台目の鍵は{0}に知られていないので、受け取られません）。受け取りと返事は、この1台で行ってください。"
)
_STEPS = (
    "1 2台目で、この画面の「このパソコンの受取口を保存する」を押し、ファイルをこのパソコンに持ってきます。\n"
    "2 ファイルを選び、2台目の画面に出ている「この事務所の確認番号」を入れて「加える」を押します。\n"
    "3 新しい設定ファイルができます。配るか、次の返事といっしょに届いた所から、2台あてに封をします。"
)
_ADDED = (
    "加えました。新しい設定ファイルができています。配るか、次の返事といっしょに届いた所から、"
    "2台あてに封をするようになります。"
)
_REMOVED = (
    "外しました。次の設定ファイルが届いた所から、このパソコンあてには封をしなくなります。\n"
    "外したパソコンは、これまでに届いたものは開けるままです。"
)
_COLUMNS = (Column("呼び名"), Column("加えた日", 140), Column("外した日", 140), Column("受取口", 230))


class ComputersCard(Card):
    """Signals: ``asked`` work to do off the window's thread and the words for when it is done; ``missing``
    what was left out; ``file_wanted`` this computer's own mailbox file.
    """

    asked = Signal(object, str)
    missing = Signal(str)
    file_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("事務所のほかのパソコン")
        self._computers = desk.services.further_computers
        self._file: Path | None = None
        self.add(plain_label(_ABOUT.format(desk.members.one)))
        self.list = RowList(_COLUMNS, "事務所のほかのパソコン")
        self.list.set_empty_text("加えたパソコンはありません。")
        self.list.show_all_rows()
        self.add(self.list)
        self.remove_button = DangerButton("選んだパソコンを外す")
        self.remove_button.clicked.connect(self._remove)
        self.own_button = SecondaryButton("このパソコンの受取口を保存する", icon_name="usb")
        self.own_button.clicked.connect(self.file_wanted)
        row = FlowBox()
        row.add(self.own_button)
        row.add(self.remove_button)
        self.add(row)
        self.add(plain_label(_STEPS, "small"))
        self.drop = DropArea(
            "ここに受取口のファイルを置く または",
            "受取口のファイルを選ぶ",
            pattern="受取口のファイル (mailbox-*.txt)",
            multiple=False,
            primary=False,
        )
        self.drop.paths_chosen.connect(lambda paths: self._choose(Path(paths[0])))
        self._chosen = Chip("", "info")
        self._chosen.hide()
        self.name = TextField("computer", "呼び名", length=40, hint="例 受付のパソコン")
        self.number = CheckNumberField("mailbox_number", "2台目の確認番号")
        self.add_button = SecondaryButton("加える", icon_name="plus")
        self.add_button.clicked.connect(self._add)
        last = FlowBox()
        last.add(self.add_button)
        for widget in (self.drop, self._chosen, self.name, self.number, last):
            self.add(widget)

    def show_computers(self, found: Sequence[FurtherComputer]) -> None:
        """Show the computers that were added."""
        self.list.set_rows(
            [
                Row(
                    (one.recipient, at),
                    (
                        one.name or "（呼び名なし）",
                        short_day(one.added_at),
                        short_day(one.removed_at),
                        f"{one.recipient[:14]}…",
                    ),
                )
                for at, one in enumerate(found)
            ]
        )
        self.remove_button.setVisible(any(one.removed_at is None for one in found))

    def clear_typed(self) -> None:
        """Empty what was typed after it was used."""
        self._file = None
        self._chosen.hide()
        self.name.set_value("")
        self.number.set_value(None)

    def _choose(self, path: Path) -> None:
        self._file = path
        self._chosen.set_chip(f"✓ {path.name}", "info")
        self._chosen.show()
        self.name.focus_input()

    def _add(self) -> None:
        self.name.commit()
        self.number.commit()
        file, number = self._file, str(self.number.value() or self.number.unread() or "")
        if file is None or not number:
            missing = "受取口のファイルを選んで" if file is None else "2台目の確認番号12けたを入力して"
            self.missing.emit(f"{missing}ください。まだ何も変えていません。")
            return
        name = str(self.name.value() or "")
        self.asked.emit(lambda: self._computers.add(read_mailbox(file), number, name), _ADDED)

    def _remove(self) -> None:
        key = self.list.selected_key()
        if not isinstance(key, tuple):
            self.missing.emit("外すパソコンを、一覧から選んでください。まだ何も変えていません。")
            return
        self.asked.emit(partial(self._computers.remove, key[0]), _REMOVED)
