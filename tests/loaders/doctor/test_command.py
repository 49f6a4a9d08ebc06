"""``python -m loaders.doctor``: words in both languages, JSON for programs, exit status 1 only for what stops work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from loaders.doctor import programs
from loaders.doctor.__main__ import main
from loaders.doctor.look import Look
from ogi.labels import LANGS, Labels, messages


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_DATA_DIR", str(tmp_path))
    for name in ("OGI_DATABASE_URL", "OGI_MODE", "OGI_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)


def test_missing_part_is_said_with_cost_and_way_and_does_not_stop(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "libreoffice", lambda: Look(part="office", state="lacking", code="missing"))
    assert main(["--port", "0"]) == 0
    text = capsys.readouterr().out
    assert "△ LibreOffice：缺少或需要注意\n    没有 LibreOffice：.doc" in text
    assert text.splitlines()[-1].startswith("可以使用")


def test_what_stops_work_ends_with_status_1_and_names_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_MODE", "open")
    assert main(["--port", "0", "--json"]) == 1
    rows = {row["part"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["settings"]["state"] == "stops"
    assert "OGI_MODE" in rows["settings"]["costs"]
    assert len(rows) == 12


def test_database_address_that_cannot_be_meant_is_said_and_the_rest_is_looked_at(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OGI_DATABASE_URL", "mysql://x")
    assert main(["--port", "0", "--lang", "en"]) == 1
    text = capsys.readouterr().out
    assert "✗ Database: cannot be used\n    The database address (OGI_DATABASE_URL) cannot be used" in text
    assert "✓ Port" in text


@pytest.mark.parametrize("lang", LANGS)
def test_every_part_that_may_be_missing_has_cost_and_way(lang: str) -> None:
    found = [re.fullmatch(r"doctor\.(\w+)\.(\w+)\.costs", key) for key in messages()]
    codes = [(match[1], match[2]) for match in found if match]
    assert len(codes) == 17
    names = dict.fromkeys(("names", "free", "folder", "found", "known", "file", "now", "last", "port", "other"), "…")
    for part, code in codes:
        look = Look(part=part, state="lacking", code=code, params=names)
        assert all((look.name(Labels(lang)), look.costs(Labels(lang)), look.way(Labels(lang))))
