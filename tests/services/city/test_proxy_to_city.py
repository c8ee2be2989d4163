"""A report that the ward keyed for a district travels to the city as what it is: signed by the ward."""

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.services.kept_reports import signed_entries
from tests.services.city.world import CityWorld
from tests.services.loop.test_loop_proxy import reported
from tests.services.loop.world import PLAN, WARD, WEST, YEAR, only


def test_the_city_verifies_what_was_keyed_with_the_wards_certificate_and_sees_that_it_was(joined: CityWorld):
    keyed = reported(joined)
    made = joined.freeze_report()
    joined.receive("city", joined.write_report(made.package_id))
    assert only(joined.approve_ward()) == ("accepted", "")
    with joined.city.context.database.reading() as stores:
        certificate = stores.keys.find(joined.ward.settings.own_keys().key).certificate
        entries = signed_entries(stores, made.manifest)
        compilation = stores.compilations.newest(WARD, PLAN, YEAR)
    sources = {one.org: one for one in compilation.sources}
    assert [org for org, one in sources.items() if one.proxy] == [WEST]
    assert sources[WEST].manifest == keyed.manifest
    folder = f"districts/{WEST}/"
    own = {names.original_name(name): data for name, data in entries.items() if name.startswith(folder)}
    own[names.MIMETYPE] = names.ASICE_TYPE.encode()
    proven = verify_evidence(own, certificate, without_photos=True)
    assert (proven.manifest, proven.info.report.org) == (keyed.manifest, WEST)
