"""Forms of a store: whose they are, what stands in them, and many at once."""

import io
from datetime import date

import pytest
from PIL import Image

from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.domain.errors import Cancelled, NotFound
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.services.forms import Filling, FormService, FormWish
from shakyo_desktop.services.photos import PhotoService
from shakyo_desktop.services.recording import RecordingService
from tests.documents.pdf_reading import images_of, text_of
from tests.services.conftest import PLAN_ID
from tests.services.offices import district as fictional_district
from tests.services.offices import office_context


def written(context):
    recording = RecordingService(context)
    for year, outcome in ((2025, "前の年の成果です"), (2026, "今年の成果です")):
        status = recording.status_for(year, PLAN_ID, 6)
        ref = RecordRef("item_statuses", status.id)
        recording.change(ref, "state", ImplementationState.RUNNING)
        recording.change(ref, "outcome", outcome)
    activity = recording.new_activity(2026, PLAN_ID, 8, date(2026, 5, 1))
    recording.change(RecordRef("activities", activity.id), "venue", "みほん自治会館")
    return FormService(context)


@pytest.mark.parametrize(
    ("filling", "this", "last"), [("blank", False, False), ("prefilled", False, True), ("filled", True, True)]
)
def test_a_form_holds_this_years_and_last_years_words_as_asked(district, tmp_path, filling, this, last):
    forms = written(district)
    printed = forms.print_form(FormWish(form=FormCode.F4, fiscal_year=2026, filling=Filling(filling)))
    text = text_of(printed.pdf, tmp_path)
    assert ("今年の成果です" in text) is this
    assert ("前の年の成果です" in text) is last
    assert "みほん東地区部会" in text


def test_known_places_are_printed_on_a_prefilled_sheet_only(district, tmp_path):
    forms = written(district)
    for filling, known in ((Filling.BLANK, False), (Filling.PREFILLED, True)):
        printed = forms.print_form(FormWish(form=FormCode.F1, fiscal_year=2026, filling=filling, sheets=2))
        assert printed.pages == 2
        assert ("よく使う場所：みほん自治会館" in text_of(printed.pdf, tmp_path)) is known


def test_a_year_without_a_plan_is_told_in_words(district):
    with pytest.raises(NotFound):
        FormService(district).print_form(FormWish(form=FormCode.F4, fiscal_year=1999))


def test_an_office_prints_a_form_for_every_district_and_may_stop(tmp_path):
    with office_context(tmp_path / "ward") as context:
        with context.database.transaction() as stores:
            stores.organisations.save(
                fictional_district(1, "みほん東地区部会"), fictional_district(2, "みほん西地区部会")
            )
        forms, steps = FormService(context), []
        wish = FormWish(form=FormCode.F3, fiscal_year=2026)
        printed = forms.print_for_all(wish, progress=lambda done, total: steps.append((done, total)))
        assert [org for org, _ in printed] == ["999999-01", "999999-02"]
        assert steps == [(0, 2), (1, 2), (2, 2)]
        assert [org for org, _ in forms.print_for_all(wish, ["999999-02"])] == ["999999-02"]
        with pytest.raises(Cancelled):
            forms.print_for_all(wish, cancelled=lambda: True)


def photo(colour):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("large", "row"), [(False, "1枚目　行1の写真"), (True, "1枚目の写真")])
def test_a_filled_diary_brings_its_photos_with_row_day_words_and_consent(district, tmp_path, large, row):
    forms = written(district)
    photos = PhotoService(district)
    activity = RecordingService(district).open_year(2026).records.activities[0]
    made = [photos.add(activity.id, photo((10 * number, 90, 200))) for number in range(1, 8)]
    RecordingService(district).change(RecordRef("photos", made[0].id), "caption", "体操のようす")
    RecordingService(district).change(RecordRef("photos", made[0].id), "consent", True)
    wish = FormWish(form=FormCode.F1, fiscal_year=2026, filling=Filling.FILLED, large=large)
    printed = forms.print_form(wish)
    text = text_of(printed.pdf, tmp_path)
    assert text.count("".join(row.split())) == 7
    assert "R8.5.1みほん自治会館" in text
    assert "体操のようす" in text
    assert text.count("○公表してよい写真です") == 1
    assert text.count("×公表しません") == 6
    assert printed.pages == 3
    assert len(images_of(printed.pdf, tmp_path)) == 7
    blank = forms.print_form(FormWish(form=FormCode.F1, fiscal_year=2026, large=large))
    assert "写真" not in text_of(blank.pdf, tmp_path).replace("写真は", "")
