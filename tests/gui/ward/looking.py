"""What a person sees on a screen: texts, and controls by their words."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QTextEdit, QWidget


def texts(screen: QWidget) -> str:
    """Every text that is visible, lists included."""
    found = [label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen)]
    found += [one.text() for one in screen.findChildren(QAbstractButton) if one.isVisibleTo(screen)]
    found += [one.text() for one in screen.findChildren(QLineEdit) if one.isVisibleTo(screen)]
    found += [one.toPlainText() for one in screen.findChildren(QTextEdit) if one.isVisibleTo(screen)]
    for table in screen.findChildren(QTableView):
        if table.isVisibleTo(screen):
            found += cells(table)
    return "\n".join(found)


def cells(table: QTableView) -> list[str]:
    """Every cell's text, row by row."""
    model = table.model()
    return [
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def row_of(table: QTableView, name: str) -> list[str]:
    """The cells of the row that begins with a name."""
    model = table.model()
    for row in range(model.rowCount()):
        found = [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        if name in found:
            return found
    raise AssertionError(f"no row {name} in {cells(table)}")
