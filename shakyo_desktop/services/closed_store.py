"""What can be said of a store that does not open: its files, its ways, its copies, and what to do next."""

from pathlib import Path

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.doctor import Finding
from shakyo_desktop.services.generation_files import list_generations, store_tag_of
from shakyo_desktop.services.putting_in_place import BEFORE
from shakyo_desktop.services.settings import WAY_WORDS
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import Way
from shakyo_desktop.storage.schema_map import MAP_FILE

_FILES = {
    DATABASE_FILE: "記録",
    f"{DATABASE_FILE}-wal": "書きかけの記録",
    key_slots.SLOTS_FILE: "開き方",
    key_slots.SPARE_FILE: "開き方の予備",
    key_slots.KEY_FILE: "守りなしの鍵",
    MAP_FILE: "取り出すときの助け",
}
_NEXT = {
    "store.missing": "--data のフォルダーを確かめてください。"
    "パソコンをかえたときは、restore で控えから戻せます。",
    "store.in_use": "このデータを開いているほかの画面を閉じて、もう一度調べてください。",
    "store.locked": "画面のある端末で同じ命令を行い、合い言葉か復旧シートの文字を入れてください。",
    "store.too_new": "新しい版のプログラムを入れて、もう一度調べてください。",
}
_DAMAGED = (
    "salvage --to で、読めるものを新しいフォルダーに取り出してください。こわれたファイルはそのまま残ります。"
    "足りないときは、restore で控えから戻せます。"
)


def examine_closed(data_dir: Path, error: ShakyoError) -> tuple[Finding, ...]:
    """What there is in a data folder whose store did not open, and why it did not; nothing is changed."""
    return (
        Finding("保存データ", False, error.message.replace("\n", ""), (error.code,)),
        _files(data_dir),
        _ways(data_dir),
        _copies(data_dir),
        Finding("次にすること", True, _NEXT.get(error.code, _DAMAGED)),
    )


def _files(data_dir: Path) -> Finding:
    sizes = {name: (data_dir / name).stat().st_size for name in _FILES if (data_dir / name).is_file()}
    found = [f"{name}（{_FILES[name]}）{size:,}バイト" for name, size in sizes.items()]
    aside = sorted(path.name for path in data_dir.glob(f"{BEFORE}*") if path.is_dir())
    found += [f"{name}（前に置きかえたデータ）" for name in aside]
    missing = [name for name in (DATABASE_FILE, key_slots.SLOTS_FILE) if not sizes.get(name)]
    words = "、".join(found) or "何もありません"
    if missing:
        words += f"。{'、'.join(missing)} がないか、空です"
    return Finding("ファイル", not missing, f"{words}。")


def _ways(data_dir: Path) -> Finding:
    area = "データの開き方"
    try:
        ways = dict.fromkeys(slot.way for slot in key_slots.list_slots(data_dir))
    except ShakyoError as error:
        return Finding(area, False, error.message.replace("\n", ""), (error.code,))
    words = "、".join(WAY_WORDS[way] for way in ways) or "1つもありません。"
    lost = Way.KEY_FILE in ways and not (data_dir / key_slots.KEY_FILE).is_file()
    if lost:
        words += f"。ただし {key_slots.KEY_FILE} がありません。"
    return Finding(area, bool(ways) and not lost, words)


def _copies(data_dir: Path) -> Finding:
    """The automatic copies of the folder; where else copies lie is said inside the store alone."""
    own = store_tag_of(data_dir)
    good = [one for one in list_generations(data_dir) if one.is_good and own in ("", one.store)]
    elsewhere = "ほかの場所（USBメモリなど）の控えは、データを開かないと分かりません。"
    if not good:
        return Finding("控え", False, f"このフォルダーに、使える自動の控えはありません。{elsewhere}")
    newest = good[0]
    return Finding(
        "控え",
        True,
        f"使える自動の控えが{len(good)}個あります。いちばん新しいものは{era_timestamp(newest.at)}の"
        f" {newest.path} です。{elsewhere}",
    )
