"""What an office does about computers and versions that wait; results come as words for the person."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError, WrongNumber
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.verdicts import ACCEPTED, Verdict

_REJECTED = (
    "待っていたファイルを消しました。登録はしていません。ほかの記録は変わっていません。\n"
    "名簿の電話番号へ電話をして、確かめてください。"
)
_USED = "届いた版を使うことにしました。前の報告も、版の一覧に残っています。"
_DISCARDED = (
    "届いた版は使わないことにしました。使わなかった版として残ります。今使っている報告は変わっていません。\n"
    "返事ができています。「返事を渡す」で差出人に渡してください。"
)
_SUSPENDED = (
    "止めました。「見つかった」を押すまで、このパソコンからの報告は受け取りません。前の報告は残っています。\n"
    "名簿の電話番号へかけ直して確かめ、なくした日からあとに届いたものを、下で見てください。"
)
_RESUMED = (
    "再開しました。このパソコンからの報告を、また受け取れます。\n"
    "止めている間に断ったファイルは、もう一度受け取れます。"
)
_MISTAKE = "押しまちがい"
_REVOKED = "登録を取り消しました。これまでに受け取った報告は残っています。"


class RegistrationDesk(QObject):
    """Signals: ``done`` kind of message, words, and the package to read next (or empty);
    ``stopped`` key and words: it can be taken back; ``number_refused`` key and words: what was typed
    stays where it is.
    """

    done = Signal(str, str, str)
    stopped = Signal(str, str)
    number_refused = Signal(str, str)

    def __init__(self, desk: Desk, failed: Callable[[ShakyoError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed
        self._registrations = desk.services.registrations

    def approve(self, key: str, typed: str, end_previous: bool = False) -> None:
        """Register a computer by the number typed, or renew it."""

        def failed(error: ShakyoError) -> None:
            if isinstance(error, WrongNumber):
                self.number_refused.emit(key, error.message)
            else:
                self._failed(error)

        self._desk.worker.run(
            lambda: self._registrations.approve(key, typed, end_previous),
            lambda verdicts: self._approved(verdicts, end_previous),
            failed,
            self,
        )

    def reject(self, key: str) -> None:
        """Delete what waits from a computer nobody knows."""
        self._run(lambda: self._registrations.reject(key), _REJECTED)

    def use(self, manifest: str) -> None:
        """Let the version that came count."""

        def done(verdict: Verdict) -> None:
            accepted = verdict.verdict == ACCEPTED
            package_id = str(verdict.package_id) if accepted else ""
            self.done.emit(*(("saved", _USED) if accepted else ("warning", verdict.message)), package_id)

        self._desk.worker.run(lambda: self._registrations.use_version(manifest), done, self._failed, self)

    def discard(self, manifest: str) -> None:
        """Keep the version that came without using it; an answer tells its sender."""
        self._run(lambda: self._registrations.discard(manifest), _DISCARDED)

    def suspend(self, key: str, note: str) -> None:
        """Stop a computer that was lost."""
        self._desk.worker.run(
            lambda: self._registrations.suspend(key, note),
            lambda _done: self.stopped.emit(key, _SUSPENDED),
            self._failed,
            self,
        )

    def take_back_stop(self, key: str) -> None:
        """The wrong computer was stopped."""
        self._run(lambda: self._registrations.resume(key, _MISTAKE), _RESUMED)

    def resume(self, key: str, note: str) -> None:
        """A computer was found."""
        self._run(lambda: self._registrations.resume(key, note), _RESUMED)

    def revoke(self, key: str, note: str) -> None:
        """End a registration for ever."""
        self._run(lambda: self._registrations.revoke(key, note), _REVOKED)

    def _approved(self, verdicts: tuple[Verdict, ...], ended: bool) -> None:
        accepted = [one for one in verdicts if one.verdict == ACCEPTED]
        others = [one for one in verdicts if one.verdict != ACCEPTED]
        name = next((one.sender_name for one in verdicts if one.sender_name), "")
        words = f"{name}を登録しました。" if name else "登録しました。"
        if ended:
            words += "前の登録は終わりました。"
        if accepted:
            words += f"待っていた報告{len(accepted)}件を受け取りました。"
        words += "".join(f"\n{one.file.name}：{one.message}" for one in others)
        package_id = str(accepted[-1].package_id) if accepted else ""
        self.done.emit("warning" if others else "saved", words, package_id)

    def _run(self, work: Callable[[], object], words: str) -> None:
        def done(_result: object) -> None:
            self.done.emit("saved", words, "")

        self._desk.worker.run(work, done, self._failed, self)
