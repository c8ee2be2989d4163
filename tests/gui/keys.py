"""Real key events and real input method events, as a keyboard and a Japanese input method send them."""

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


def focus() -> QWidget:
    """Return the widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(focus(), key, held)


def press_letter(key: Qt.Key) -> None:
    """Press Alt with a button's letter; such a button stays down for a moment before it answers."""
    window = focus().window()
    QTest.keyClick(focus(), key, Qt.KeyboardModifier.AltModifier)
    while any(button.isDown() for button in window.findChildren(QAbstractButton)):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def type_text(text: str) -> None:
    """Type character by character; full width ones come as key events that carry their text."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(focus(), character)
        else:
            none = Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(focus(), QKeyEvent(kind, 0, none, character))


def compose(text: str, target: QWidget | None = None) -> None:
    """Begin composing: the text is shown but not yet committed by the input method."""
    QCoreApplication.sendEvent(target or focus(), QInputMethodEvent(text, []))


def commit_composed(text: str) -> None:
    """Finish composing with this text, as the Enter key of an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(focus(), event)


def turn_wheel(widget: QWidget) -> bool:
    """Turn the wheel over a widget; return whether the widget took it."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(widget, event)
    return event.isAccepted()
