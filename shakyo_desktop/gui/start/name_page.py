"""Who works here: the name that stands in the history of every change."""

from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.labels import Chip
from shakyo_desktop.gui.start.step_page import StepPage

LENGTH = 40
_LEAD = (
    "入力する方のお名前を書いてください。\n"
    "だれがいつ書いたかの記録に残ります。あとで「設定・控え」からいつでも変えられます。"
)


class NamePage(StepPage):
    """One name."""

    def __init__(self) -> None:
        super().__init__("お名前", _LEAD)
        self._org = Chip("", "saved")
        self.card.body.insertWidget(1, self._org)
        self.name = TextField("name", "お名前", length=LENGTH, hint="例 千葉 花子")
        self.card.add(self.name)
        self.set_organisation("")

    def set_organisation(self, name: str) -> None:
        """Say for whom this installation is made."""
        self._org.set_chip(f"✓ {name}", "saved")
        self._org.setVisible(bool(name))

    def text(self) -> str:
        """Return the name as typed."""
        return str(self.name.value() or "").strip()

    def complaint(self) -> str:
        """A name of at most 40 characters."""
        if not self.text():
            return "お名前を書いてください。"
        if len(self.text()) > LENGTH:
            return f"お名前は{LENGTH}文字までで書いてください。入力した内容は残っています。"
        return ""
