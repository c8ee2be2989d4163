"""A city's window: what its wards sent is taken in, approved by its number, and kept."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.settings.settings_screen import SettingsScreen
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_CITY
from shakyo_desktop.services.restored_notice import missing_words
from tests.gui.keys import press_letter, type_text
from tests.gui.ward.looking import cells, row_of, texts
from tests.gui.ward.world import KEY_FILE, YEAR, moment


@pytest.fixture
def city(tmp_path, qapp):
    """The window over a city's store, nothing received yet."""
    found_office(tmp_path / "city", FICTIONAL_CITY, "みほん 市職員", KEY_FILE, moment)
    services = open_services(tmp_path / "city", clock=moment)
    session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    session.start()
    session.window.resize(1366, 688)
    session.window.show()
    yield session
    session.end()
    settle()


@pytest.fixture
def file(city, open_ward, tmp_path):
    """The report of a ward that joined this city, and the number of its cover sheet."""
    ward = open_ward("busy")
    city.services.setups.issue()
    setup = city.services.setups.write(tmp_path).path
    [(_, _, number)] = city.services.setups.slip_numbers()
    ward.setups.accept_new_office_key(setup.read_bytes(), number)
    plan = ward.plans.plans()[0]
    made = ward.compilation.compile(plan.id, YEAR, include_unconfirmed=True)
    frozen = ward.ward_report.freeze(made.id, unverified=True)
    return ward.ward_report.write(frozen.package_id, tmp_path).path, ward.settings.check_number()


def test_a_wards_report_is_received_approved_and_kept(city, file):
    path, number = file
    window = city.window
    intake = window.screen_of("intake")
    intake.receive([path])
    settle()
    assert "登録の確認を待っています" in texts(intake)
    window.show_screen("registrations")
    settle()
    registrations = window.screen_of("registrations")
    [card] = registrations.pending
    card.number.focus_input()
    type_text(number)
    card.approve_button.click()
    settle()
    assert row_of(registrations.register.list, "みほん区")[1].endswith("登録済み")
    window.show_screen("intake")
    settle()
    assert "区事務所" in texts(window) or cells(intake.log)
    with city.services.context.database.reading() as stores:
        assert stores.submissions.newest("999999", YEAR) is not None
    intake.receive([path])
    settle()
    assert "受領済みです" in texts(intake)


def test_the_citys_first_screen_says_sixty_days_ahead_that_a_wards_registration_ends(city, file):
    path, number = file
    city.services.intake.receive([path])
    city.services.registrations.approve_matching("999999", number)
    intake = city.window.screen_of("intake")
    intake.enter()
    assert intake.messages.text() == ""
    with city.services.context.database.transaction() as stores:
        [one] = stores.keys.registrations(states=(KeyState.ACTIVE,))
        stores.keys.save(replace(one, expires_on=date(2026, 11, 1)), "みほん", moment())
    intake.enter()
    assert "みほん区（R8.11.1まで）" in intake.messages.text()
    intake.messages.action_button.click()
    settle()
    assert city.window.current_key == "registrations"


def test_the_city_prepares_its_wards_with_setup_and_slips(city):
    window = city.window
    window.show_screen("office", "roster")
    settle()
    office = window.screen_of("office")
    assert "区事務所の名簿" in texts(office)
    assert not office.page("roster").new_button.isVisibleTo(office)
    window.show_screen("office", "setups")
    press_letter(Qt.Key.Key_M)
    settle()
    assert "ぜんぶの区事務所（1枚）" in texts(office)
    assert city.services.setups.current() is not None
    assert city.services.setups.slips().startswith(b"%PDF")


def test_the_city_is_not_asked_for_an_office_above_it(city):
    city.window.show_screen("settings")
    settle()
    assert "事務所の鍵" not in texts(city.window.screen_of("settings"))


def test_a_ward_has_its_own_key_and_the_citys_by_different_names(busy, shown):
    titles = {
        role: SettingsScreen(busy.services, busy.worker, busy.printer, role=role)
        for role in (OrganisationKind.WARD, OrganisationKind.DISTRICT)
    }
    for role, name in ((OrganisationKind.WARD, "市の鍵"), (OrganisationKind.DISTRICT, "事務所の鍵")):
        screen = shown(titles[role])
        screen.show_target("office_key")
        assert f"{name}が変わりました" in texts(screen)
        assert [one.text() for one in screen.parts.segments()].count(name) == 1


@pytest.mark.parametrize(("role", "own"), [(OrganisationKind.WARD, "区"), (OrganisationKind.CITY, "市")])
def test_an_office_that_came_from_a_copy_is_led_to_its_own_key(role, own):
    assert f"「{own}の設定」の「{own}の鍵」" in missing_words("令和8年9月1日", role)
