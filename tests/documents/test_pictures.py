"""QR codes and pictures of pages."""

import io

import pytest
from PIL import Image

from shakyo_desktop.documents.pdf.cover_sheet import make_cover_sheet
from shakyo_desktop.documents.pdf.setup_slip import make_setup_slips
from shakyo_desktop.documents.preview import page_count, page_images
from shakyo_desktop.documents.qr import qr_matrix
from shakyo_desktop.domain.errors import DocumentFailed
from tests.documents.pdf_reading import made
from tests.documents.samples import cover_sheet, setup_slip

TEXT = "SHAKYO/SETUP/1/990011-01/3/123456789012"


def test_the_dark_runs_are_exactly_the_dark_modules():
    matrix = qr_matrix(TEXT)
    dark = {(row, column + k) for row, column, length in matrix.dark_runs() for k in range(length)}
    assert dark == {(r, c) for r, row in enumerate(matrix.rows) for c, module in enumerate(row) if module}
    assert all(len(row) == matrix.size for row in matrix.rows)


@pytest.mark.parametrize("text", ["", "長" * 3000], ids=["empty", "too long"])
def test_a_text_no_code_can_hold_is_refused(text):
    with pytest.raises(DocumentFailed):
        qr_matrix(text)


def test_a_page_becomes_a_picture_of_the_width_asked_for():
    pdf, _ = made(make_setup_slips, [setup_slip(), setup_slip(org_code="990011-02")])
    pictures = [Image.open(io.BytesIO(png)) for png in page_images(pdf, 400)]
    assert [picture.width for picture in pictures] == [400, 400]
    assert all(picture.height == pytest.approx(566, abs=1) for picture in pictures)
    assert all(picture.convert("L").getextrema()[0] < 40 for picture in pictures)


def test_only_the_pages_asked_for_are_drawn():
    pdf, _ = made(make_setup_slips, [setup_slip(), setup_slip(org_code="990011-02")])
    assert len(page_images(pdf, 200, range(1, 2))) == 1
    assert len(page_images(pdf, 200, range(1, 40))) == 1
    assert page_count(pdf) == 2


def test_a_document_is_black_and_white():
    pdf, _ = made(make_cover_sheet, cover_sheet())
    red, green, blue = Image.open(io.BytesIO(page_images(pdf, 300)[0])).convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_bytes_that_are_no_pdf_are_said_in_plain_words():
    with pytest.raises(DocumentFailed) as failure:
        page_images(b"hello")
    assert failure.value.code == "document.preview"
