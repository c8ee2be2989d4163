"""The whole life of a ward and two districts, in a process that a test looks over the shoulder of.

Usage: ``life.py FOLDER first|second``. It says a stage on standard output and waits for a line, so that
every file can be looked through meanwhile. ``first`` never ends by itself: it is killed in a transaction.
"""

import io
import json
import logging
import random
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PIL import Image

from shakyo_desktop.bootstrap import open_services, start_log
from shakyo_desktop.crash_report import install_crash_hook
from shakyo_desktop.demo.fiction import fictional_picture
from shakyo_desktop.documents.preview import page_images
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, RecordRef
from shakyo_desktop.services.compilation_papers import PRINTED
from shakyo_desktop.services.forms import Filling, FormWish
from shakyo_desktop.services.founding import LockChoice, confirm_recovery, found_office, join
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.scans import ScanService
from shakyo_desktop.storage.key_slots import passphrase_file
from tests.at_rest.marks import NAME, PUBLIC, WORD
from tests.services.loop.world import EAST, ITEM, PLAN, WEST, YEAR, World

PASSPHRASE = "くらやみの牡丹もち"
LOCKS = LockChoice(frozenset({"passphrase"}), PASSPHRASE)
_SCREENS = frozenset({"diary", "print", "submit", "search", "review", "compilation", "practices", "keying"})
"""Where pictures, documents, found words and another's report are shown."""
kept_alive: list[object] = []
"""Windows and what stands behind them, until the process ends."""


class LockedWorld(World):
    """Stores that a passphrase opens, and nothing that lies beside them."""

    def at(self, name: str) -> Services:
        if name not in self._open:
            start_log(self.root / name)
            self._open[name] = open_services(self.root / name, lambda: PASSPHRASE, self.clock)
        return self._open[name]

    def begin(self, name: str, org: str, setup: Path) -> None:
        numbers = {code: number for code, _, number in self.ward.setups.slip_numbers()}
        folder, person = self.root / name, f"{NAME} {WORD}子"
        begun = join(folder, setup.read_bytes(), org, numbers[org], person, LOCKS, self.clock)
        confirm_recovery(folder, begun.recovery_identity, self.clock)
        self.secret[f"sheet of {name}"] = begun.recovery_identity

    secret: ClassVar[dict[str, str]] = {}


def found(world: LockedWorld) -> None:
    """The ward with its roster, and both districts."""
    world.stick.mkdir()
    office = replace(FICTIONAL_WARD, telephone="000-000-0000")
    begun = found_office(world.root / "ward", office, f"{NAME} {WORD}夫", LOCKS, world.clock)
    world.secret["sheet of ward"] = begun.recovery_identity
    confirm_recovery(world.root / "ward", begun.recovery_identity, world.clock)
    for name in ("東", "西"):
        world.ward.roster.add(f"{PUBLIC}{name}地区部会", telephone=NAME, contact=f"{NAME} {WORD}美")
    setup = world.setup_file()
    for name, org in (("east", EAST), ("west", WEST)):
        world.begin(name, org, setup)


def write(services: Services, rng: random.Random) -> None:
    """Texts in every kind of record, photos, a draft, and a change that was taken back."""
    recording = services.recording
    recording.open_year(YEAR)
    status = recording.status_for(YEAR, PLAN, ITEM)
    place = RecordRef(ITEM_STATUSES, status.id)
    recording.change(place, "state", "running")
    for name in ("outcome", "challenge", "next_plan"):
        recording.change(place, name, f"{WORD}の下で{name}を話しました。")
    recording.change(place, "outcome", f"{WORD}の下で、また話しました。")
    recording.undo(place)
    activity = recording.new_activity(YEAR, PLAN, ITEM)
    ref = RecordRef(ACTIVITIES, activity.id)
    for name, value in (("held_on", "2026-09-01"), ("participants", 24), ("venue", f"{WORD}会館")):
        recording.change(ref, name, value)
    recording.change(ref, "content", f"{NAME}さんが{WORD}の絵をかきました。")
    for _ in range(2):
        services.photos.add(activity.id, with_exif(fictional_picture(rng)))
    practice = recording.new_practice(YEAR, PLAN, ITEM)
    story = RecordRef(GOOD_PRACTICES, practice.id)
    for name, value in (("title", f"{WORD}のつどい"), ("story", f"{WORD}の話"), ("consent", True)):
        recording.change(story, name, value)
    recording.save_draft(place, "challenge", f"{WORD}の書きかけ")
    services.search.prepare()
    services.search.find(WORD)


def with_exif(picture: bytes) -> bytes:
    """The same picture with words that its camera wrote."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = f"{NAME} {WORD}"
    Image.open(io.BytesIO(picture)).convert("RGB").save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def key_paper(world: LockedWorld) -> None:
    """The ward keys a sheet and reads a picture of it; what was printed is thrown away at once."""
    ward = world.ward
    keying = KeyingService(ward.context, WEST)
    sheet = keying.sheet(FormCode.F1, YEAR)
    for number, typed in (("1-1", "5/1"), ("1-2", "8"), ("1-4", f"{WORD}会館"), ("1-7", f"{WORD}体操")):
        keying.key(sheet, number, typed)
    wish = FormWish(form=FormCode.F1, fiscal_year=YEAR, filling=Filling.FILLED)
    picture = world.stick / f"{NAME}{WORD}.png"
    picture.write_bytes(page_images(world.east.forms.print_form(wish).pdf, 150)[0])
    ScanService(world.east.context).take_in([picture])
    picture.unlink()


def exchange(world: LockedWorld) -> None:
    """Reports in, an answer with a question back, a compilation, copies, and files that are refused."""
    for name in ("east", "west"):
        world.receive("ward", world.hand_in(name))
        world.approve(name, EAST if name == "east" else WEST)
    rows = world.ward.review.overview(YEAR)
    view = world.ward.review.report(next(row.package_id for row in rows if row.org == EAST))
    status = next(one for one in view.records.item_statuses if one.item_number == ITEM)
    world.ward.review.comment(
        view.submission.package_id, ITEM_STATUSES, status.id, "outcome", f"{WORD}は何本ですか。"
    )
    world.ward.review.send_back(view.submission.package_id)
    world.receive("east", *world.answers())
    refused = world.stick / f"{NAME}{WORD}さんの報告.shakyo"
    refused.write_bytes(b"x" * 5000)
    world.receive("ward", refused, world.stick / f"{NAME}.shakyo")
    refused.unlink()
    compilation = world.ward.compilation.compile(PLAN, YEAR, include_unconfirmed=True)
    words = world.ward.compilation
    words.write_finding(compilation.id, FindingScope.WHOLE, 0, "outcome", f"{WORD}が実りました。")
    for paper in PRINTED:
        world.ward.compilation_papers.pdf(world.ward.compilation.get(compilation.id), paper)
    for name in ("ward", "east"):
        world.at(name).backup.backup(world.stick / f"{name}.hikae")
        world.at(name).copies.make_now()
    world.east.handover.hand_over(world.stick)


def look_at_everything(world: LockedWorld) -> None:
    """Screens with data, pictures and a document, of the district and the ward, and a dialog for a file."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QFileDialog

    from shakyo_desktop.gui.session import Session, read_facts
    from shakyo_desktop.gui.shared import choosers
    from shakyo_desktop.gui.shared.background import ImmediateWorker
    from shakyo_desktop.gui.shared.printing import RecordingPrinter
    from shakyo_desktop.gui.shared.screenshot import settle
    from shakyo_desktop.gui.shared.single_instance import SingleInstance
    from shakyo_desktop.gui.shared.theme import apply_theme

    app = QApplication(sys.argv[:1])
    apply_theme(app)
    kept: list[object] = [app]
    for name in ("east", "ward"):
        services = world.at(name)
        instance = SingleInstance(services.settings.data_dir())
        instance.listen()
        session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
        session.start()
        for key in _SCREENS & session.window._entries.keys():
            session.window.show_screen(key)
            settle()
        session.window.show_screen("settings", "lock")
        session.window.screen_of("settings").section("lock")._show_sheet()  # type: ignore[attr-defined]
        settle()
        kept += [session, instance]

    def accept() -> None:
        for dialog in app.topLevelWidgets():
            if isinstance(dialog, QFileDialog):
                dialog.accept()

    folder = world.root / f"{NAME}{WORD}"
    folder.mkdir(exist_ok=True)
    choosers._LastFolder.path = str(folder)
    QTimer.singleShot(300, accept)
    choosers.choose_save_path(session.window, "保存", f"{NAME}{WORD}.pdf", "PDF (*.pdf)")
    settle()
    kept_alive.extend(kept)


def fail(world: LockedWorld) -> None:
    """A bug on the window's thread and one on another, with data in their words and around them."""
    install_crash_hook(world.root / "ward" / "logs", lambda text: print(text, file=sys.stderr))

    def broken(record: str) -> None:
        raise RuntimeError(f"{record} {world.root}")

    try:
        broken(f"{NAME} {WORD}")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    other = threading.Thread(target=broken, args=(f"{NAME} {WORD}",))
    other.start()
    other.join()
    logging.getLogger("shakyo_desktop").info("the end of the bugs")


def tell_secrets(world: LockedWorld) -> None:
    """What must lie nowhere, told to the test once, on a channel that is no file."""
    secrets: dict[str, str] = dict(world.secret, passphrase=PASSPHRASE)
    for name in ("ward", "east", "west"):
        services = world.at(name)
        secrets[f"store key of {name}"] = "hex:" + services.context.database.key.hex()
        with services.context.database.reading() as stores:
            for key in (*stores.keys.own("signing"), *stores.keys.own("mailbox")):
                secrets[f"{key.purpose} of {name}"] = "hex:" + key.secret.hex()
            for photo in stores.records.year(EAST, YEAR).photos if name == "east" else ():
                secrets[f"photo {photo.id}"] = "jpeg:" + stores.blobs.get(photo.sha256).hex()
    everything = "".join(world.dump(name) for name in ("ward", "east", "west"))
    print("SECRETS", json.dumps(secrets), everything.count(WORD), everything.count(NAME), flush=True)


def pause(stage: str) -> None:
    """Let the test look."""
    print("STAGE", stage, flush=True)
    sys.stdin.readline()


def first(world: LockedWorld) -> None:
    """From the founding to a kill in the middle of a transaction."""
    found(world)
    for number, name in enumerate(("east", "west")):
        write(world.at(name), random.Random(number))
    key_paper(world)
    exchange(world)
    tell_secrets(world)
    pause("open")
    look_at_everything(world)
    fail(world)
    pause("window")
    with world.east.context.database.transaction() as stores:
        for number in range(400):
            stores.settings.set(f"much {number}", f"{WORD} {NAME}" * 500)
        pause("in a transaction")


def second(world: LockedWorld) -> None:
    """The start after the kill, the corrected report, and the end of the work."""
    world.clock.turn(days=3)
    world.note("east", f"{WORD}は三本です。")
    world.receive("ward", world.hand_in("east"))
    row = next(one for one in world.ward.review.overview(YEAR) if one.org == EAST)
    world.ward.review.accept(str(row.package_id))
    world.receive("east", *world.answers())
    bundle = world.ward.doctor.bundle()
    (world.root / "bundle.zip").write_bytes(bundle)
    for name in ("ward", "east", "west"):
        assert world.at(name).doctor.is_whole()  # as beside the work after a start
    pause("open again")
    for name in ("ward", "east", "west"):
        world.at(name)
        world.close(name)
    pause("closed")


if __name__ == "__main__":
    passphrase_file.WORK = 10
    {"first": first, "second": second}[sys.argv[2]](LockedWorld(Path(sys.argv[1])))
