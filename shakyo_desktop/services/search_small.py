"""Searching what is few: the roster, the plans, the office's own words. Read through, without an index."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.search import snippet_of
from shakyo_desktop.services.search_hits import Found, Hit, Names, holds_all
from shakyo_desktop.storage.stores import Stores

Terms = Sequence[str]


def organisations(stores: Stores, names: Names, terms: Terms) -> Iterator[Hit]:
    """The roster: names, codes, contacts, telephones."""
    for org in stores.organisations.all():
        texts = {"名前": org.name, "コード": org.code, "連絡先": org.contact, "電話": org.telephone}
        yield from _hit(Found.ORGANISATIONS, texts, terms, org=org.code, org_name=org.name)


def plan_items(stores: Stores, names: Names, terms: Terms) -> Iterator[Hit]:
    """The items of every plan, with the direction they belong to."""
    for plan in names.plans.values():
        directions = {one.number: one.name for one in plan.directions}
        for item in plan.items:
            texts = {
                "取組項目": item.name,
                "施策の方向性": directions.get(item.direction, ""),
                "計画": plan.name,
            }
            yield from _hit(
                Found.PLAN_ITEMS,
                texts,
                terms,
                plan_id=plan.id,
                item_number=item.number,
                item_name=item.name,
                org_name=plan.name,
            )


def wordings(stores: Stores, names: Names, terms: Terms) -> Iterator[Hit]:
    """The words in which the office shares good practices."""
    for one in stores.wordings.all():
        yield from _hit(
            Found.WORDINGS,
            {"題名": one.title, "内容": one.story},
            terms,
            org=one.org,
            org_name=names.org(one.org),
            fiscal_year=one.fiscal_year,
            plan_id=one.plan_id,
            item_number=one.item_number,
            item_name=names.item(one.plan_id, one.item_number),
            record_id=one.practice_id,
        )


def findings(stores: Stores, names: Names, terms: Terms) -> Iterator[Hit]:
    """成果, 課題 and 進め方 of the compilations' newest versions."""
    for one in stores.written.findings():
        texts = {"成果": one.outcome, "課題": one.challenge, "進め方": one.approach}
        is_item = one.scope == FindingScope.ITEM.value
        yield from _hit(
            Found.FINDINGS,
            texts,
            terms,
            org_name=f"区の取りまとめ（{FindingScope(one.scope).label}）",
            fiscal_year=one.fiscal_year,
            plan_id=one.plan_id,
            item_number=one.number,
            field=one.scope,
            item_name=names.item(one.plan_id, one.number) if is_item else "",
        )


def requests(stores: Stores, names: Names, terms: Terms) -> Iterator[Hit]:
    """What the office asked its districts, sent or not yet."""
    for one in stores.written.requests():
        yield from _hit(
            Found.REQUESTS,
            {field_label(one.table, one.field): one.text},
            terms,
            org=one.org,
            org_name=names.org(one.org),
            fiscal_year=one.fiscal_year,
            package_id=one.package_id,
            table=one.table,
            record_id=one.record_id,
            field=one.field,
        )


Source = Callable[[Stores, Names, Terms], Iterator[Hit]]

SOURCES: Mapping[Found, Source] = {
    Found.ORGANISATIONS: organisations,
    Found.PLAN_ITEMS: plan_items,
    Found.WORDINGS: wordings,
    Found.FINDINGS: findings,
    Found.REQUESTS: requests,
}


def _hit(found_in: Found, texts: Mapping[str, str], terms: Terms, **place: object) -> Iterator[Hit]:
    """The first of the texts that shows a hit, when all of them together hold every term."""
    if not holds_all(texts.values(), terms):
        return
    for label, text in texts.items():
        snippet = snippet_of(text, terms)
        if snippet is not None:
            yield Hit(found_in=found_in, snippet=snippet, label=label, **place)  # type: ignore[arg-type]
            return
