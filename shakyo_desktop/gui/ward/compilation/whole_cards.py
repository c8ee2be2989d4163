"""What a compilation rests on: who reported, who did not, what changed since; and its versions."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal

from shakyo_desktop.domain.compilation import Arrival, CompilationVersion, SourceReport, StaleMark
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList

_COLUMNS = (
    Column("版", 88),
    Column("作った日時と人"),
    Column("地区部会", 112, "right"),
    Column("検証", 96),
)
_TWO_LINES = 64
_ABOUT = "選んで Enter を押すと、その版を読めます。前の版はそのまま残っています。"


class SourcesCard(Card):
    """Signals: ``missing_wanted`` the first district that has not reported: its row on 受付状況."""

    missing_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("地区部会の報告の集まり")
        self._first = ""
        self.words = plain_label()
        self.missing_button = SecondaryButton("未着の地区部会を受付状況で見る", icon_name="list-checks")
        self.missing_button.clicked.connect(lambda: self.missing_wanted.emit(self._first))
        self.add(self.words)
        self.body.addWidget(self.missing_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_sources(self, sources: Sequence[SourceReport], *, compiled: bool) -> None:
        """Show who is in it; ``compiled`` says that this is a version and not what is here now."""
        missing = [one for one in sources if one.arrival is Arrival.MISSING]
        self._first = missing[0].org if missing else ""
        here = [one for one in sources if one.arrival is not Arrival.MISSING]
        lines = [coverage_words(sources)]
        if not sources:
            lines = ["名簿に地区部会がありません。「区の設定」の「名簿」で入れてください。"]
        late = [one for one in here if one.arrival is Arrival.LATE]
        waiting = [one for one in here if not one.confirmed]
        when = "作ったときに" if compiled else ""
        lines += _names("未着", missing) + _names("期限のあとに届いた", late)
        lines += _names("紙から代わりに入力した", [one for one in here if one.proxy])
        lines += _names(f"{when}まだ確定していなかった" if compiled else "まだ確定していない", waiting)
        self.words.setText("\n".join(lines))
        self.missing_button.setVisible(bool(missing))


class StaleCard(Card):
    """What changed since the version was made."""

    def __init__(self) -> None:
        super().__init__("取りまとめのあとで変わったこと")
        self.words = plain_label()
        self.add(self.words)

    def show_marks(self, marks: Sequence[StaleMark]) -> None:
        """Show every change; hidden when there is none."""
        self.words.setText("\n".join(f"{mark.name}：{mark.words}" for mark in marks))
        self.setVisible(bool(marks))


class VersionsCard(Card):
    """Signals: ``version_wanted`` the id of a version to read."""

    version_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("版の一覧")
        self.add(
            plain_label("選んで Enter を押すと、その版を読めます。前の版はそのまま残っています。", "small")
        )
        self.list = RowList(_COLUMNS, "取りまとめの版", row_height=_TWO_LINES)
        self.list.setWordWrap(True)
        self.list.set_empty_text("まだ作っていません。")
        self.list.show_all_rows()
        self.list.row_activated.connect(lambda key: self.version_wanted.emit(str(key)))
        self.add(self.list)

    def show_versions(self, versions: Sequence[CompilationVersion], shown: str) -> None:
        """Show every version; the one that is read is chosen."""
        self.list.set_rows([_version_row(one, one.id == shown) for one in versions])
        self.list.select_key(shown, silent=True)


def coverage_words(sources: Sequence[SourceReport]) -> str:
    """12/14地区部会."""
    here = sum(1 for one in sources if one.arrival is not Arrival.MISSING)
    return f"{here}/{len(sources)}地区部会"


def _names(title: str, sources: Iterable[SourceReport]) -> list[str]:
    names = [one.name for one in sources]
    return [f"{title}（{len(names)}）　{'、'.join(names)}"] if names else []


def _version_row(version: CompilationVersion, shown: bool) -> Row:
    made = f"{era_timestamp(version.compiled_at)}　{version.compiled_by}"
    made += "　未確定の報告を含む" if version.include_unconfirmed else ""
    cells = (
        f"第{version.version}版",
        made,
        f"{version.received}/{version.expected}",
        "✓ 済み" if version.approved else "",
    )
    return Row(version.id, cells, tone="strong" if shown else "plain")
