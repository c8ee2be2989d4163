"""What a unit of work offers: one store per aggregate, over one connection."""

from sqlalchemy import Connection

from shakyo_desktop.storage.blobs_store import BlobsStore
from shakyo_desktop.storage.compilations_store import CompilationsStore
from shakyo_desktop.storage.drafts_store import DraftsStore
from shakyo_desktop.storage.figures_store import FiguresStore
from shakyo_desktop.storage.held_store import HeldStore, IntakeLogStore
from shakyo_desktop.storage.history_store import HistoryStore
from shakyo_desktop.storage.indexing import index_everything
from shakyo_desktop.storage.keys_store import KeysStore
from shakyo_desktop.storage.organisations_store import OrganisationsStore
from shakyo_desktop.storage.paper_store import PaperStore
from shakyo_desktop.storage.plan_versions_store import PlanVersionsStore
from shakyo_desktop.storage.plans_store import PlansStore
from shakyo_desktop.storage.records_store import RecordsStore
from shakyo_desktop.storage.replies_store import RepliesStore
from shakyo_desktop.storage.retention_store import RetentionStore
from shakyo_desktop.storage.review_store import ReviewStore
from shakyo_desktop.storage.search_store import SearchStore
from shakyo_desktop.storage.settings_store import SettingsStore
from shakyo_desktop.storage.setups_store import SetupsStore
from shakyo_desktop.storage.submissions_store import SubmissionsStore
from shakyo_desktop.storage.wordings_store import WordingsStore
from shakyo_desktop.storage.written_store import WrittenStore


class Stores:
    """The stores of one transaction; useless after it has ended."""

    def __init__(self, connection: Connection) -> None:
        self.records = RecordsStore(connection)
        self.figures = FiguresStore(connection)
        self.search = SearchStore(connection)
        self.wordings = WordingsStore(connection)
        self.history = HistoryStore(connection)
        self.drafts = DraftsStore(connection)
        self.blobs = BlobsStore(connection)
        self.settings = SettingsStore(connection)
        self.organisations = OrganisationsStore(connection)
        self.setups = SetupsStore(connection)
        self.plans = PlansStore(connection)
        self.plan_versions = PlanVersionsStore(connection)
        self.keys = KeysStore(connection)
        self.submissions = SubmissionsStore(connection)
        self.review = ReviewStore(connection)
        self.replies = RepliesStore(connection)
        self.held = HeldStore(connection)
        self.intake_log = IntakeLogStore(connection)
        self.compilations = CompilationsStore(connection)
        self.paper = PaperStore(connection)
        self.retention = RetentionStore(connection)
        self.written = WrittenStore(connection)
        self._connection = connection

    def index_everything(self) -> int:
        """Make the index of the search anew; returns how many districts' years it holds."""
        return index_everything(self._connection)
