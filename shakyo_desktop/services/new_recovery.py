"""A new recovery sheet when the paper was lost or seen: made, typed back, and only then in use.

What was sealed before still opens with the old identity, which the store keeps. The old paper opens this
store no more; copies (控え) that were made before keep their own slots and open with it for ever.
"""

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import WrongNumber
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import RECOVERY, RecoverySheet, keep_mailbox, make_sheet
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage import key_slots

_NO_MATCH = (
    "新しい復旧シートの文字と合いません。前の復旧シートが、今も使えます。\n"
    "新しい紙と1字ずつ見くらべて、もう一度入力してください。"
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
        NotSaved: the store's folder cannot be written; the old sheet stays good.
    """
    if Mailbox.from_identity(typed).identity != sheet.text:
        raise WrongNumber(_NO_MATCH)
    made, now = Mailbox(sheet.text), context.now()
    with context.database.transaction() as stores:
        for old in stores.keys.own(RECOVERY):
            stores.keys.retire_own(old.public, now)
        keep_mailbox(stores, made, RECOVERY, str(stores.settings.get("org")), now)
        stores.settings.set("recovery_confirmed_at", now.isoformat())
        # Last, so that a folder that cannot be written leaves everything as it was.
        key_slots.add_recovery(context.data_dir, context.database.key, made.recipient)
        is_office = stores.settings.get("role") != OrganisationKind.DISTRICT.value
    if is_office:
        SetupService(context).spread()
