"""The paper of one district: every form blank, pre-filled and filled in, and a 校正票 of later changes."""

from shakyo_desktop.demo.handing import current_year
from shakyo_desktop.demo.running import Journey
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.services.forms import Filling, FormWish

_WORDS = {
    Filling.BLANK: "白紙",
    Filling.PREFILLED: "前年度入り",
    Filling.FILLED: "記入済み",
    Filling.PROOF: "校正票",
}


def print_forms(journey: Journey) -> None:
    """F1 to F4 as they are handed out and as they come back filled in; F1 also for one large activity."""
    with journey.step("1つの地区部会の用紙を、白紙・前年度入り・記入済みで作りました"):
        for filling in (Filling.BLANK, Filling.PREFILLED, Filling.FILLED):
            for form in FormCode:
                _print(journey, form, filling)
        _print(journey, FormCode.F1, Filling.BLANK, large=True)


def print_proof(journey: Journey) -> None:
    """What the 部会長 is shown after the corrections."""
    with journey.step("直したところだけの校正票を作りました"):
        _print(journey, FormCode.F4, Filling.PROOF)


def _print(journey: Journey, form: FormCode, filling: Filling, *, large: bool = False) -> None:
    org, district = next(iter(journey.districts.items()))
    wish = FormWish(form=form, fiscal_year=current_year(district), filling=filling, large=large)
    kind = f"{form.value}-{form.label}{'（1件1枚）' if large else ''}"
    journey.save_document(f"{kind}-{_WORDS[filling]}-{org}.pdf", district.forms.print_form(wish).pdf)
    district.forms.note_printed(wish)
