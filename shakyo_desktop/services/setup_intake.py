"""Taking a setup in: at the first start, later from the same office, or after the office's key changed."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.keeping import Setup
from shakyo_desktop.domain.organisations import Office
from shakyo_desktop.domain.refusals import refusal_message
from shakyo_desktop.exchange.opened import OpenedPackage
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.setup_files import SetupFile, open_setup, typed_digits, wrong_number
from shakyo_desktop.storage.stores import Stores

_IN_USE = "setup_in_use"


class SetupResult(StrEnum):
    """What became of a setup."""

    REPLACED = "replaced"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class SetupOutcome:
    """What became of a setup, and the serial that is in use now."""

    result: SetupResult
    serial: int


def current_setup(stores: Stores, office: str) -> Setup | None:
    """The setup of an office that is in use here: its own newest one, or the last one taken in."""
    manifest = stores.settings.get(f"{_IN_USE}:{office}")
    return next((setup for setup in stores.setups.all(office) if setup.manifest == manifest), None)


def current_serial(stores: Stores, office: str) -> int:
    """The serial of the setup in use, 0 before there is one; ``setup_serial`` of packages."""
    setup = current_setup(stores, office)
    return setup.serial if setup else 0


def apply_setup(stores: Stores, opened: OpenedPackage, data: bytes, at: datetime) -> SetupOutcome:
    """Take in a later setup of the pinned office, inside the caller's transaction.

    Args:
        opened: the setup as the reader returned it, from a file or from inside an answer.
        data: the setup's file, byte for byte.
        at: now (UTC).

    Raises:
        PackageRefused: ``setup.other_key`` when another key signed it, ``bind.recipient`` when this
            organisation is not (or no longer) in it.
    """
    content = _content(opened)
    office = opened.info.sender.org
    pinned = {row.key for row in stores.organisations.offices(office)}
    if opened.info.sender.key not in pinned:
        raise _refused("setup.other_key")
    check_is_for_us(stores, content, office)
    serial = current_serial(stores, office)
    if opened.info.setup_serial <= serial:
        return SetupOutcome(SetupResult.KNOWN, serial)
    keep_setup(stores, SetupFile(opened, content, data), at)
    return SetupOutcome(SetupResult.REPLACED, opened.info.setup_serial)


def check_is_for_us(stores: Stores, content: SetupContent, office: str) -> None:
    """A setup is for those who report to its office.

    Raises:
        PackageRefused: ``bind.recipient`` when this organisation is not (or no longer) among them.
    """
    own = stores.settings.get("org")
    if not any(org.code == own and org.parent == office for org in content.organisations):
        raise _refused("bind.recipient")


def accept_new_office_key(context: ServiceContext, data: bytes, typed_number: str) -> SetupOutcome:
    """「事務所の鍵が変わりました」: pin the key of a setup whose number was typed from a new slip.

    A ward joins its city the same way. The old key stays good for nothing new.

    Raises:
        WrongNumber: the number is not the one of this file for this organisation; nothing changes.
        PackageRefused: the file breaks a rule, or this organisation is not in it.
    """
    digits = typed_digits(typed_number)
    setup = open_setup(data, context.now())
    with context.database.reading() as stores:
        own = str(stores.settings.get("org"))
        check_is_for_us(stores, setup.content, setup.office.code)
    if setup.number_for(own) != digits:
        raise wrong_number()
    with context.database.transaction() as stores:
        keep_setup(stores, setup, context.now())
        if stores.settings.get("role") != OrganisationKind.CITY.value:
            stores.settings.set("office", setup.office.code)
    return SetupOutcome(SetupResult.REPLACED, setup.opened.info.setup_serial)


def keep_setup(stores: Stores, setup: SetupFile, at: datetime) -> None:
    """Store what a setup says: who there is, the plans, the dates, the office's keys, and the file itself."""
    info, office = setup.opened.info, setup.office.code
    _keep_organisations(stores, setup)
    known = {plan.id: plan for plan in stores.plans.all()}
    stores.plans.save_all([plan for plan in setup.content.plans if known.get(plan.id) != plan], at)
    if stores.settings.get("role") == OrganisationKind.DISTRICT.value:
        stores.organisations.replace_schedule(setup.content.schedule)
    of_offices = {office, *(row.org for row in setup.content.offices)}
    stores.organisations.replace_offices(of_offices, setup.content.offices)
    kept = Setup(
        manifest=setup.opened.manifest,
        org=office,
        key=info.sender.key,
        serial=info.setup_serial,
        created_at=info.created,
        stored_at=at,
    )
    note_setup(stores, kept, setup.data)


def note_setup(stores: Stores, setup: Setup, data: bytes) -> None:
    """Keep a setup's file and make it the one in use."""
    stores.setups.add(setup, data)
    stores.settings.set(f"{_IN_USE}:{setup.org}", setup.manifest)


def _keep_organisations(stores: Stores, setup: SetupFile) -> None:
    """A setup has no telephone numbers but the office's: what a ward typed into its own roster stays."""
    telephones = {row.org: row.telephone for row in setup.content.offices}
    own = stores.settings.get("org")
    is_district = stores.settings.get("role") == OrganisationKind.DISTRICT.value
    before = {org.code: org for org in stores.organisations.all()}
    kept = []
    for org in setup.content.organisations:
        known = before.get(org.code)
        if known is not None and not is_district:
            # A ward founded by hand learns here which city it belongs to.
            parent = org.parent if org.code == own else known.parent
            org = replace(known, name=known.name if org.code == own else org.name, parent=parent)
        kept.append(replace(org, telephone=telephones.get(org.code, org.telephone)))
    stores.organisations.save(*kept)


def _content(opened: OpenedPackage) -> SetupContent:
    if not isinstance(opened.content, SetupContent):
        raise ValueError("not a setup")
    return opened.content


def _refused(code: str) -> PackageRefused:
    return PackageRefused(code, message=refusal_message(code))


def pinned_offices(stores: Stores) -> tuple[Office, ...]:
    """The keys and recipients of the office this installation reports to; empty before it has one."""
    office = stores.settings.get("office")
    return stores.organisations.offices(office) if office else ()
