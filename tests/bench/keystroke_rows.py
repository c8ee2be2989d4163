"""Keys pressed for the same content on paper's screen, in the normal forms and in a spreadsheet.

A key is one press; a chord such as Ctrl+N is one too. A character of Japanese text is one key wherever it
is typed, so that the input method changes nothing between the three. A spreadsheet takes the characters of
every cell and one Enter or Tab after each, for empty cells too; a choice is typed as its digit.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.registry import Services
from tests.bench.measuring import Row
from tests.gui.keys import focus, press, type_text

HALF, SAME = 0.5, 1.0
SIZE = 1366, 688
ITEM = 8
# What one row of F1 says; the place is the district's most used one, the row above is of the same month.
DAY, VENUE, PARTICIPANTS, HELPERS, CONTENT = "12", "みほん第1集会所", "24", "6", "体操とお茶の会"
PREFIX = "1"
FIRST = 2
FIGURES = ("12", "1", "240", "35", "48")
OUTCOME, CHALLENGE, NEXT_PLAN = "参加が増えた。", "担い手が足りない。", "若い世代に頼む。"


class Keys:
    """Presses keys where the keyboard is and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def type(self, text: str) -> None:
        """Character by character."""
        for character in text:
            type_text(character)
            self.count += 1

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """One key or chord."""
        press(key, *modifiers)
        self.count += 1

    def enter(self, *texts: str) -> None:
        """Every text with Enter after it."""
        for text in texts:
            self.type(text)
            self.press(Qt.Key.Key_Return)


def keystroke_rows(services: Services) -> list[Row]:
    """A row of F1 and an item of F4, each against the normal form and against a spreadsheet."""
    with _window(services) as session:
        cells, written = _cells(_ACTIVITY_CELLS), _written_activity(session)
        new = _keyed_activity(session, 2, CONTENT), cells, written
        known = _keyed_activity(session, 3, "1"), cells, written
        item = (*_keyed_item(session), _written_item(session))
    written_out = "the words of the long boxes are {} of the keys, as everywhere"
    rows = []
    for name, (keyed, cells, written), note in (
        ("one row of F1, its words are new", new, written_out.format(len(CONTENT))),
        ("one row of F1, its words are known", known, "they are named by their number"),
        ("one item of F4", item, written_out.format(len(OUTCOME + CHALLENGE + NEXT_PLAN))),
    ):
        rows.append(_row(f"keying {name}", "the normal form", keyed, written, HALF, note))
        rows.append(_row(f"keying {name}", "a spreadsheet, one cell a box", keyed, cells, SAME, note))
    return rows


def _row(work: str, against: str, ours: int, yardstick: int, goal: float, note: str) -> Row:
    return Row(work, against, ours, yardstick, goal, note, unit="keys")


@contextmanager
def _window(services: Services) -> Iterator[Session]:
    session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    try:
        session.start()
        session.window.resize(*SIZE)
        session.window.show()
        session.window.activateWindow()
        QApplication.processEvents()
        yield session
    finally:
        session.window.hide()
        session.window.deleteLater()
        session.deleteLater()
        QApplication.processEvents()


_ACTIVITY_CELLS = (f"5/{DAY}", str(ITEM), "1", VENUE, PARTICIPANTS, HELPERS, CONTENT)


def _cells(texts: tuple[str, ...]) -> int:
    return sum(len(text) + 1 for text in texts)


# --- as it lies on the desk --------------------------------------------------------------------------------


def _sheet(session: Session, form: int, page: int) -> KeyingScreen:
    session.window.show_screen("keying")
    screen = session.window.screen_of("keying")
    assert isinstance(screen, KeyingScreen)
    screen.chooser.form.choose(form)
    screen.chooser.page.put_value(page)
    screen.chooser.open_button.click()
    return screen


def _keyed_activity(session: Session, row: int, words: str) -> int:
    """A row of a sheet, its long words as they are or by the number they are offered under."""
    screen = _sheet(session, 0, 1)
    if row == FIRST:
        screen.sheet_view.focus_box("1-1")
        Keys().enter("5/1")
    screen.sheet_view.focus_box(f"{row}-1")
    keys = Keys()
    keys.enter(DAY)
    keys.type(f"{ITEM}1")
    keys.enter("1", PARTICIPANTS, HELPERS, words)
    _expect(screen, {f"{row}-1": f"5/{DAY}", f"{row}-4": VENUE, f"{row}-7": CONTENT})
    return keys.count


def _keyed_item(session: Session) -> tuple[int, int]:
    """The keys on paper's screen, and those of the same boxes as cells."""
    screen = _sheet(session, 4, 6)
    boxes = [name for name in screen.sheet_view.numbers() if name.startswith(f"{ITEM}-")]
    if not boxes:
        raise SystemExit(f"item {ITEM} is not on the sheet: {screen.sheet_view.numbers()}")
    screen.sheet_view.focus_box(boxes[0])
    keys = Keys()
    keys.type("32")
    figures = [box for box in boxes if screen.sheet_view.line(box).box.field.startswith("typed_totals.")]
    keys.enter(*FIGURES, *[""] * (len(figures) - len(FIGURES)), "", "", OUTCOME, CHALLENGE, NEXT_PLAN)
    _expect(screen, dict(zip(boxes[-3:], (OUTCOME, CHALLENGE, NEXT_PLAN), strict=True)))
    return keys.count, _cells(tuple(screen.sheet_view.line(box).text() for box in boxes))


def _expect(screen: KeyingScreen, wanted: dict[str, str]) -> None:
    texts = screen.sheet_view.texts()
    if any(texts[box] != text for box, text in wanted.items()):
        raise SystemExit(f"keyed into other boxes than meant: {texts}")


# --- the normal forms --------------------------------------------------------------------------------------


def _go_to(form: object, name: str, keys: Keys) -> None:
    """Enter, and Ctrl+Enter out of a long text, until the field has the keyboard."""
    field = form.find_field(name)  # type: ignore[attr-defined]
    for _ in range(40):
        if field.isAncestorOf(focus()):
            return
        if isinstance(focus(), QTextEdit):
            keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            keys.press(Qt.Key.Key_Return)
    raise SystemExit(f"Enter does not lead to {name}")


def _written_activity(session: Session) -> int:
    session.window.show_screen("diary")
    keys = Keys()
    keys.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    form = session.window.screen_of("diary").form  # type: ignore[attr-defined]
    for name, text in (
        ("held_on", f"5/{DAY}"),
        ("item_number", str(ITEM)),
        ("outcome_state", "1"),
        ("venue", VENUE),
        ("content", CONTENT),
        ("participants", PARTICIPANTS),
        ("helpers", HELPERS),
    ):
        _go_to(form, name, keys)
        if name == "venue":
            _choose_offered(keys)
        else:
            keys.type(text)
    keys.press(Qt.Key.Key_Return)
    return keys.count


def _choose_offered(keys: Keys) -> None:
    """The normal form offers places while one types: one character, arrow down, Enter."""
    line = focus()
    assert isinstance(line, QLineEdit)
    keys.type(PREFIX)
    popup = line.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    keys.count += 2
    if line.text() != VENUE:
        raise SystemExit(f"the diary did not offer the place: {line.text()}")


def _written_item(session: Session) -> int:
    plan = session.services.plans.plans()[0]
    session.window.show_screen("items", (plan.id, ITEM, "state"))
    form = session.window.screen_of("items").form  # type: ignore[attr-defined]
    form.find_field("state").focus_input()
    keys = Keys()
    boxes = [field.name for field in form.totals.fields()][: len(FIGURES)]
    texts = (
        ("state", "3"),
        ("self_rating", "2"),
        *zip(boxes, FIGURES, strict=True),
        ("outcome", OUTCOME),
        ("challenge", CHALLENGE),
        ("next_plan", NEXT_PLAN),
    )
    for name, text in texts:
        _go_to(form, name, keys)
        keys.type(text)
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return keys.count
