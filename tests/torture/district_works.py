"""What a district does, one reported step after the other; done again it goes on where it was."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from shakyo_desktop.services.registry import Services
from tests.bench.data import YEAR, clock
from tests.torture.checking import DATA, STICK, open_place
from tests.torture.killing import Say
from tests.torture.places import FILES, PLAN, Places, correct, hand_in

ROUNDS = 6
STEPS = ("outcome", "participants", "venue", "undo", "draft", "activity", "photo")
"""One round of entry; the activity of the round before carries its photo."""


def enter(place: Path, say: Say) -> None:
    """Entry: texts, figures, an undo, a draft, new activities, photos; every step is one report."""
    services = open_place(place)
    say("opened")
    done = entered(services)
    status = RecordRef(ITEM_STATUSES, services.recording.status_for(YEAR, PLAN, 9).id)
    dated = _oldest(services.recording.open_year(YEAR).records.activities)
    first, second = (RecordRef(ACTIVITIES, one.id) for one in dated)
    for number in range(done, ROUNDS * len(STEPS)):
        _step(services, number, status, first, second)
        say(number + 1)
    services.close()


def _step(services: Services, number: int, status: RecordRef, first: RecordRef, second: RecordRef) -> None:
    recording = services.recording
    at, kind = divmod(number, len(STEPS))
    match STEPS[kind]:
        case "outcome":
            recording.change(status, "outcome", f"{at + 1}回目の文です。")
        case "participants":
            recording.change(first, "participants", 1000 + at)
        case "venue":
            recording.change(second, "venue", f"みほん第{at + 1}会館")
        case "undo":
            recording.undo(second)
        case "draft":
            recording.save_draft(status, "challenge", f"{at + 1}回目の書きかけ")
        case "activity":
            recording.new_activity(YEAR, PLAN, 9)
        case "photo":
            services.photos.add(first.id if at < 4 else second.id, _picture(at))


def _oldest(activities: tuple[Any, ...]) -> tuple[Any, Any]:
    dated = sorted((one for one in activities if one.held_on), key=lambda one: (one.held_on, one.content))
    return dated[0], dated[1]


def _picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (number, 140, 200)).save(out, "PNG")
    return out.getvalue()


def entered(services: Services) -> int:
    """How many steps the store holds.

    Raises:
        AssertionError: what it holds is no state that entry ever had.
    """
    recording = services.recording
    view = recording.open_year(YEAR)
    status = recording.status_for(YEAR, PLAN, 9)
    first, second = _oldest(view.records.activities)
    drafts = [one.new_text for one in recording.drafts()]
    venues = [one for one in recording.history(RecordRef(ACTIVITIES, second.id)) if one.field == "venue"]
    rounds = [
        _number(status.outcome, "回目の文です。"),
        first.participants - 999 if first.participants >= 1000 else 0,
        (len(venues) + 1) // 2,
        len(venues) // 2,
        _number(drafts[0], "回目の書きかけ") if drafts else 0,
        sum(1 for one in view.records.activities if not one.held_on),
        sum(1 for one in view.records.photos if one.width == 64),
    ]
    assert second.venue.endswith("会館") == (rounds[2] > rounds[3])
    done = sum(rounds)
    expected = [(done + len(STEPS) - 1 - kind) // len(STEPS) for kind in range(len(STEPS))]
    assert rounds == expected, f"the store holds {rounds}, which entry never was"
    return done


def _number(text: str, after: str) -> int:
    return int(text.removesuffix(after)) if text.endswith(after) else 0


def entry_is_kept(services: Services, reports: list[Any], _place: Path, _places: Places) -> list[str]:
    """Every step that was reported is there, at most one more is."""
    said = max((one for one in reports if isinstance(one, int)), default=0)
    try:
        done = entered(services)
    except AssertionError as error:
        return [str(error)]
    return [] if said <= done <= said + 1 else [f"{said} steps were reported, {done} are there"]


def submit(place: Path, say: Say) -> None:
    """Two revisions, each frozen and written; what was frozen before is written again."""
    services = open_place(place)
    say("opened")
    for revision in (1, 2):
        known = {one.revision: one for one in services.submission.submissions(YEAR)}
        if revision in known:
            services.submission.write(known[revision].package_id, place / STICK)
            say(("written", known[revision].package_id))
        else:
            if revision == 2:
                correct(services, "直した文です。")
            hand_in(services, place / STICK, say)
    services.close()


def submission_is_kept(services: Services, reports: list[Any], place: Path, places: Places) -> list[str]:
    """A revision is there whole or not at all, its chain unbroken, its file whole or offered by the start."""
    frozen = {one[1]: one for one in reports if one[0] == "frozen"}
    written = {one[1] for one in reports if one[0] == "written"}
    there = sorted(services.submission.submissions(YEAR), key=lambda one: one.revision)
    problems = [
        f"reported as frozen: {one}" for one in frozen if one not in {found.package_id for found in there}
    ]
    if len(there) > len(frozen) + 1:
        problems.append("more was frozen than one step beyond what was reported")
    before = None
    for number, one in enumerate(there, 1):
        if (one.revision, one.seq, one.prev) != (number, number, before):
            problems.append(f"the chain breaks at {one.revision}: {one.seq} after {one.prev}")
        if one.package_id in frozen and frozen[one.package_id][2] != one.manifest:
            problems.append(f"revision {number} is another one than was reported")
        before = one.manifest
        file = place / STICK / one.file_name
        if one.package_id in written and not file.is_file():
            problems.append(f"reported as written: {one.file_name}")
    news = services.last_end.news()
    newest = there[-1] if there else None
    if newest and newest.package_id not in written and len(written) < len(frozen):
        offered = news.submission if news else None
        noted = _is_noted(services, newest.manifest)
        if not noted and (offered is None or offered.package_id != newest.package_id):
            problems.append("a revision without a file is not offered")
    return problems + half_files(places, "ward", sorted((place / STICK).glob("*.shakyo")))


def _is_noted(services: Services, manifest: str) -> bool:
    with services.context.database.reading() as stores:
        return manifest in set(stores.settings.all("written.").values())


def half_files(places: Places, reader: str, files: Sequence[Path]) -> list[str]:
    """Finished names whose file another program (a beginning's name) does not take."""
    if not files:
        return []
    services = open_services(getattr(places, reader) / DATA, clock=clock)
    try:
        verdicts = services.intake.judge(files)
    finally:
        services.close()
    return [f"half a file: {one.file.name} {one.code}" for one in verdicts if one.verdict == "refused"]


def reply(place: Path, say: Say) -> None:
    """A district takes its answer in."""
    services = open_place(place)
    say("opened")
    for verdict in services.intake.receive([place / FILES]):
        say((verdict.verdict, verdict.manifest))
    services.close()


def reply_is_kept(services: Services, reports: list[Any], place: Path, _places: Places) -> list[str]:
    """An answer that was reported is here, and a file is taken whole or can be taken."""
    taken = {one[1] for one in reports if one[0] == "accepted"}
    verdicts = services.intake.judge([place / FILES])
    lost = [one.file.name for one in verdicts if one.manifest in taken and one.verdict != "already_received"]
    odd = [one.file.name for one in verdicts if one.verdict not in ("already_received", "accepted")]
    whole = len(services.replies.open_requests(YEAR)) if services.replies.replies() else 0
    return (
        [f"lost: {name}" for name in lost]
        + [f"neither taken nor takeable: {name}" for name in odd]
        + ([] if whole in (0, 1) else ["requests came twice"])
    )
