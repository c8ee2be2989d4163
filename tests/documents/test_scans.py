"""Photographed and scanned sheets: the code is read, the sheet is made upright, and bad files say why."""

import math
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from shakyo_desktop.documents.pdf.form_sheet import make_form
from shakyo_desktop.documents.preview import page_images
from shakyo_desktop.documents.scans.perspective import mapped, mapping_of
from shakyo_desktop.documents.scans.pictures import pictures_of
from shakyo_desktop.documents.scans.sheet_reading import read_sheets
from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.domain.forms.paper import SHEET_PIXELS, SHEET_SIZE, Straightened
from tests.documents.test_form_sheet import LAYOUTS, data

CODE = "SHAKYO/F2/"
PER_MM = SHEET_PIXELS[0] / SHEET_SIZE[0]


@pytest.fixture(scope="module")
def form():
    out = BytesIO()
    make_form(data(LAYOUTS["F2"]), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def sheet(form):
    """The first page with a black ring drawn in the middle of a box, as a pen would."""
    page = Image.open(BytesIO(page_images(form, 1654, range(1))[0])).convert("RGB")
    x, y = ring()
    pen, scale = ImageDraw.Draw(page), 1654 / SHEET_SIZE[0]
    pen.ellipse([(x - 1) * scale, (y - 1) * scale, (x + 1) * scale, (y + 1) * scale], fill=(200, 0, 0))
    return page


def ring():
    box = LAYOUTS["F2"].pages[0].rows[-1].boxes[0]
    return box.x + box.width / 2, box.y + box.height / 2


def as_file(picture, kind="JPEG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def photographed(sheet, corners, size=(4000, 3000)):
    """The sheet on a dark desk, its corners (clockwise from its top left) at these places of the picture."""
    wide, high = sheet.size
    inverse = mapping_of(corners, [(0, 0), (wide, 0), (wide, high), (0, high)])
    flat = sheet.transform(
        size, Image.Transform.PERSPECTIVE, inverse, Image.Resampling.BICUBIC, fillcolor=(1, 1, 1)
    )
    desk = Image.new("RGB", size, (110, 90, 70))
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    desk.paste(flat, mask=mask)
    return desk


def off_by(picture):
    """How far the ring lies from its box on a straightened sheet, mm."""
    red, green, blue = Image.open(BytesIO(picture.jpeg)).convert("RGB").split()
    dots = []
    pixels = zip(red.tobytes(), green.tobytes(), blue.tobytes(), strict=True)
    for at, (r, g, b) in enumerate(pixels):
        if r - max(g, b) > 60:
            dots.append((at % SHEET_PIXELS[0] / PER_MM, at // SHEET_PIXELS[0] / PER_MM))
    assert dots, "the ring is gone"
    middle = [sum(dot[axis] for dot in dots) / len(dots) for axis in (0, 1)]
    return math.dist(middle, ring())


SKEWED = [(700, 150), (2650, 60), (2900, 2890), (520, 2800)]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 7])
def test_a_scan_is_read_and_made_upright_however_it_lay(sheet, degrees):
    turned = sheet.rotate(degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    [picture] = read_sheets(as_file(turned))
    assert picture.code.startswith(CODE)
    assert picture.straightened is Straightened.MARKS
    assert off_by(picture) < 2


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda picture: picture,
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.45),
        lambda picture: picture.filter(ImageFilter.GaussianBlur(1.2)),
        lambda picture: Image.blend(picture, Image.effect_noise(picture.size, 90).convert("RGB"), 0.2),
    ],
    ids=["good light", "dark", "blurred", "noisy"],
)
def test_a_telephones_picture_of_a_sheet_on_a_desk_is_straightened_by_its_marks(sheet, spoiled):
    [picture] = read_sheets(as_file(spoiled(photographed(sheet, SKEWED)), quality=80))
    assert picture.code.startswith(CODE)
    assert picture.straightened is Straightened.MARKS
    assert Image.open(BytesIO(picture.jpeg)).size == SHEET_PIXELS
    assert off_by(picture) < 2


def test_a_sheet_with_a_corner_cut_off_is_straightened_by_its_code(sheet):
    cut = sheet.crop((0, 0, 1654, 2200))
    [picture] = read_sheets(as_file(cut))
    assert picture.straightened is Straightened.CODE
    assert off_by(picture) < 5


def test_every_page_of_a_pdf_is_read():
    out = BytesIO()
    make_form(data(LAYOUTS["F4"], pages=(1, 2, 3)), out)
    pictures = list(read_sheets(out.getvalue()))
    assert len(pictures) == 3
    assert [picture.code[-3:] for picture in pictures] == [f"/P{n}" for n in range(1, len(pictures) + 1)]
    assert {picture.straightened for picture in pictures} == {Straightened.MARKS}


def test_a_picture_without_a_code_is_kept_as_it_is():
    [picture] = read_sheets(as_file(Image.new("RGB", (1240, 1754), "white"), "PNG"))
    assert (picture.code, picture.straightened) == ("", Straightened.NOT)
    assert Image.open(BytesIO(picture.jpeg)).size != SHEET_PIXELS


def test_the_picture_that_is_kept_says_nothing_of_camera_and_place(sheet):
    exif = Image.Exif()
    exif[0x010F] = "みほんカメラ"
    [picture] = read_sheets(as_file(sheet, exif=exif, comment=b"secret"))
    kept = Image.open(BytesIO(picture.jpeg))
    assert not kept.getexif()
    assert "comment" not in kept.info


def test_the_same_file_gives_the_same_bytes(sheet):
    source = as_file(sheet)
    assert [one.jpeg for one in read_sheets(source)] == [one.jpeg for one in read_sheets(source)]


def encrypted_pdf(form):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(BytesIO(form)))
    writer.encrypt(owner_pass="みほん", user_pass="みほん")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_a_password_is_told(form):
    with pytest.raises(FileUnreadable) as told:
        list(pictures_of(encrypted_pdf(form)))
    assert told.value.code == "scan.locked"


@pytest.mark.parametrize("broken", ["text", "half", "pdf", "empty"])
def test_what_is_no_picture_is_told(sheet, form, broken):
    whole = as_file(sheet)
    data = {"text": "みほん".encode(), "half": whole[: len(whole) // 3], "pdf": form[:200], "empty": b""}[
        broken
    ]
    with pytest.raises(FileUnreadable) as told:
        list(pictures_of(data))
    assert told.value.code == "scan.unreadable"


def test_a_picture_of_too_many_pixels_is_told_before_it_is_unpacked():
    huge = as_file(Image.new("1", (16000, 16000)), "PNG")
    assert len(huge) < 1_000_000
    with pytest.raises(FileUnreadable) as told:
        list(pictures_of(huge))
    assert told.value.code == "scan.too_large"


def test_a_mapping_takes_its_points_where_they_belong():
    target = [(3.0, 4.0), (50.0, 9.0), (44.0, 80.0), (1.0, 60.0)]
    mapping = mapping_of([(0, 0), (10, 0), (10, 20), (0, 20)], target)
    assert mapped(mapping, (10, 20)) == pytest.approx((44.0, 80.0))
    assert mapping_of([(0, 0), (1, 1), (2, 2), (3, 3)], target) is None
