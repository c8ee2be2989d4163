"""The words of a version, field by field: each change is one commit with one row of history."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.compilation import CouncilVerification, Finding, FindingScope
from shakyo_desktop.domain.errors import BadInput, NotReady
from shakyo_desktop.domain.field_values import to_json
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.sent_to_city import package_of
from shakyo_desktop.storage.stores import Stores

FINDING_FIELDS = ("outcome", "challenge", "approach")
HELD_ON = "held_on"
COUNCIL_FIELDS = (HELD_ON, "attendance", "verification")
_APPROVED = "approved"


def expect_open(stores: Stores, compilation_id: str) -> None:
    """Refuse to write in a version that is approved or not the newest.

    Raises:
        NotFound: there is no such version.
        NotReady: it must stay as it is.
    """
    if stores.compilations.council(compilation_id).approved:
        raise NotReady(
            "この取りまとめは、協議会の検証を終えています。\n内容はこのまま残っています。\n"
            "直すときは「作り直す」を押してください。",
            code="compile.approved",
        )
    if package_of(stores, compilation_id) is not None:
        raise NotReady(
            "この取りまとめは、市へ送るファイルを作ってあります。\n内容はこのまま残っています。\n"
            "直すときは「作り直す」を押してください。",
            code="compile.sent",
        )
    if not stores.compilations.is_newest(compilation_id):
        raise NotReady(
            "この取りまとめには、新しい版があります。\nこの版の内容はこのまま残っています。\n"
            "新しい版を開いて書いてください。",
            code="compile.old_version",
        )


@dataclass(frozen=True, slots=True)
class CompiledWords:
    """Findings and council of one version inside one transaction."""

    stores: Stores
    compilation_id: str
    who: str
    now: datetime

    def write_finding(self, scope: FindingScope, number: int, field: str, text: str) -> Finding:
        """Store one text."""
        if field not in FINDING_FIELDS:
            raise AttributeError(f"a finding has no field {field}")
        before = self.stores.compilations.finding(self.compilation_id, scope, number)
        changes: dict[str, Any] = {field: repair_text(text, multiline=True)}
        after = replace(before, **changes)
        if after != before:
            self.stores.compilations.save_finding(self.compilation_id, after)
            self._note(self._finding_ref(scope, number), field, getattr(before, field), getattr(after, field))
        return after

    def undo_finding(self, scope: FindingScope, number: int) -> Finding | None:
        """Take the newest change back that is not taken back yet."""
        ref = self._finding_ref(scope, number)
        newest = self.stores.history.latest_undoable(ref)
        if newest is None:
            return None
        before = self.stores.compilations.finding(self.compilation_id, scope, number)
        earlier: dict[str, Any] = {newest.field: newest.old}
        after = replace(before, **earlier)
        self.stores.compilations.save_finding(self.compilation_id, after)
        self._note(ref, newest.field, getattr(before, newest.field), newest.old, newest.id)
        return after

    def write_council(self, field: str, value: Any, unread: str) -> CouncilVerification:
        """Store one field; the text of a date that could not be read is kept beside it."""
        if field not in COUNCIL_FIELDS:
            raise AttributeError(f"a council's word has no field {field}")
        before = self.stores.compilations.council(self.compilation_id)
        typed = value if field == HELD_ON else repair_text(value or "", multiline=field == "verification")
        after = with_council_field(before, field, typed, repair_text(unread, multiline=False))
        return self._save_council(before, after, field)

    def undo_council(self) -> CouncilVerification | None:
        """Take the newest change back that is not taken back yet."""
        newest = self.stores.history.latest_undoable(self._council_ref())
        if newest is None:
            return None
        before = self.stores.compilations.council(self.compilation_id)
        after = with_council_field(before, newest.field, *_from_state(newest.field, newest.old))
        return self._save_council(before, after, newest.field, newest.id)

    def approve(self, today: date) -> CouncilVerification:
        """Fix the version."""
        before = self.stores.compilations.council(self.compilation_id)
        if before.held_on is None:
            raise BadInput(
                "協議会の開催日を書いてください。\n取りまとめは変わっていません。", code="compile.no_date"
            )
        if before.held_on > today:
            raise BadInput(
                "協議会の開催日が、まだ来ていません。\n取りまとめは変わっていません。\n"
                "日付を確かめるか、開催してから検証済みにしてください。",
                code="compile.future_date",
            )
        return self._save_council(before, replace(before, approved=True), _APPROVED)

    def _save_council(
        self, before: CouncilVerification, after: CouncilVerification, field: str, undoes: int | None = None
    ) -> CouncilVerification:
        if after != before:
            self.stores.compilations.save_council(self.compilation_id, after)
            self._note(self._council_ref(), field, _state(before, field), _state(after, field), undoes)
        return after

    def _finding_ref(self, scope: FindingScope, number: int) -> RecordRef:
        return finding_ref(self.compilation_id, scope, number)

    def _council_ref(self) -> RecordRef:
        return RecordRef("councils", self.compilation_id)

    def _note(self, ref: RecordRef, field: str, old: object, new: object, undoes: int | None = None) -> None:
        source = Source.DIRECT if undoes is None else Source.UNDO
        self.stores.history.append(ref, field, old, new, self.who, self.now, source, undoes)


def finding_ref(compilation_id: str, scope: FindingScope, number: int) -> RecordRef:
    """Where the history of the words about one thing stands."""
    return RecordRef("findings", f"{compilation_id}.{scope.value}.{number}")


def with_council_field(
    council: CouncilVerification, field: str, value: Any, unread: str
) -> CouncilVerification:
    """The council's word with one field changed; the text of a date that could not be read beside it."""
    others = {name: text for name, text in council.unread.items() if name != field}
    return replace(council, **{field: value}, unread={**others, field: unread} if unread else others)


def _state(council: CouncilVerification, field: str) -> object:
    """A field as the history keeps it: a date together with the text that could not be read."""
    value = to_json(getattr(council, field))
    return [value, council.unread.get(field, "")] if field == HELD_ON else value


def _from_state(field: str, state: Any) -> tuple[Any, str]:
    """Value and unread text of what ``_state`` gave."""
    if field != HELD_ON:
        return state, ""
    value, unread = state
    return date.fromisoformat(value) if value else None, unread
