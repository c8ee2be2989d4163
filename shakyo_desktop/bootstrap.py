"""The only place that wires parts together: a data folder in, services or a window out."""

import argparse
import logging
import logging.handlers
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from shakyo_desktop.services.answers import AnswerService
from shakyo_desktop.services.backup import BackupService
from shakyo_desktop.services.calendar import CalendarService
from shakyo_desktop.services.checking import CheckingService
from shakyo_desktop.services.colleagues import ColleagueJoining
from shakyo_desktop.services.compilation import CompilationService
from shakyo_desktop.services.compilation_papers import CompilationPapers
from shakyo_desktop.services.context import ServiceContext, utc_now
from shakyo_desktop.services.copy_rounds import copies_of
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
from shakyo_desktop.services.opening import open_store
from shakyo_desktop.services.photos import PhotoService
from shakyo_desktop.services.plan_editing import PlanEditingService
from shakyo_desktop.services.plan_pairs import PlanPairsService
from shakyo_desktop.services.plans import PlanService
from shakyo_desktop.services.printing import PrintingService
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.registrations import RegistrationService
from shakyo_desktop.services.registry import Services
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

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LOG_SIZE = 512 * 1024


def wire_services(
    context: ServiceContext,
    release: Callable[[], None] = lambda: None,
    last_end: LastEnd | None = None,
    open_again: Callable[[str], bool] = lambda _secret: False,
) -> Services:
    """Every service over one open store; ``release`` is called when it is closed, ``open_again`` opens it."""
    checking = CheckingService(context)
    intake = IntakeService(context)
    drives, backup = DriveService(), BackupService(context)
    setups = SetupService(context)
    return Services(
        context=context,
        settings=SettingsService(context),
        recording=RecordingService(context),
        photos=PhotoService(context),
        checking=checking,
        drives=drives,
        submission=SubmissionService(context, checking),
        replies=ReplyService(context),
        intake=intake,
        joining=ReportJoining(context),
        colleagues=ColleagueJoining(context),
        registrations=RegistrationService(context, intake),
        review=ReviewService(context),
        answers=AnswerService(context),
        sharing=SharingService(context),
        search=SearchService(context),
        ward_report=WardReportService(context),
        roster=RosterService(context),
        plans=PlanService(context),
        plan_editing=PlanEditingService(context),
        plan_pairs=PlanPairsService(context),
        calendar=CalendarService(context),
        compilation=CompilationService(context),
        figures=FiguresService(context),
        compilation_papers=CompilationPapers(context),
        setups=setups,
        key_changes=KeyChangeService(context, setups),
        further_computers=FurtherComputers(context, setups),
        printing=PrintingService(),
        forms=FormService(context),
        earlier_years=EarlierYearService(context),
        backup=backup,
        copies=copies_of(context, drives, backup),
        retention=RetentionService(context),
        handover=HandoverService(context),
        doctor=DoctorService(context),
        last_end=last_end or LastEnd(context),
        idle_lock=IdleLockService(context),
        release=release,
        open_again=open_again,
    )


def open_services(
    data_dir: Path, ask_secret: Callable[[], str] | None = None, clock: Callable[[], datetime] = utc_now
) -> Services:
    """The services of an existing store.

    Args:
        ask_secret: asked for a passphrase or the recovery sheet's text when nothing opens it by itself.

    Raises:
        StoreInUse, StoreLocked, StoreMissing, StoreDamaged, StoreTooNew: as they say.
    """
    store = open_store(data_dir, ask_secret, clock)
    return wire_services(store.context, store.lock.release, store.last_end, store.open_again)


def start_log(data_dir: Path) -> None:
    """A rotating file of events and codes, without personal data, in the data folder."""
    folder = data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "events.log", maxBytes=LOG_SIZE, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("shakyo_desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)


def open_window(args: argparse.Namespace, sign: "QWidget | None" = None) -> int:
    """Open the window over the data folder ``args.data``; returns when it is closed.

    ``sign`` is what stands on the screen until the window is ready.
    """
    from shakyo_desktop.gui.application import run_window

    start_log(args.data)
    return run_window(args, open_services, sign)


def run_demo(args: argparse.Namespace, say: Callable[[str], None]) -> int:
    """The whole journey with fictional data; its screens are drawn offscreen."""
    from shakyo_desktop.demo.journey import run_journey
    from shakyo_desktop.demo.running import DemoPlan
    from shakyo_desktop.gui.demo_screens import draw_screens

    plan = DemoPlan(args.directory, args.districts, args.activities, args.photos, args.seed)
    return run_journey(plan, open_services, draw_screens, say)
