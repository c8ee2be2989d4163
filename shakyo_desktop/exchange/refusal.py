"""How a rule of the package format is refused: its code, and the sentence a person reads."""

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.refusals import refusal_message


def refused(code: str, detail: str = "") -> PackageRefused:
    """The refusal for this code; ``detail`` is for a diagnosis and holds no record text."""
    return PackageRefused(code, detail, refusal_message(code, detail))


def require(condition: bool, code: str, detail: str = "") -> None:
    """Raise ``PackageRefused`` with this code unless the condition holds."""
    if not condition:
        raise refused(code, detail)
