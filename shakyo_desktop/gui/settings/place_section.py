"""Where the data is, and 診断: is everything sound, and a record for a support case."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.row_model import Column, Row
from shakyo_desktop.services.doctor import Finding
from shakyo_desktop.services.support_bundle import BUNDLE_NAME
from shakyo_desktop.services.verified_write import write_verified


class PlaceSection(Section):
    """The folder, the log file, and a health check that changes nothing."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._folder = desk.services.settings.data_dir()
        self.column.addWidget(self._make_place())
        self.column.addWidget(self._make_diagnosis())

    def _make_place(self) -> QWidget:
        card = Card("データの場所")
        log = self.desk.services.settings.log_file()
        card.add(plain_label(f"すべての記録は、次のフォルダーにあります。\n{self._folder}"))
        card.add(plain_label(f"動作の記録（名前や書いた内容は入りません）: {log}", "small"))
        self.open_button = SecondaryButton("フォルダーを開く", icon_name="folder-open")
        self.open_button.clicked.connect(self._open)
        self.copy_button = SecondaryButton("場所の文字を写す", icon_name="copy")
        self.copy_button.clicked.connect(self._copy)
        card.add_layout(button_row(self.open_button, self.copy_button))
        return card

    def _make_diagnosis(self) -> QWidget:
        card = Card("診断")
        card.add(plain_label("保存されている記録がこわれていないかを調べます。何も変わりません。"))
        self.examine_button = SecondaryButton("調べる", "E", "search")
        self.examine_button.clicked.connect(self.examine)
        self.bundle_button = SecondaryButton("診断の記録を保存する", icon_name="save")
        self.bundle_button.clicked.connect(self._save_bundle)
        self.findings = RowList((Column("調べたところ", 200), Column("結果")), "診断の結果", row_height=44)
        self.findings.show_all_rows()
        self.findings.hide()
        self._details = plain_label("", "problem")
        self._details.hide()
        card.add_layout(button_row(self.examine_button, self.bundle_button))
        card.add(self.findings)
        card.add(self._details)
        card.add(
            plain_label("診断の記録には、名前も書いた内容も入りません。担当者に渡すときに使います。", "small")
        )
        return card

    def examine(self) -> None:
        """Examine everything in the background."""
        self.say("調べています。入力は続けられます。", "info")
        self.desk.worker.start(
            lambda task: self.desk.services.doctor.examine(task.is_cancelled),
            self._show,
            self.failed,
            owner=self,
        )

    def _show(self, findings: tuple[Finding, ...]) -> None:
        bad = [one for one in findings if not one.ok]
        self.findings.set_rows(
            [
                Row(
                    one.area,
                    (one.area, f"{'✓' if one.ok else '⚠'} {one.message}"),
                    tone="plain" if one.ok else "problem",
                )
                for one in findings
            ]
        )
        self.findings.show()
        self._details.setText("\n".join(f"⚠ {one.area}: {one.message}" for one in bad))
        self._details.setVisible(bool(bad))
        if bad:
            self.say("確かめてほしいところがあります。下の一覧を見てください。", "warning")
        else:
            self.say("調べ終わりました。こわれたところはありません。")

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.say(
                "フォルダーの画面を開けませんでした。\n「場所の文字を写す」を使ってください。", "problem"
            )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))
        self.say("場所の文字を写しました。")

    def _save_bundle(self) -> None:
        path = choosers.choose_save_path(self, "診断の記録を保存する", BUNDLE_NAME, "ZIP (*.zip)")
        if path is None:
            return

        def work() -> None:
            data = self.desk.services.doctor.bundle()
            write_verified(path.parent, path.name, lambda out: out.write(data))

        self.desk.worker.start(
            lambda _task: work(),
            lambda _: self.say(f"診断の記録を保存しました。\n{path}"),
            self.failed,
            owner=self,
        )
