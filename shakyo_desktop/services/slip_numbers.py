"""The numbers on an office's slips, worked out once and remembered: each takes 0.3 s and 128 MiB."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from shakyo_desktop.domain.errors import Cancelled, NotFound
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import check_number
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import OwnKeys, own_keys
from shakyo_desktop.storage.stores import Stores

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]
SlipNumber = tuple[str, str, str]
"""Code, name and 12 digits."""

_NUMBERS = "slip_numbers"
_WORKERS = 2


def slip_numbers(
    context: ServiceContext,
    orgs: Iterable[str] | None = None,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> tuple[SlipNumber, ...]:
    """The numbers of those who report to this office, or of some of them, by code.

    Raises:
        NotFound: an organisation does not report to this office.
        Cancelled: nothing was stored.
    """
    with context.database.reading() as stores:
        members = _members(stores, orgs)
        keys = own_keys(stores)
        identity = f"{keys.signing.fingerprint}/{keys.mailbox.recipient}"
        known: dict[str, str] = stores.settings.get(_NUMBERS, {}).get(identity, {})
    missing = [member.code for member in members if member.code not in known]
    if missing:
        known = known | _work_out(keys, missing, progress, cancelled)
        with context.database.transaction() as stores:
            stores.settings.set(_NUMBERS, {identity: known})
    return tuple((member.code, member.name, known[member.code]) for member in members)


def _members(stores: Stores, orgs: Iterable[str] | None) -> tuple[Organisation, ...]:
    active = stores.organisations.all(parent=str(stores.settings.get("org")), active_only=True)
    if orgs is None:
        return active
    wanted = set(orgs)
    if unknown := wanted - {org.code for org in active}:
        raise NotFound(
            f"{'、'.join(sorted(unknown))} は、この事務所に報告する地区部会ではありません。\n"
            "何も変えていません。名簿を確かめてください。"
        )
    return tuple(org for org in active if org.code in wanted)


def _work_out(
    keys: OwnKeys, orgs: list[str], progress: Progress | None, cancelled: IsCancelled | None
) -> dict[str, str]:
    """The numbers of these organisations, two at a time."""
    certificate, recipient = keys.signing.certificate, keys.mailbox.recipient
    found: dict[str, str] = {}

    def number(org: str) -> str:
        if cancelled is not None and cancelled():
            raise Cancelled("中止しました。何も変わっていません。")
        return check_number(certificate, recipient, org)

    with ThreadPoolExecutor(_WORKERS) as pool:
        for org, digits in zip(orgs, pool.map(number, orgs), strict=True):
            found[org] = digits
            if progress is not None:
                progress(len(found), len(orgs))
    return found
