"""The 24 digits of the paper 「引継ぎの合い言葉」."""

from shakyo_desktop.domain.handover import CODE_DIGITS
from shakyo_desktop.gui.shared.fields import HandoverCodeField
from shakyo_desktop.gui.start.step_page import StepPage

_LEAD = (
    "前の担当者からUSBメモリとは別に受け取った紙「引継ぎの合い言葉」を見て、数字を入力してください。\n"
    "すき間や「-」は入れても入れなくてもかまいません。"
)


class CodePage(StepPage):
    """One field; what was typed stays when it was wrong."""

    def __init__(self) -> None:
        super().__init__("引継ぎの合い言葉", _LEAD)
        self.code = HandoverCodeField("code", f"合い言葉（数字{CODE_DIGITS}けた）", label_place="above")
        self.card.add(self.code)

    def text(self) -> str:
        """Return the digits, or what was typed instead."""
        return str(self.code.value() or self.code.unread() or "")

    def complaint(self) -> str:
        """24 digits."""
        if self.code.value():
            return ""
        return (
            f"合い言葉は数字{CODE_DIGITS}けたです。\n"
            "紙と4けたずつ見くらべて入力してください。入力した数字は残っています。"
        )
