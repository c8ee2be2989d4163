"""Saving a table to fill in: the person chooses where, the file is read back and compared."""

from collections.abc import Callable

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.verified_write import WrittenFile, write_verified

EXCEL = "Excel (*.xlsx)"
CSV = "表 (*.csv)"


def save_table(
    page: Page, desk: Desk, make: Callable[[], bytes], name: str, then: str, pattern: str = EXCEL
) -> None:
    """Ask where, make the table and write it; `then` says what to do with it."""
    path = choosers.choose_save_path(page, "表を保存する", name, pattern)
    if path is None:
        return

    def work() -> WrittenFile:
        data = make()
        return write_verified(path.parent, path.name, lambda out: out.write(data))

    def done(written: WrittenFile) -> None:
        page.messages.show_message("saved", f"{written.path.name} を保存しました。\n{then}")

    desk.worker.run(work, done, lambda error: present(error, page.messages), page)
