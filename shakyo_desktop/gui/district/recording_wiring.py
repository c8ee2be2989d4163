"""Connects the open year with the main window: the badge, the header's year, Ctrl+N, other screens."""

from shakyo_desktop.domain.errors import NotReady, ShakyoError
from shakyo_desktop.gui.district.edits import LOCKED
from shakyo_desktop.gui.district.targets import NewActivity
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.main_window import MainWindow

ITEMS, DIARY = "items", "diary"


def connect_book(book: YearBook, window: MainWindow) -> None:
    """Let the window show what the book does, and the book follow what the window asks."""
    badge = window.saved_badge
    book.saving.connect(badge.begin)
    book.saved.connect(badge.done)
    book.save_failed.connect(lambda error: badge.fail(_badge_words(error)))
    badge.action_requested.connect(book.retry)
    window.fiscal_year_changed.connect(book.open)
    window.new_activity_requested.connect(lambda: window.show_screen(DIARY, NewActivity()))
    window.screen_shown.connect(lambda key: None if key in (ITEMS, DIARY) else book.mark_stale())


def _badge_words(error: ShakyoError) -> str:
    locked = isinstance(error, NotReady) and error.code == LOCKED
    return "保存していません（確定した年度）" if locked else "保存できません"
