"""The papers of shared good practices: the booklet and the sheet for the notice board."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.services.practice_rows import PracticeRow
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.practice_booklet import BookletData


def booklet_pdf(stores: Stores, rows: Sequence[PracticeRow], at: datetime) -> bytes:
    """The 成果事例集 of these stories; ``at`` in UTC."""
    from shakyo_desktop.documents.pdf.practice_booklet import make_booklet

    out = io.BytesIO()
    make_booklet(_data(stores, rows, at), out)
    return out.getvalue()


def leaflet_pdf(stores: Stores, rows: Sequence[PracticeRow], at: datetime) -> bytes:
    """The 広報 sheet of one or two stories; ``at`` in UTC."""
    from shakyo_desktop.documents.pdf.practice_leaflet import make_leaflet

    out = io.BytesIO()
    make_leaflet(_data(stores, rows, at), out)
    return out.getvalue()


def _data(stores: Stores, rows: Sequence[PracticeRow], at: datetime) -> "BookletData":
    from shakyo_desktop.documents.pdf.pictures import Picture
    from shakyo_desktop.documents.pdf.practice_booklet import BookletData, Story

    office = stores.organisations.find(str(stores.settings.get("org")))
    stories = tuple(
        Story(
            item_number=row.wording.item_number,
            item_name=row.item_name,
            district=row.org_name,
            year=fiscal_year_name(row.wording.fiscal_year),
            title=row.wording.title.strip(),
            text=row.wording.story.strip(),
            pictures=tuple(
                Picture(stores.blobs.get(photo.sha256), photo.width, photo.height, photo.caption)
                for photo in row.chosen_photos
            ),
        )
        for row in rows
    )
    years = sorted({row.wording.fiscal_year for row in rows})
    first, last = fiscal_year_name(years[0]), fiscal_year_name(years[-1])
    return BookletData(
        office=office.name if office else "",
        telephone=office.telephone if office else "",
        years=first if first == last else f"{first}～{last}",
        stories=stories,
        made_at=at,
        practice=bool(stores.settings.get("practice", False)),
    )
