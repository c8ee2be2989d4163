"""A new recovery sheet when the paper was lost or seen: made, typed back, and only then in use.

Both papers open the store while one takes the other's place; what the store itself says decides which stays.

What was sealed before still opens with the old identity, which the store keeps. The old paper opens this
store no more; copies (控え) that were made before keep their own slots and open with it for ever.
"""

from contextlib import suppress

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import NotSaved, WrongNumber
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import (
    RECOVERY,
    RecoverySheet,
    keep_mailbox,
    make_sheet,
    settle_sheets,
)
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage import key_slots

_NO_MATCH = (
    "新しい復旧シートの文字と合いません。前の復旧シートが、今も使えます。\n"
    "新しい紙と1字ずつ見くらべて、もう一度入力してください。"
)
_NOT_USED = (
    "新しい復旧シートに替えられませんでした。前の復旧シートが、今も使えます。\n"
    "ディスクの空きを増やしてから、もう一度「新しい紙に替える」を押してください。"
)
_BOTH_OPEN = (
    "新しい復旧シートを使い始めましたが、前の復旧シートでも、まだ開きます。\n"
    "ディスクの空きを増やしてから、このプログラムを一度閉じて、もう一度開いてください。前の紙では開かなくなります。"
)


def new_sheet(context: ServiceContext) -> RecoverySheet:
    """The sheet of a new identity; nothing is kept of it before ``use_sheet``."""
    with context.database.reading() as stores:
        own = stores.organisations.get(str(stores.settings.get("org")))
    return make_sheet(own, Mailbox.generate(), context.now())


def use_sheet(context: ServiceContext, sheet: RecoverySheet, typed: str) -> None:
    """Put a new sheet in the place of the old one, once its text was typed back.

    An office's next setup names the new recovery recipient to everybody.

    Raises:
        WrongNumber: what was typed is not its text; the old sheet stays good.
        BadInput: what was typed is no identity at all; the old sheet stays good.
        NotSaved: the store or its folder cannot be written; says which sheets are good.
    """
    if Mailbox.from_identity(typed).identity != sheet.text:
        raise WrongNumber(_NO_MATCH)
    made = Mailbox(sheet.text)
    try:
        key_slots.add_recovery(context.data_dir, context.database.key, made.recipient, beside=True)
        is_office = _keep(context, made)
    except NotSaved as error:
        with suppress(NotSaved):  # the next start closes what cannot be closed now
            settle_sheets(context)
        raise NotSaved(_NOT_USED) from error
    try:
        settle_sheets(context)
    except NotSaved as error:
        raise NotSaved(_BOTH_OPEN) from error
    finally:
        if is_office:
            SetupService(context).spread()


def _keep(context: ServiceContext, made: Mailbox) -> bool:
    """Put the new identity in the place of the old one; returns whether this is an office."""
    now = context.now()
    with context.database.transaction() as stores:
        in_use = stores.keys.own(RECOVERY)
        for old in in_use:
            if old.public != made.recipient:
                stores.keys.retire_own(old.public, now)
        if made.recipient not in {one.public for one in in_use}:  # else it was pressed again
            keep_mailbox(stores, made, RECOVERY, str(stores.settings.get("org")), now)
        stores.settings.set("recovery_confirmed_at", now.isoformat())
        return bool(stores.settings.get("role") != OrganisationKind.DISTRICT.value)
