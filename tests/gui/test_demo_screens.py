"""The demonstration's pictures: one of each main screen, as large as a small laptop's, none of them blank."""

from pathlib import Path

from PySide6.QtGui import QImage

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.gui.demo_screens import DISTRICT, WARD, draw_screens
from shakyo_desktop.services.founding import found_practice
from tests.gui.loop_world import moment


def test_every_main_screen_is_drawn(qapp: object, tmp_path: Path) -> None:
    stores = []
    for role in (OrganisationKind.WARD, OrganisationKind.DISTRICT):
        found_practice(tmp_path / role.value, role, moment)
        stores.append(open_services(tmp_path / role.value, clock=moment))
    drawn = draw_screens(stores[0], stores[1], tmp_path / "screens")
    for services in stores:
        services.settings.identity()
        services.close()
    assert [path.name[3:-4] for path in drawn[: len(DISTRICT) + len(WARD)]] == [*DISTRICT, *WARD]
    for path in drawn:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1366, 688)
        assert len({picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 688, 7)}) > 8
