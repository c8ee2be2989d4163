"""Making the index of the search anew: after a migration, and when a person asks for it."""

from sqlalchemy import Connection

from shakyo_desktop.storage.records_store import RecordsStore
from shakyo_desktop.storage.search_store import SearchStore
from shakyo_desktop.storage.settings_store import SettingsStore


def index_everything(connection: Connection) -> int:
    """Index what other organisations reported, and nothing else; returns how many years that are.

    The own records are written field by field and are searched as they stand.
    """
    records, search = RecordsStore(connection), SearchStore(connection)
    for org, fiscal_year in search.indexed_years():
        search.forget_year(org, fiscal_year)
    own = str(SettingsStore(connection).get("org", ""))
    years = [(org, fiscal_year) for org, fiscal_year in records.all_years() if org != own]
    for org, fiscal_year in years:
        search.index_year(records.year(org, fiscal_year))
    return len(years)
