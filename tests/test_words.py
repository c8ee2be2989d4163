"""What people read is said in their words: the source's Japanese never names the machinery."""

import ast
from functools import cache
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent.parent / "shakyo_desktop"
# The product's page: the volunteers' screens never say these.
NEVER_SAID = ("パッケージ", "エクスポート", "インポート", "エラー", "バックアップ", "電子署名", "ハッシュ")

# Said in one spelling: 閉じる.
OTHER_SPELLINGS = ("とじ",)


@cache
def said(path: Path) -> list[str]:
    """Every text of a source file; docstrings are English, so that a word found is shown to somebody."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize("word", [*NEVER_SAID, *OTHER_SPELLINGS])
def test_no_text_of_the_program_says(word: str) -> None:
    speaking = [path.name for path in PROGRAM.rglob("*.py") if any(word in text for text in said(path))]
    assert speaking == []


def test_the_texts_of_the_program_are_found() -> None:
    assert any("保存しています" in text for path in PROGRAM.rglob("*.py") for text in said(path))
