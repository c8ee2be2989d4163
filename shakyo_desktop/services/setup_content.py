"""What an office's setup says, and the signed file it becomes."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shakyo_desktop import __version__
from shakyo_desktop.domain.calendar import REMINDER
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.keeping import Setup
from shakyo_desktop.domain.organisations import Office, Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.exchange.content import PackageContent
from shakyo_desktop.exchange.lines import Tables
from shakyo_desktop.exchange.records import setup_tables
from shakyo_desktop.exchange.writer import build_package
from shakyo_desktop.services.own_keys import OwnKeys, own_keys
from shakyo_desktop.storage.stores import Stores


def setup_of_store(stores: Stores, own: Organisation) -> Tables:
    """The tables of a setup as roster, plans, dates and keys stand now."""
    return setup_of(
        own,
        own_keys(stores),
        stores.organisations.all(),
        stores.plans.all(),
        stores.organisations.full_schedule(),
    )


def setup_of(
    own: Organisation,
    keys: OwnKeys,
    organisations: Iterable[Organisation],
    plans: Iterable[Plan],
    schedule: Iterable[ScheduleEntry],
) -> Tables:
    """The tables of an office's setup: of the organisations only its own family, without their telephones."""
    family = [org for org in organisations if own.code in (org.code, org.parent) or org.code == own.parent]
    codes = {org.code for org in family}
    family = [org if org.parent in codes else replace(org, parent=None) for org in family]
    # When an office reminds is its own affair: changing it makes no setup out of date.
    dates = [entry for entry in schedule if entry.kind != REMINDER]
    return setup_tables(family, plans, dates, own_offices(own, keys))


def own_offices(own: Organisation, keys: OwnKeys) -> tuple[Office, ...]:
    """The rows by which this office is known to those who report to it; two while its key changes.

    Raises:
        NotFound: the office has no recovery identity, to which everything must be sealed too.
    """
    if keys.recovery is None:
        raise NotFound("事務所の復旧シートの情報が見つかりません。「控えから戻す」で始め直してください。")
    pairs = [(keys.signing, (keys.mailbox.recipient, *keys.further))]
    if keys.next is not None:
        pairs.append((keys.next.signing, (keys.next.mailbox.recipient, *keys.further)))
    return tuple(
        Office(
            org=own.code,
            certificate=signing.certificate,
            key=signing.fingerprint,
            recipients=recipients,
            recovery=keys.recovery.recipient,
            telephone=own.telephone,
        )
        for signing, recipients in pairs
    )


def content_digest(tables: Tables) -> str:
    """SHA-256 in hex of what a setup says; the same content has the same digest."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode() + b"\0" + b"".join(tables[name]) + b"\0")
    return digest.hexdigest()


def build_setup(keys: OwnKeys, serial: int, tables: Tables, now: datetime) -> tuple[Setup, bytes]:
    """Sign a setup; returns what is known of it, and its file."""
    content = PackageContent(
        type="setup",
        package_id=new_id(now),
        created_at=now,
        app_version=__version__,
        recipient_org=None,
        recipients=(),
        sender_enc=keys.mailbox.recipient,
        setup_serial=serial,
        seq=0,
        prev=None,
        tables=tables,
    )
    out = io.BytesIO()
    built = build_package(content, keys.signing, out)
    setup = Setup(
        manifest=built.manifest,
        org=keys.signing.org,
        key=keys.signing.fingerprint,
        serial=serial,
        created_at=now,
        stored_at=now,
    )
    return setup, out.getvalue()
