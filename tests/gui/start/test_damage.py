"""A damaged store: what can be done is said, what is readable is shown by kind, and nothing is deleted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.start.damage_pages import DamagePage, DonePage, ResultPage
from shakyo_desktop.gui.start.restoring_flow import RestoringFlow
from shakyo_desktop.gui.start.secret_page import SecretPage
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.founding import LockChoice, found_office
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.gui.keys import commit_composed, press, press_letter
from tests.gui.loop_world import EAST, YEAR, Loop, moment
from tests.gui.start.conftest import Start

ENTER = Qt.Key.Key_Return
Begin = Callable[..., Start]


@pytest.fixture
def cut_short(loop: Loop, tmp_path: Path) -> Path:
    """East's store with a good copy beside it; its last third is gone."""
    folder = Path(shutil.copytree(loop.written, tmp_path / "east"))
    services = open_services(folder, clock=moment)
    GenerationService(services.context).make(CopyReason.CHANGED)
    services.close()
    store = folder / DATABASE_FILE
    store.write_bytes(store.read_bytes()[: store.stat().st_size * 2 // 3])
    return folder


def texts(page: StepPage) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_what_is_readable_is_looked_at_chosen_and_opened(begin: Begin, cut_short: Path) -> None:
    damaged = (cut_short / DATABASE_FILE).read_bytes()
    start = begin(cut_short)
    page = start.page()
    assert isinstance(page, DamagePage)
    assert "自動の控えが1個あります" in texts(page)
    press(ENTER)  # 読めるものを調べる
    result = start.page()
    assert isinstance(result, ResultPage)
    assert "こちらをすすめます" in texts(result)
    cells = {str(row.key): row.cells for row in result.kinds.rows()}
    assert cells["活動記録"][1] == "12件"
    assert (cut_short / DATABASE_FILE).read_bytes() == damaged
    press_letter(Qt.Key.Key_N)  # これを使う
    done = start.page()
    assert isinstance(done, DonePage)
    assert "そのまま残してあります" in done.text.text()
    press_letter(Qt.Key.Key_N)
    [services] = start.opened
    with services.context.database.reading() as stores:
        assert len(stores.records.year(EAST, YEAR).activities) == 12
    [kept] = cut_short.glob(f"before-*/{DATABASE_FILE}")
    assert kept.read_bytes() == damaged


def test_going_back_takes_away_what_was_read_and_the_copy_can_be_taken(begin: Begin, cut_short: Path) -> None:
    start = begin(cut_short)
    page = start.page()
    press(ENTER)
    press_letter(Qt.Key.Key_B)
    assert start.page() is page
    assert not list(cut_short.glob("salvaging-*"))
    press_letter(Qt.Key.Key_H)
    flow = start.flow._flow
    assert isinstance(flow, RestoringFlow)
    assert flow.file_page.complaint() == ""  # the newest copy is chosen already
    press_letter(Qt.Key.Key_B)
    assert start.page() is page


def test_a_store_of_which_nothing_is_readable_leads_to_the_copy(
    begin: Begin, cut_short: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (cut_short / DATABASE_FILE).write_bytes(bytes(60_000))
    start = begin(cut_short)
    page = start.page()
    assert isinstance(page, DamagePage)
    press(ENTER)
    assert start.page() is page
    assert "控えから" in page.messages.text()
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: tmp_path / "notes.zip")
    press_letter(Qt.Key.Key_D)
    assert (tmp_path / "notes.zip").read_bytes().startswith(b"PK")
    assert "診断の記録を保存しました" in page.messages.text()


def test_a_damaged_store_with_a_passphrase_asks_for_it(
    begin: Begin, tmp_path: Path, quick_passphrases: None
) -> None:
    locks = LockChoice(frozenset({"passphrase"}), "はなみずきの咲く通り")
    found_office(tmp_path / "ward", FICTIONAL_WARD, "みほん 事務", locks, moment)
    start = begin(tmp_path / "ward")
    start.flow.repair(tmp_path / "ward", "こわれています。")
    press(ENTER)
    assert isinstance(start.page(), SecretPage)
    commit_composed("ちがう言葉のはなみずき")
    press_letter(Qt.Key.Key_N)
    page = start.page()
    assert isinstance(page, SecretPage)
    assert page.messages.text()
    page.secret.set_value("")
    commit_composed("はなみずきの咲く通り")
    press_letter(Qt.Key.Key_N)
    result = start.page()
    assert isinstance(result, ResultPage)
    assert "全部読めました" in texts(result)
    press_letter(Qt.Key.Key_N)
    press_letter(Qt.Key.Key_N)
    assert start.opened[0].settings.identity().org == FICTIONAL_WARD
