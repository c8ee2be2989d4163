"""With the store locked nothing of the data is found: in no file, no name of a file, no log, no package."""

import json
import os
import subprocess
import sys
import zipfile
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shakyo_desktop import paths
from tests.at_rest.marks import NAME, PUBLIC, WORD, Searched, byte_forms, picture_forms, text_forms

_MARKS = {
    "a word of the data": text_forms(WORD),
    "a name of the data": text_forms(NAME),
    "an organisation": text_forms(PUBLIC),
}
_SAYS_ORGANISATIONS = "stick/setup-999999-1.shakyo"


@dataclass
class Life:
    """What was found at each stage, and what the processes said on standard error."""

    root: Path
    marks: dict[str, set[bytes]] = field(default_factory=lambda: dict(_MARKS))
    planted: tuple[int, int] = (0, 0)
    stages: dict[str, Searched] = field(default_factory=dict)
    said: str = ""

    @property
    def folders(self) -> list[Path]:
        """Every place a program of this person may write to."""
        data = [self.root / name for name in ("ward", "east", "west", "stick")]
        return [*data, self.root.parent / "tmp", self.root.parent / "home"]

    def live(self, part: str, *, until: str) -> None:
        """Live a part of the life, looking through everything at each stage; killed after the last one."""
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(paths.program_root())}
        environment |= {"TMPDIR": str(self.folders[-2]), "HOME": str(self.folders[-1])}
        for name in ("CONFIG_HOME", "CACHE_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
            environment[f"XDG_{name}"] = str(self.folders[-1] / name.lower())
        command = [sys.executable, "-m", "tests.at_rest.life", str(self.root), part]
        pipe = subprocess.PIPE
        with (
            (self.root / f"{part}.err").open("w+b") as errors,
            subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=errors, text=True, env=environment
            ) as process,
        ):
            assert process.stdin is not None
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("SECRETS "):
                    self._learn(line)
                if line.startswith("STAGE "):
                    stage = line.removeprefix("STAGE ").strip()
                    self.stages[stage] = Searched().look(self.folders, self.marks)
                    if stage == until:
                        process.kill()
                        break
                    print(file=process.stdin, flush=True)
            errors.seek(0)
            self.said += errors.read().decode()
        self.stages[f"after {until}"] = Searched().look(self.folders, self.marks)

    def _learn(self, line: str) -> None:
        secrets, words, names = line.removeprefix("SECRETS ").rsplit(" ", 2)
        for name, value in json.loads(secrets).items():
            kind, _, data = value.partition(":")
            if kind == "jpeg":
                self.marks[name] = picture_forms(bytes.fromhex(data))
            else:
                self.marks[name] = byte_forms(bytes.fromhex(data)) if kind == "hex" else text_forms(value)
        self.planted = int(words), int(names)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The whole life, in a folder that carries a name of the data."""
    lived = Life(tmp_path_factory.mktemp("at_rest") / NAME)
    lived.root.mkdir()
    for folder in lived.folders[-2:]:
        folder.mkdir()
    lived.live("first", until="in a transaction")
    lived.live("second", until="closed")
    return lived


def test_the_life_was_lived_and_its_data_is_in_the_stores(life: Life) -> None:
    assert "closed" in life.stages, life.said
    assert life.planted[0] > 100
    assert life.planted[1] > 20
    assert sum("photo" in mark for mark in life.marks) == 2
    assert sum("key" in mark or "sheet" in mark for mark in life.marks) >= 6


def test_nothing_of_the_data_and_no_key_is_found_at_any_stage(life: Life) -> None:
    for stage, searched in life.stages.items():
        assert searched.found == {(_SAYS_ORGANISATIONS, "an organisation")}, stage


def test_the_log_of_a_store_that_is_written_in_was_looked_through(life: Life) -> None:
    for stage in ("open", "window", "in a transaction", "after in a transaction"):
        assert "east/store.db-wal" in life.stages[stage].names, stage
    assert not [name for name in life.stages["closed"].names if name.endswith(("-wal", "-shm", ".part"))]


def test_no_document_lies_among_temporary_files(life: Life) -> None:
    every = {name for searched in life.stages.values() for name in searched.names}
    assert [name for name in every if name.startswith("tmp/")] == []
    assert [name for name in every if name.endswith((".pdf", ".png", ".jpg", ".html", ".xlsx"))] == []


def test_every_kind_of_file_that_is_left_is_known(life: Life) -> None:
    names = {Path(name) for name in life.stages["closed"].names}
    kinds = {name.suffix or name.name for name in names if name.parts[0] in ("ward", "east", "west")}
    assert kinds == {".db", ".map", ".lock", ".json", ".log", ".txt", ".hikae"}
    assert {name.suffix for name in names if name.parts[0] == "stick"} == {".shakyo", ".hikae"}


def test_logs_reports_of_bugs_and_standard_error_name_nobody(life: Life) -> None:
    assert "RuntimeError" in life.said
    said = life.said.encode()
    logs = [path.read_bytes() for path in life.root.glob("*/logs/*")]
    assert len(list(life.root.glob("ward/logs/crash-*.txt"))) == 2
    assert any(b"refused" in log for log in logs)
    for text in (said, *logs):
        assert not any(form in text for forms in life.marks.values() for form in forms)
        assert str(life.root).encode() not in text


def test_the_record_for_a_support_case_names_nobody(life: Life) -> None:
    with zipfile.ZipFile(life.root / "bundle.zip") as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    assert "facts.json" in parts
    assert any("crash" in name for name in parts)
    for name, data in parts.items():
        assert not any(form in data for forms in life.marks.values() for form in forms), name


PLANTED = {
    "as it is": WORD.encode(),
    "in UTF-16": f"a{WORD}".encode("utf-16"),
    "in CP932": WORD.encode("cp932"),
    "in base64 behind one byte": b64encode(b"x" + WORD.encode() + b"rest"),
    "in base64 behind two bytes": b64encode(b"xx" + WORD.encode() + b"rest"),
    "in base64 of UTF-16": b64encode(f"aa{WORD}bb".encode("utf-16-le")),
    "escaped": json.dumps({"a": WORD}).encode(),
    "in an address": b"file:///home/%E6%9F%BF%E3%81%AE%E6%9C%A8/a.pdf",
}


@pytest.mark.parametrize("data", PLANTED.values(), ids=PLANTED)
def test_the_search_finds_a_word_in_whatever_form_it_lies(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.bin").write_bytes(os.urandom(3000) + data + os.urandom(3000))
    assert {mark for _, mark in Searched().look([tmp_path], _MARKS).found} == {"a word of the data"}


def test_the_search_finds_names_of_files_keys_and_pictures(tmp_path: Path) -> None:
    key, jpeg = os.urandom(32), os.urandom(9000)
    marks = {**_MARKS, "key": byte_forms(key), "photo": picture_forms(jpeg)}
    (tmp_path / f"{NAME}.txt").write_bytes(b"")
    (tmp_path / "key.txt").write_text(f"key = {key.hex()}")
    (tmp_path / "photo.bin").write_bytes(b"PK" + jpeg[2800:] + b"rest")
    found = Searched().look([tmp_path], marks).found
    assert {mark for _, mark in found} == {"a name of the data", "key", "photo"}
