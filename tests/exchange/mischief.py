"""Changes below any layer of a package, every layer above made good again: listed, signed, sealed anew."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import Entry, container_parts, read_container
from shakyo_desktop.exchange.content import PackageContent
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.manifest import write_manifest
from shakyo_desktop.exchange.sealing import seal, unseal
from shakyo_desktop.exchange.signature import sign_manifest
from tests.exchange import making, making_wards, people

Entries = dict[str, bytes]
Change = Callable[[Entries], Entries]
BOXES = (people.WARD_BOX, people.DISTRICT_BOX, people.CITY_BOX)


def entries_in(data: bytes) -> Entries:
    """Every entry of a package that the ward, the district or the city can open."""
    identities = [box.identity for box in BOXES]
    plain = memoryview(data) if data.startswith(b"PK") else unseal(BytesIO(data), identities)
    return {name: bytes(part) for name, part in read_container(plain).items()}


@cache
def _good(kind: str) -> Entries:
    module = making_wards if kind == "ward_report" else making
    content: PackageContent = getattr(module, f"{kind}_content")()
    return entries_in(making.built(content))


def good_entries(kind: str) -> Entries:
    return dict(_good(kind))


def packed(entries: Entries) -> bytes:
    """The container of these entries."""
    ordered = sorted(entries, key=names.order_key)
    return b"".join(
        container_parts(
            [Entry(name, len(entries[name]), lambda name=name: entries[name]) for name in ordered]
        )
    )


def sealed(plain: bytes, *recipients: str) -> bytes:
    out = BytesIO()
    seal(iter([plain]), recipients or tuple(box.recipient for box in BOXES), out)
    return out.getvalue()


@dataclass(frozen=True)
class Forger:
    """Makes a package of changed entries; whatever is not changed on purpose is right."""

    kind: str = "report"
    signer: SigningKey | None = None
    signed_at: datetime = people.MADE

    @property
    def key(self) -> SigningKey:
        return self.signer or (people.DISTRICT_KEY if self.kind == "report" else people.WARD_KEY)

    def signed(self, entries: Entries) -> Entries:
        """The entries with a manifest and a signature that fit them."""
        listed = {
            name: data for name, data in entries.items() if not name.startswith(("META-INF", "mimetype"))
        }
        digests = {
            name: hashlib.sha256(listed[name]).digest() for name in sorted(listed, key=names.order_key)
        }
        return self.signed_manifest(entries, write_manifest(digests))

    def signed_manifest(self, entries: Entries, manifest: bytes) -> Entries:
        """The entries with this manifest and a signature that fits it."""
        signature = sign_manifest(manifest, self.key, self.signed_at)
        return entries | {names.MANIFEST: manifest, names.SIGNATURE: signature}

    def finished(self, entries: Entries) -> bytes:
        """The container of the entries as they are, sealed unless it is a setup's."""
        plain = packed(entries)
        return plain if self.kind == "setup" else sealed(plain)

    def package(self, change: Change) -> bytes:
        """A package whose unsigned entries were changed before it was signed."""
        return self.finished(self.signed(change(good_entries(self.kind))))

    def with_info(self, **changes: Any) -> bytes:
        """package.json with these fields; a dotted name reaches inside, None as a callable removes."""
        return self.package(lambda entries: entries | {names.PACKAGE_INFO: info_with(entries, **changes)})

    def with_raw_info(self, data: bytes) -> bytes:
        return self.package(lambda entries: entries | {names.PACKAGE_INFO: data})

    def with_table(self, table: str, data: bytes, *, counted: int | None = None) -> bytes:
        """One table with other bytes; the count in package.json fits unless it is given."""
        count = data.count(b"\n") if counted is None else counted

        def change(entries: Entries) -> Entries:
            counts = json.loads(entries[names.PACKAGE_INFO])["counts"] | {table: count}
            changed = entries | {names.table_entry(table): data}
            return changed | {names.PACKAGE_INFO: info_with(entries, counts=counts)}

        return self.package(change)

    def with_row(self, table: str, /, **changes: Any) -> bytes:
        """The first line of a table with other fields; REMOVED takes one away."""
        rows = good_entries(self.kind)[names.table_entry(table)].splitlines()
        row = {**json.loads(rows[0]), **changes}
        rows[0] = line({name: value for name, value in row.items() if value is not REMOVED})
        return self.with_table(table, b"".join(one + b"\n" for one in rows))


REMOVED = object()


def info_with(entries: Entries, **changes: Any) -> bytes:
    """package.json of the entries with these fields; ``sender_org`` reaches into ``sender``."""
    info = json.loads(entries[names.PACKAGE_INFO])
    for name, value in changes.items():
        outer, _, inner = name.partition("__")
        holder, last = (info[outer], inner) if inner else (info, outer)
        if value is REMOVED:
            del holder[last]
        else:
            holder[last] = value
    return line(info) + b"\n"


def line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
