"""Whose a copy (控え) is, where nothing in it proves that: shown, for a person to compare with the paper.

That is a copy of an earlier version, or one of a store that does not know the letters of its own sheet.
Somebody else's looks the same when it says that it is an old one (docs/adr/0021).
"""

from datetime import datetime

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import CopyUnproven, ShakyoError
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.domain.organisations import Office, Organisation
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange.keys import check_number, read_check_number
from shakyo_desktop.services.copy_file import damaged_copy, forged_copy
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.roster_list import NAME_LENGTH
from shakyo_desktop.services.setup_files import SetupFile, open_setup
from shakyo_desktop.services.setup_intake import current_setup
from shakyo_desktop.storage.codec import MALFORMED
from shakyo_desktop.storage.stores import Stores

_WORDS = (
    "この控えがだれの作ったものか、このプログラムでは確かめられません。まだ何も変えていません。\n"
    "前の版のプログラムで作った控えは、いつもこうなります。ほかの人が作ったものも、同じように見えます。\n"
    "下のことを、手もとの紙と見くらべてください。"
)
_WARNING = "1つでも違うときや、だれのUSBメモリか分からないときは、使わないでください。"
_WARNING_OF_DISTRICT = (
    "紙がないときや番号が違うときは、ご存じの番号で区事務所に電話して、今の確認番号を聞いてください。\n"
    "それでも違うときや、だれのUSBメモリか分からないときは、使わないでください。"
)
"""Its slip may be lost, or older than the office's key."""
_SLIP = "「はじめの設定の控え」の紙の確認番号"
_OWN = "この事務所の確認番号（市への送付票にあります）"


def expect_compared(stores: Stores, made_at: datetime, compared: str | None) -> None:
    """Return when a person has compared this copy's number with the paper.

    Args:
        compared: the number that was shown and found on the paper; None when nobody was asked yet.

    Raises:
        CopyUnproven: nobody has, or it is another number; says what to compare.
        FileUnreadable: what is shown of it is not in the form of a store, or what a district's copy says of
            its office is not what the office signed (``copy.forged``).
    """
    try:
        words, digits = _said(stores, made_at)
    except MALFORMED as error:
        raise damaged_copy() from error
    if compared is None or (read_check_number(compared) or "") not in digits:
        raise CopyUnproven(words, digits[0])


def _said(stores: Stores, made_at: datetime) -> tuple[str, list[str]]:
    """What to compare, in words, and the digits in it; one "" when there are none."""
    own = stores.organisations.get(str(stores.settings.get("org")))
    if stores.settings.get("role") != own.kind.value:  # an office must not show a district's digits
        raise forged_copy()
    numbers = _numbers(stores, own, made_at)
    lines = (
        f"だれの控えか: {_line(own.name)}（{_line(own.code)}）",
        *(f"{paper}: {show_check_number(number)}" for paper, number in numbers),
        f"控えを作った日時: {era_timestamp(made_at)}",
        f"いちばん新しい報告: {_day(_newest_report(stores))}",
        f"いちばん新しい返事: {_day(_newest_answer(stores))}",
    )
    warning = _WARNING_OF_DISTRICT if own.kind is OrganisationKind.DISTRICT else _WARNING
    words = "\n".join((_WORDS, "", *lines, "", warning))
    return words, [number for _paper, number in numbers] or [""]


def _numbers(stores: Stores, own: Organisation, made_at: datetime) -> list[tuple[str, str]]:
    """Papers and the 12 digits on them: of an office's own key, which no stranger has, or of the office a
    district will report to.
    """
    if own.kind is OrganisationKind.DISTRICT:
        setup = _setup_of_district(stores, own, made_at)
        return [(_SLIP, setup.number_for(own.code))] if setup else []
    keys = own_keys(stores)
    papers = [(_OWN, own.code)]
    papers += [
        (f"{_line(one.name)}に渡した{_SLIP}", one.code)
        for one in stores.organisations.all(parent=own.code)[:1]
    ]
    certificate, recipient = keys.signing.certificate, keys.mailbox.recipient
    return [(paper, check_number(certificate, recipient, org)) for paper, org in papers]


def _setup_of_district(stores: Stores, own: Organisation, made_at: datetime) -> SetupFile | None:
    """The signed setup in use; None in a copy that knows no office. The digits stand for its signature, so
    the keys and mailboxes that reports are sealed to must be those in it.

    Raises:
        FileUnreadable: they are not, or it is none (``copy.forged``).
    """
    office = str(stores.settings.get("office", ""))
    kept = current_setup(stores, office)
    if kept is None and not stores.organisations.offices():
        return None
    try:
        setup = open_setup(stores.setups.package(kept.manifest if kept else ""), made_at)
    except ShakyoError as error:
        raise forged_copy() from error
    signed = {_keys(row) for row in setup.content.offices if row.org == office}
    here = {_keys(row) for row in stores.organisations.offices(office)}
    if here != signed or not setup.office.code == office == own.parent:
        raise forged_copy()
    return setup


def _keys(office: Office) -> tuple[object, ...]:
    return office.key, office.certificate, office.recipients, office.recovery


def _line(text: str) -> str:
    """A name as it stands in one line: a stranger's must not look like a line of ours."""
    return repair_text(text, multiline=False)[:NAME_LENGTH]


def _newest_report(stores: Stores) -> datetime | None:
    last = stores.submissions.last()
    return (last.received_at or last.frozen_at) if last else None


def _newest_answer(stores: Stores) -> datetime | None:
    return next((reply.created_at for reply in stores.replies.all()), None)


def _day(moment: datetime | None) -> str:
    return era_timestamp(moment) if moment else "ありません"
