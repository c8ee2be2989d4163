"""Saving what a screen shows as a table: Excel, or CSV when the name ends so."""

from collections.abc import Callable

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.verified_write import WrittenFile, write_verified

_PATTERN = "表 (*.xlsx *.csv)"


def save_excel_or_csv(
    page: Page, desk: Desk, excel: Callable[[], bytes], csv: Callable[[], bytes], name: str
) -> None:
    """Ask where, make the table off the window's thread, write it and read it back."""
    path = choosers.choose_save_path(page, "表を保存する（名前の終わりを .csv にするとCSV）", name, _PATTERN)
    if path is None:
        return
    make = csv if path.suffix.lower() == ".csv" else excel

    def work() -> WrittenFile:
        data = make()
        return write_verified(path.parent, path.name, lambda out: out.write(data))

    def done(written: WrittenFile) -> None:
        page.messages.show_message(
            "saved", f"{written.path.name} を保存しました。\nExcelなど、ほかのプログラムで開けます。"
        )

    desk.worker.run(work, done, lambda error: present(error, page.messages), page)
