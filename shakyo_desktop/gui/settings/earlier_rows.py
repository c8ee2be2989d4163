"""What a table of an earlier year would change, as rows: what to put right first, then what differs."""

from datetime import date

from shakyo_desktop.domain.dates import era_date, month_name
from shakyo_desktop.domain.earlier_year import FieldLine, RecordLine, Standing
from shakyo_desktop.domain.labels import field_label, item_name, show_value
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import Row
from shakyo_desktop.services.earlier_years import YearPreview

_LONGEST = 20
_PROBLEM = Mark("×", "直す", "#ce0000", "#ffffff")
_ACTIVITY = Mark("＋", "新しい活動", "#0017c1", "#e8f1fe")
_MARKS = {
    Standing.NEW: Mark("＋", "新しい", "#0017c1", "#e8f1fe"),
    Standing.OTHER: Mark("○", "ちがう", "#6e5600", "#fbf5e0"),
}


def preview_rows(preview: YearPreview) -> list[Row]:
    """The rows, as many as matter: a value that is the same already needs nobody's eyes."""
    found = [
        Row(f"fault:{at}", (_PROBLEM, fault.address, fault.message), tone="problem")
        for at, fault in enumerate(preview.problems)
    ]
    for standing in (Standing.OTHER, Standing.NEW):
        for line in preview.lines:
            if line.new_activity and standing is Standing.NEW:
                words = f"{_about(preview, line)}　{_day(line)}の活動"
                found.append(Row(line.row.address, (_ACTIVITY, line.row.address, words)))
            elif not line.new_activity:
                found += [
                    Row(one.address, (_MARKS[standing], one.address, _words(preview, line, one)))
                    for one in line.fields
                    if one.standing is standing
                ]
    return found


def preview_summary(preview: YearPreview) -> str:
    """How much of what, and what was left out."""
    new = sum(
        1
        for line in preview.lines
        if not line.new_activity
        for one in line.fields
        if one.standing is Standing.NEW
    )
    counts = (
        ("直すところ", len(preview.problems), "か所"),
        ("新しく入る値", new, "件"),
        ("新しい活動", preview.new_activities(), "件"),
        ("今とちがう値", preview.count(Standing.OTHER), "件"),
        ("今と同じ値", preview.count(Standing.SAME), "件"),
    )
    parts = [f"{name} {count}{unit}" for name, count, unit in counts if count]
    lines = [f"{preview.file_name}　{'　'.join(parts) or '何も書かれていません。'}"]
    if preview.set_aside:
        names = "、".join(preview.set_aside)
        lines.append(f"報告を受け取っている地区部会の行は使いません（{names}）。")
    lines.append(
        "表を直して保存し、もう一度選んでください。まだ何も変わっていません。"
        if preview.problems
        else "まだ何も変わっていません。"
    )
    return "\n".join(lines)


def _about(preview: YearPreview, line: RecordLine) -> str:
    plan = next((one for one in preview.plans if one.id == line.row.plan_id), None)
    who = preview.names.get(line.row.org, "")
    return "　".join(part for part in (who, item_name(line.row.item_number, plan)) if part)


def _day(line: RecordLine) -> str:
    when = line.row.when
    return month_name(when) if len(when) == len("2025-06") else era_date(date.fromisoformat(when))


def _words(preview: YearPreview, line: RecordLine, one: FieldLine) -> str:
    plan = next((known for known in preview.plans if known.id == line.row.plan_id), None)
    item = plan.item(line.row.item_number) if plan else None
    kind, number = (item.kind if item else None), line.row.item_number
    label = field_label(line.row.table, one.field, kind, plan, number)

    def shown(value: object) -> str:
        words = (
            value
            if isinstance(value, str) and type(value) is str
            else show_value(line.row.table, one.field, value, plan, kind, number)
        )
        plain = " ".join(words.split())
        return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"

    now = f"今「{shown(one.now)}」　表「{shown(one.wanted)}」" if one.standing is Standing.OTHER else ""
    return f"{_about(preview, line)}　{label}　{now or shown(one.wanted)}"
