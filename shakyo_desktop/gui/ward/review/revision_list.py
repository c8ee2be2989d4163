"""Every revision of a district's year that was received, newest first."""

from collections.abc import Collection, Sequence

from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.words import revision_words, short_day

_COLUMNS = (
    Column("版", 124),
    Column("受け取った日", 132),
    Column("状態"),
    Column("受付番号", 164),
)


class RevisionList(RowList):
    """Enter opens a revision; the one that is read now is said so."""

    def __init__(self, revisions: Sequence[Submission], shown: str, joined: Collection[str] = ()) -> None:
        """``joined`` are the package ids of what was joined into the one that is shown."""
        super().__init__(_COLUMNS, "これまでの版")
        self.show_all_rows()
        self.set_rows([_row(one, shown, one.package_id in joined) for one in revisions])
        self.select_key(shown, silent=True)


def _row(one: Submission, shown: str, joined: bool) -> Row:
    now = "　← 今読んでいる版" if one.package_id == shown else ""
    return Row(
        one.package_id,
        (
            revision_words(one.revision, one.stage),
            short_day(one.received_at),
            f"{'合わせました' if joined else one.state.label}{'・代行入力' if one.is_proxy else ''}{now}",
            one.receipt_no,
        ),
    )
