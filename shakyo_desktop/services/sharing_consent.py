"""A consent that ends: what was chosen to be shared is chosen no more, from the moment the office knows."""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.sharing import WORDINGS, consented
from shakyo_desktop.services.practice_rows import PracticeKey
from shakyo_desktop.storage.stores import Stores


def history_ref(key: PracticeKey) -> RecordRef:
    """Where the history of a wording is kept."""
    return RecordRef(WORDINGS, "/".join(map(str, key)))


def settle_consent(stores: Stores, org: str, fiscal_year: int, at: datetime) -> None:
    """After a report came or was taken back: a chosen story without consent is chosen no more, and marked."""
    chosen = [one for one in stores.wordings.all(org, fiscal_year) if one.chosen]
    if not chosen:
        return
    there = {one.id: one for one in stores.wordings.practices(fiscal_year) if one.org == org}
    for wording in chosen:
        if not consented(there.get(wording.practice_id)):
            key = (org, fiscal_year, wording.practice_id)
            stores.wordings.save(replace(wording, chosen=False, withdrawn=True))
            stores.history.append(history_ref(key), "chosen", True, False, "", at, Source.IMPORT)
