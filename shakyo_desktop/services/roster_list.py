"""What a list of districts (Excel or CSV) would change in the roster, row by row."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import fold_name, repair_text

NAME_LENGTH = 60
TELEPHONE_LENGTH = 20  # as long as a setup carries the office's own


class RosterAction(StrEnum):
    """What taking a row in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One row of a list: ``address`` names it, ``message`` says what would happen or what to fix."""

    action: RosterAction
    organisation: Organisation | None
    address: str
    message: str


class ListedDistrict(Protocol):
    """One row as ``documents.roster_table`` reads it; None is a column that the list does not have."""

    @property
    def address(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def telephone(self) -> str | None: ...
    @property
    def contact(self) -> str | None: ...
    @property
    def has_computer(self) -> bool | None: ...


def next_code(ward: str, organisations: Sequence[Organisation]) -> str:
    """The next district code of a ward: one above the highest ever used, because codes are never reused."""
    used = [int(org.code.split("-")[1]) for org in organisations if org.code.startswith(f"{ward}-")]
    return f"{ward}-{max(used, default=0) + 1:02d}"


def tidy_organisation(organisation: Organisation) -> Organisation:
    """The same with its texts as they are kept: repaired, without spaces at the ends, digits in half width.

    Raises:
        BadInput: a name is missing or a text is too long.
    """
    name = repair_text(organisation.name, multiline=False).strip()
    telephone = unicodedata.normalize("NFKC", repair_text(organisation.telephone, multiline=False)).strip()
    contact = repair_text(organisation.contact, multiline=False).strip()
    if not name:
        raise BadInput("名前が書かれていません。名前を書いてください。")
    if len(name) > NAME_LENGTH or len(contact) > NAME_LENGTH:
        raise BadInput(f"名前か連絡先が長すぎます。{NAME_LENGTH}文字までで書いてください。")
    if len(telephone) > TELEPHONE_LENGTH:
        raise BadInput(f"電話番号が長すぎます。{TELEPHONE_LENGTH}文字までで書いてください。")
    return replace(organisation, name=name, telephone=telephone, contact=contact)


def list_changes(
    rows: Sequence[ListedDistrict], existing: Sequence[Organisation], ward: str
) -> tuple[RosterChange, ...]:
    """Judge every row of a list against the roster; ``existing`` includes those that no longer report."""
    roster = {org.code: org for org in existing}
    changes: list[RosterChange] = []
    seen: set[str] = set()
    for row in rows:
        try:
            change = _judge(row, roster, ward, seen)
        except BadInput as problem:
            change = RosterChange(RosterAction.PROBLEM, None, row.address, problem.message)
        if change.organisation is not None:
            roster[change.organisation.code] = change.organisation
            seen.add(change.organisation.code)
        changes.append(change)
    return tuple(changes)


def _judge(
    row: ListedDistrict, roster: Mapping[str, Organisation], ward: str, seen: set[str]
) -> RosterChange:
    code = _code(row.code, ward)
    known = _known(code, row.name, roster, ward)
    if known is not None and known.code in seen:
        raise BadInput("同じ地区部会が、この表の上のほうにもあります。")
    base = known or Organisation(
        code or next_code(ward, tuple(roster.values())), row.name, OrganisationKind.DISTRICT, parent=ward
    )
    wanted = tidy_organisation(
        replace(
            base,
            name=row.name,
            telephone=base.telephone if row.telephone is None else row.telephone,
            contact=base.contact if row.contact is None else row.contact,
            has_computer=base.has_computer if row.has_computer is None else row.has_computer,
            active=True,
        )
    )
    if known is None:
        return RosterChange(RosterAction.NEW, wanted, row.address, "新しく登録します。")
    if wanted == known:
        return RosterChange(RosterAction.SAME, wanted, row.address, "変わりません。")
    return RosterChange(RosterAction.CHANGED, wanted, row.address, _what_changes(known, wanted))


def _code(typed: str, ward: str) -> str:
    """The whole code of a number within the ward; empty when the row has none."""
    code = unicodedata.normalize("NFKC", typed).strip()
    if re.fullmatch(r"[0-9]{1,3}", code):
        code = f"{ward}-{int(code):02d}"
    if code and not re.fullmatch(rf"{ward}-[0-9]{{2,3}}", code):
        raise BadInput(f"番号「{code}」はこの区の番号ではありません。空のままにすると自動で付きます。")
    return code


def _known(code: str, name: str, roster: Mapping[str, Organisation], ward: str) -> Organisation | None:
    """The district a row is about: by its code when it has one, else by its name."""
    folded = fold_name(name)
    same = next((o for o in roster.values() if o.parent == ward and fold_name(o.name) == folded), None)
    if not code:
        return same
    if same is not None and same.code != code:
        raise BadInput(f"「{same.name}」は番号{same.code}で、もう名簿にあります。番号を確かめてください。")
    return roster.get(code)


def _what_changes(old: Organisation, new: Organisation) -> str:
    labels = (("name", "名前"), ("telephone", "電話番号"), ("contact", "連絡先"))
    parts = [
        f"{label}：{getattr(old, field) or '（なし）'} → {getattr(new, field) or '（なし）'}"
        for field, label in labels
        if getattr(old, field) != getattr(new, field)
    ]
    if old.has_computer != new.has_computer:
        parts.append("パソコン：" + ("なし → あり" if new.has_computer else "あり → なし"))
    if not old.active:
        parts.append("ふたたび報告する地区になります")
    return "、".join(parts)
