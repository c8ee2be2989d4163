"""元に戻す over all that a node's page shows: the newest change that stands is taken back."""

from shakyo_desktop.domain.compilation import CouncilVerification, Finding, FindingScope
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.gui.ward.compilation.node_rows import COUNCIL, VERSIONS, Node
from shakyo_desktop.gui.ward.compilation.shown import Shown
from shakyo_desktop.services.field_states import CREATED
from shakyo_desktop.services.registry import Services

Undone = Finding | CouncilVerification | ItemStatus


def undo_newest(services: Services, shown: Shown, node: Node) -> Undone | None:
    """Take back the newest change of the ward's words or of its own item; None when none is left.

    Raises:
        NotReady: the version cannot be written in any more.
    """
    compilation = shown.compilation
    if node == VERSIONS:
        return None
    if node == COUNCIL:
        return services.compilation.undo_council(compilation.id) if compilation else None
    own = shown.own.get(node[1]) if node[0] == FindingScope.ITEM.value else None
    own_change = _newest_of(services, own) if own is not None else 0
    if compilation is not None and shown.open_:
        scope = FindingScope(node[0])
        change = services.compilation.last_finding_change(compilation.id, scope, node[1])
        if change is not None and change.id > own_change:
            return services.compilation.undo_finding(compilation.id, scope, node[1])
    if own is None or not own_change:
        return None
    record = services.recording.undo(ref_of(own))
    return record if isinstance(record, ItemStatus) else None


def _newest_of(services: Services, status: ItemStatus) -> int:
    rows = services.recording.history(ref_of(status))
    taken_back = {row.undoes for row in rows if row.undoes is not None}
    standing = (
        row.id for row in rows if row.field != CREATED and row.undoes is None and row.id not in taken_back
    )
    return max(standing, default=0)
