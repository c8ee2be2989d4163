"""What the screens about paper hand each other with ``screen_requested``."""

from dataclasses import dataclass

from shakyo_desktop.domain.forms.keyed import SheetKey


@dataclass(frozen=True, slots=True)
class BoxOf:
    """For 紙から入力: one box of a district's sheet."""

    sheet: SheetKey
    box: str


@dataclass(frozen=True, slots=True)
class KeyedYearOf:
    """For 報告にする: the district whose keyed year becomes a report."""

    org: str
