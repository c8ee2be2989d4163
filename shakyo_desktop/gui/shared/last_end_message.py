"""What the first screen says when the last work was cut short, and the screen where it goes on."""

from collections.abc import Callable, Mapping

from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.services.last_end import News
from shakyo_desktop.services.works import Work

Places = Mapping[Work, tuple[str, str]]
"""By work: the words of the button, and the key of the screen it opens."""

_COPIES = {Work.COPY: ("控えの画面を開く", "settings")}
DISTRICT_PLACES: Places = _COPIES | {Work.RECEIVE: ("返事の画面を開く", "replies")}
OFFICE_PLACES: Places = _COPIES | {
    Work.RECEIVE: ("ファイル受取を開く", "intake"),
    Work.APPROVE: ("登録の確認を開く", "registrations"),
    Work.ANSWER: ("返事を渡すを開く", "answers"),
    Work.COMPILE: ("取りまとめを開く", "compilation"),
}


def show_last_end(bar: MessageBar, news: News, places: Places, open_screen: Callable[[str], None]) -> None:
    """Say what happened to the last work and offer the screen where it goes on, if it has one."""
    words, key = places.get(news.work, ("", ""))
    bar.show_message("info", news.text, words, lambda: open_screen(key))
