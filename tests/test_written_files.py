"""Every file that is written for a person goes through the one verified layer, or has a reason not to.

The list is made from the source itself: a new place that writes in another way fails until it is named here.
"""

import ast
import re
from functools import cache
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "shakyo_desktop"

THROUGH_THE_LAYER = frozenset(
    {
        "cli/care.py",  # the diagnosis, the recovery sheet
        "cli/office.py",  # the slips
        "cli/paper.py",  # forms
        "cli/ward.py",  # the cover sheet of a ward's report
        "demo/running.py",  # the demonstration's documents
        "gui/paper/print_batch.py",  # forms of many districts
        "gui/settings/earlier_section.py",  # the table of an earlier year
        "gui/settings/place_section.py",  # the diagnosis
        "gui/shared/document_panel.py",  # every document that is shown: PDFを保存する
        "gui/ward/figures/saving.py",  # matrix and charts
        "gui/ward/settings/saving.py",  # slips, roster, plans, pairs
        "services/backup.py",  # 控え
        "services/copy_place.py",  # automatic 控え on another drive
        "services/generations.py",  # automatic 控え
        "services/handover.py",  # 控え for a successor
        "services/compilation_papers.py",  # PDF, Excel, CSV, JSON of a compilation
        "services/sent_packages.py",  # submissions, answers, a ward's report
        "services/setups.py",  # setup files
    }
)

OTHERWISE = {
    "services/file_calls.py": "the layer's own calls to the system",
    "storage/files.py": "whole files of the data folder: part, sync, replace, sync of the folder",
    "storage/damaged_file.py": "a copy of a damaged file to read from; the new store is synced as a whole",
    "storage/schema_map.py": "a small database that SQLite syncs, and the head of a copy to read from",
    "services/copy_facts.py": "the slots of a copy that is looked at, in a folder that is taken away",
    "services/opening.py": "what a damaged log was, before SQLite shortens it",
    "services/salvaging.py": "the new store's slots; it takes the old one's place only when all is there",
    "services/taking_over.py": "the same as restoring, for a successor",
    "storage/database.py": "an empty private file that SQLite fills before it gets its name",
    "storage/store_lock.py": "the lock has no content",
    "services/backup.py": "the slots beside a copy in the making, in a folder that is taken away",
    "services/restoring.py": "the data folder of a store in the making; SQLite syncs it before it is used",
    "services/copy_file.py": "the same: what is taken out of a copy, compared with its label",
    "crash_report.py": "the program's own log; failing to write it must not fail anything else",
    "gui/shared/screenshot.py": "pictures of the demonstration",
    "demo/journey.py": "keys and summary of the demonstration",
    "demo/city.py": "keys of the demonstration",
}

WRITING = {
    "write_bytes",
    "write_text",
    "touch",
    "mkstemp",
    "NamedTemporaryFile",
    "setOutputFileName",
    "QSaveFile",
}
COPYING = {"copyfile", "copy2", "copytree", "move"}
MAY_WRITE = re.compile(r"write_verified|open\(|\.save\(|shutil|" + "|".join(WRITING))


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """File and node of every call in the program."""
    return tuple(
        (path.relative_to(PROGRAM).as_posix(), node)
        for path in sorted(PROGRAM.rglob("*.py"))
        if MAY_WRITE.search(text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
    )


def writing_call(call: ast.Call) -> str:
    """The name of a call that makes a file; empty for all others."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = (
        function.value.id
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        else ""
    )
    arguments = [*call.args, *(one.value for one in call.keywords)]
    texts = [one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if name in WRITING or (owner == "shutil" and name in COPYING):
        return name
    if name == "open" and owner == "os":
        return name if any("O_CREAT" in ast.unparse(one) for one in arguments) else ""
    if name == "open" and owner != "archive":
        return name if any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts) else ""
    # A picture or a workbook is saved into memory, unless a path is handed in.
    return name if name == "save" and any("path" in ast.unparse(one) for one in arguments) else ""


def test_what_is_written_for_a_person_goes_through_the_one_layer() -> None:
    users = {place for place, call in calls() if getattr(call.func, "id", "") == "write_verified"}
    assert users >= THROUGH_THE_LAYER


def test_every_other_place_that_makes_a_file_has_its_reason() -> None:
    found = {(place, name) for place, call in calls() if (name := writing_call(call))}
    assert {place for place, _ in found} == set(OTHERWISE), found


def test_the_list_notices_the_usual_ways_of_writing() -> None:
    ways = (
        *("path.write_bytes(b'')", "path.write_text('')", "open(path, 'w')", "path.open('xb')"),
        *(
            "open(path, mode='a')",
            "os.open(path, os.O_CREAT)",
            "shutil.copyfile(a, b)",
            "image.save(str(path), 'PNG')",
        ),
    )
    assert [way for way in ways if not writing_call(ast.parse(way).body[0].value)] == []  # type: ignore[attr-defined]
    for reading in ("path.open('rb')", "open(path)", "os.open(path, os.O_RDONLY)", "archive.open(name, 'w')"):
        assert not writing_call(ast.parse(reading).body[0].value)  # type: ignore[attr-defined]
