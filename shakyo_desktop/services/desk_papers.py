"""The papers of the ward's desk: letters that ask districts for what is missing, and the list itself."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.services.open_requests import OpenRequest, open_requests_of
from shakyo_desktop.services.overview import DistrictRow, overview_of
from shakyo_desktop.services.registrations import ending_soon
from shakyo_desktop.services.verdicts import Verdict
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.reminder_letter import Letter

_STEPS = (
    "この紙を、プログラムを使っている方に見せてください。",
    "パソコンで「事務所へ提出」を開き、もう一度USBメモリに保存して、お持ちください。",
    "それでも受け取れないときは、事務所にお電話ください。",
)
_STEPS_OF = {
    "key.retired": (
        "これからは、新しい担当者のパソコンで書き、そこから提出してください。",
        "前のパソコンに書き足したことがあるときは、そのパソコンの「設定・控え」の「控え」で、"
        "「相手に渡す合い言葉」を書いて控えを作ります。",
        "新しい担当者のパソコンの「事務所へ提出」の下の「ほかの人が書いた分を合わせる」で、"
        "その控えを選ぶと、書き足したことが入ります。",
    ),
}
_NOBODY = (
    "手紙を出す地区部会がありません。\n記録は何も変わっていません。\n"
    "期限を過ぎたか、確認のお願いへの返事を待っている地区部会を選んでください。"
)


class DeskPapers:
    """Letters and the printed list; each is made anew from the store."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def letters(self, fiscal_year: int, orgs: Iterable[str] | None = None) -> bytes:
        """Letters as one PDF, one page per district, in the order of the roster.

        Args:
            orgs: to whom; None writes to everybody who owes something today.

        Raises:
            NotReady: none of them owes anything.
        """
        from shakyo_desktop.documents.pdf.reminder_letter import LettersData, make_reminder_letters

        today, wanted = self._context.today(), None if orgs is None else set(orgs)
        with self._context.database.reading() as stores:
            rows = [
                row
                for row in overview_of(stores, fiscal_year, today)
                if (row.owes(today) if wanted is None else row.org in wanted) and _is_asked(row)
            ]
            if not rows:
                raise NotReady(_NOBODY)
            name, telephone = office_of(stores)
            waiting = _by_org(open_requests_of(stores, fiscal_year, today, [row.org for row in rows]))
            ending = {one.org: one.expires_on for one in reversed(ending_soon(stores, today))}
            data = LettersData(
                office_name=name,
                office_telephone=telephone,
                fiscal_year=fiscal_year,
                day=today,
                made_at=self._context.now(),
                letters=tuple(_letter(row, waiting[row.org], ending.get(row.org)) for row in rows),
                practice=bool(stores.settings.get("practice", False)),
            )
        out = io.BytesIO()
        make_reminder_letters(data, out)
        return out.getvalue()

    def list_pdf(self, fiscal_year: int, rows: Sequence[DistrictRow], said: str) -> bytes:
        """These rows as a printed list, in their order; ``said`` tells which they are."""
        from shakyo_desktop.documents.pdf.desk_list import DeskListData, make_desk_list

        with self._context.database.reading() as stores:
            name, _ = office_of(stores)
            data = DeskListData(
                office_name=name,
                fiscal_year=fiscal_year,
                made_at=self._context.now(),
                said=f"{name}　{said}",
                rows=tuple(map(_list_row, rows)),
                practice=bool(stores.settings.get("practice", False)),
            )
        out = io.BytesIO()
        make_desk_list(data, out)
        return out.getvalue()

    def refusal_notice(self, verdict: Verdict) -> bytes:
        """The paper that goes back with a refused file of a known district (``verdict.sender``)."""
        from shakyo_desktop.documents.pdf.refusal_notice import RefusalNoticeData, make_refusal_notice

        year, revision = verdict.fiscal_year, verdict.revision
        with self._context.database.reading() as stores:
            name, telephone = office_of(stores)
            data = RefusalNoticeData(
                org_name=verdict.sender_name,
                office_name=name,
                office_telephone=telephone,
                file_name=verdict.file.name,
                report=f"{fiscal_year_name(year)}　第{revision}版" if year else "",
                reason=verdict.message.splitlines()[0],
                steps=_STEPS_OF.get(verdict.code, _STEPS),
                day=self._context.today(),
                made_at=self._context.now(),
                practice=bool(stores.settings.get("practice", False)),
            )
        out = io.BytesIO()
        make_refusal_notice(data, out)
        return out.getvalue()


def office_of(stores: Stores) -> tuple[str, str]:
    """The own office's name and telephone number from its roster; empty where it has none."""
    own = stores.organisations.find(str(stores.settings.get("org")))
    return (own.name, own.telephone) if own else ("", "")


def _is_asked(row: DistrictRow) -> bool:
    return row.due is not None or row.open_requests > 0


def _by_org(requests: Iterable[OpenRequest]) -> dict[str, list[OpenRequest]]:
    found: dict[str, list[OpenRequest]] = defaultdict(list)
    for one in requests:
        found[one.org].append(one)
    return found


def _letter(row: DistrictRow, requests: Sequence[OpenRequest], ends: date | None) -> "Letter":
    from shakyo_desktop.documents.pdf.reminder_letter import Letter, LetterRequest

    report = row.due_stage.label if row.due_stage else ""
    return Letter(
        org_code=row.org,
        org_name=row.name,
        wanted=f"{'お願いの欄を直した報告' if requests else report}（提出ファイルと送付票）",
        due=None if requests and not row.days_late else row.due,
        days_late=row.days_late,
        requests=tuple(LetterRequest(where=one.where, text=one.text, due=one.due) for one in requests),
        registration_ends=ends,
    )


def _list_row(row: DistrictRow) -> tuple[str, ...]:
    here = row.package_id is not None
    return (
        row.name,
        row.desk.label,
        _day(row.received_at),
        str(row.revision or ""),
        f"{row.entered}/{row.expected}" if here else "",
        _date(row.due),
        f"{row.days_late}日" if row.days_late else "",
        f"{row.open_requests}件" if row.open_requests else "",
    )


def _day(at: datetime | None) -> str:
    return short_era_date(at.astimezone(JAPAN).date()) if at else ""


def _date(due: date | None) -> str:
    return short_era_date(due) if due else ""
