"""Asking for what opens a store or a copy: a passphrase, or the text of the recovery sheet."""

from shakyo_desktop.domain.sheet_text import sheet_problem
from shakyo_desktop.gui.shared.secret_field import SecretField, with_prefix
from shakyo_desktop.gui.start.step_page import StepPage

_HINT = "復旧シートの文字は「1行目」から続けて入力します。大文字・小文字や空白は気にしなくてかまいません。"
_EMPTY = "合い言葉か、復旧シートの文字を入力してください。\nデータは無事です。"


class SecretPage(StepPage):
    """One field; what was typed stays when it was wrong."""

    def __init__(self, title: str, lead: str, *, next_words: str, back: bool) -> None:
        super().__init__(title, lead, next_words=next_words, back=back)
        self.secret = SecretField("secret", "合い言葉 または 復旧シートの文字", hint=_HINT)
        self.card.add(self.secret)
        self._told = ""

    def text(self) -> str:
        """Return what was typed."""
        return with_prefix(self.secret.text())

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self._told = ""
        self.secret.set_value("")
        self.messages.clear()

    def complaint(self) -> str:
        """Something has to be typed; a sheet's text is checked for slips before it is tried."""
        if not self.text():
            return _EMPTY
        problem = sheet_problem(self.text())
        return (
            f"{problem}\n入力した文字はそのままです。データは無事です。"
            if problem and not self._insisted()
            else ""
        )

    def _insisted(self) -> bool:
        """Whether the same text is tried again: a long passphrase may look like the text of a sheet."""
        again, self._told = self._told == self.text(), self.text()
        return again


def unlock_page() -> SecretPage:
    """The page of a locked store."""
    return SecretPage(
        "データを開く",
        "このパソコンのデータは鍵がかかっています。データは無事です。\n"
        "合い言葉を入力してください。忘れたときは、復旧シート（紙）の文字でも開けます。",
        next_words="開く",
        back=False,
    )


def closed_page() -> SecretPage:
    """The page of a store that was closed while the program went on."""
    return SecretPage(
        "データを閉じました",
        "書いたものは、すべて保存してあります。\n"
        "合い言葉か、復旧シート（紙）の文字を入力すると、さっきのところから続けられます。",
        next_words="開く",
        back=False,
    )


def copy_secret_page() -> SecretPage:
    """The page of a copy that is to be restored."""
    return SecretPage(
        "控えを開く文字",
        "この控えを作ったときの合い言葉か、復旧シート（紙）の文字を入力してください。\n"
        "引継ぎで受け取った控えは、いっしょに受け取った紙の合い言葉で開きます。",
        next_words="次へ",
        back=True,
    )
