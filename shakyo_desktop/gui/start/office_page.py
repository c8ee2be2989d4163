"""Which office this is: chosen from the list that ships, or typed."""

from collections.abc import Sequence

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, TextField
from shakyo_desktop.gui.start.step_page import StepPage

_OTHER = "other"
_LEAD = (
    "区事務所（または市）を選んでください。一覧にないときは「ほかの事務所」を選んで、名前と番号を書きます。"
)


class OfficePage(StepPage):
    """The office with its code and the telephone number that its districts may call."""

    def __init__(self, known: Sequence[Organisation]) -> None:
        super().__init__("どの事務所ですか", _LEAD)
        self._known = {org.code: org for org in known}
        choices = [*(Choice(org.code, org.name) for org in known), Choice(_OTHER, "ほかの事務所")]
        self.office = ChoiceField("office", "事務所", choices, numbered=False)
        self.name = TextField("office_name", "事務所の名前", length=60, hint="例 みほん区事務所")
        self.code = TextField("office_code", "団体コード", length=6, hint="数字6けた（例 121011）")
        self.telephone = TextField(
            "telephone", "電話番号", length=20, hint="地区部会からの問い合わせ先。例 043-000-0000"
        )
        for field in (self.office, self.name, self.code, self.telephone):
            self.card.add(field)
        self.office.changed.connect(lambda *_: self._show())
        self._show()

    def organisation(self) -> Organisation | None:
        """Return the office as chosen or typed, None while nothing is chosen."""
        chosen = str(self.office.value() or "")
        telephone = str(self.telephone.value() or "").strip()
        known = self._known.get(chosen)
        if known is not None:
            return Organisation(known.code, known.name, known.kind, parent=known.parent, telephone=telephone)
        if chosen != _OTHER:
            return None
        name, code = (str(field.value() or "").strip() for field in (self.name, self.code))
        return Organisation(code, name, OrganisationKind.WARD, telephone=telephone)

    def complaint(self) -> str:
        """An office, and name and code of one that is not in the list."""
        office = self.organisation()
        if office is None:
            return "事務所を選んでください。"
        if not office.name:
            return "事務所の名前を書いてください。"
        code = office.code
        if not (len(code) == 6 and code.isascii() and code.isdecimal()):
            return "団体コードは半角の数字6けたで書いてください。"
        return ""

    def _show(self) -> None:
        chosen = str(self.office.value() or "")
        for field in (self.name, self.code):
            field.setVisible(chosen == _OTHER)
        known = self._known.get(chosen)
        if known is not None and not self.telephone.value():
            self.telephone.put_value(known.telephone)
