"""How the last work with a store ended: what the next start says when nobody closed it.

A power cut or a killed process leaves what it was doing in the lock's file (``storage.store_lock``),
unfinished files beside the store, drafts, and perhaps a revision that was frozen and never reached a stick.
Everything committed is there; this says so once, and what to do next.
"""

import contextlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind, ReportState
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.found_drafts import FoundDraft, find_drafts
from shakyo_desktop.services.own_files import written_manifests
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.stores import Stores

_SAFE = "「保存済み」と出た内容は、すべて残っています。"
_DROPPED = (
    "最後に保存した{}回分が読めませんでした。それより前の内容と、こわれたファイルは残っています。\n"
    "最後に書いたところを見て、足りないものを書き足してください。"
)
_NEXT = {
    Work.RECEIVE: "すんだファイルは入っています。同じものをもう一度受け取っても、2回は入りません。",
    Work.APPROVE: "「登録の確認」に残っているものがあれば、もう一度認めてください。",
    Work.ANSWER: "渡していない返事は「返事を渡す」に残っています。もう一度保存してください。",
    Work.COMPILE: "書類は、もう一度保存してください。",
    Work.COPY: "作りかけの控えは片付けました。もう一度、控えを作ってください。",
}
_UNFINISHED = re.compile(
    r"(copying|reading|beginning)-([0-9]+-)?[0-9a-f]{8}|(restoring|salvaging)-[0-9]{8}-[0-9]{6}(-[0-9]+)?"
    r"|store\.(.+\.)?part(-wal|-shm|-journal)?"
)


@dataclass(frozen=True, slots=True)
class News:
    """What a start says about the last end.

    ``work`` is what was being done, ``submission`` a frozen revision that no file was ever written of,
    ``draft`` the oldest text that was typed and not stored.
    """

    text: str
    work: Work
    submission: Submission | None = None
    draft: FoundDraft | None = None


class LastEnd:
    """Tells once how the last work with this store ended; nothing after an orderly end."""

    def __init__(self, context: ServiceContext, left: str = "", dropped: int = 0) -> None:
        """``left`` is what the lock of the last holder said (``StoreLock.left``).

        ``dropped``: how many times something was stored that the disk did not give back (``log_check``).
        """
        self._context = context
        self._left, self._dropped = left, dropped

    def news(self) -> News | None:
        """Return what to say, None when the last end was in order or this was said already."""
        if not self._left and not self._dropped:
            return None
        work = next((one for one in Work if one == self._left), Work.AT_WORK)
        with self._context.database.reading() as stores:
            if stores.settings.get("role") != OrganisationKind.DISTRICT.value:
                return News(_words(work, dropped=self._dropped), work)
            submission = _unwritten(stores)
            drafts = find_drafts(desk_of(self._context, stores))
        draft = drafts[0] if drafts else None
        return News(_words(work, submission, drafts, self._dropped), work, submission, draft)

    def told(self) -> None:
        """A person has seen it."""
        self._left, self._dropped = "", 0


def clear_unfinished(folder: Path) -> None:
    """Take away what an earlier process left half made beside the store; nobody else may have it open."""
    for path in folder.iterdir():
        if _UNFINISHED.fullmatch(path.name) is None:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def _words(
    work: Work,
    submission: Submission | None = None,
    drafts: tuple[FoundDraft, ...] = (),
    dropped: int = 0,
) -> str:
    lines = [
        f"前回は、{work.label}途中で終わりました（停電など）。",
        _DROPPED.format(dropped) if dropped else _SAFE,
    ]
    if drafts:
        lines.append(
            f"書きかけのまま終わった入力が{len(drafts)}件あります（{drafts[0].label}）。"
            "開いて、どちらを使うか選んでください。"
        )
    if submission is not None:
        lines.append(
            f"第{submission.revision}版の提出ファイルはできていますが、まだUSBメモリに入っていません。"
        )
    elif work in _NEXT:
        lines.append(_NEXT[work])
    return "\n".join(lines)


def _unwritten(stores: Stores) -> Submission | None:
    """The newest revision by its number, for clocks go back, when its file was never written and proven."""
    every = stores.submissions.of_org(str(stores.settings.get("org")))
    own = {key.public for key in stores.keys.own(SIGNING)}
    newest = max(every, key=lambda one: (one.key in own, one.seq), default=None)
    if newest is None or newest.state is not ReportState.EXPORTED:
        return None
    return None if newest.manifest in written_manifests(stores) else newest
