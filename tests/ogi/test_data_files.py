"""Data files are parsed once; what is kept of them is never taken for another state of the file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ogi import data_files
from ogi.data_files import DATA, DataError, load_toml, load_yaml


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed; what came out may be kept."""
    texts: list[str] = []
    parse = data_files._parsed_yaml
    monkeypatch.setattr(data_files, "_parsed_yaml", lambda text: texts.append(text) or parse(text))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return texts


def test_file_is_parsed_once(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("一: [1, 2.5, null, true, 'x']\n2: {b: c}\n", encoding="utf-8")
    expected = {"一": [1, 2.5, None, True, "x"], 2: {"b": "c"}}
    assert [load_yaml(path), load_yaml(path)] == [expected, expected]
    assert len(parsed) == 1


def test_changed_file_is_parsed_anew_and_its_old_state_is_dropped(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "a.yaml"
    for value in (1, 2, 3):
        path.write_text(f"a: {value}\n", encoding="utf-8")
        assert load_yaml(path) == {"a": value}
    assert len(parsed) == 3
    assert len(list((tmp_path / "__pycache__").iterdir())) == 1


def test_broken_remains_are_not_believed(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    load_yaml(path)
    for kept in (tmp_path / "__pycache__").iterdir():
        kept.write_bytes(kept.read_bytes()[:-1])
    assert load_yaml(path) == {"a": 1}
    assert len(parsed) == 2


def test_what_would_come_back_changed_is_not_kept(tmp_path: Path, parsed: list[str]) -> None:
    """A date of YAML has no equal in what is kept."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 2024-01-31\n", encoding="utf-8")
    assert load_yaml(path) == load_yaml(path)
    assert len(parsed) == 2


def test_where_nothing_can_be_written_the_file_is_read_all_the_same(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "__pycache__").write_text("a file in the place of the folder")
    assert [load_yaml(path), load_yaml(path)] == [{"a": 1}, {"a": 1}]


@pytest.mark.parametrize(("load", "text"), [(load_yaml, "a: [1\n"), (load_toml, "a = \n")])
def test_mistake_in_a_file_is_told(load, text: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        load(path)


def test_every_data_file_comes_back_as_it_was_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for source in [*DATA.rglob("*.yaml"), *DATA.rglob("*.toml")]:
        path = tmp_path / source.name
        path.write_bytes(source.read_bytes())
        load = load_yaml if source.suffix == ".yaml" else load_toml
        first = load(path)
        assert list((tmp_path / "__pycache__").glob(f"{source.name}.*"))
        assert load(path) == first
