"""What a store that came from a copy does not know yet, said until a person has put it aside."""

from datetime import datetime

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.services.context import ServiceContext

RESTORED = "restored"
_TOLD = "restored_told"


def restored_notice(context: ServiceContext) -> str:
    """The words, or "" when the store was never restored or the notice was put aside."""
    with context.database.reading() as stores:
        known = stores.settings.some(RESTORED, _TOLD, "role")
    restored = known.get(RESTORED)
    if restored is None or known.get(_TOLD) == restored["at"]:
        return ""
    made_at = era_timestamp(datetime.fromisoformat(restored["made_at"]))
    return missing_words(made_at, OrganisationKind(known["role"]))


def missing_words(made_at: str, role: OrganisationKind) -> str:
    """What is missing in a store restored from a copy of that moment, and what to do about it."""
    if role is OrganisationKind.DISTRICT:
        return (
            f"{made_at}の控えから戻しました。そのあとに書いたこと、出した報告、新しい返事は入っていません。\n"
            "次の提出は、事務所が送付票の確認番号を確かめるまで保留になります。そのあとの返事で、足りないところが届きます。"
        )
    own = "市" if role is OrganisationKind.CITY else "区"
    return (
        f"{made_at}の控えから戻しました。そのあとに書いたことと、届いたファイルは入っていません。\n"
        "そのあとに届いた提出ファイルを、もう一度受け取ってください。同じファイルを2回受け取っても、数は増えません。\n"
        "そのあとに止めた登録や外したパソコンは、前のとおりに戻っています。もう一度、止めるか外してください。\n"
        f"前のパソコンを盗まれたときは、「{own}の設定」の「{own}の鍵」を開き、すぐに鍵を替えてください。"
    )


def put_notice_aside(context: ServiceContext) -> None:
    """Say it no more, until the store is restored another time."""
    with context.database.transaction(marks=False) as stores:
        restored = stores.settings.get(RESTORED)
        if restored is not None:
            stores.settings.set(_TOLD, restored["at"])
