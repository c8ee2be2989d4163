"""What was printed, what the 部会長 confirmed, and what differs since."""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.forms.layout import FormLayout
from shakyo_desktop.domain.forms.paper import PaperPage
from shakyo_desktop.domain.forms.proof import DIARY_PAGE, Printed, ProofPage, printed_values, proof_pages
from shakyo_desktop.domain.forms.values import form_values
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.storage.stores import Stores


def values_now(layout: FormLayout, plan: Plan, records: YearRecords) -> Printed:
    """What a filled form says now."""
    return printed_values(layout, form_values(layout, plan, records=records), records)


def kept_pages(stores: Stores, layout: FormLayout, plan: Plan, org: str) -> tuple[PaperPage, ...]:
    """The pages of a form that were printed or confirmed before."""
    return tuple(
        page
        for page in stores.paper.pages(org, layout.fiscal_year)
        if (page.plan_id, page.form, page.version) == (plan.id, layout.form, layout.version)
    )


def proof_of(
    stores: Stores, layout: FormLayout, plan: Plan, records: YearRecords
) -> tuple[tuple[ProofPage, ...], datetime | None]:
    """Every page with what differs from its last print, and when that was."""
    kept = kept_pages(stores, layout, plan, records.org)
    pages = proof_pages(layout, values_now(layout, plan, records), kept, records)
    return pages, max((page.printed_at for page in kept if page.printed_at), default=None)


def note_printed(
    stores: Stores, layout: FormLayout, plan: Plan, records: YearRecords, pages: tuple[int, ...], at: datetime
) -> None:
    """Keep what the printed pages said; ``pages`` () are all of them. Confirmations stay as they are."""
    now = values_now(layout, plan, records)
    for page in _pages(stores, layout, plan, records.org, now, pages):
        stores.paper.save_page(replace(page, printed_at=at, printed=now[page.page]))


def confirm(
    stores: Stores, layout: FormLayout, plan: Plan, records: YearRecords, who: str, at: datetime
) -> int:
    """Keep that every page as it is now was confirmed; return how many were not before."""
    now = values_now(layout, plan, records)
    changed = 0
    for page in _pages(stores, layout, plan, records.org, now, ()):
        texts = now[page.page]
        if page.confirmed_at is not None and dict(page.confirmed) == dict(texts):
            continue
        confirmed = replace(page, confirmed_at=at, confirmed_by=who, confirmed=texts)
        if confirmed.printed_at is None:
            confirmed = replace(confirmed, printed_at=at, printed=texts)
        stores.paper.save_page(confirmed)
        changed += 1
    return changed


def _pages(
    stores: Stores, layout: FormLayout, plan: Plan, org: str, now: Printed, pages: tuple[int, ...]
) -> list[PaperPage]:
    """The pages as they are kept, or new; rows of F1 are kept together, whatever was printed of them."""
    known = {page.page: page for page in kept_pages(stores, layout, plan, org)}
    whole = not pages or DIARY_PAGE in now
    return [
        known.get(number)
        or PaperPage(
            org=org,
            fiscal_year=layout.fiscal_year,
            plan_id=plan.id,
            form=layout.form,
            version=layout.version,
            page=number,
        )
        for number in now
        if whole or number in pages
    ]
