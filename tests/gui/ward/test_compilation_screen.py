"""取りまとめ: compile, read the figures, write with the districts' words, verify, and lose nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.compilation.compilation_screen import CompilationScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, NodeOf
from shakyo_desktop.services.compiled_words import CompiledWords
from tests.factories import make_status
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.ward.conftest import desk_over
from tests.gui.ward.looking import texts
from tests.services.offices import office_context
from tests.services.reporting import PLAN, YEAR, add_districts, code, hand_in

WATCH, OWN = 6, 3
ITEM = FindingScope.ITEM


@pytest.fixture
def office(tmp_path):
    """A ward with twelve districts, two of which have not reported."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 12)
        for number in range(1, 11):
            words = {"outcome": f"第{number}の成果です。", "counted_totals": {"sessions": number}}
            report(context, number, **words)
        yield context


def report(context, number, fiscal_year=YEAR, state=ReportState.ACCEPTED, **words):
    """One district's report about one item."""
    status = make_status(WATCH, org=code(number), fiscal_year=fiscal_year, typed_totals={}, **words)
    return hand_in(context, number, [status], fiscal_year=fiscal_year, state=state)


@pytest.fixture
def services(office):
    return wire_services(office)


@pytest.fixture
def screen(services, shown):
    """The screen as it is entered, nothing compiled yet."""
    made = shown(CompilationScreen(desk_over(services)))
    made.resize(1170, 636)
    made.enter()
    settle()
    return made


@pytest.fixture
def compiled(screen):
    """The screen with a version, at an item."""
    screen.page().compile_button.click()
    screen.messages.clear()
    screen.show_target(NodeOf("item", WATCH))
    return screen


def newest(services):
    return services.compilation.newest(PLAN, YEAR)


def words_of(services, number=WATCH):
    return newest(services).finding(ITEM, number)


def test_before_anything_is_compiled_the_screen_says_who_is_here(screen):
    seen = texts(screen)
    assert "取りまとめ　10/12地区部会" in seen
    assert "まだ作っていません" in seen
    assert "未着（2）　みほん第11地区部会、みほん第12地区部会" in seen


def test_compiling_shows_the_version_its_coverage_and_the_figures(screen, services):
    screen.page().compile_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "第1版を作りました。10/12地区部会" in screen.messages.text()
    assert newest(services).version == 1
    screen.show_target(NodeOf("item", WATCH))
    seen = texts(screen)
    assert "55回（10/12）" in seen
    assert "足しません" not in seen
    figures = screen.page().figures
    assert "○ おおむね予定どおり 10" in figures.ratings.text()
    assert [row.cells[1] for row in figures.sums.rows()][1] == "－（0/12）"


def test_the_missing_are_one_press_away_from_their_telephone_numbers(screen, asked):
    wanted = asked(screen)
    screen.page().sources.missing_button.click()
    assert wanted == [("overview", DistrictOf(code(11)))]


def test_reports_that_are_not_accepted_stop_it_until_they_are_taken_in_on_purpose(office, screen, services):
    report(office, 11, state=ReportState.RECEIVED)
    screen.page().compile_button.click()
    assert "みほん第11地区部会" in screen.messages.text()
    assert newest(services) is None
    screen.messages.action_button.setFocus()
    press(Qt.Key.Key_Return)
    assert newest(services).include_unconfirmed
    assert "△ 未確定の報告を含む" in texts(screen)
    assert "作ったときにまだ確定していなかった（1）　みほん第11地区部会" in texts(screen)


def test_what_is_typed_in_japanese_is_stored_when_the_field_is_left(compiled, services):
    field = compiled.page().words["outcome"].field
    field.focus_input()
    compose("みまもり")
    commit_composed("見守り")
    type_text("が広がった。")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert words_of(services).outcome == "見守りが広がった。"


def test_what_is_being_composed_is_stored_when_another_item_is_chosen(compiled, services):
    compiled.page().words["challenge"].field.focus_input()
    type_text("担い手が")
    compose("足りない")
    press_letter(Qt.Key.Key_N)
    assert words_of(services).challenge == "担い手が足りない"
    assert words_of(services, WATCH + 1).challenge == ""
    assert compiled.page().node == ("item", WATCH + 1)


def test_typing_that_pauses_is_stored_without_leaving_the_field(compiled, services, qtbot):
    compiled.page().words["approach"].field.focus_input()
    type_text("来年は全地区で")
    qtbot.waitUntil(lambda: words_of(services).approach == "来年は全地区で", timeout=10_000)
    assert focus() is compiled.page().words["approach"].field.input()


def test_typing_that_goes_on_and_on_is_stored_without_what_is_being_composed(compiled, services):
    field = compiled.page().words["approach"].field
    field.focus_input()
    type_text("長い文の途中")
    compose("へんかん")
    field.typing.emit("approach", field.input().text_in_progress())  # as every few seconds of typing
    assert words_of(services).approach == "長い文の途中"
    assert field.input().preedit == "へんかん"
    commit_composed("変換")
    compiled.commit()
    assert words_of(services).approach == "長い文の途中変換"


def test_a_districts_sentence_goes_into_the_text_with_its_name(compiled, services):
    card = compiled.page().words["outcome"]
    card.field.focus_input()
    type_text("区の文。")
    card.texts.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    expected = "区の文。\nみほん第2地区部会：第2の成果です。"
    assert words_of(services).outcome == expected
    card.take_button.setFocus()
    press(Qt.Key.Key_Space)
    assert words_of(services).outcome == f"{expected}\nみほん第2地区部会：第2の成果です。"
    card.field.focus_input()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    card.field.commit()
    assert words_of(services).outcome == expected


def test_a_direction_draws_from_the_wards_words_about_its_items_too(compiled, services):
    compiled.page().words["outcome"].field.focus_input()
    type_text("項目の文。")
    compiled.commit()
    compiled.show_target(NodeOf("direction", 2))
    found = compiled.page().words["outcome"].texts.texts()
    assert (found[0].who, found[0].text) == ("6 見守り活動の促進", "項目の文。")
    assert found[1].who == "みほん第1地区部会（6 見守り活動の促進）"
    compiled.show_target(NodeOf("whole"))
    assert compiled.page().words["outcome"].texts.texts()[0].who == "6 見守り活動の促進"


def test_undo_takes_back_change_by_change_also_after_the_program_was_closed(compiled, services, shown):
    for text in ("一つめ", "二つめ"):
        field = compiled.page().words["outcome"].field
        field.focus_input()
        press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(text)
        compiled.commit()
    compiled.undo_button.click()
    assert words_of(services).outcome == "一つめ"
    assert compiled.page().words["outcome"].field.value() == "一つめ"
    again = shown(CompilationScreen(desk_over(services)))
    again.enter()
    again.show_target(NodeOf("item", WATCH))
    press_letter(Qt.Key.Key_Z)
    assert words_of(services).outcome == ""
    again.undo_button.click()
    assert "元に戻せる変更はありません" in again.messages.text()


def test_the_wards_own_item_is_written_here_with_last_year_beside_it(screen, services):
    ref_before = services.recording.status_for(YEAR - 1, PLAN, OWN)
    services.recording.change(ref_of(ref_before), "outcome", "去年の研修は2回でした。")
    services.recording.change(ref_of(ref_before), "typed_totals.sessions", 2)
    screen.enter()
    screen.show_target(NodeOf("item", OWN))
    settle()
    seen = texts(screen)
    assert "前年度: 去年の研修は2回でした。" in seen
    assert "前年度: 2回" in seen
    screen.page().own.field("state").focus_input()
    type_text("3")
    assert screen.page().own.field("self_rating").isVisibleTo(screen)
    screen.page().own.field("typed_totals.sessions").focus_input()
    type_text("１２")
    press(Qt.Key.Key_Return)
    status = services.recording.status_for(YEAR, PLAN, OWN)
    assert (str(status.state), status.typed_totals) == ("running", {"sessions": 12})
    screen.undo_button.click()
    assert services.recording.status_for(YEAR, PLAN, OWN).typed_totals == {}
    assert screen.page().own.field("typed_totals.sessions").value() is None


def test_last_years_text_is_taken_over_and_marked_until_somebody_confirms_it(screen, services):
    before = services.recording.status_for(YEAR - 1, PLAN, OWN)
    services.recording.change(ref_of(before), "outcome", "去年の研修は2回でした。")
    screen.enter()
    screen.show_target(NodeOf("item", OWN))
    field = screen.page().own.field("outcome")
    field.remarks.pressed.emit("last_year")
    status = services.recording.status_for(YEAR, PLAN, OWN)
    assert (status.outcome, status.carried_over) == ("去年の研修は2回でした。", ("outcome",))
    assert field.value() == "去年の研修は2回でした。"
    assert "前年度から・要確認" in field.remarks.spoken()
    field.remarks.pressed.emit("carried_over")
    assert services.recording.status_for(YEAR, PLAN, OWN).carried_over == ()
    assert "要確認" not in field.remarks.spoken()


def test_a_figure_that_cannot_be_read_stays_as_typed(screen, services):
    screen.show_target(NodeOf("item", OWN))
    screen.page().own.field("typed_totals.sessions").focus_input()
    type_text("十二回くらい")
    press(Qt.Key.Key_Return)
    status = services.recording.status_for(YEAR, PLAN, OWN)
    assert status.unread == {"typed_totals.sessions": "十二回くらい"}
    assert "要確認" in texts(screen)


def test_a_suspended_item_of_the_ward_asks_for_its_reason_at_the_field(screen, services):
    screen.show_target(NodeOf("item", OWN))
    form = screen.page().own
    assert not form.field("state_reason").isVisibleTo(screen)
    form.field("state").focus_input()
    type_text("5")
    assert "理由がありません" in form.field("state_reason").remarks.spoken()
    form.field("state_reason").focus_input()
    type_text("講師の都合")
    press(Qt.Key.Key_Return)
    assert form.field("state_reason").remarks.spoken() == ""
    assert services.recording.status_for(YEAR, PLAN, OWN).state_reason == "講師の都合"


def test_writing_the_wards_own_item_makes_the_version_old(compiled, services):
    compiled.show_target(NodeOf("item", OWN))
    compiled.page().own.field("state").focus_input()
    type_text("3")
    assert compiled.stale_bar.isHidden()
    press_letter(Qt.Key.Key_N)
    assert "区事務所の取組（3番）が書きかえられました。" in compiled.stale_bar.text()


def test_a_report_that_comes_later_is_told_and_a_new_version_keeps_the_words(office, compiled, services):
    compiled.page().words["outcome"].field.focus_input()
    type_text("残る文。")
    report(office, 11, counted_totals={"sessions": 100})
    report(office, 12)
    compiled.enter()
    assert "みほん第11地区部会：報告が届きました" in compiled.stale_bar.text()
    assert "ほか1件" in compiled.stale_bar.text()
    compiled.show_target(NodeOf("whole"))
    assert "みほん第12地区部会：報告が届きました" in compiled.page().stale.words.text()
    compiled.stale_bar.action_button.setFocus()
    press(Qt.Key.Key_Return)
    assert (newest(services).version, newest(services).coverage()) == (2, (12, 12))
    assert words_of(services).outcome == "残る文。"
    assert compiled.stale_bar.isHidden()


def fill_council(screen, day):
    screen.show_target(NodeOf("council"))
    card = screen.page().council
    card.date.focus_input()
    type_text(day)
    press(Qt.Key.Key_Return)
    card.form.field("attendance").focus_input()
    type_text("委員14名のうち12名")
    card.form.field("verification").focus_input()
    type_text("おおむね妥当。")
    return card


def test_the_council_is_written_and_the_version_is_fixed_after_a_second_look(compiled, services):
    card = fill_council(compiled, "Ｒ８．９．１０")
    card.approve_button.setFocus()
    press(Qt.Key.Key_Space)
    assert not newest(services).council.approved
    compiled.messages.action_button.setFocus()
    press(Qt.Key.Key_Return)
    council = newest(services).council
    assert (council.held_on, council.attendance) == (date(2026, 9, 10), "委員14名のうち12名")
    assert (council.verification, council.approved) == ("おおむね妥当。", True)
    seen = texts(compiled)
    assert "✓ 検証済み（読むだけ）" in seen
    assert "開催日　令和8年9月10日（木）" in seen
    compiled.show_target(NodeOf("item", WATCH))
    assert compiled.page().words["outcome"].form.isHidden()
    assert compiled.page().words["outcome"].take_button.isHidden()


def test_without_a_date_nothing_is_fixed_and_a_date_that_cannot_be_read_stays(compiled, services):
    card = fill_council(compiled, "秋ごろ")
    card.approve_button.click()
    compiled.messages.action_button.click()
    assert "開催日を書いてください" in compiled.messages.text()
    assert newest(services).council.unread == {"held_on": "秋ごろ"}
    compiled.enter()
    assert card.date.unread() == "秋ごろ"


def test_undoing_the_council_brings_the_earlier_words_back(compiled, services):
    card = fill_council(compiled, "R8.9.10")
    compiled.undo_button.click()
    assert newest(services).council.verification == ""
    assert card.form.field("verification").value() == ""
    assert newest(services).council.attendance == "委員14名のうち12名"


def test_an_older_version_can_be_read_and_not_written_in(compiled, services):
    compiled.page().words["outcome"].field.focus_input()
    type_text("第1版の文。")
    compiled.compile_button.click()
    first = services.compilation.versions(PLAN, YEAR)[-1]
    compiled.show_target(NodeOf("versions"))
    rows = compiled.page().versions.list
    rows.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert compiled.compilation().id == first.id
    assert "前の版（読むだけ）" in texts(compiled)
    compiled.show_target(NodeOf("item", WATCH))
    assert compiled.page().words["outcome"].reading.text() == "第1版の文。"
    assert compiled.page().words["outcome"].form.isHidden()
    compiled.enter()
    assert compiled.compilation().id == first.id


def test_a_text_that_cannot_be_stored_is_told_and_stored_later(compiled, services, monkeypatch):
    def full(*_):
        raise NotSaved("ディスクがいっぱいです。")

    with monkeypatch.context() as patch:
        patch.setattr(CompiledWords, "write_finding", full)
        compiled.page().words["outcome"].field.focus_input()
        type_text("なくならない文。")
        compiled.commit()
        assert "ディスクがいっぱいです。" in compiled.messages.text()
        compiled.compile_button.click()
        assert "まだ保存できていない入力" in compiled.messages.text()
        assert len(services.compilation.versions(PLAN, YEAR)) == 1
        compiled.show_target(NodeOf("whole"))
        compiled.show_target(NodeOf("item", WATCH))
        assert compiled.page().words["outcome"].field.value() == "なくならない文。"
        compiled.enter()
        assert compiled.page().words["outcome"].field.value() == "なくならない文。"
    compiled.page().words["challenge"].field.focus_input()
    type_text("次の文。")
    compiled.commit()
    assert (words_of(services).outcome, words_of(services).challenge) == ("なくならない文。", "次の文。")


def test_a_councils_word_that_cannot_be_stored_stays_on_the_screen_and_is_stored_later(
    compiled, services, monkeypatch
):
    def full(*_):
        raise NotSaved("ディスクがいっぱいです。")

    with monkeypatch.context() as patch:
        patch.setattr(CompiledWords, "write_council", full)
        card = fill_council(compiled, "R8.9.10")
        compiled.show_target(NodeOf("whole"))
        compiled.enter()
        compiled.show_target(NodeOf("council"))
        assert card.date.value() == date(2026, 9, 10)
        assert newest(services).council.held_on is None
        card.approve_button.click()
        compiled.messages.action_button.click()
        assert "まだ保存できていない入力" in compiled.messages.text()
    card.form.field("attendance").focus_input()
    press(Qt.Key.Key_End)
    type_text("、市から1名")
    compiled.commit()
    council = newest(services).council
    assert (council.held_on, council.verification) == (date(2026, 9, 10), "おおむね妥当。")
    assert council.attendance == "委員14名のうち12名、市から1名"


def test_another_plan_has_its_own_compilation(office, screen, services):
    with office.database.transaction() as stores:
        plan = stores.plans.get(PLAN)
        stores.plans.save(replace(plan, id="ward-plan", nickname="みほん区計画"), office.now())
        stores.plans.replace_crosswalk([Crosswalk("ward-plan", WATCH, PLAN, WATCH)])
    screen.page().compile_button.click()
    screen.enter()
    screen.facts.plans.setFocus()
    press(Qt.Key.Key_Down)
    settle()
    assert "まだ作っていません" in texts(screen)
    screen.page().compile_button.click()
    assert services.compilation.newest("ward-plan", YEAR).version == 1
    assert newest(services).version == 1


def test_a_year_without_a_plan_says_what_to_do(services, shown):
    desk = replace(desk_over(services), fiscal_year=lambda: 2035)
    empty = shown(CompilationScreen(desk))
    empty.enter()
    assert "この年度の計画がありません" in texts(empty)
    assert empty.compilation() is None


def test_seventy_districts_and_none_are_shown_alike(tmp_path, shown):
    for count in (0, 1, 70):
        with office_context(tmp_path / f"ward-{count}") as context:
            add_districts(context, count)
            for number in range(1, count + 1):
                report(context, number, outcome="成果。" * 60)
            screen = shown(CompilationScreen(desk_over(wire_services(context))))
            screen.enter()
            screen.page().compile_button.click()
            for node in (NodeOf("whole"), NodeOf("item", WATCH)):
                screen.show_target(node)
                assert f"{count}/{count}地区部会" in texts(screen)
            assert len(screen.page().words["outcome"].texts.texts()) == count
            screen.hide()


def test_the_whole_screen_can_be_used_by_keyboard(compiled):
    compiled.list.setFocus()
    press(Qt.Key.Key_Return)
    assert compiled.page().isAncestorOf(QApplication.focusWidget())
    seen = []
    for _ in range(60):
        seen.append(focus())
        press(Qt.Key.Key_Tab)
    page = compiled.page()
    wanted = [page.figures.sums]
    wanted += [part for card in page.words.values() for part in (card.texts, card.take_button)]
    wanted += [card.field.input() for card in page.words.values()]
    assert [one for one in wanted if one not in seen] == []


def test_what_came_from_another_plan_is_said_under_the_sums(screen, services):
    other = replace(services.plans.plan(PLAN), id="other", name="みほん区計画")
    with services.context.database.transaction() as stores:
        stores.plans.save(other, services.context.now())
        stores.records.insert(make_status(9, org=code(1), plan_id="other", counted_totals={"sessions": 12}))
    services.plan_pairs.connect(Crosswalk("other", 9, PLAN, WATCH))
    screen.enter()
    screen.page().compile_button.click()
    screen.show_target(NodeOf("item", WATCH))
    figures = screen.page().figures
    assert "「みほん区計画」9" in figures.mapped.text()
    assert "開催回数 12回" in figures.mapped.text()
    screen.show_target(NodeOf("item", 7))
    assert not figures.mapped.isVisible()
