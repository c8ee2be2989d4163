"""A district's copy that nothing proves: its digits are the office's only when nobody else gets reports."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import CopyUnproven, ShakyoError
from shakyo_desktop.domain.organisations import Office
from shakyo_desktop.exchange.keys import Mailbox, SigningKey
from shakyo_desktop.services.copy_file import LABEL, SLOTS, write_copy
from shakyo_desktop.services.own_keys import recovery_identities
from shakyo_desktop.services.restoring import restore
from shakyo_desktop.storage.connection import single
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.stores import Stores
from tests.services.copying import as_older, parts_of
from tests.services.loop.world import EAST, KEY_FILE, WARD, World

OTHERS = Mailbox.generate().recipient


def older_copy(world: World) -> tuple[Path, str, str]:
    """East's store as a copy of before the codes, its sheet's text, and the digits on its slip."""
    context = world.east.context
    copy = world.east.backup.backup(world.root / "east.hikae").path
    as_older(copy, copy)
    numbers = {org: number for org, _name, number in world.ward.setups.slip_numbers()}
    return copy, recovery_identities(context)[0], numbers[EAST]


def read_by_another(office: Office) -> Office:
    return replace(office, recipients=(*office.recipients, OTHERS))


def recovered_by_another(office: Office) -> Office:
    return replace(office, recovery=OTHERS)


def answered_by_another(office: Office) -> Office:
    return replace(office, key=SigningKey.generate(WARD).fingerprint)


def changed(change: Callable[[Office], Office]) -> Callable[[Stores], None]:
    def forge(stores: Stores) -> None:
        stores.organisations.replace_offices(
            [WARD], [change(one) for one in stores.organisations.offices(WARD)]
        )

    return forge


def led_elsewhere(stores: Stores) -> None:
    own = stores.organisations.get(EAST)
    other = replace(stores.organisations.get(WARD), code="999998")
    stores.organisations.save(other, replace(own, parent=other.code))


def as_ward(stores: Stores) -> None:
    stores.settings.set("role", "ward")


def without_setup(stores: Stores) -> None:
    stores.settings.remove(f"setup_in_use:{WARD}")


FORGED = {
    "a further mailbox": changed(read_by_another),
    "another's recovery sheet": changed(recovered_by_another),
    "another's signing key": changed(answered_by_another),
    "another office": led_elsewhere,
    "no signed setup": without_setup,
    "an office that looks like a district": as_ward,
}


def test_an_old_copy_of_a_district_shows_the_digits_of_its_slip_and_is_restored(
    begun: World, tmp_path: Path
) -> None:
    copy, sheet, digits = older_copy(begun)
    with pytest.raises(CopyUnproven) as asked:
        restore(copy, tmp_path / "new", sheet, KEY_FILE, begun.clock)
    assert asked.value.number == digits
    assert "電話して、今の確認番号を聞いてください" in asked.value.message
    assert restore(copy, tmp_path / "new", sheet, KEY_FILE, begun.clock, compared=digits).org == EAST


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_copy_that_would_let_somebody_else_read_the_reports_shows_no_digits(
    begun: World, tmp_path: Path, forge: Callable[[Stores], None]
) -> None:
    with begun.east.context.database.transaction() as stores:
        forge(stores)
    copy, sheet, digits = older_copy(begun)
    with pytest.raises(ShakyoError) as refused:
        restore(copy, tmp_path / "new", sheet, KEY_FILE, begun.clock, compared=digits)
    assert refused.value.code == "copy.forged"
    assert not list((tmp_path / "new").glob("*"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE organisations SET kind = 'x'",
        "UPDATE offices SET recipients = 'x'",
        "UPDATE organisations SET name = X'ff'",
        "UPDATE setups SET created_at = 'x'",
    ],
)
def test_a_copy_of_a_store_that_no_program_wrote_is_refused_in_words(
    begun: World, tmp_path: Path, change: str
) -> None:
    key, folder = begun.east.context.database.key, begun.root / "east"
    copy, sheet, _digits = older_copy(begun)
    begun.close("east")
    with single(folder / DATABASE_FILE, key) as connection:
        connection.execute(change)
    slots, label = (json.loads(parts_of(copy)[name]) for name in (SLOTS, LABEL))
    with copy.open("wb") as out:
        write_copy(out, folder / DATABASE_FILE, json.dumps(slots).encode(), key, label["made_at"], "0.2.0")
    as_older(copy, copy)
    with pytest.raises(ShakyoError, match="こわれて"):
        restore(copy, tmp_path / "new", sheet, KEY_FILE, begun.clock)
