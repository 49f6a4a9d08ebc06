"""The version of the readers is another one when something that decides the reading changes, and only then."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders import reader_version
from loaders.kind import READERS, VALUE_READERS

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def made() -> Iterator[None]:
    reader_version.reader_version.cache_clear()
    yield
    reader_version.reader_version.cache_clear()


def version() -> str:
    reader_version.reader_version.cache_clear()
    return reader_version.reader_version()


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: None) -> Path:
    """A copy of the readers, to be changed."""
    shutil.copytree(ROOT / "loaders", tmp_path / "loaders", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(reader_version, "_ROOT", tmp_path / "loaders")
    return tmp_path / "loaders"


def test_same_readers_elsewhere_have_the_same_version(readers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = version()
    monkeypatch.undo()
    assert version() == copied
    assert len(copied) == 12


@pytest.mark.parametrize("name", ["pdf.py", "layout/align.py", "limits.py"])
def test_changed_reader_has_another_version(readers: Path, name: str) -> None:
    before = version()
    with (readers / name).open("a", encoding="utf-8") as file:
        file.write("\nMOST = 3\n")
    assert version() != before


@pytest.mark.parametrize("name", ["ingest/run.py", "sandbox.py", "summary.py"])
def test_what_only_drives_the_readers_does_not_count(readers: Path, name: str) -> None:
    before = version()
    with (readers / name).open("a", encoding="utf-8") as file:
        file.write("\nMOST = 3\n")
    assert version() == before


def test_changed_form_has_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: None) -> None:
    before = version()
    shutil.copytree(ROOT / "ogi/data", tmp_path / "data", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "ogi/form", tmp_path / "form", ignore=shutil.ignore_patterns("__pycache__"))
    for name in reader_version.MODULES:
        shutil.copy(ROOT / "ogi" / name, tmp_path / name)
    monkeypatch.setattr(reader_version, "DATA", tmp_path / "data")
    assert version() == before
    form = tmp_path / "data/form/gf2021.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "# 1\n", encoding="utf-8")
    assert version() != before


def test_everything_the_readers_use_of_ogi_counts() -> None:
    """Except the checks, of which they ask for sums, and the words in which something is shown."""
    used = {path.relative_to(ROOT / "ogi").as_posix() for path in _used() if path.is_relative_to(ROOT / "ogi")}
    assert {name for name in used if not name.startswith(("checks/", "labels.py"))} == set(reader_version.MODULES)


def test_every_data_file_the_readers_read_counts() -> None:
    """Except the rules that are loaded with the form and judge what was read."""
    read = {name for path in _used() if not path.is_relative_to(ROOT / "ogi/checks") for name in _data_files(path)}
    rules = {"checks.yaml", "indicators.yaml", "comparability.yaml"}
    assert read - rules == {"form/shared.yaml", *reader_version.FILES}


def _used() -> set[Path]:
    """All modules a reader comes to, from any format."""
    todo = [ROOT / "loaders/read.py", *(_module(name) for name in {*READERS.values(), *VALUE_READERS.values()})]
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        if path is None or path in found:
            continue
        found.add(path)
        todo += [_module(name) for name in _imports(path) if not name.startswith("ogi.checks")]
    return found


def _module(name: str) -> Path | None:
    place = ROOT.joinpath(*name.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists()), None)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("ogi", "loaders")):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _data_files(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        named = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if named.endswith((".yaml", ".tsv")) and (ROOT / "ogi/data" / named).is_file():
            yield named
