"""Opening what is there: locked, damaged, in use, restored; what was typed stays, the data is safe."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import NotReady, ShakyoError
from shakyo_desktop.gui.start.damage_pages import DamagePage
from shakyo_desktop.gui.start.restoring_flow import RestoringFlow
from shakyo_desktop.gui.start.secret_page import SecretPage
from shakyo_desktop.services.founding import LockChoice, found_office, found_practice
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.practice_folder import clear_practice, practice_folder
from shakyo_desktop.services.replacing import restore_in_place
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.gui.keys import commit_composed, press, press_letter, type_text
from tests.gui.loop_world import KEY_FILE, moment
from tests.gui.start.conftest import Start

ENTER = Qt.Key.Key_Return
WORDS = "はなみずきの咲く通り"
Begin = Callable[..., Start]


@pytest.fixture(scope="module")
def locked_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office whose store asks, and the text of its recovery sheet."""
    folder = tmp_path_factory.mktemp("locked") / "ward"
    locks = LockChoice(frozenset({"passphrase"}), WORDS)
    founded = found_office(folder, FICTIONAL_WARD, "みほん 事務", locks, moment)
    return folder, founded.recovery_identity


@pytest.fixture
def locked(locked_office: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of it to open."""
    shutil.copytree(locked_office[0], tmp_path / "ward")
    return tmp_path / "ward", locked_office[1]


def test_a_wrong_passphrase_gives_no_hint_and_stays(begin: Begin, locked: tuple[Path, str]) -> None:
    start = begin(locked[0])
    page = start.page()
    assert isinstance(page, SecretPage)
    commit_composed("はなみずきの咲くころ")
    press(ENTER)
    press(ENTER)
    assert "データは無事です" in page.messages.text()
    assert "はなみずき" not in page.messages.text()
    assert page.text() == "はなみずきの咲くころ"


def test_the_passphrase_opens(begin: Begin, locked: tuple[Path, str]) -> None:
    start = begin(locked[0])
    commit_composed(WORDS)
    press(ENTER)
    press(ENTER)
    assert start.opened[0].settings.identity().org == FICTIONAL_WARD


@pytest.mark.parametrize("whole", [True, False], ids=["with its beginning", "only its lines"])
def test_the_recovery_sheet_opens_in_any_case_and_with_spaces(
    begin: Begin, locked: tuple[Path, str], whole: bool
) -> None:
    start = begin(locked[0])
    text = locked[1] if whole else locked[1].removeprefix("AGE-SECRET-KEY-1")
    type_text(" ".join(text.lower()[at : at + 4] for at in range(0, len(text), 4)))
    press(ENTER)
    press(ENTER)
    assert len(start.opened) == 1


def test_nothing_typed_is_asked_for(begin: Begin, locked: tuple[Path, str]) -> None:
    page = begin(locked[0]).page()
    assert isinstance(page, SecretPage)
    press_letter(Qt.Key.Key_N)
    assert "入力してください" in page.messages.text()


def test_a_damaged_store_says_what_is_safe_and_offers_the_copy(begin: Begin, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    file = tmp_path / "data" / DATABASE_FILE
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    start = begin(tmp_path / "data")
    page = start.page()
    assert isinstance(page, DamagePage)
    assert set(page.buttons) == {"again", "restore", "notes"}
    press_letter(Qt.Key.Key_H)
    assert isinstance(start.flow._flow, RestoringFlow)
    press_letter(Qt.Key.Key_B)
    assert start.page() is page


def test_a_store_another_window_has_is_told(begin: Begin, tmp_path: Path) -> None:
    found_practice(tmp_path / "data", clock=moment)
    first = open_services(tmp_path / "data", clock=moment)
    told: list[ShakyoError] = []
    start = begin(tmp_path / "empty")
    start.flow.in_use.connect(told.append)
    start.flow.open(tmp_path / "data")
    assert [error.code for error in told] == ["store.in_use"]
    first.close()


def test_restoring_over_a_damaged_store_keeps_the_old_files(tmp_path: Path) -> None:
    founded = found_office(tmp_path / "ward", FICTIONAL_WARD, "みほん 事務", KEY_FILE, moment)
    services = open_services(tmp_path / "ward", clock=moment)
    copy = services.backup.backup(tmp_path / "copy.hikae").path
    services.close()
    damaged = b"damaged"
    (tmp_path / "ward" / DATABASE_FILE).write_bytes(damaged)
    restored = restore_in_place(copy, tmp_path / "ward", founded.recovery_identity, KEY_FILE, moment)
    assert restored.org == FICTIONAL_WARD.code
    kept = list((tmp_path / "ward").glob(f"before-*/{DATABASE_FILE}"))
    assert [file.read_bytes() for file in kept] == [damaged]
    open_services(tmp_path / "ward", clock=moment).close()


def test_a_wrong_text_restores_nothing_and_touches_nothing(tmp_path: Path) -> None:
    found_office(tmp_path / "ward", FICTIONAL_WARD, "みほん 事務", KEY_FILE, moment)
    services = open_services(tmp_path / "ward", clock=moment)
    copy = services.backup.backup(tmp_path / "copy.hikae").path
    services.close()
    before = sorted(path.name for path in (tmp_path / "ward").iterdir())
    with pytest.raises(ShakyoError):
        restore_in_place(copy, tmp_path / "ward", "ちがう言葉です", KEY_FILE, moment)
    after = (tmp_path / "ward").iterdir()
    assert sorted(path.name for path in after) == before
    open_services(tmp_path / "ward", clock=moment).close()


def test_practice_can_be_thrown_away_and_real_data_cannot(tmp_path: Path) -> None:
    folder = practice_folder(tmp_path / "data")
    found_practice(folder, clock=moment)
    clear_practice(folder)
    found_practice(folder, clock=moment)
    found_office(tmp_path / "ward", FICTIONAL_WARD, "みほん 事務", KEY_FILE, moment)
    with pytest.raises(NotReady):
        clear_practice(tmp_path / "ward")
    open_services(tmp_path / "ward", clock=moment).close()
