"""The recovery sheet: print or save it, then type its text back. Only then does the set-up end."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.shared.secret_field import SecretField
from shakyo_desktop.gui.start.step_page import StepPage

_LEAD = (
    "パソコンがこわれたり、合い言葉を忘れたりしたときに、この紙の文字でデータを開けます。\n"
    "印刷して（またはPDFを保存して）、ほかの人に見られない場所にしまってください。"
)
_TYPE = (
    "紙の「1行目」から最後の行までの文字を、見ながら続けて入力してください。\n"
    "大文字・小文字や空白は気にしなくてかまいません。"
)
_ALREADY = (
    "合い言葉を2回入力したので、文字の入力はあとにもできます。そのときは空のまま「始める」を押してください。"
)


class SheetPage(StepPage):
    """The document on the left, what to do with it on the right."""

    def __init__(self, worker: BackgroundWorker, printer: Printer) -> None:
        super().__init__("復旧シートをしまう", next_words="始める", back=False, wide=True)
        self._optional = False
        self.panel = DocumentPanel("復旧シート", worker, printer, self.messages)
        self.panel.setMinimumHeight(360)
        self.text = SecretField("recovery", "2 紙の文字を入力して確かめる")
        self._done = Chip("✓ 印刷または保存をしました", "saved")
        self._done.hide()
        self.panel.handed_over.connect(lambda _how: self._done.show())
        self._may_wait = plain_label(_ALREADY, "small")
        right = QVBoxLayout()
        right.setSpacing(12)
        for widget in (
            plain_label(_LEAD),
            plain_label("1 印刷するか、PDFを保存する", "strong"),
            self._done,
            self.text,
            plain_label(_TYPE, "small"),
            self._may_wait,
        ):
            right.addWidget(widget)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.panel, 6)
        row.addLayout(right, 5)
        self.card.add_layout(row)

    def show_sheet(self, make: Callable[[], bytes], *, optional: bool) -> None:
        """Show the sheet; with ``optional`` a passphrase was typed twice already."""
        self._optional = optional
        self._may_wait.setVisible(optional)
        self.panel.show_document(make, "復旧シート.pdf")

    def focus_first(self) -> None:
        """The paper comes first; what is typed back stands on it."""
        self.panel.view.print_button.setFocus()

    def focus_missing(self) -> None:
        """The text that has to be typed."""
        self.text.focus_input()

    def complaint(self) -> str:
        """The text has to be typed, unless something else opens the store on another computer."""
        if self.text.text() or self._optional:
            return ""
        return (
            "復旧シートの文字を入力してください。\n"
            "データは保存されています。紙を見ながら、ゆっくり入力してください。"
        )
