"""An archive above the limit of one file: taken in from the disk, with the bounds of each file inside."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.ingest import sources
from loaders.ingest.sources import source_at
from loaders.limits import Limits
from tests.loaders.ingest.conftest import report_text, zip_reports


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file may have a thousand bytes here, so that a small archive counts as large."""
    monkeypatch.setattr(sources, "LIMITS", Limits(file_bytes=1000))


def test_files_come_out_one_by_one(tmp_path: Path) -> None:
    zip_reports(tmp_path / "全省.zip", range(20))
    source = source_at(tmp_path / "全省.zip")
    assert (source.kind, source.count()) == ("archive", 20)
    found = {file.name: file.read().decode() for file in source}
    assert found == {f"全省.zip/{name}": text for name, text in map(report_text, range(20))}


def test_bomb_inside_is_refused_and_the_others_come(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", bytes(50 * 2**20))
        archive.writestr("__MACOSX/x", os.urandom(1000))
        archive.writestr("../a.txt", "甲")
    found = {file.name: file.refused.code if file.refused else file.read().decode() for file in source_at(tmp_path / "a.zip")}
    assert found == {"a.zip/bomb.txt": "too_large_unpacked", "a.zip/__MACOSX/x": "files_skipped", "a.zip/a.txt": "甲"}


def test_damaged_archive_is_one_file_with_a_reason(tmp_path: Path) -> None:
    zip_reports(tmp_path / "a.zip", range(20))
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:-200])
    source = source_at(tmp_path / "a.zip")
    (found,) = source
    assert source.count() == 1
    with pytest.raises(CannotReadError) as caught:
        found.read()
    assert caught.value.code == "damaged"


def test_large_file_that_is_no_archive_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4" + bytes(2000))
    (found,) = source_at(tmp_path / "a.pdf")
    with pytest.raises(CannotReadError) as caught:
        found.read()
    assert caught.value.code == "file_too_large"
