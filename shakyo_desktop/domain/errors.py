"""Every failure that a person can act on, each with a code for programs and one message for people.

A message says what happened, what is safe, and what to do next. Everything that is not a
``ShakyoError`` is a bug and is reported as one.
"""


class ShakyoError(Exception):
    """A known failure.

    Attributes:
        code: a stable word for programs (``store.locked``).
        message: plain Japanese for the person at the screen; may have several lines.
    """

    code = "shakyo"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class StoreInUse(ShakyoError):
    """Another process has this data folder open."""

    code = "store.in_use"


class StoreLocked(ShakyoError):
    """No slot opened the store: a wrong passphrase, another computer's key ring, a missing key."""

    code = "store.locked"


class StoreDamaged(ShakyoError):
    """The database cannot be read or fails its check."""

    code = "store.damaged"


class StoreMissing(ShakyoError):
    """The data folder holds no store, or holds one where a new one was to be made."""

    code = "store.missing"


class StoreTooNew(ShakyoError):
    """The database was written by a newer version of the program."""

    code = "store.too_new"


class NotSaved(ShakyoError):
    """A value could not be committed: disk full, read-only, in use."""

    code = "store.not_saved"


class NotFound(ShakyoError):
    """A record, district, plan or year that was asked for does not exist."""

    code = "not_found"

    @classmethod
    def of(cls, what: str) -> "NotFound":
        """The failure to find ``what`` (Japanese), with what is safe and what to do next."""
        return cls(
            f"{what}が見つかりませんでした。\nほかの記録は変わっていません。\n"
            "画面を開き直して、もう一度選んでください。"
        )


class BadInput(ShakyoError):
    """Something a person typed or a list they chose cannot be used as it is."""

    code = "input"


class WrongNumber(ShakyoError):
    """A check number that was typed does not belong to the key it should belong to."""

    code = "check_number"


class NotReady(ShakyoError):
    """A step was asked for before what it needs is there, such as submitting with hard problems open."""

    code = "not_ready"


class CopyUnproven(NotReady):
    """Nothing proves that a copy to be restored is one's own, and nobody has compared it with the paper.

    ``number`` are the 12 digits to compare, "" when it has none.
    """

    code = "copy.unproven"

    def __init__(self, message: str, number: str) -> None:
        super().__init__(message)
        self.number = number


class UnconfirmedReports(NotReady):
    """A compilation was asked for over reports that the office has not accepted (確定) yet.

    ``names`` are the districts they come from, in the order of the roster.
    """

    code = "compile.unconfirmed"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"まだ確定していない報告が{len(names)}件あります（{'、'.join(names)}）。\n"
            "取りまとめは作っていません。届いている報告も、前の取りまとめも変わっていません。\n"
            "「確認する」で確定してから作るか、「未確定の報告も入れて作る」を選んでください。"
        )
        self.names = names


class Cancelled(ShakyoError):
    """The person stopped the work; nothing was changed."""

    code = "cancelled"


class DestinationFailed(ShakyoError):
    """A file could not be written and verified on a stick or in a folder."""

    code = "destination"


class FileUnreadable(ShakyoError):
    """A file that was chosen cannot be opened or is not of the expected kind."""

    code = "file"


class PhotoRefused(ShakyoError):
    """A picture that cannot be taken in: not an image, too large, too many."""

    code = "photo"


class DocumentFailed(ShakyoError):
    """A document (PDF, Excel, CSV) could not be made."""

    code = "document"


class PackageRefused(ShakyoError):
    """A package breaks a rule of the format; ``code`` names the first rule that is broken.

    The message is for people, one sentence per situation; ``detail`` is for a diagnosis and holds
    no record text.
    """

    code = "package"

    def __init__(self, code: str, detail: str = "", message: str = "") -> None:
        super().__init__(message or code, code=code)
        self.detail = detail
