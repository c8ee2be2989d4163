"""What a list of districts (Excel or CSV) would change in the roster, row by row."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import fold_name, repair_text

NAME_LENGTH = 60
TELEPHONE_LENGTH = 40
COLUMNS = ("番号", "地区部会名", "電話番号", "連絡先", "パソコン")
"""Headings of the template, in its order."""

_HEADINGS = {
    "code": ("番号", "コード", "地区番号"),
    "name": ("地区部会名", "地区部会", "名称", "名前", "地区名"),
    "telephone": ("電話番号", "電話", "tel"),
    "contact": ("連絡先", "連絡先の人", "担当者", "部会長"),
    "has_computer": ("パソコン", "パソコンの有無", "pc"),
}
_WITH_COMPUTER = {"", "あり", "有", "有り", "○", "〇", "はい", "1"}
_WITHOUT_COMPUTER = {"なし", "無", "無し", "×", "いいえ", "0", "紙"}


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


def next_code(ward: str, organisations: Sequence[Organisation]) -> str:
    """The next district code of a ward: one above the highest ever used, because codes are never reused."""
    used = [int(org.code.split("-")[1]) for org in organisations if org.code.startswith(f"{ward}-")]
    return f"{ward}-{max(used, default=0) + 1:02d}"


def tidy_telephone(text: str) -> str:
    """A telephone number in half-width characters, spaces at the ends removed."""
    return repair_text(unicodedata.normalize("NFKC", text), multiline=False).strip()


def list_changes(
    rows: Sequence[Sequence[str]], existing: Sequence[Organisation], ward: str
) -> tuple[RosterChange, ...]:
    """Judge every row of a list against the roster.

    Args:
        rows: the cells of the list as text, from its first row; the headings are in one of the first ten.
        existing: every organisation of the roster, also those that no longer report.
        ward: the six-digit code of the office whose districts the list names.
    """
    found = _find_headings(rows)
    if found is None:
        message = "「地区部会名」という見出しの列が見つかりません。見本の表に書き写してください。"
        return (RosterChange(RosterAction.PROBLEM, None, "1行目", message),)
    start, columns = found
    roster = {org.code: org for org in existing}
    changes: list[RosterChange] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        cells = {field: row[at].strip() if at < len(row) else "" for field, at in columns.items()}
        if not any(cells.values()):
            continue
        try:
            change = _judge_row(cells, roster, ward, f"{number}行目", seen)
        except BadInput as problem:
            change = RosterChange(RosterAction.PROBLEM, None, f"{number}行目", problem.message)
        if change.organisation is not None:
            roster[change.organisation.code] = change.organisation
            seen.add(change.organisation.code)
        changes.append(change)
    return tuple(changes)


def _find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(rows[:10]):
        headings = [unicodedata.normalize("NFKC", cell).strip().lower() for cell in row]
        columns = {
            field: headings.index(name)
            for field, names in _HEADINGS.items()
            for name in reversed(names)
            if name in headings
        }
        if "name" in columns:
            return index, columns
    return None


def _judge_row(
    cells: Mapping[str, str], roster: Mapping[str, Organisation], ward: str, address: str, seen: set[str]
) -> RosterChange:
    name = repair_text(cells["name"], multiline=False).strip()
    if not name:
        raise BadInput("地区部会名が書かれていません。")
    if len(name) > NAME_LENGTH:
        raise BadInput(f"地区部会名が長すぎます（{NAME_LENGTH}文字まで）。")
    known = _known(cells.get("code", ""), name, roster, ward)
    if known is not None and known.code in seen:
        raise BadInput("同じ地区部会が、この表の上のほうにもあります。")
    wanted = _wanted(cells, known, name, roster, ward)
    if known is None:
        return RosterChange(RosterAction.NEW, wanted, address, "新しく登録します。")
    if wanted == known:
        return RosterChange(RosterAction.SAME, wanted, address, "変わりません。")
    return RosterChange(RosterAction.CHANGED, wanted, address, _what_changes(known, wanted))


def _known(code: str, name: str, roster: Mapping[str, Organisation], ward: str) -> Organisation | None:
    """The district a row is about: by its code when it has one, else by its name."""
    code = unicodedata.normalize("NFKC", code)
    if re.fullmatch(r"[0-9]{1,3}", code):
        code = f"{ward}-{int(code):02d}"
    if code:
        if not re.fullmatch(rf"{ward}-[0-9]{{2,3}}", code):
            raise BadInput(f"番号「{code}」はこの区の番号ではありません。空のままにすると自動で付きます。")
        if code not in roster:
            raise BadInput(f"番号「{code}」はまだ使われていません。新しい地区は番号を空にしてください。")
        return roster[code]
    folded = fold_name(name)
    same = [org for org in roster.values() if org.parent == ward and fold_name(org.name) == folded]
    return same[0] if same else None


def _wanted(
    cells: Mapping[str, str],
    known: Organisation | None,
    name: str,
    roster: Mapping[str, Organisation],
    ward: str,
) -> Organisation:
    """The district as the row wants it; a column the list does not have keeps what is known."""
    base = known or Organisation(
        next_code(ward, tuple(roster.values())), name, OrganisationKind.DISTRICT, parent=ward
    )
    telephone = tidy_telephone(cells["telephone"]) if "telephone" in cells else base.telephone
    contact = repair_text(cells["contact"], multiline=False).strip() if "contact" in cells else base.contact
    if len(telephone) > TELEPHONE_LENGTH or len(contact) > NAME_LENGTH:
        raise BadInput("電話番号か連絡先が長すぎます。")
    computer = _computer(cells["has_computer"]) if "has_computer" in cells else base.has_computer
    return replace(base, name=name, telephone=telephone, contact=contact, has_computer=computer, active=True)


def _computer(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).strip()
    if word in _WITH_COMPUTER:
        return True
    if word in _WITHOUT_COMPUTER:
        return False
    raise BadInput(f"パソコンの欄の「{text}」が読めません。「あり」か「なし」と書いてください。")


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
