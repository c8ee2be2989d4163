"""The other files people bring: lists and plans, codes that a scanner types, a 控え."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.exchange.mailbox_file import read_mailbox_file, write_mailbox_file
from shakyo_desktop.exchange.sealing import seal
from shakyo_desktop.paths import plans_dir
from shakyo_desktop.services.keying import KeyingService
from tests.exchange.people import DISTRICT, WARD_BOX, WARD_KEY, YEAR
from tests.fuzz import copies
from tests.fuzz.mutating import TEXTS, changed_bytes, changed_text
from tests.fuzz.oracle import check
from tests.fuzz.stores import standing
from tests.fuzz.target import Target

CODE = f"SHAKYO/F4/1/{DISTRICT}/{YEAR}/P1"
_CELLS = (
    b",",
    b'"',
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"=1+1",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x81",
    "令和".encode(),
)
_XML = (
    b"<",
    b">",
    b"&amp;",
    b"&#0;",
    b"]]>",
    b"<!DOCTYPE x>",
    b"<c r='ZZ1'/>",
    b'r="A99999"',
    b"1e400",
    b"nan",
)


def file_targets() -> Iterator[Target]:
    """Every target that is no package."""
    ward = standing("ward").services
    seeds: dict[str, list[bytes]] = {
        "plan": [ward.plans.template()],
        "roster": [ward.roster.template()],
        "year": [ward.earlier_years.template(YEAR)],
    }
    readers: dict[str, Callable[[Path], object]] = {
        "plan": ward.plans.preview,
        "roster": ward.roster.preview,
        "year": lambda path: ward.earlier_years.preview(path, YEAR),
    }
    for name, books in seeds.items():
        reader = partial(_read, readers[name], name)
        yield Target("workbook", name, books, changed_workbook, partial(reader, ".xlsx"))
        tables = [table for book in books for table in as_csv(book)]
        yield Target("csv", name, tables, changed_csv, partial(reader, ".csv"))
    toml = (plans_dir() / "plan-chiba-shakyo-7.toml").read_bytes()
    yield Target("toml", "plan", [toml], changed_bytes, partial(_read, readers["plan"], "plan", ".toml"))
    yield Target("sheet code", "typed", [CODE.encode()], _changed_code, _code_judged)
    mailbox = write_mailbox_file(WARD_KEY.certificate, WARD_BOX.recipient)
    yield Target("mailbox", "file", [mailbox], changed_bytes, _mailbox_judged)
    yield Target("copy", "控え", [copies.good()], copies.changed, copies.judge)


def _read(reader: Callable[[Path], object], name: str, suffix: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{suffix}"
        path.write_bytes(data)
        return known(lambda: reader(path))


def known(work: Callable[[], object]) -> str:
    """``accepted``, or the code of a failure that has words for people."""
    try:
        work()
    except ShakyoError as error:
        check(bool(error.message.strip()), "no words")
        return error.code
    return "accepted"


def changed_workbook(random: Random, data: bytes) -> bytes:
    """A workbook with one of its parts changed, its archive made again; or its bytes changed as they are."""
    if random.randint(0, 4) == 0 or not zipfile.is_zipfile(io.BytesIO(data)):
        return changed_bytes(random, data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        wanted = random.choice([*names, *[name for name in names if "sheet" in name]])
        for name in names:
            part = old.read(name)
            new.writestr(name, changed_bytes(random, part, _XML) if name == wanted else part)
    return out.getvalue()


def changed_csv(random: Random, data: bytes) -> bytes:
    """A table with some of its cells changed, in one of the encodings offices use; or its bytes changed."""
    if random.randint(0, 3) == 0:
        return changed_bytes(random, data, _CELLS)
    lines = data.decode("utf-8-sig", "replace").split("\n")
    for _ in range(random.randint(1, 4)):
        place = random.randint(0, len(lines) - 1)
        cells = lines[place].split(",")
        column = random.randint(0, len(cells) - 1)
        cells[column] = changed_text(random, cells[column])
        lines[place] = ",".join(cells)
    encoding = random.choice(("utf-8", "utf-8-sig", "cp932", "utf-16"))
    return "\n".join(lines).encode(encoding, "replace")


def as_csv(book: bytes) -> Iterator[bytes]:
    """The sheets of a workbook as CSV."""
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets:
        out = io.StringIO()
        csv.writer(out).writerows(
            [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
        )
        yield out.getvalue().encode("utf-8-sig")


def _changed_code(random: Random, data: bytes) -> bytes:
    text = changed_text(random, data.decode("utf-8", "surrogatepass"))
    return (text + random.choice(("", "", *TEXTS))).encode("utf-8", "surrogatepass")


def _code_judged(data: bytes) -> str:
    keying = KeyingService(standing("district").services.context)
    text = data.decode("utf-8", "surrogateescape")
    return known(lambda: keying.sheet_of_code(text))


def _mailbox_judged(data: bytes) -> str:
    def read() -> None:
        found = read_mailbox_file(data)
        check(write_mailbox_file(found.certificate, found.recipient) == data, "mailbox")
        seal(iter([b""]), [found.recipient], io.BytesIO())

    return known(read)
