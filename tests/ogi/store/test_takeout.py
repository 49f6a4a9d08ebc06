"""Everything taken away: each file holds what was stored, a missing number is nowhere 0, and nothing half-written is left."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from loaders.read import read_report
from ogi.organs import describe_organ
from ogi.store.__main__ import main
from ogi.store.accepting import accept
from ogi.store.corrections import correct
from ogi.store.deleting import delete
from ogi.store.location import DATA_DIR, DATABASE_URL, StoreError
from ogi.store.records import Records
from ogi.store.takeout import export_all

PENALTY, RULES, FEES = "penalty.decisions", "rules.issued", "fees.amount_wan_yuan"


@pytest.fixture
def filled(records, paper, suqian, make_report, act) -> Records:
    """宿迁市 2024 with a misread penalty, an amended fee and a blank; one report of another organ; one deleted."""
    with records.writing() as c:
        found = accept(c, paper(suqian(2024, {PENALTY: "267647g", RULES: ""})), act)
        correct(c, found.report_id, PENALTY, kind="misread", value=2676474, act=act, changes=None)
        correct(c, found.report_id, FEES, kind="amended", value=72701, act=act, changes=None)
        accept(c, paper(make_report({PENALTY: "7"}, organ=describe_organ("示例市教育局")), "教育"), act)
        delete(c, accept(c, paper(suqian(2023), "旧"), act).report_id, act, None)
    return records


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_every_file_holds_what_was_stored(filled, tmp_path) -> None:
    folder = tmp_path / "all"
    counts = export_all(filled, folder)
    wide = {row["organ"]: row for row in rows(folder / "facts.csv")}
    assert set(wide) == {"宿迁市人民政府", "示例市教育局"}
    city = wide["宿迁市人民政府"]
    assert (city[PENALTY], city[RULES], city[FEES], wide["示例市教育局"][PENALTY]) == ("2676474", "", "72701.2578", "7")
    assert json.loads(city["states"])[RULES] == "blank"
    assert json.loads(city["amended"])[FEES] == 72701
    cells = {(row["organ"], row["key"]): row for row in rows(folder / "cells.csv")}
    misread, amended, blank = (cells["宿迁市人民政府", key] for key in (PENALTY, FEES, RULES))
    assert (misread["raw"], misread["read_value"], misread["value"]) == ("267647g", "", "2676474")
    assert (amended["raw"], amended["value"], amended["amended"]) == ("72701.2578", "72701.2578", "72701")
    assert (blank["raw"], blank["value"], blank["state"]) == ("", "", "blank")
    assert counts["cells.csv"] == len(cells)
    objects = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(one["organ"]["name"] for one in objects) == sorted(wide)
    assert len(rows(folder / "reports.csv")) == 3
    assert {row["kind"] for row in rows(folder / "corrections.csv")} == {"misread", "amended"}


def test_parquet_says_the_same_as_the_csv(filled, tmp_path) -> None:
    folder = tmp_path / "all"
    export_all(filled, folder, with_workbooks=False)
    query = f'SELECT organ, "{PENALTY}", "{RULES}", "{FEES}" FROM read_parquet(?) ORDER BY report'
    found = duckdb.execute(query, [str(folder / "facts.parquet")]).fetchall()
    assert sorted(found) == [("宿迁市人民政府", 2676474, None, 72701.2578), ("示例市教育局", 7, 0, 0.0)]
    assert not (folder / "excel").exists()


def test_workbooks_are_read_back(filled, tmp_path) -> None:
    folder = tmp_path / "all"
    export_all(filled, folder)
    files = {file.name.split("_")[0]: file for file in (folder / "excel" / "2024").iterdir()}
    back = read_report(files["宿迁市人民政府"].read_bytes(), "x.xlsx")
    assert (back.organ.name, back.report_year) == ("宿迁市人民政府", 2024)
    assert (back.value(PENALTY), back.state(RULES), back.value("applications.received.total")) == (2676474, "blank", 3525)


def test_dictionary_and_readme_name_every_column_and_file(filled, tmp_path) -> None:
    folder = tmp_path / "all"
    export_all(filled, folder)
    described = {row["key"] for row in rows(folder / "dictionary.csv")}
    figures = {name for name in rows(folder / "facts.csv")[0] if "." in name}
    assert figures <= described
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for file in folder.iterdir():
        assert readme.count(f"`{file.name}") == (0 if file.name == "README.md" else 2)  # Chinese and English


def test_folder_with_something_in_it_is_left_alone(filled, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(StoreError) as refused:
        export_all(filled, tmp_path)
    assert refused.value.code == "export_not_empty"


def test_nothing_half_written_is_left(filled, tmp_path, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ogi.store.takeout.everything.write_dictionary", full)
    with pytest.raises(StoreError) as refused:
        export_all(filled, tmp_path / "out" / "all", with_workbooks=False)
    assert refused.value.code == "export_not_written"
    assert list((tmp_path / "out").iterdir()) == []


def test_three_commands_take_away_and_bring_back(filled, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv(DATA_DIR, str(filled.location.folder))
    monkeypatch.setenv(DATABASE_URL, filled.location.url.render_as_string(hide_password=False))
    backup, first, second = tmp_path / "b.zip", tmp_path / "first", tmp_path / "second"
    assert main(["export", str(first), "--no-workbooks"]) == 0
    assert main(["backup", str(backup)]) == 0
    monkeypatch.delenv(DATABASE_URL)
    monkeypatch.delenv(DATA_DIR)
    assert main(["restore", str(backup), str(tmp_path / "restored"), "--lang", "en"]) == 0
    assert "Restored" in capsys.readouterr().out
    assert main(["restore", str(backup), str(tmp_path / "restored"), "--lang", "zh"]) == 2
    assert "已经有数据" in capsys.readouterr().err
    monkeypatch.setenv(DATA_DIR, str(tmp_path / "restored"))
    assert main(["export", str(second), "--no-workbooks"]) == 0
    assert main(["check"]) == 0
    assert main(["index"]) == 0
    names = sorted(file.name for file in first.iterdir())
    assert names == sorted(file.name for file in second.iterdir())
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []
