"""計画を直す: a plan's draft, kept at every change, and saved as a version when it is whole."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from shakyo_desktop.domain.plan import PlanDraft, PlanVersion
from shakyo_desktop.domain.plan_edits import Place, moved, under, with_added, with_field, without
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.plan_outline import place_name
from shakyo_desktop.gui.ward.settings.plan_panel import HEAD, PlanPanel, place_of
from shakyo_desktop.services.plan_editing import PlanDesk, desk_faults

_PARTS = ("goals", "directions", "items")


class PlanEditorPage(Page):
    """A draft may contradict itself; a version may not.

    Signals:
        left: back to the plans; the argument is a message to show there, or empty.
    """

    left = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("計画を直す", scrolling=False)
        self._desk = desk
        self._plan: PlanDesk | None = None
        self._place: Place = HEAD
        self._undo: list[tuple[PlanDraft, Place]] = []
        self.panel = PlanPanel()
        self.panel.chosen.connect(self._choose)
        self.panel.changed.connect(self._change)
        self.panel.add_requested.connect(self._add)
        self.panel.move_requested.connect(self._move)
        self.panel.remove_requested.connect(self._remove)
        self.add(self.panel, 1)
        self._make_buttons()

    def open(self, plan_id: str) -> None:
        """Read a plan and show it."""
        editing = self._desk.services.plan_editing
        self._run(lambda: editing.open(plan_id), self.show_plan)

    def show_plan(self, found: PlanDesk) -> None:
        """Show a plan as it was left."""
        self._plan, self._place, self._undo = found, HEAD, []
        self.messages.clear()
        self.panel.forget()
        self._show()
        self.panel.outline.setFocus()

    def draft(self) -> PlanDraft | None:
        """The draft as it is shown."""
        return self._plan.draft if self._plan else None

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._leave)
        self.undo_button = SecondaryButton("元に戻す", "U", "undo-2")
        self.undo_button.clicked.connect(self._undo_last)
        self.discard_button = SecondaryButton("下書きを捨てる")
        self.discard_button.clicked.connect(self._discard)
        self.save_button = PrimaryButton("版として保存する", "S", "check")
        self.save_button.clicked.connect(self._save)
        self.bar.add_left(self.back_button)
        for button in (self.undo_button, self.discard_button, self.save_button):
            self.bar.add_right(button)

    def _show(self) -> None:
        if self._plan is None:
            return
        faults = desk_faults(self._plan)
        self.set_title_note(_note(self._plan, len(faults)))
        self.panel.show_place(self._plan, self._place, faults)

    def _choose(self, key: object) -> None:
        if isinstance(key, tuple) and key != self._place:
            self.commit()
            self._place = (str(key[0]), int(key[1]))
            self._show()

    def _change(self, place: Place, field: str, value: object, unread: str) -> None:
        draft = self.draft()
        if draft is not None:
            self._take(with_field(draft, place, field, value, unread), self._place)

    def _add(self, part: str) -> None:
        self.commit()
        draft = self.draft()
        if draft is not None:
            self._take(*with_added(draft, part, under(draft.plan, self._place, part)))
            self.panel.form().form.focus_field("name")

    def _move(self, step: int) -> None:
        self.commit()
        draft = self.draft()
        if draft is not None:
            self._take(*moved(draft, self._place, step))

    def _remove(self) -> None:
        self.commit()
        if self._plan is None or self._place[0] not in _PARTS:
            return
        draft, (part, at) = self._plan.draft, self._place
        used = self._plan.in_use.get(draft.plan.items[at].number) if part == "items" else None
        if used:
            self.messages.show_message(
                "warning",
                f"取組項目{draft.plan.items[at].number}は使われているので、消せません。何も変わっていません。\n"
                f"使っているところ：{'、'.join(used)}",
            )
            return
        name = place_name(draft.plan, self._place)
        self._take(without(draft, self._place), HEAD)
        self.messages.show_message("undo", f"「{name}」を消しました。", "元に戻す", self._undo_last)
        self.panel.outline.setFocus()

    def _take(self, draft: PlanDraft, place: Place) -> None:
        """Show a changed draft and keep it."""
        if self._plan is not None and draft != self._plan.draft:
            self._undo.append((self._plan.draft, self._place))
            self._put(self._plan, draft, place)

    def _put(self, before: PlanDesk, draft: PlanDraft, place: Place) -> None:
        self._plan = PlanDesk(draft, before.saved, before.in_use, kept=True)
        self._place = place
        self._show()
        editing = self._desk.services.plan_editing
        self._run(lambda: editing.keep(draft), lambda _none: None)

    def _undo_last(self) -> None:
        self.commit()
        if not self._undo or self._plan is None:
            self.messages.show_message("info", "元に戻すものがありません。")
            return
        self.messages.clear()
        draft, place = self._undo.pop()
        self.panel.forget()
        self._put(self._plan, draft, place)

    def _discard(self) -> None:
        self.commit()
        found = self._plan
        if found is None:
            return
        if not found.kept or (found.draft.plan == found.saved and not found.draft.unread):
            self.messages.show_message("info", "捨てる下書きはありません。計画は、保存された版のままです。")
            return
        editing, plan = self._desk.services.plan_editing, found.draft.plan

        def put_back() -> None:
            self._run(lambda: editing.keep(found.draft), lambda _none: self.open(plan.id))

        def show(saved: PlanDesk) -> None:
            self.show_plan(saved)
            text = f"「{plan.name}」の下書きを捨てました。保存された版は残っています。"
            self.messages.show_message("undo", text, "元に戻す", put_back)

        def done(_none: None) -> None:
            if found.saved is None:
                self.left.emit(f"「{plan.name or '新しい計画'}」の下書きを捨てました。")
            else:
                self._run(lambda: editing.open(plan.id), show)

        self._run(lambda: editing.discard(plan.id), done)

    def _save(self) -> None:
        self.commit()
        if self._plan is None:
            return
        plan, faults = self._plan.draft.plan, desk_faults(self._plan)
        if faults:
            self._place = place_of(faults[0])
            self._show()
            self.messages.show_message(
                "problem",
                f"直すところが{len(faults)}か所あります。まだ版として保存していません。下書きは残っています。\n"
                f"{faults[0].message}",
            )
            return

        def done(version: PlanVersion) -> None:
            self.left.emit(
                f"「{plan.name}」を{version.version}版として保存しました。前の版も残っています。\n"
                "「設定ファイル」で新しい設定ファイルを作って渡してください。"
            )

        self._run(lambda: self._desk.services.plan_editing.save(plan.id), done)

    def _leave(self) -> None:
        self.commit()
        self.left.emit("")

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.worker.run(work, done, lambda error: present(error, self.messages), self)


def _note(found: PlanDesk, faults: int) -> str:
    base = f"{found.draft.base_version}版をもとに" if found.saved else "新しい計画"
    state = "下書きを保存済み" if found.kept else "まだ変わっていません"
    return f"{base}　{state}　直すところ {faults}か所" if faults else f"{base}　{state}"
