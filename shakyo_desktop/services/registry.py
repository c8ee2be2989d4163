"""All services of one open store, as the window and the command line get them."""

from collections.abc import Callable
from dataclasses import dataclass

from shakyo_desktop.services.answers import AnswerService
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.calendar import CalendarService
from shakyo_desktop.services.checking import CheckingService
from shakyo_desktop.services.colleagues import ColleagueJoining
from shakyo_desktop.services.compilation import CompilationService
from shakyo_desktop.services.compilation_papers import CompilationPapers
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_rounds import CopyRounds
from shakyo_desktop.services.doctor import DoctorService
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.earlier_years import EarlierYearService
from shakyo_desktop.services.figures import FiguresService
from shakyo_desktop.services.forms import FormService
from shakyo_desktop.services.further_computers import FurtherComputers
from shakyo_desktop.services.handover import HandoverService
from shakyo_desktop.services.idle_lock import IdleLockService
from shakyo_desktop.services.intake import IntakeService
from shakyo_desktop.services.joining_reports import ReportJoining
from shakyo_desktop.services.key_changes import KeyChangeService
from shakyo_desktop.services.last_end import LastEnd
from shakyo_desktop.services.photos import PhotoService
from shakyo_desktop.services.plan_editing import PlanEditingService
from shakyo_desktop.services.plan_pairs import PlanPairsService
from shakyo_desktop.services.plans import PlanService
from shakyo_desktop.services.printing import PrintingService
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.registrations import RegistrationService
from shakyo_desktop.services.replies import ReplyService
from shakyo_desktop.services.retention import RetentionService
from shakyo_desktop.services.review import ReviewService
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.search import SearchService
from shakyo_desktop.services.settings import SettingsService
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.services.sharing import SharingService
from shakyo_desktop.services.submission import SubmissionService
from shakyo_desktop.services.ward_report import WardReportService


@dataclass(frozen=True)
class Services:
    """One attribute per service; ``close`` ends the work with the store."""

    context: ServiceContext
    settings: SettingsService
    recording: RecordingService
    photos: PhotoService
    checking: CheckingService
    drives: DriveService
    submission: SubmissionService
    replies: ReplyService
    intake: IntakeService
    registrations: RegistrationService
    joining: ReportJoining
    colleagues: ColleagueJoining
    review: ReviewService
    answers: AnswerService
    sharing: SharingService
    search: SearchService
    ward_report: WardReportService
    roster: RosterService
    plans: PlanService
    plan_editing: PlanEditingService
    plan_pairs: PlanPairsService
    calendar: CalendarService
    compilation: CompilationService
    figures: FiguresService
    compilation_papers: CompilationPapers
    setups: SetupService
    key_changes: KeyChangeService
    further_computers: FurtherComputers
    printing: PrintingService
    forms: FormService
    earlier_years: EarlierYearService
    backup: BackupService
    copies: CopyRounds
    retention: RetentionService
    handover: HandoverService
    doctor: DoctorService
    last_end: LastEnd
    idle_lock: IdleLockService
    release: Callable[[], None]
    open_again: Callable[[str], bool]
    """Open the store that ``close`` closed, with a passphrase or the recovery sheet's text."""

    def close(self) -> None:
        """Close the database and forget its key; the services cannot be used until ``open_again``."""
        self.context.database.close()
        self.release()
