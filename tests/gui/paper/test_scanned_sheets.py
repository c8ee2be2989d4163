"""Photographed sheets in the window: read, shown beside the boxes, framed where one is keying, taken off."""

from io import BytesIO

import pytest
from PIL import Image

from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.services.forms import FormWish
from shakyo_desktop.services.printing import PrintingService
from tests.gui.loop_world import YEAR


@pytest.fixture
def screen(qtbot, desk):
    made = KeyingScreen(desk("handed_in"))
    qtbot.addWidget(made)
    made.resize(1340, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter()
    return made


@pytest.fixture
def photographs(screen, tmp_path):
    """Pictures of the first two pages of F4, as a scanner gives them."""
    forms = screen._desk.services.forms
    pdf = forms.print_form(FormWish(form=FormCode.F4, fiscal_year=YEAR, pages=(1, 2))).pdf
    files = []
    for number, page in enumerate(PrintingService().pages(pdf, 1654), start=1):
        files.append(tmp_path / f"用紙{number}.png")
        files[-1].write_bytes(page)
    return files


def words(card):
    return "\n".join(label.text() for label in card.findChildren(type(card.title)) if label.isVisibleTo(card))


def buttons(card, text):
    return [
        one for one in card.findChildren(SecondaryButton) if one.words() == text and one.isVisibleTo(card)
    ]


def test_pictures_go_to_their_sheets_and_one_press_opens_the_sheet_with_its_picture(screen, photographs):
    screen.scan_card.drop.paths_chosen.emit(photographs)
    assert "2枚を読み、2枚を用紙に付けました" in words(screen.scan_card)
    _, second = buttons(screen.scan_card, "この用紙を入力する")
    second.click()
    assert "2/13" in screen.title()
    assert screen.pictures.view.isVisibleTo(screen)
    assert screen.pictures.view._canvas.is_upright()


def test_the_row_that_is_keyed_is_framed_where_it_lies_on_the_paper(screen, photographs):
    screen.scan_card.drop.paths_chosen.emit(photographs)
    buttons(screen.scan_card, "この用紙を入力する")[1].click()
    settle()
    screen.sheet_view.line("1-1").setFocus()
    first = screen.pictures.view._canvas._frame
    screen.sheet_view.line("2-1").setFocus()
    second = screen.pictures.view._canvas._frame
    assert first is not None
    assert second is not None
    box = screen._sheet.box("2-1")
    scale = screen.pictures.view._canvas.width() / 210
    assert second.top() == pytest.approx((box.y - 1.5) * scale, abs=1)
    assert second.top() > first.bottom()


def test_a_picture_that_belongs_elsewhere_is_taken_off_and_what_was_keyed_stays(screen, photographs):
    screen.scan_card.drop.paths_chosen.emit(photographs[1:])
    buttons(screen.scan_card, "この用紙を入力する")[0].click()
    line = screen.sheet_view.line("1-1")
    line.setFocus()
    line.insert("3")
    screen.commit()
    screen.pictures.view.remove_button.click()
    assert not screen.pictures.view.isVisibleTo(screen)
    assert screen.sheet_view.line("1-1").text() == "3"


def test_a_picture_without_a_code_is_attached_to_the_sheet_that_is_chosen(screen, tmp_path):
    out = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(out, "JPEG")
    file = tmp_path / "白紙.jpg"
    file.write_bytes(out.getvalue())
    screen.scan_card.drop.paths_chosen.emit([file])
    assert "見つかりません" in words(screen.scan_card)
    screen.chooser.form.choose(2)
    buttons(screen.scan_card, "上で選んだ用紙に付ける")[0].click()
    assert "月別集計表 1枚目に付けました" in words(screen.scan_card)


def test_a_file_that_is_no_picture_says_so_and_the_others_are_read(screen, photographs, tmp_path):
    bad = tmp_path / "こわれた.jpg"
    bad.write_bytes(b"\xff\xd8\xff garbage")
    screen.scan_card.drop.paths_chosen.emit([bad, photographs[0]])
    shown = words(screen.scan_card)
    assert "× こわれた.jpg" in shown
    assert "✓ 用紙1.png" in shown


def test_the_picture_is_made_larger_and_hidden_by_its_buttons(screen, photographs):
    screen.scan_card.drop.paths_chosen.emit(photographs[1:])
    buttons(screen.scan_card, "この用紙を入力する")[0].click()
    settle()
    before = screen.pictures.view._canvas.width()
    screen.pictures.view.larger_button.click()
    assert screen.pictures.view._canvas.width() > before
    screen.pictures.view.hide_button.click()
    assert not screen.pictures.view._scroll.isVisibleTo(screen)
    assert screen.pictures.view.hide_button.words() == "写真を見る"


def test_a_pile_of_several_districts_goes_to_each_of_them_at_an_office(qtbot, desk, tmp_path):
    paper = desk("ward")
    files, (east, west) = [], paper.services.roster.districts()[:2]
    for org in (east, west):
        wish = FormWish(form=FormCode.F3, fiscal_year=YEAR, org=org.code)
        files.append(tmp_path / f"{org.code}.png")
        files[-1].write_bytes(PrintingService().pages(paper.services.forms.print_form(wish).pdf, 1654)[0])
    made = KeyingScreen(paper)
    qtbot.addWidget(made)
    made.resize(1340, 640)
    made.show()
    made.enter()
    made.scan_card.drop.paths_chosen.emit(files)
    shown = words(made.scan_card)
    assert f"× {east.code}.png（1枚目）　この地区部会は、この年度をパソコンで提出しています" in shown
    assert f"✓ {west.code}.png（1枚目）　{west.name} 見守り月計表 1枚目に付けました" in shown
    buttons(made.scan_card, "この用紙を入力する")[0].click()
    assert made.chooser.org() == west.code
    assert made.pictures.view.isVisibleTo(made)
