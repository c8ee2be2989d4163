"""確認の進め方: whether one person decides about a report, or two."""

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, Form
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk

_ONE, _TWO = "one", "two"
_KINDS = [Choice(_ONE, "1人で確定する"), Choice(_TWO, "確認する人と、確定する人を分ける")]
_WHAT = (
    "「分ける」にすると、1人が報告を読んで「確認した」を押し、別の人がお名前を入れて「確定する」を押します。\n"
    "同じ人のお名前では確定できません。だれがいつ行ったかは「この報告のこれまで」に残ります。\n"
    "途中で変えても、確定した報告はそのままです。"
)


class StepsPage(Page):
    """One choice for the whole office, kept as it is made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("確認の進め方")
        self._desk = desk
        card = Card("報告を確定するまで")
        form = Form()
        self.steps = form.add(ChoiceField("steps", "進め方", _KINDS))
        self.steps.changed.connect(lambda _name, value, _unread: self._keep(value == _TWO))
        card.add(form)
        card.add(plain_label(_WHAT, "secondary"))
        self.add(card)
        self.add_stretch()

    def enter(self) -> None:
        """Read what the office wants."""
        review = self._desk.services.review

        def show(two: bool) -> None:
            self.steps.set_value(_TWO if two else _ONE)

        self._desk.worker.run(review.wants_two_steps, show, self._failed, self)

    def _keep(self, two: bool) -> None:
        review = self._desk.services.review
        words = "確認する人と確定する人を分けます。" if two else "1人で確定します。"

        def done(_none: None) -> None:
            self.messages.show_message("saved", f"保存しました。これからは、{words}")

        self._desk.worker.run(lambda: review.set_two_steps(two), done, self._failed, self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
