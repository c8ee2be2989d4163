"""One item of a report in full: status, activities with photos, good practices, what is gone."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import Activity, Photo
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, StateMark, plain_label
from shakyo_desktop.gui.ward.review.activity_list import ActivityList
from shakyo_desktop.gui.ward.review.field_lines import (
    FieldLine,
    activity_lines,
    practice_lines,
    status_lines,
)
from shakyo_desktop.gui.ward.review.field_row import problem_line
from shakyo_desktop.gui.ward.review.photo_board import PhotoBoard
from shakyo_desktop.gui.ward.review.record_card import RecordCard
from shakyo_desktop.gui.ward.review.report_pages import ItemPage, activity_of, photos_of, practice_of
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.services.review import ReportView

_NOBODY_WROTE = "この項目には、まだ何も書かれていません（未報告）。"
_WARDS = "この項目は区事務所が報告します。地区部会は書きません。"


class ItemView(QWidget):
    """Signals: ``ask`` place, words for it, words to begin with; ``change`` a request;
    ``photos_wanted`` the photos of the activity that is shown.
    """

    ask = Signal(object, str, str)
    change = Signal(object)
    photos_wanted = Signal(object)

    def __init__(self, view: ReportView, page: ItemPage, *, open_: bool) -> None:
        super().__init__()
        self._view, self.page, self._open = view, page, open_
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(12)
        self.cards: list[RecordCard] = []
        self._activity_card: RecordCard | None = None
        self._column.addWidget(self._make_head())
        self._add_status()
        self.activities = ActivityList(view, page)
        self.activities.row_selected.connect(lambda key: self.show_activity(str(key)))
        self._diary = Card(f"活動記録（{len(page.activities)}件）")
        self._diary.add(self.activities)
        self._column.addWidget(self._diary)
        self._diary.setVisible(bool(page.activities))
        for practice in page.practices:
            before = practice_of(view.previous, practice.id)
            lines = practice_lines(practice, before, page.plan, page.problems)
            self._add_card("成果事例", ("good_practices", practice.id), lines, view.previous and not before)
        self._add_gone()
        self._column.addStretch(1)

    def open_editor(self, editor: RequestEditor) -> None:
        """Show the editor at its place; an activity's place opens the activity."""
        table, record_id, _ = editor.draft.place
        if table == "activities":
            self.choose_activity(record_id)
        if not any(card.open_editor(editor) for card in self.cards):
            self._column.insertWidget(1, editor)

    def activity_id(self) -> str:
        """The activity that is shown in full; empty for none."""
        return self._activity_card.place[1] if self._activity_card else ""

    def choose_activity(self, activity_id: str) -> None:
        """Choose an activity in the list and show it."""
        self.activities.select_key(activity_id, silent=True)
        self.show_activity(activity_id)

    def show_activity(self, activity_id: str) -> None:
        """Show one activity's fields under the list."""
        activity = next((one for one in self.page.activities if one.id == activity_id), None)
        card = self._activity_card
        if activity is None or (card is not None and card.place[1] == activity_id):
            return
        if card is not None:
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
        self._activity_card = self._make_activity(activity)
        self._diary.add(self._activity_card)
        photos = photos_of(self._view, activity_id)
        if photos:
            self.photos_wanted.emit(photos)

    def show_photos(self, photos: Sequence[tuple[Photo, bytes]]) -> None:
        """Show the photos of the activity that is shown now."""
        card = self._activity_card
        if card is not None and photos and photos[0][0].activity_id == card.place[1]:
            card.add(PhotoBoard(photos))

    def _make_head(self) -> QWidget:
        page = self.page
        head = FlowBox(row_gap=4)
        head.add(plain_label(item_name(page.item.number, page.plan), "subheading"))
        if page.is_wards:
            head.add(Chip("区 区事務所が報告"))
        else:
            head.add(StateMark(page.status.state if page.status else None))
        if page.item.priority:
            head.add(Chip("重点", "info"))
        if page.item.new:
            head.add(Chip("新規", "info"))
        return head

    def _add_status(self) -> None:
        page = self.page
        if page.status is None:
            card = Card()
            card.add(plain_label(_WARDS if page.is_wards else _NOBODY_WROTE, "secondary"))
            for problem in page.problems:
                card.add(problem_line(problem, self._ask_item if self._open else None))
            self._column.addWidget(card)
            return
        lines = status_lines(page.item, page.plan, page.status, page.before, page.last_year, page.problems)
        card = self._add_card("取組状況", ("item_statuses", page.status.id), lines)
        card.add_problems(_unplaced(page.problems, page.status.id, [line.field for line in lines]))

    def _ask_item(self, words: str) -> None:
        """An item without a record has no place of its own: the request is about the report."""
        name = item_name(self.page.item.number, self.page.plan)
        self.ask.emit(("report", "", ""), "報告全体", f"{name}：{words}")

    def _make_activity(self, activity: Activity) -> RecordCard:
        before = activity_of(self._view.previous, activity.id)
        lines = activity_lines(activity, before, self.page.plan, self.page.item, self.page.problems)
        new = self._view.previous is not None and before is None
        card = self._card("この活動の内容", ("activities", activity.id), lines, new)
        card.add_problems(_unplaced(self.page.problems, activity.id, [line.field for line in lines]))
        return card

    def _add_card(
        self, title: str, place: tuple[str, str], lines: Sequence[FieldLine], is_new: object = False
    ) -> RecordCard:
        card = self._card(title, place, lines, bool(is_new))
        self._column.addWidget(card)
        return card

    def _card(
        self, title: str, place: tuple[str, str], lines: Sequence[FieldLine], is_new: bool = False
    ) -> RecordCard:
        card = RecordCard(title, place, lines, self.page.comments, open_=self._open, is_new=is_new)
        card.ask.connect(self.ask)
        card.change.connect(self.change)
        self.cards.append(card)
        return card

    def _add_gone(self) -> None:
        gone = [one for one in self.page.differences if not one.field and not one.new_text]
        if gone:
            card = Card("前の版にあって、この版にない記録")
            for one in gone:
                card.add(plain_label(f"{one.label}　{one.old_text}"))
            self._column.addWidget(card)


def _unplaced(problems: Sequence[Problem], record_id: str, fields: Sequence[str]) -> list[Problem]:
    """Problems of a record whose field has no row."""
    return [one for one in problems if one.ref and one.ref.id == record_id and one.field not in fields]
