"""How the store is locked: this computer's sign-in, a passphrase, or plainly nothing."""

from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.secret_field import SecretField
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.locks import PASSPHRASE_LENGTH, LockChoice

KEY_RING, PASSPHRASE, NOTHING = "key_ring", "passphrase", "key_file"
_LEAD = (
    "このパソコンの中のデータは、読めない形にして保存します。開き方を選んでください。\n"
    "どれを選んでも、次に作る「復旧シート（紙）」の文字で開けます。"
)
_WORDS = {
    KEY_RING: (
        "パソコンの電源を入れて、いつもの自分の画面になれば（Windowsの「サインイン」）、そのまま開きます。"
        "合い言葉は要りません。"
    ),
    PASSPHRASE: (
        f"開くたびに合い言葉を入力します。{PASSPHRASE_LENGTH}文字以上で、"
        "ほかの人が思いつかない言葉にしてください。"
    ),
    NOTHING: "⚠ 守りがありません。このパソコンやフォルダーを手にした人は、だれでもデータを読めます。",
}


class LockPage(StepPage):
    """The passphrase is typed twice, so that a slip of the finger locks nobody out."""

    def __init__(self) -> None:
        super().__init__("データの守り方", _LEAD, next_words="この守り方で作る")
        self._with_ring = False
        self.way = ChoiceField(
            "way",
            "開き方",
            [
                Choice(KEY_RING, "パソコンといっしょに開く"),
                Choice(PASSPHRASE, "合い言葉"),
                Choice(NOTHING, "守りなし"),
            ],
            numbered=False,
        )
        self._words = plain_label("")
        self.first = SecretField("first", "合い言葉")
        self.second = SecretField("second", "合い言葉をもう一度")
        for widget in (self.way, self._words, self.first, self.second):
            self.card.add(widget)
        self.way.changed.connect(lambda *_: self._show())
        self.set_key_ring(False)

    def set_key_ring(self, works: bool) -> None:
        """Offer this computer's sign-in only where it can keep a key."""
        self._with_ring = works
        self.way.segments()[0].setVisible(works)
        if self.way.value() is None or (self.way.value() == KEY_RING and not works):
            self.way.set_value(KEY_RING if works else PASSPHRASE)
        self._show()

    def choice(self) -> LockChoice:
        """Return what was chosen."""
        kind = str(self.way.value() or PASSPHRASE)
        if kind == PASSPHRASE:
            return LockChoice(frozenset({kind}), self.first.text())
        return LockChoice(frozenset({kind}))

    def complaint(self) -> str:
        """A passphrase is long enough and was typed the same twice."""
        if self.way.value() != PASSPHRASE:
            return ""
        if len(self.first.text()) < PASSPHRASE_LENGTH:
            return f"合い言葉が短すぎます。{PASSPHRASE_LENGTH}文字以上で書いてください。"
        if self.first.text() != self.second.text():
            return (
                "2回の合い言葉が違います。\n"
                "見くらべて、同じ言葉を2回書いてください。入力した内容は残っています。"
            )
        return ""

    def focus_missing(self) -> None:
        """Go to the passphrase that is too short, or to the second one when it differs."""
        too_short = len(self.first.text()) < PASSPHRASE_LENGTH
        (self.first if too_short else self.second).focus_input()

    def _show(self) -> None:
        kind = str(self.way.value() or "")
        self._words.setText(_WORDS.get(kind, ""))
        for field in (self.first, self.second):
            field.setVisible(kind == PASSPHRASE)
