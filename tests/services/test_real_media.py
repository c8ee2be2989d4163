"""The same once for real: a stick that is full, and one that is pulled while it is written to."""

from pathlib import Path

from tests.small_disk import run_on_small_disk

WRITE = """
from shakyo_desktop.domain.errors import DestinationFailed
from shakyo_desktop.services.verified_write import write_verified

name, old = "999999-01-2026-r1.shakyo", b"old" * 10_000
write_verified(disk, name, lambda out: out.write(old))

def too_much(out):
    for _ in range(20):
        out.write(os.urandom(100_000))

def pulled(out):
    out.write(os.urandom(100_000))
    if way == "mount":
        subprocess.run(["umount", "-l", disk], check=True)
    else:
        shutil.rmtree(disk)
    out.write(os.urandom(100_000))

def attempt(produce):
    try:
        write_verified(disk, name, produce)
    except DestinationFailed as error:
        print(error.code)

fill(500_000)
attempt(too_much)
tidy_up()
print([path.name for path in disk.iterdir()], (disk / name).read_bytes() == old)
attempt(pulled)
print([path.name for path in disk.iterdir()] if disk.exists() else [])
"""


def test_a_full_medium_and_a_pulled_one_leave_the_old_file(tmp_path: Path) -> None:
    ran = run_on_small_disk(WRITE, tmp_path, tmp_path / "みほん", 1)
    assert ran.lines == [
        "destination.full",
        "['999999-01-2026-r1.shakyo'] True",
        "destination.vanished",
        "[]",
    ], ran.way
