"""Turns a failed call to the operating system into a sentence for the person at the screen.

Each message says what happened, what is safe and what to do next (product.md, Words).
"""

import errno

from shakyo_desktop.domain.errors import DestinationFailed

_SAFE = "入力した内容はこのパソコンに残っています。"
_ANOTHER = "別のUSBメモリを差して「もう一度」を押してください。"
_AGAIN = "USBメモリを差し直して「もう一度」を押してください。"

# cause → (what happened, what to do next)
CAUSES: dict[str, tuple[str, str]] = {
    "full": ("空きが足りません", _ANOTHER),
    "read_only": (
        "書きこみが止められています",
        "USBメモリの横のスイッチを確かめるか、別のUSBメモリを差して「もう一度」を押してください。",
    ),
    "not_allowed": (
        "この場所には書きこめません",
        "別のUSBメモリか別のフォルダーを選んで「もう一度」を押してください。",
    ),
    "vanished": ("USBメモリが抜けたか、読み書きできなくなりました", _AGAIN),
    "in_use": (
        "同じ名前のファイルがほかの画面で開かれています",
        "そのファイルを閉じて「もう一度」を押してください。",
    ),
    "name": ("フォルダーの名前が長すぎます", "USBメモリの一番上を選んで「もう一度」を押してください。"),
    "changed": ("書いたものと読み直したものが違いました", _ANOTHER),
    "unknown": ("書きこみの途中で止まりました", _ANOTHER),
}

_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full"),
    errno.EROFS: "read_only",
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EEXIST), "not_allowed"),
    **dict.fromkeys((errno.ENOENT, errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE), "vanished"),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), "in_use"),
    errno.ENAMETOOLONG: "name",
}

# Windows says more in its own code than in the errno Python derives from it (winerror.h).
_BY_WINERROR = {
    **dict.fromkeys((39, 112), "full"),
    19: "read_only",
    **dict.fromkeys((2, 3, 15, 21, 23, 31, 55, 433, 483, 1005, 1006, 1110, 1117, 1167), "vanished"),
    **dict.fromkeys((32, 33), "in_use"),
    206: "name",
}


def cause_of(error: OSError) -> str:
    """Return the key of ``CAUSES`` that fits a failed call."""
    from_windows = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
    return from_windows or _BY_ERRNO.get(error.errno or 0, "unknown")


def destination_failed(cause: str) -> DestinationFailed:
    """Return the failure of writing a file, with the three sentences of its cause."""
    happened, next_step = CAUSES[cause]
    return DestinationFailed(
        f"USBメモリに保存できませんでした（{happened}）。\n{_SAFE}\n{next_step}",
        code=f"{DestinationFailed.code}.{cause}",
    )
