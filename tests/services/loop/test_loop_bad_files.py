"""Bad files through ``receive``: refused with their code, and nothing of them stays anywhere."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.sealing import MAX_STANZAS
from tests.exchange import making, people
from tests.exchange.bad_packages import BAD_PACKAGES, FOR_THE_READER
from tests.exchange.bad_pictures import archive, codes_of
from tests.exchange.bad_seals import for_strangers
from tests.exchange.bad_signatures import other_s
from tests.exchange.making_wards import ward_report_content
from tests.exchange.mischief import good_entries, line
from tests.exchange.spoiling import REPORT, Bad, jpeg_of
from tests.services.loop.forging import office_boxes, opened_by, resealed
from tests.services.loop.holders import FILLED, KEYS, Holder, found_holder
from tests.services.loop.world import World, only, unchanged

BAD_FILES = {name: bad for name, bad in BAD_PACKAGES.items() if name not in FOR_THE_READER}


# A real register knows by step 11 that the key is not pinned, before the rows are read; and a city's has no
# districts.
CODE_HERE = {
    "a setup that another key signed": "setup.other_key",
    "a ward's report that a district signed": "bind.sender",
}


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Holder]]:
    """The city, the ward and the district of the bad packages, with real stores."""
    made = {name: found_holder(name, tmp_path_factory.mktemp(name)) for name in FILLED}
    yield made
    for holder in made.values():
        holder.services.close()


@pytest.mark.parametrize(("name", "bad"), BAD_FILES.items(), ids=BAD_FILES)
def test_a_bad_file_is_refused_and_nothing_changes(
    holders: dict[str, Holder], name: str, bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    holder = holders[KEYS[bad.keys]]
    file, temporary = tmp_path / "bad.shakyo", tmp_path / "temporary"
    file.write_bytes(bad.make())
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = holder.state()
    [verdict] = holder.services.intake.receive([file])
    assert (verdict.verdict, verdict.code) == ("refused", CODE_HERE.get(name, bad.code))
    assert verdict.next_action in verdict.message
    assert holder.state() == before
    assert sorted(tmp_path.rglob("*")) == [file, temporary]


def test_the_stores_of_the_bad_packages_take_good_ones(holders: dict[str, Holder], tmp_path: Path):
    report, setup = making.report_content(), making.setup_content()
    contents = {
        "ward": (report,),
        "district": (making.answer_content(), setup),
        "city": (ward_report_content(),),
    }
    for name, content in ((name, one) for name, ones in contents.items() for one in ones):
        file = tmp_path / f"{content.type}.shakyo"
        file.write_bytes(making.built(content))
        [verdict] = holders[name].services.intake.judge([file])
        assert (verdict.verdict, verdict.code) == ("accepted", ""), content.type


def two_statuses_of_an_item() -> bytes:
    rows = [json.loads(one) for one in good_entries("report")["data/item_statuses.ndjson"].splitlines()]
    same = rows[0]["item_number"]
    return REPORT.with_table(
        "item_statuses", b"".join(line(one | {"item_number": same}) + b"\n" for one in rows)
    )


# Strange, and taken in: why each does no harm.
HARMLESS: dict[str, Callable[[], bytes]] = {
    # names on the screen come from the register
    "a program that is called like another district": lambda: REPORT.with_info(app__name="みほん西地区部会"),
    "a Cyrillic letter in a title": lambda: REPORT.with_row("good_practices", title="\u0410 \u0430"),
    # nothing opens a photo as an archive, and a decoder shows grey where a picture makes no sense
    "a ZIP hidden in a picture's own data": lambda: jpeg_of(lambda jpeg: jpeg[:-2] + archive() + jpeg[-2:]),
    "a picture without codes": lambda: jpeg_of(codes_of(bytes(16))),
    # text is shown as text
    "markup and a formula": lambda: REPORT.with_row("good_practices", title="=1+1<script>&amp;"),
    "a name with its own form of a character": lambda: REPORT.with_row(
        "good_practices", title="神\ufa19 葛\U000e0100 👨\u200d👩"
    ),
    # faults to be answered, not to be refused
    "two statuses of an item": two_statuses_of_an_item,
    "an activity of the year 1": lambda: REPORT.with_row("activities", held_on="0001-01-01"),
    "an item that no plan has": lambda: REPORT.with_row("activities", item_number=999),
    # not what they depend on
    "a setup that nobody made yet": lambda: REPORT.with_info(setup_serial=2**31 - 1),
    "no setup at all": lambda: REPORT.with_info(setup_serial=0),
    "a report of the year 2999": lambda: REPORT.with_info(report__fiscal_year=2999),
    "a later minor version": lambda: REPORT.with_info(version={"major": 1, "minor": 99}, later={"a": 1}),
    "twenty recipients": lambda: for_strangers(MAX_STANZAS - 2),
    "the signature's twin": lambda: REPORT.finished(
        good_entries("report") | {names.SIGNATURE: other_s(good_entries("report")[names.SIGNATURE])}
    ),
}


@pytest.mark.parametrize("make", HARMLESS.values(), ids=HARMLESS)
def test_a_strange_file_is_taken_in_under_the_registers_name(
    holders: dict[str, Holder], tmp_path: Path, make
):
    holder, file = holders["ward"], tmp_path / "strange.shakyo"
    file.write_bytes(make())
    before = holder.state()
    [verdict] = holder.services.intake.judge([file])
    assert (verdict.verdict, verdict.code) == ("accepted", "")
    assert (verdict.sender, verdict.sender_name) == (people.DISTRICT, "みほん東地区部会")
    assert holder.state() == before


def test_a_signature_and_its_twin_are_one_package(holders: dict[str, Holder], tmp_path: Path):
    seen = set()
    for number, make in enumerate(
        (HARMLESS["the signature's twin"], lambda: REPORT.finished(good_entries("report")))
    ):
        file = tmp_path / f"{number}.shakyo"
        file.write_bytes(make())
        seen.add(holders["ward"].services.intake.judge([file])[0].manifest)
    assert len(seen) == 1


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "size.package"),
    "cut in the head": (lambda data: data[:150], "size.package"),
    "cut in the header": (lambda data: data[:260], "env.header"),
    "cut in the middle": (lambda data: data[: len(data) // 2], "env.decrypt"),
    "cut by one byte": (lambda data: data[:-1], "env.decrypt"),
    "a flipped byte in the header": (lambda data: flipped(data, 60), "env.decrypt"),
    "a flipped byte in the body": (lambda data: flipped(data, len(data) // 2), "env.decrypt"),
    "a flipped last byte": (lambda data: flipped(data, len(data) - 1), "env.decrypt"),
    "something behind it": (lambda data: data + b"x", "env.decrypt"),
    "a text file": (lambda data: "これは報告ではありません。\n".encode() * 20, "env.header"),
    "a picture": (lambda data: b"\xff\xd8\xff\xe0" + bytes(500), "env.header"),
    "another ZIP": (lambda data: b"PK\x03\x04" + bytes(500), "zip.eocd"),
}


@pytest.mark.parametrize(("spoil", "code"), SPOILT.values(), ids=SPOILT)
def test_a_damaged_file_is_refused_and_the_next_one_is_taken_in(world: World, spoil, code):
    world.note("east", "直しました。")
    good = world.hand_in("east")
    bad = world.stick / "0-bad.shakyo"
    bad.write_bytes(spoil(good.read_bytes()))
    assert unchanged(world, "ward", lambda: world.receive("ward", bad))
    verdicts = {one.file: (one.verdict, one.code) for one in world.receive("ward", bad, good)}
    assert verdicts == {bad: ("refused", code), good: ("accepted", "")}


def test_a_report_resealed_for_another_ward_is_refused(holders: dict[str, Holder], world: World):
    world.note("east", "ほかの区へ")
    entries = opened_by(world.ward, world.hand_in("east"))
    file = world.stick / "resealed.shakyo"
    file.write_bytes(resealed(entries, people.WARD_BOX.recipient))
    before = holders["ward"].state()
    [verdict] = holders["ward"].services.intake.receive([file])
    assert (verdict.verdict, verdict.code) == ("refused", "bind.sender")
    assert holders["ward"].state() == before


def test_a_report_resealed_by_somebody_else_is_still_the_same_report(world: World):
    world.note("east", "封をしなおしました。")
    file = world.hand_in("east")
    again = world.stick / "again.shakyo"
    again.write_bytes(resealed(opened_by(world.ward, file), *office_boxes(world.ward)))
    assert [one.verdict for one in world.receive("ward", file, again)] == ["accepted", "already_received"]


def test_a_file_that_is_not_there_is_said_so(world: World):
    missing = world.stick / "missing.shakyo"
    [verdict] = world.receive("ward", missing)
    assert (verdict.verdict, verdict.code, verdict.manifest) == ("refused", "", None)
    assert "USBメモリを差しなおして" in verdict.next_action


def test_a_folder_that_leads_back_to_itself_ends(world: World):
    folder = world.stick / "loop"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    assert world.receive("ward", folder) == ()


def test_a_name_that_is_no_text_stops_nothing(world: World):
    world.note("east", "名前が読めないファイル")
    file = world.hand_in("east")
    odd = Path(os.fsdecode(os.fsencode(file.parent) + b"/\x82\xd9.shakyo"))
    try:
        file.rename(odd)
    except OSError:
        pytest.skip("this file system allows text only")
    assert [one.verdict for one in world.receive("ward", file.parent)] == ["already_received", "accepted"]
    assert world.ward.intake.log()[0].file_name.endswith(".shakyo")


def test_what_a_refused_file_says_about_itself_is_told_as_a_hint(world: World):
    world.ward.registrations.suspend(world.key("east"))
    world.note("east", "止まっています。")
    [verdict] = world.receive("ward", world.hand_in("east"))
    assert (verdict.sender, verdict.sender_name, verdict.revision) == ("999999-01", "みほん東地区部会", 2)


def test_a_store_that_cannot_be_written_is_told_file_by_file(world: World, monkeypatch: pytest.MonkeyPatch):
    from shakyo_desktop.domain.errors import NotSaved

    files = []
    for name in ("east", "west"):
        world.note(name, "空きがありません。")
        files.append(world.hand_in(name))

    def full(*_: object, **__: object) -> None:
        raise NotSaved("保存できませんでした（空きが足りません）。\n入力した内容は残っています。")

    monkeypatch.setattr("shakyo_desktop.services.intake.take_in", full)
    verdicts = {one.sender or "east": one.verdict for one in world.receive("ward", *files)}
    assert verdicts == {"east": "refused", "999999-02": "pending_approval"}
    monkeypatch.undo()
    assert only(world.receive("ward", files[0])) == ("accepted", "")
