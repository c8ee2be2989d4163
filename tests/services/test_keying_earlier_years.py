"""Paper of a year before the program is keyed by choosing its year; a year without a plan is told."""

import pytest

from shakyo_desktop.domain.codes import ImplementationState, Source
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.recording import RecordingService
from tests.services.conftest import PLAN_ID


@pytest.mark.parametrize("year", [2022, 2024, 2025])
@pytest.mark.parametrize("form", list(FormCode))
def test_every_form_of_an_earlier_year_opens(district: ServiceContext, year: int, form: FormCode) -> None:
    assert KeyingService(district).sheet(form, year, 1).key.fiscal_year == year


def test_an_earlier_years_items_are_written_and_stand_beside_the_next(district: ServiceContext) -> None:
    recording = RecordingService(district)
    ref = ref_of(recording.status_for(2024, PLAN_ID, 6))
    recording.change(ref, "state", ImplementationState.PARTIAL, source=Source.PAPER)
    beside = recording.open_year(2025).last_year.item_statuses
    assert [one.state for one in beside if one.item_number == 6] == [ImplementationState.PARTIAL]


def test_a_year_that_no_plan_covers_is_told(district: ServiceContext) -> None:
    with pytest.raises(NotFound) as told:
        KeyingService(district).sheet(FormCode.F4, 2021, 1)
    assert "令和3年度の計画がない" in told.value.message
    assert RecordingService(district).open_year(2021).plans == ()
