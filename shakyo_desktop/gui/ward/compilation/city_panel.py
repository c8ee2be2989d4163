"""市へ送る: one version as a signed file on a stick, its cover sheet, and what the city said to it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton, SubmitButton
from shakyo_desktop.gui.shared.cards import Card, EmptyState, ProgressLine
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.fields import FlagField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.services.ward_report import CityOffice, SentReport

_NO_CITY = (
    "市の設定ファイルを、まだ取り込んでいません。\n"
    "市から設定ファイルと紙（控え）を受け取り、「区の設定」の「市への提出」で取り込んでください。"
)
_INSIDE = (
    "取りまとめのほかに、地区部会ごとの報告が、書きかえ防止の印ごと入ります。\n"
    "地区部会の写真は入りません。入るのは、同意のある成果事例の写真だけです。"
)
_UNVERIFIED = (
    "まだ協議会の検証を終えていないので、途中の報告になります。送った版は書きかえられなくなります。\n"
    "検証を終えたら「作り直す（新しい版）」で新しい版を作り、検証済みにして、もう一度送ってください。"
)
_STATES = {
    ReportState.EXPORTED: ("市へ送るファイルを作りました", "info"),
    ReportState.ACCEPTED: ("✓ 市が確定しました", "saved"),
    ReportState.REQUESTED: ("？ 市から確認のお願いがあります", "warning"),
}


class CityPanel(QWidget):
    """Shows one version and asks for everything else.

    Signals:
        setting_wanted: the page that takes the city's setup in.
        send_requested: a folder; freeze the version and write it there.
        refresh_requested, stop_requested, eject_requested: as on the district's way of handing in.
        paper_shown: the cover sheet stands at the end of the page.
    """

    setting_wanted = Signal()
    send_requested = Signal(object)
    refresh_requested = Signal()
    stop_requested = Signal()
    eject_requested = Signal(object)
    paper_shown = Signal()

    def __init__(self, desk: Desk, messages: MessageBar) -> None:
        super().__init__()
        self._desk, self._messages = desk, messages
        self._drive: Drive | None = None
        self._sent: SentReport | None = None
        self.setting_button = PrimaryButton("市への提出を開く", "K", "users")
        self.setting_button.clicked.connect(self.setting_wanted)
        self.no_city = EmptyState("inbox", _NO_CITY, self.setting_button)
        self.card = self._make_card()
        self.answer = self._make_answer()
        self.paper = Card("送付票")
        self.document = DocumentPanel("送付票", desk.worker, desk.printer, messages)
        self.document.setMinimumHeight(420)
        self.paper.add(self.document, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.no_city, self.card, self.answer, self.paper):
            column.addWidget(part)
            part.hide()

    def show_version(
        self, city: CityOffice | None, compilation: WardCompilation, sent: SentReport | None
    ) -> None:
        """Show what can be done with a version; `sent` is its file when it was made before."""
        self._sent, self._drive = sent, None
        self.no_city.setVisible(city is None)
        self.card.setVisible(city is not None)
        self.paper.hide()
        self._show_answer(sent)
        if city is None:
            return
        received, expected = compilation.coverage()
        what = f"第{compilation.version}版　{received}/{expected}地区部会"
        lines = [f"あて先　{city.name}", f"送るもの　{what}"]
        if sent is not None:
            lines.append(f"ファイル　{sent.submission.file_name}　{era_timestamp(sent.submission.frozen_at)}")
        self.facts.setText("\n".join(lines))
        words, tone = _STATES[sent.submission.state] if sent else ("まだ送っていません", "plain")
        self.state.set_chip(words, tone)
        approved = compilation.council.approved
        self.unverified.setVisible(not approved and sent is None)
        self.photos.setVisible(sent is None)
        words = "もう一度USBに保存する" if sent else "途中の報告として保存する"
        self.save_button.set_words("USBに保存する" if approved and sent is None else words)
        self.sheet_button.setVisible(sent is not None)
        self.show_working(False)
        for widget in (self.eject_button, self.safe):
            widget.hide()

    def with_photos(self) -> bool:
        """Whether the photos of the good practices go along."""
        return bool(self.photos.value())

    def save(self) -> None:
        """Ask for the file at the place that is chosen, or say what is missing."""
        folder = self.picker.folder()
        if folder is None:
            self._messages.show_message(
                "problem",
                "保存する場所が選ばれていません。\n取りまとめはこのパソコンに残っています。\n"
                "USBメモリを差して「もう一度さがす」を押すか、「ほかの場所を選ぶ」を押してください。",
            )
            self.picker.refresh_button.setFocus()
            return
        self._messages.clear()
        self.send_requested.emit(Path(folder))

    def show_working(self, on: bool) -> None:
        """Show progress and 中止する instead of the button."""
        self._work.setVisible(on)
        self.save_button.setVisible(not on)
        if on:
            self.progress.set_progress(0, 0, "ファイルを作っています")
            self.stop_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far writing and reading back are; bytes."""
        reading = total > 0 and done * 2 > total
        percent = round(100 * done / total) if total else 0
        words = "読み直しています" if reading else "書いています"
        self.progress.set_progress(percent, 100 if total else 0, words)

    def show_written(self, written: WrittenFile, drive: Drive | None) -> None:
        """Say what lies where, and show the paper that goes along."""
        self._drive = drive
        self._messages.show_message(
            "saved",
            f"{written.path.name} を保存し、読み直して同じであることを確かめました。\n"
            "送付票を印刷して、USBメモリといっしょに市へ渡してください。",
        )
        self.eject_button.setVisible(drive is not None)
        self.show_paper()

    def show_ejected(self) -> None:
        """Only now it is true that the stick may be pulled."""
        self._drive = None
        self.eject_button.hide()
        self.safe.show()

    def show_paper(self) -> None:
        """Show the cover sheet of the version that was frozen."""
        if self._sent is None:
            return
        submission = self._sent.submission
        self.paper.show()
        name = f"送付票-{submission.file_name.removesuffix('.shakyo')}.pdf"
        report = self._desk.services.ward_report
        self.document.show_document(lambda: report.cover_sheet(submission.package_id), name)
        self.paper_shown.emit()

    def _make_card(self) -> Card:
        card = Card()
        self.state, self.safe = Chip(), Chip("✓ 取り外せます", "saved")
        self.facts, self.unverified = plain_label(), plain_label(_UNVERIFIED)
        self.photos = FlagField("photos", "成果事例の写真も入れる（同意のあるものだけ）", label_place="above")
        self.photos.set_value(True)
        self.picker = DrivePicker()
        self.picker.refresh_requested.connect(self.refresh_requested)
        self.save_button = SubmitButton("USBに保存する", "U", "usb")
        self.save_button.clicked.connect(self.save)
        self.sheet_button = SecondaryButton("送付票を見る", "J", "printer")
        self.sheet_button.clicked.connect(self.show_paper)
        self.eject_button = SecondaryButton("USBメモリを取り外す", "E", "usb")
        self.eject_button.clicked.connect(lambda: self.eject_requested.emit(self._drive))
        card.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.facts, self.unverified, plain_label(_INSIDE, "small"), self.photos, self.picker):
            card.add(widget)
        row = FlowBox()
        for button in (self.save_button, self.sheet_button, self.eject_button):
            row.add(button)
        card.add(row)
        card.add(self._make_work())
        card.body.addWidget(self.safe, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_work(self) -> QWidget:
        self._work = FlowBox()
        self.progress = ProgressLine()
        self.stop_button = SecondaryButton("中止する", "X")
        self.stop_button.clicked.connect(self.stop_requested)
        self._work.add(self.progress)
        self._work.add(self.stop_button)
        return self._work

    def _make_answer(self) -> Card:
        card = Card("市からの返事")
        self.answer_words = plain_label()
        card.add(self.answer_words)
        return card

    def _show_answer(self, sent: SentReport | None) -> None:
        reply = sent.reply if sent else None
        self.answer.setVisible(reply is not None)
        if reply is not None:
            lines = [f"{reply.result.label}　受付番号 {reply.receipt_no}　{era_timestamp(reply.created_at)}"]
            lines += [f"・{request.text}" for request in reply.requests]
            self.answer_words.setText("\n".join(lines))
