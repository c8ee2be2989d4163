"""The badge in the header: 保存しています… → ✓ 保存済み 14:05 → ⚠ 保存できません."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size, theme_signals

_CONFIRM_MS = 3000


class SavedBadge(QFrame):
    """Says whether everything typed is on disk. A failure stays until a later save succeeds."""

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._under_way = 0
        self._failed = ""
        self._at = ""
        self._text = plain_label("", wrap=False)
        self._action = LinkButton("もう一度")
        self._action.setProperty("role", "badge-link")
        self._action.clicked.connect(self.action_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        theme_signals().changed.connect(self._fit)
        self._fit()
        row.addWidget(self._text)
        row.addWidget(self._action)
        self._calm = QTimer(self, singleShot=True, interval=_CONFIRM_MS)
        self._calm.timeout.connect(self._show)
        self._show()

    def text(self) -> str:
        """Return what the badge says."""
        return self._text.text()

    def begin(self) -> None:
        """One more value is being saved."""
        self._under_way += 1
        self._show()

    def done(self, at: str) -> None:
        """One value was saved at this time ("14:05")."""
        self._under_way = max(0, self._under_way - 1)
        self._at = at
        self._failed = ""
        self._show()

    def fail(self, text: str = "保存できません") -> None:
        """One value could not be saved."""
        self._under_way = max(0, self._under_way - 1)
        self._failed = text
        self._show()
        announce(self, text, urgent=True)

    def is_failed(self) -> bool:
        """Return whether the newest save failed."""
        return bool(self._failed)

    def confirm(self) -> None:
        """Answer Ctrl+S: everything is saved already, or is being saved, or cannot be."""
        if self._failed or self._under_way:
            self._show()
        else:
            self._say("saved", f"✓ 入力した内容はすべて保存されています {self._at}".rstrip())
            self._calm.start()
        announce(self, self.text())

    def _show(self) -> None:
        self._calm.stop()
        self._action.setVisible(bool(self._failed))
        if self._failed:
            self._say("problem", f"⚠ {self._failed}")
        elif self._under_way:
            self._say("info", "保存しています…")
        elif self._at:
            self._say("saved", f"✓ 保存済み {self._at}")
        else:
            self._say("saved", "✓ 入力すると自動で保存します")

    def _fit(self) -> None:
        self.setFixedHeight(size(44))

    def _say(self, tone: str, text: str) -> None:
        set_role(self, f"message-{tone}")
        self._text.setText(text)
        self.setAccessibleName(text)
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
