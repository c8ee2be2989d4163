"""Where things are, from source and frozen."""

import sys
from pathlib import Path

import pytest

from shakyo_desktop import paths


@pytest.mark.parametrize(
    "folder", [paths.fonts_dir, paths.icons_dir, paths.plans_dir, paths.help_dir, paths.migrations_dir]
)
def test_what_ships_with_the_program_is_there(folder):
    assert any(folder().iterdir())


def test_the_environment_names_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(tmp_path / "here"))
    assert paths.default_data_dir() == tmp_path / "here"
    assert not (tmp_path / "here").exists()


def test_without_it_the_platform_does(monkeypatch):
    monkeypatch.delenv("SHAKYO_DATA_DIR")
    assert paths.default_data_dir().is_absolute()
    assert paths.default_data_dir().name == "shakyo_desktop"


def test_every_library_we_distribute_states_its_licence():
    texts = dict(paths.licence_texts())
    names = [name.partition(" ")[0] for name in texts]
    for expected in (
        "shakyo_desktop",
        "Lucide",
        "LGPL-3.0",
        "SQLCipher",
        "pyrage",
        "cryptography",
        "sqlalchemy",
    ):
        assert expected in names
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["LGPL-3.0"]
    assert all(len(text.strip()) > 20 for text in texts.values())


def test_the_frozen_program_reads_its_own_folder(monkeypatch, tmp_path):
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "01 pyrage 1.4.0.txt").write_text("MIT", encoding="utf-8")
    (tmp_path / "licences" / "00 shakyo_desktop.txt").write_text("ours", encoding="utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_dir() == tmp_path / "resources"
    assert paths.migrations_dir() == tmp_path / Path("shakyo_desktop/storage/migrations")
    assert paths.licence_texts() == [("shakyo_desktop", "ours"), ("pyrage 1.4.0", "MIT")]
