"""The text of a sheet's QR code: which form, which layout, whose, of which year, which page.

``SHAKYO/F4/1/999999-01/2026/P3``. A hand scanner types it; a photograph is read for it.
"""

import re
from dataclasses import dataclass

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.text import fold_name

_CODE = re.compile(r"SHAKYO/(F[1-4])/([0-9]{1,3})/([0-9]{6}-[0-9]{2,3})/([0-9]{4})/P([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What a sheet says of itself. ``page`` counts from 1."""

    form: FormCode
    version: int
    org: str
    fiscal_year: int
    page: int

    def head(self) -> str:
        """The text without its page, as a document's frame completes it."""
        return f"SHAKYO/{self.form.value}/{self.version}/{self.org}/{self.fiscal_year}"

    def text(self) -> str:
        """The whole text of the code."""
        return f"{self.head()}/P{self.page}"


def read_sheet_code(text: str) -> SheetCode:
    """Read what a scanner typed, in full width too.

    Raises:
        BadInput: it is not the code of one of our forms (``sheet.code``), or of a page that goes on from a
            form and is none to key (``sheet.extra``).
    """
    found = _CODE.fullmatch(fold_name(text).upper())
    if found is None:
        raise BadInput(
            "用紙の四角い模様（QRコード）の文字ではありません。\n入力した内容はそのままです。\n"
            "用紙の右上の模様を、もう一度読み取ってください。",
            code="sheet.code",
        )
    form, version, org, year, page = found.groups()
    if int(page) == 0:
        raise BadInput(
            "この紙は、用紙の「つづき」か「写真」のページです。\n入力した内容はそのままです。\n"
            "入力する用紙の、右上の模様を読み取ってください。",
            code="sheet.extra",
        )
    return SheetCode(FormCode(form), int(version), org, int(year), int(page))
