"""A new recovery sheet when the paper was lost or seen: printed, typed back, and only then in use."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.gui.settings.section import SettingsDesk, button_row
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.secret_field import SecretField, with_prefix
from shakyo_desktop.services.own_keys import RecoverySheet

_WHY = (
    "復旧シートをなくしたとき、人に見られたときに、新しい紙に替えます。前の紙では、このデータは開かなくなります。\n"
    "ただし、前に作った控え（USBメモリなどの写し）は、前の紙で開けるままです。"
    "替えたらすぐに新しい控えを作り、前の控えは消してください。"
)
_OFFICE = "\n報告する相手には、次の返事といっしょに届く設定ファイルで伝わります。"
_TYPE = (
    "新しい紙の「1行目」から最後の行までの文字を、見ながら続けて入力してください。"
    "それまでは前の紙のままです。"
)
_EMPTY = "新しい紙の文字を入力してください。前の復旧シートが、今も使えます。"
_DONE = (
    "新しい復旧シートに替わりました。前の紙は、細かく切って捨ててください。\n"
    "前に作った控えは前の紙で開けるままです。すぐに新しい控えを作り、前の控えは消してください。"
)
_STOPPED = "やめました。前の復旧シートが、今も使えます。いま印刷した紙は使えません。捨ててください。"


class NewSheetCard(Card):
    """Nothing changes before the text of the new paper was typed."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__("復旧シートをなくした・人に見られた")
        self._desk = desk
        self._sheet: RecoverySheet | None = None
        self._why = plain_label(_WHY)
        self.add(self._why)
        self.begin_button = SecondaryButton("新しい復旧シートを作る", icon_name="printer")
        self.begin_button.clicked.connect(self._begin)
        self.add_layout(button_row(self.begin_button))
        self._paper = QWidget()
        inner = QVBoxLayout(self._paper)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        self.panel = DocumentPanel("新しい復旧シート", desk.worker, desk.printer, desk.messages)
        self.panel.setMinimumHeight(460)
        self.text = SecretField("new_recovery", "新しい紙の文字")
        self.use_button = PrimaryButton("新しい紙に替える", icon_name="shield-check")
        self.use_button.clicked.connect(self._use)
        self.stop_button = SecondaryButton("やめる", icon_name="x")
        self.stop_button.clicked.connect(self._stop)
        for widget in (self.panel, self.text, plain_label(_TYPE, "small")):
            inner.addWidget(widget)
        inner.addLayout(button_row(self.use_button, self.stop_button))
        self._paper.hide()
        self.add(self._paper)

    def show_office(self, office: bool) -> None:
        """Say what an office has to do besides."""
        self._why.setText(_WHY + (_OFFICE if office else ""))

    def sheet(self) -> RecoverySheet | None:
        """Return the sheet that was begun and is not in use yet."""
        return self._sheet

    def put_away(self) -> None:
        """Forget a sheet that was begun; the old one is good as before."""
        self._sheet = None
        self.text.set_value("")
        self.panel.clear()
        self._paper.hide()
        self.begin_button.show()

    def _begin(self) -> None:
        def show(sheet: RecoverySheet) -> None:
            self._sheet = sheet
            self._paper.show()
            self.begin_button.hide()
            self.panel.show_document(lambda: sheet.pdf, "新しい復旧シート.pdf")
            self.panel.view.print_button.setFocus()

        settings = self._desk.services.settings
        self._desk.worker.run(
            settings.new_recovery_sheet, show, lambda error: present(error, self._desk.messages), self
        )

    def _use(self) -> None:
        self.text.commit()
        sheet, typed = self._sheet, with_prefix(self.text.text())
        if sheet is None or not typed:
            self._desk.messages.show_message("problem", _EMPTY)
            self.text.focus_input()
            return
        settings = self._desk.services.settings
        self._desk.worker.run(
            lambda: settings.use_recovery_sheet(sheet, typed),
            lambda _done: self._used(),
            lambda error: present(error, self._desk.messages),
            self,
        )

    def _used(self) -> None:
        self.put_away()
        self._desk.messages.show_message("saved", _DONE)
        self.begin_button.setFocus()

    def _stop(self) -> None:
        self.put_away()
        self._desk.messages.show_message("info", _STOPPED)
        self.begin_button.setFocus()
