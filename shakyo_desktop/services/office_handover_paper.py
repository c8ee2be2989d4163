"""An office's 引継書: its keys and its store stay on its computer, what changes is the person."""

import io
from collections.abc import Iterator

from shakyo_desktop.documents.pdf.handover_book import (
    BookRequest,
    BookYear,
    HandoverBookData,
    make_handover_book,
)
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.freezing import own_organisation
from shakyo_desktop.services.handover_facts import calendar_ahead, newest_copy
from shakyo_desktop.services.key_states import PENDING_CODES
from shakyo_desktop.services.open_requests import open_requests_of
from shakyo_desktop.services.overview import DistrictRow, overview_of
from shakyo_desktop.services.pending_keys import pending_keys
from shakyo_desktop.storage.stores import Stores

_STEPS = (
    "このパソコンの開き方（合い言葉など）を、次の担当者に手渡しで伝えます。",
    "次の担当者が「設定・控え」の「文字とお名前」で、自分のお名前に変えます。",
    "合い言葉で開いているときは、「データの守り」で新しい合い言葉に変えます。",
    "復旧シート（紙）が、かぎのかかる所にあることを2人で確かめます。",
    "「控え」で控えを作り、パソコンとは別の場所にしまいます。",
)
_NOTE = (
    "事務所の登録はこのパソコンのデータの中にあり、担当者が代わっても変わりません。"
    "地区部会に設定ファイルを配り直す必要はありません。"
)


def office_handover_book(context: ServiceContext, stores: Stores) -> bytes:
    """The book of a ward's or the city's office as a PDF."""
    own, today = own_organisation(stores), context.today()
    current = fiscal_year_of(today)
    years = [_year(context, stores, year) for year in (current - 1, current)]
    data = HandoverBookData(
        org_code=own.code,
        org_name=own.name,
        role="事務所",
        signer="確認した人",
        predecessor=str(stores.settings.get("person_name", "")),
        day=today,
        made_at=context.now(),
        steps=_STEPS,
        note=_NOTE,
        years=tuple(one for one in years if one.items or one.fiscal_year == current),
        places=(
            ("事務所の電話", own.telephone),
            ("データのフォルダー", str(context.data_dir)),
            ("いちばん新しい控え", newest_copy(context, stores)),
            ("控えの置き場所", ""),
            ("復旧シートの置き場所", ""),
        ),
        calendar=calendar_ahead(stores, today),
        practice=bool(stores.settings.get("practice", False)),
    )
    out = io.BytesIO()
    make_handover_book(data, out)
    return out.getvalue()


def _year(context: ServiceContext, stores: Stores, year: int) -> BookYear:
    today = context.today()
    rows = overview_of(stores, year, today)
    names = {row.org: row.name for row in rows}
    is_current = year == fiscal_year_of(today)
    begun = is_current or any(row.package_id for row in rows)
    waiting = tuple(_waiting(context, stores)) if is_current else ()
    requests = open_requests_of(stores, year, today)
    return BookYear(
        fiscal_year=year,
        facts=tuple(_facts(stores, rows, year)),
        points=(*waiting, *_points(rows)),
        requests=tuple(
            BookRequest(where=f"{names.get(one.org, one.org)}　{one.where}", text=one.text, due=one.due)
            for one in requests
        ),
        items=tuple(_item(row) for row in rows) if begun else (),
        columns=("出すところ", "状況", "期限"),
        list_title="受付状況",
    )


def _item(row: DistrictRow) -> tuple[str, str, str]:
    return row.name, row.desk.label, era_date(row.due) if row.due else "－"


def _facts(stores: Stores, rows: tuple[DistrictRow, ...], year: int) -> Iterator[tuple[str, str]]:
    received = sum(1 for row in rows if row.package_id)
    accepted = sum(1 for row in rows if row.state is ReportState.ACCEPTED)
    yield "受け取った報告", f"{len(rows)}のうち{received}（確定 {accepted}）"
    own = str(stores.settings.get("org"))
    for plan in stores.plans.for_year(year):
        versions = stores.compilations.versions(own, plan.id, year)
        newest = max(versions, key=lambda one: one.version, default=None)
        state = "検証済み" if newest and newest.approved else "検証はまだ"
        yield "取りまとめ", f"{plan.name}　{f'第{newest.version}版（{state}）' if newest else 'まだ'}"


def _points(rows: tuple[DistrictRow, ...]) -> Iterator[str]:
    unread = [row.name for row in rows if row.state is ReportState.RECEIVED]
    if unread:
        yield f"確かめていない報告が{len(unread)}件あります（{'、'.join(unread)}）。"
    ready = [row.name for row in rows if row.state in _ANSWERED and not row.answer_written]
    if ready:
        yield f"渡していない返事が{len(ready)}件あります（{'、'.join(ready)}）。"


def _waiting(context: ServiceContext, stores: Stores) -> Iterator[str]:
    keys = pending_keys(stores, context.today())
    if keys:
        names = "、".join(one.org_name for one in keys)
        yield f"登録を待っているパソコンが{len(keys)}台あります（{names}）。"
    others = sum(1 for one in stores.held.all() if one.code not in PENDING_CODES)
    if others:
        yield f"どちらを使うか決めていない報告が{others}件あります。"


_ANSWERED = (ReportState.REQUESTED, ReportState.ACCEPTED)
