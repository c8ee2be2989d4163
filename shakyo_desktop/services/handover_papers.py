"""The papers of a handover: 引継書 and the page with the 合い言葉."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.organisations import Organisation, parent_code
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.freezing import own_organisation
from shakyo_desktop.services.handover_facts import calendar_ahead, newest_copy
from shakyo_desktop.services.open_work import Left, YearState, years_left
from shakyo_desktop.services.papers import by_id, office_name, request_words, telephone_of
from shakyo_desktop.services.replies import requests_to_answer
from shakyo_desktop.services.succession import last_handover
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.handover_book import BookRequest, BookYear

_FILE_LATER = "　　　　　　　　　　　　"
_NOTE = (
    "確認番号は、新しいパソコンからの提出がほんものかを事務所が確かめる12けたの数字で、送付票に印刷されます。"
    "事務所がこの番号を入力するまで、新しい担当者の報告は事務所で受け取りを待ちます。"
)


def code_page(context: ServiceContext, stores: Stores, file_name: str, code: str) -> bytes:
    """The page that opens the copy ``file_name``."""
    from shakyo_desktop.documents.pdf.handover_code import HandoverCodeData, make_handover_code

    own = own_organisation(stores)
    out = io.BytesIO()
    data = HandoverCodeData(
        org_code=own.code, org_name=own.name, file_name=file_name, code=code, made_at=context.now()
    )
    make_handover_code(data, out)
    return out.getvalue()


def handover_book(context: ServiceContext, stores: Stores) -> bytes:
    """A district's 引継書."""
    from shakyo_desktop.documents.pdf.handover_book import HandoverBookData, make_handover_book

    own, today = own_organisation(stores), context.today()
    years = years_left(context, stores, fiscal_year_of(today))
    data = HandoverBookData(
        org_code=own.code,
        org_name=own.name,
        role=OrganisationKind.DISTRICT.label,
        signer="部会長",
        predecessor=str(stores.settings.get("person_name", "")),
        day=today,
        made_at=context.now(),
        steps=_steps(stores),
        note=_NOTE,
        years=tuple(_year(stores, own, year) for year in years),
        places=_places(context, stores, own),
        calendar=calendar_ahead(stores, today),
        practice=bool(stores.settings.get("practice", False)),
    )
    out = io.BytesIO()
    make_handover_book(data, out)
    return out.getvalue()


def _steps(stores: Stores) -> tuple[str, ...]:
    made = last_handover(stores)
    return (
        "次に使うパソコンでプログラムを開き、はじめの画面で「前の担当者から引き継ぐ」を押します。",
        f"USBメモリを差して、ファイル「{made.file_name if made else _FILE_LATER}」を選びます。",
        "別に受け取った紙「引継ぎの合い言葉」を見て、24けたの数字を入力します。",
        "お名前とデータの守り方を決め、新しい復旧シートを印刷して、しまいます。",
        "次に提出するとき、送付票の確認番号を事務所に見てもらい、「前の登録を終わる」を選んでもらいます。",
    )


def _year(stores: Stores, own: Organisation, state: YearState) -> "BookYear":
    from shakyo_desktop.documents.pdf.handover_book import BookYear

    return BookYear(
        fiscal_year=state.fiscal_year,
        facts=tuple(_facts(state)),
        points=tuple(one.words for one in state.points if one.kind is not Left.REQUESTS),
        requests=tuple(_requests(stores, own, state.fiscal_year)),
        items=tuple((one.name, one.state, one.reported) for one in state.items),
    )


def _facts(state: YearState) -> Iterable[tuple[str, str]]:
    last, reply = state.last, state.reply
    if last is None:
        yield "最後の提出", "まだ提出していません"
    else:
        yield "最後の提出", f"{era_timestamp(last.frozen_at)}　第{last.revision}版（{last.stage.label}）"
    if reply is not None:
        yield "事務所の返事", f"{reply.result.label}　受付番号 {reply.receipt_no}"
    elif last is not None:
        yield "事務所の返事", "まだ届いていません"


def _requests(stores: Stores, own: Organisation, fiscal_year: int) -> Iterable["BookRequest"]:
    from shakyo_desktop.documents.pdf.handover_book import BookRequest

    plans = {plan.id: plan for plan in stores.plans.all()}
    records = by_id(stores.records.year(own.code, fiscal_year))
    for request in requests_to_answer(stores, own.code, fiscal_year):
        parts = request_words(request, records.get(request.record_id), plans)
        where = "　".join(part for part in parts if part) or "報告の全体"
        yield BookRequest(where=where, text=request.text, due=request.due)


def _places(context: ServiceContext, stores: Stores, own: Organisation) -> tuple[tuple[str, str], ...]:
    office = own.parent or parent_code(own.code)
    made = last_handover(stores)
    telephone = telephone_of(stores, office)
    return (
        ("区事務所", "　".join(part for part in (office_name(stores, own), telephone) if part)),
        ("データのフォルダー", f"{context.data_dir}（前の担当者のパソコン）"),
        ("いちばん新しい控え", newest_copy(context, stores)),
        ("引継ぎのファイル", f"{made.file_name}（{era_timestamp(made.at)}）" if made else ""),
        ("USBメモリの置き場所", ""),
        ("復旧シートの置き場所", ""),
    )
