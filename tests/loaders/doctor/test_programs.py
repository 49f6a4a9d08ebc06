"""The doctor names what is really missing on a machine: packages, fonts, the network for scans, LibreOffice, pango."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders import libreoffice
from loaders.doctor import programs
from loaders.picture import png
from ogi.labels import Labels

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """What was found on this machine before is looked for again, before and after."""
    for kept in (libreoffice.find_libreoffice, png.font_path):
        kept.cache_clear()
    yield
    for kept in (libreoffice.find_libreoffice, png.font_path):
        kept.cache_clear()


def test_machine_without_libreoffice(nothing_remembered: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_PLACES", (str(tmp_path / "program"),))
    look = programs.libreoffice()
    assert (look.state, look.code) == ("lacking", "missing")
    assert ".doc" in look.costs(Labels("zh"))
    assert "apt install libreoffice" in look.way(Labels("en"))


def test_libreoffice_on_the_search_path_is_found(
    nothing_remembered: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    assert (programs.libreoffice().state, programs.libreoffice().found) == ("good", str(program))


def test_machine_without_chinese_font(nothing_remembered: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"")
    monkeypatch.setattr(png, "_folders", lambda: iter([tmp_path]))
    assert (programs.chinese_font().state, programs.chinese_font().code) == ("lacking", "missing")


@pytest.mark.parametrize("name", ["cv2", "onnxruntime", "rapidocr"])
def test_machine_without_a_part_of_reading_scans(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    look = programs.scans()
    assert (look.state, look.params["names"].split()[0]) == ("lacking", name)
    assert name in look.costs(Labels("en"))


def test_machine_without_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert (programs.pdf().state, programs.pdf().code) == ("lacking", "weasyprint")


def test_package_that_is_not_installed_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["not-on-this-machine>=1", "lxml>=6"]\n')
    (tmp_path / "constraints.txt").write_text("lxml==6.1.3\n")
    look = programs.python_and_packages(tmp_path)
    assert (look.state, look.params) == ("stops", {"names": "not-on-this-machine"})


def test_package_of_another_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["lxml>=1"]\n')
    (tmp_path / "constraints.txt").write_text("lxml==1.0\n")
    look = programs.python_and_packages(tmp_path)
    assert (look.state, look.code) == ("lacking", "others")
    assert look.params["names"].endswith(" ≠ 1.0")


def test_packages_of_this_machine_are_those_that_are_tested() -> None:
    assert programs.python_and_packages(ROOT).state == "good"
