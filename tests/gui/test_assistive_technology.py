"""The program as a screen reader meets it: the real window on a virtual screen, read and used over AT-SPI.

Every control has a name, every field its label, every choice is a radio button of a named group, cells
answer, what is wrong stands in the description, and what a screen reader changes is stored.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.writing import QUESTION
from shakyo_desktop.domain.codes import ImplementationState
from tests.gui.assistive import CHECKED, FOCUSABLE, TAB, Node, ScreenReader
from tests.gui.loop_world import YEAR, Loop, moment
from tests.gui.virtual_desktop import NEEDED, virtual_desktop

Program = Callable[[str], AbstractContextManager[ScreenReader]]
Sign = tuple[str, str]
DISTRICT: dict[str, Sign] = {
    "ホーム": ("progress bar", "21項目のうち 13項目"),
    "取組項目": ("radio button", "3 実施"),
    "活動記録": ("cell", "内容 "),
    "紙から入力": ("radio button", "5 取組状況報告書"),
    "印刷する": ("radio button", "5 取組状況報告書"),
    "事務所へ提出": ("radio button", "途中の報告"),
    "返事": ("cell", "版 第1版"),
    "ほかの事例": ("label", "ほかの地区の成果事例"),
    "設定・控え": ("text", "お名前"),
}
WARD: dict[str, Sign] = {
    "受付状況": ("cell", "地区部会 みほん東地区部会"),
    "ファイル受取": ("cell", "地区部会 みほん東地区部会"),
    "登録の確認": ("cell", "地区部会 みほん東地区部会"),
    "確認する": ("table", "確認を待っている報告"),
    "返事を渡す": ("cell", "地区部会 みほん東地区部会"),
    "地区×項目": ("push button", "前年度とのちがい"),
    "集計・グラフ": ("push button", "表で見る"),
    "成果事例": ("push button", "成果事例集を作る"),
    "取りまとめ": ("push button", "取りまとめを作る"),
    "紙から入力": ("radio button", "5 取組状況報告書"),
    "印刷する": ("radio button", "5 取組状況報告書"),
    "区の設定": ("text", "電話番号"),
    "設定・控え": ("text", "お名前"),
}
"""By the words in the navigation: what is there when the screen has read what it shows."""
STATES = ["1 未着手", "2 準備中", "3 実施", "4 一部実施", "5 休止", "6 終了", "7 対象外"]
NAVIGATION = "画面の一覧"


@pytest.fixture
def program(needs_tool: Callable[[str], Path], loop: Loop, tmp_path: Path) -> Iterator[Program]:
    """Runs the program over a copy of a store of the round; it must have nothing to say on the terminal."""
    for tool in NEEDED:  # what Debian brings; in CI a missing one fails the test
        needs_tool(tool)
    log = tmp_path / "program.log"

    @contextmanager
    def run(store: str) -> Iterator[ScreenReader]:
        if store:
            shutil.copytree(getattr(loop, store), tmp_path / "store")
        if store == "handed_in":
            take_in(tmp_path / "store", loop.answer)
        with virtual_desktop() as desktop, desktop.program(tmp_path / "store", log) as reader:
            yield reader

    yield run
    assert log.read_text() == ""


def take_in(folder: Path, answer: Path) -> None:
    """Read the office's answer, so that a request waits at a field."""
    services = open_services(folder, clock=moment)
    services.intake.receive([answer])
    assert services.replies.open_requests(YEAR)
    services.close()


@pytest.mark.parametrize(
    ("store", "screens"), [("handed_in", DISTRICT), ("ward", WARD)], ids=["district", "ward"]
)
def test_every_screen_is_reached_and_says_everything_it_shows(
    program: Program, store: str, screens: dict[str, Sign]
) -> None:
    with program(store) as reader:
        reader.find("push button", next(iter(screens)))
        rows = [node for node in reader.shown() if node.inside("filler") == NAVIGATION]
        assert [re.sub(r" \d+件$", "", row.name) for row in rows] == list(screens)
        faults = []
        for row, (name, sign) in zip(rows, screens.items(), strict=True):
            reader.press(row)
            reader.find(*sign)
            nodes = reader.shown()
            assert len([node for node in nodes if node.has(FOCUSABLE)]) > len(rows), name
            faults += [f"{name}: {fault}" for fault in unsaid(reader, nodes)]
        assert faults == []


def unsaid(reader: ScreenReader, nodes: list[Node]) -> list[str]:
    """What somebody who only hears these objects would miss."""
    faults = [
        f"no name: {node}" for node in nodes if node.has(FOCUSABLE) and node.role != "cell" and not node.name
    ]
    for node in nodes:
        if node.role == "text" and not any(reader.labels_of(node)):
            faults.append(f"no label: {node}")
        if node.role == "combo box" and not (any(reader.labels_of(node)) or node.description):
            faults.append(f"neither label nor description: {node}")
        if node.role == "radio button" and not node.inside("panel"):
            faults.append(f"in a group without a name: {node}")
        if node.role == "tree item" and not node.name:
            faults.append(f"no name: {node}")
        if node.role == "table":
            cells = [
                one for one in nodes if one.role == "cell" and one.path == (*node.path, ("table", node.name))
            ]
            faults += [
                f"a row without words: {node}" for one in cells[:: reader.columns(node)] if not one.name
            ]
    return faults


def test_a_request_is_heard_at_its_field_and_what_a_screen_reader_changes_is_stored(
    program: Program, tmp_path: Path
) -> None:
    with program("handed_in") as reader:
        reader.press(reader.find("push button", "この欄を開く"))
        field = reader.until(lambda: named(reader.focused(), "成果"), "the focus at the field")
        assert QUESTION in field.description
        states = [node for node in reader.shown() if node.inside("panel") == "実施状況"]
        assert [node.name for node in states if node.role == "radio button"] == STATES
        chosen = next(node for node in states if node.name == "5 休止")
        reader.press(chosen)
        reader.until(lambda: reader.node(chosen.ref).has(CHECKED) or None, "the choice")

        count = reader.find("text", "延べ参加（人）")
        reader.focus(count)
        reader.type_text("abc")
        reader.press_key(TAB)
        wrong = reader.until(lambda: described(reader.node(count.ref), "要確認"), "what is wrong")
        assert "読み取れません" in wrong.description
        reader.find("label", "✓ 保存済み")
        reader.press(reader.find("push button", "元に戻す"))
        reader.until(lambda: "元に戻しました" in "".join(reader.heard) or None, "an announcement")

    services = open_services(tmp_path / "store", clock=moment)
    request = services.replies.open_requests(YEAR)[0]
    statuses = services.recording.open_year(YEAR).records.item_statuses
    status = next(one for one in statuses if one.id == request.record_id)
    services.close()
    assert status.state is ImplementationState.SUSPENDED
    assert status.unread == {}


def test_the_first_start_says_everything_it_shows(program: Program) -> None:
    with program("") as reader:
        first = reader.find("push button", "区事務所から受け取った")
        assert unsaid(reader, reader.shown()) == []
        reader.press(first)
        reader.find("push button", "設定ファイルを選ぶ")
        assert unsaid(reader, reader.shown()) == []


def test_what_is_missing_is_said_aloud(program: Program) -> None:
    with program("ward") as reader:
        reader.press(reader.find("push button", "返事を渡す"))
        reader.press(reader.find("push button", "選んだ返事だけ保存"))
        reader.until(lambda: "保存する場所がまだ選ばれていません" in "".join(reader.heard) or None, "words")


def named(node: Node | None, name: str) -> Node | None:
    """The object when it has this name."""
    return node if node is not None and node.name == name else None


def described(node: Node, words: str) -> Node | None:
    """The object when its description has these words."""
    return node if words in node.description else None
