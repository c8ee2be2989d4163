"""Submit and receive against ordinary tools over the same bytes."""

import hashlib
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, KeyState, Stage
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.registry import Services
from tests.bench.data import NOW, YEAR, World, clock, make_district
from tests.bench.measuring import Row, compare, median_pair, timed

REPEATS = 5


def answer_all(services: Services) -> None:
    """Give every question of the checks a reason, as a volunteer would have to."""
    for problem in services.checking.problems(YEAR, Stage.INTERIM):
        if problem.level == "soft" and not problem.answered:
            services.checking.answer(problem, "みほんのデータのため")


def submit_row(world: World, district: Services, activities: int, photos: int) -> tuple[Row, Path]:
    """Freeze and write a year; the yardstick signs the manifest, hashes and seals the same bytes."""
    out = world.folder / "out"
    out.mkdir(exist_ok=True)
    written: list[Path] = []

    def ours() -> None:
        submission = district.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
        written.append(district.submission.write(submission.package_id, out).path)

    ours()
    yardstick = _submit_yardstick(world, written[0])
    ours_ms, yardstick_ms = compare(ours, yardstick, REPEATS)
    size = written[0].stat().st_size / 2**20
    note = f"{activities:,} activities, {photos} photos, {size:.0f} MiB"
    row = Row("submit", "openssl cms -sign + sha256sum + age -e", ours_ms, yardstick_ms, 1.5, note)
    return row, written[0]


def _submit_yardstick(world: World, package: Path) -> Callable[[], None]:
    work = world.folder / "yardstick"
    work.mkdir(exist_ok=True)
    plain, manifest = _opened(world, package, work)
    with world.ward.context.database.reading() as stores:
        keys = own_keys(stores)
    recipients = [box.recipient for box in (*keys.mailboxes, keys.recovery) if box is not None]
    _self_signed(work)

    def run() -> None:
        _run("openssl", "cms", "-sign", "-cades", "-binary", "-in", manifest, "-signer", work / "cert.pem",
             "-inkey", work / "key.pem", "-outform", "DER", "-out", work / "p7s")  # fmt: skip
        _run("sha256sum", plain)
        _run("age", "-e", *(part for one in recipients for part in ("-r", one)), "-o", work / "sealed", plain)

    return run


def receive_row(world: World, package: Path, activities: int, photos: int) -> Row:
    """Take a package in; the yardstick opens, hashes and inserts the same rows and pictures."""
    work = world.folder / "yardstick"
    work.mkdir(exist_ok=True)
    _opened(world, package, work)
    identity = work / "identity.txt"
    identity.write_text(world.ward.settings.own_keys().identities[0] + "\n")
    rows = [
        line for table in sorted((work / "x" / "data").iterdir()) for line in table.read_bytes().splitlines()
    ]
    pictures = sorted((work / "x" / "photos").iterdir()) if photos else []

    def yardstick() -> None:
        _run("age", "-d", "-i", identity, "-o", work / "opened", package)
        _run("sha256sum", work / "opened")
        _insert(work / "raw.db", rows, pictures)

    times = []
    for _ in range(REPEATS):
        fresh = world.folder / "again"
        shutil.rmtree(fresh, ignore_errors=True)
        copy = copy_of_ward(world, fresh)
        ours_ms = timed(lambda copy=copy: _expect_accepted(copy, package))  # type: ignore[misc]
        copy.close()
        times.append((ours_ms, timed(yardstick)))
    ours_ms, yardstick_ms = median_pair(times)
    note = f"{activities:,} activities, {photos} photos, {package.stat().st_size / 2**20:.1f} MiB"
    return Row("receive", "age -d + sha256sum + raw inserts", ours_ms, yardstick_ms, 2.0, note)


def copy_of_ward(world: World, folder: Path) -> Services:
    """An open copy of the ward's store."""
    folder.mkdir()
    world.ward.context.database.backup_to(folder / "store.db")
    for name in ("store.key", "store.slots.json"):
        shutil.copy(world.ward.context.data_dir / name, folder / name)
    return open_services(folder, clock=clock)


def _expect_accepted(ward: Services, package: Path) -> None:
    (verdict,) = ward.intake.receive([package])
    if verdict.verdict != "accepted":
        raise SystemExit(f"{package.name}: {verdict.verdict} {verdict.code}")


def _insert(path: Path, rows: list[bytes], pictures: list[Path]) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, line BLOB)")
        raw.execute("CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, data BLOB)")
        raw.executemany("INSERT INTO rows (line) VALUES (?)", ((row,) for row in rows))
        for picture in pictures:
            data = picture.read_bytes()
            raw.execute("INSERT INTO blobs VALUES (?, ?)", (hashlib.sha256(data).hexdigest(), data))


def _opened(world: World, package: Path, work: Path) -> tuple[Path, Path]:
    """The container and the manifest of a package, by ordinary tools."""
    identity, plain = work / "identity.txt", work / "plain.asice"
    identity.write_text(world.ward.settings.own_keys().identities[0] + "\n")
    _run("age", "-d", "-i", identity, "-o", plain, package)
    shutil.rmtree(work / "x", ignore_errors=True)
    _run("unzip", "-q", plain, "-d", work / "x")
    return plain, work / "x" / "META-INF" / "ASiCManifest001.xml"


def _self_signed(work: Path) -> None:
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", work / "key.pem")
    _run("openssl", "req", "-x509", *key, "-out", work / "cert.pem", "-subj", "/CN=999999-01", "-days", "1")


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def curve(world: World, org_of: Callable[[int], str], sizes: list[tuple[int, int]]) -> list[Row]:
    """Receive at ×1, ×10 and ×100 of the data."""
    rows = []
    for number, (activities, photos) in enumerate(sizes):
        district = make_district(world, org_of(number), activities, photos)
        answer_all(district)
        submission = district.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
        package = district.submission.write(submission.package_id, world.folder).path
        register(world, district)
        rows.append(receive_row(world, package, activities, photos))
        district.close()
    return rows


def register(world: World, district: Services) -> None:
    """Put the district's key into the ward's register, as if its number had been typed."""
    with district.context.database.reading() as stores:
        own = own_keys(stores)
    registration = KeyRegistration(
        key=own.signing.fingerprint,
        org=own.signing.org,
        certificate=own.signing.certificate,
        enc=own.mailbox.recipient,
        check_number=district.settings.check_number(),
        state=KeyState.ACTIVE,
        first_seen=NOW,
        approved_at=NOW,
        expires_on=NOW.date() + timedelta(days=1000),
    )
    with world.ward.context.database.transaction() as stores:
        stores.keys.save(registration, "みほん 事務", NOW)
