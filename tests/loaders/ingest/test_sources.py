"""Where files come from: folders, archives, lists; what is left out is said."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.ingest.sources import NoSourceError, source_at
from tests.loaders.ingest.conftest import report_text


def test_folder_gives_every_file_below_it_in_the_same_order(tmp_path: Path) -> None:
    for name in ("乙/2.txt", "甲.txt", "乙/丙/1.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    source = source_at(tmp_path)
    assert [found.name for found in source] == ["乙/2.txt", "乙/丙/1.txt", "甲.txt"]
    assert [found.read().decode() for found in source] == ["乙/2.txt", "乙/丙/1.txt", "甲.txt"]
    assert source.count() == 3


def test_leftovers_are_left_out_by_name(tmp_path: Path) -> None:
    for name in ("Thumbs.db", "~$报告.docx", ".DS_Store", "报告.txt"):
        (tmp_path / name).write_text("x")
    assert {found.name: found.refused and found.refused.code for found in source_at(tmp_path)} == {
        "Thumbs.db": "files_skipped",
        "~$报告.docx": "files_skipped",
        ".DS_Store": "files_skipped",
        "报告.txt": None,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_back_to_the_folder_does_not_go_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    reasons = {}
    for found in source_at(tmp_path):
        try:
            found.read()
        except CannotReadError as error:
            reasons[found.name] = error.code
    assert reasons == {"again": "link_to_folder", "gone": "cannot_open"}


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are always text")
def test_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("x")
    (found,) = source_at(tmp_path)
    assert (found.name, found.read()) == ("?.txt", b"x")


def test_list_carries_addresses_and_days(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b c.txt").write_text("y")
    lines = ["# 年报", "a.txt\thttps://example.gov.cn/a.html\t2025-01-24", "b c.txt", "", "d.txt\t\t24.1.2025"]
    (tmp_path / "list.txt").write_text("\r\n".join(lines), encoding="gb18030")
    source = source_at(tmp_path / "list.txt")
    assert source.kind == "list"
    first, second, third = source
    assert (first.address, first.published_on, first.read()) == ("https://example.gov.cn/a.html", dt.date(2025, 1, 24), b"x")
    assert (second.address, second.published_on, second.read()) == (None, None, b"y")
    with pytest.raises(CannotReadError) as caught:
        third.read()
    assert (caught.value.code, caught.value.params) == ("bad_day", {"day": "24.1.2025"})


def test_file_named_by_a_list_and_not_there_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "list.txt").write_text("a.txt\nb.txt")
    _, missing = source_at(tmp_path / "list.txt")
    with pytest.raises(CannotReadError) as caught:
        missing.read()
    assert caught.value.code == "cannot_open"


def test_report_that_is_a_text_file_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(report_text(0)[1], encoding="utf-8")
    source = source_at(tmp_path / "报告.txt")
    assert [found.name for found in source] == ["报告.txt"]
    assert source.kind == "file"


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSourceError) as caught:
        source_at(tmp_path / "nowhere")
    assert caught.value.code == "not_found"
