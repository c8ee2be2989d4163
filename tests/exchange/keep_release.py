"""Keeps a package of each type as this version writes it, once per release.

``python -m tests.exchange.keep_release``

The keys are made for this and used for nothing else.
"""

from pathlib import Path

from shakyo_desktop import __version__
from tests.exchange.making import answer_content, built, report_content, setup_content
from tests.exchange.making_wards import ward_report_content
from tests.exchange.people import CITY_RECOVERY, DISTRICT_BOX, RECOVERY

RELEASES = Path(__file__).parent / "releases"


def main() -> None:
    folder = RELEASES / __version__
    folder.mkdir(parents=True)
    (folder / "setup.shakyo").write_bytes(built(setup_content()))
    (folder / "report.shakyo").write_bytes(built(report_content(app_version=__version__)))
    (folder / "answer.shakyo").write_bytes(built(answer_content(app_version=__version__)))
    (folder / "ward_report.shakyo").write_bytes(built(ward_report_content(app_version=__version__)))
    identities = (RECOVERY, DISTRICT_BOX, CITY_RECOVERY)
    (folder / "identities.txt").write_text("".join(f"{one.identity}\n" for one in identities))


if __name__ == "__main__":
    main()
