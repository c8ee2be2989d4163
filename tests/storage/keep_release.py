"""Keep the stores of the current tables for the tests of all later versions.

Run `python -m tests.storage.keep_release` once when the tables of a version are settled, and before the next
migration is written; what is kept is never made again. These are the stores of a district and its ward after
a round of the demonstration, with an activity that is half filled in, a picture, and drafts of a power cut.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.journey import run_journey
from shakyo_desktop.demo.running import DemoPlan
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.schema import SCHEMA_VERSION
from tests.storage.kept import DATA, pack

PLAN = "chiba-shakyo-7"
DISTRICT = "999999-01"


def keep(to: Path) -> list[Path]:
    """Make and pack both stores; returns their files."""
    with tempfile.TemporaryDirectory() as scratch:
        demo = Path(scratch) / "demo"
        run_journey(DemoPlan(demo, 1, 4, 0, 7), open_services, _no_screens, print)
        folders = {"district": demo / "districts" / DISTRICT, "ward": demo / "ward"}
        services = open_services(folders["district"])
        leave_half_done(services)
        services.close()
        made = []
        for role, folder in folders.items():
            made.append(to / f"store-{SCHEMA_VERSION}-{role}.xz")
            pack(folder, key_slots.open_with_key_file(folder), made[-1])
    return made


def leave_half_done(services: Services) -> None:
    """What a power cut interrupts: a half-filled activity with an unread figure and a draft, and a draft."""
    year = services.settings.current_fiscal_year()
    services.recording.reopen(year, "みほんのため")
    activity = services.recording.new_activity(year, PLAN, 9)
    ref = RecordRef(ACTIVITIES, activity.id)
    services.recording.change(ref, "content", "とちゅうまで書いた活動")
    services.recording.change(ref, "participants", None, "３０人くらい")
    services.recording.save_draft(ref, "note", "書きかけの備考")
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 140, 200)).save(picture, "PNG")
    services.photos.add(activity.id, picture.getvalue())
    status = services.recording.status_for(year, PLAN, 8)
    services.recording.save_draft(RecordRef(ITEM_STATUSES, status.id), "outcome", "停電の前に書いていた文")


def _no_screens(_ward: Services, _district: Services, _folder: Path) -> list[Path]:
    return []


if __name__ == "__main__":
    if list(DATA.glob(f"store-{SCHEMA_VERSION}-*.xz")):
        sys.exit(f"stores of version {SCHEMA_VERSION} are kept already")
    print(*keep(DATA), sep="\n")
