"""How many photos a report can carry. Source: the package format, "Photos"."""

from shakyo_desktop.domain.errors import PhotoRefused
from shakyo_desktop.exchange.jpeg import MAX_PHOTO_BYTES, MAX_PHOTOS


def check_photo_limits(count: int, total_bytes: int) -> None:
    """Refuse more photos than a report can carry (400, or 220 MiB); call it with the sums after adding."""
    if count > MAX_PHOTOS:
        raise PhotoRefused(
            f"写真は1年度に{MAX_PHOTOS}枚までです。\n入力した内容と、これまでの写真はそのまま残っています。\n"
            "使わない写真を消してから、もう一度選んでください。",
            code="photo.too_many",
        )
    if total_bytes > MAX_PHOTO_BYTES:
        raise PhotoRefused(
            "写真の合計が、1つのファイルで送れる大きさをこえました。\n"
            "入力した内容と、これまでの写真はそのまま残っています。\n"
            "使わない写真を消してから、もう一度選んでください。",
            code="photo.too_many",
        )
