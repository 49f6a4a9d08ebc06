"""Other programs read the files: what the documentation says of them is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd

from ogi.facts import cell_columns, derived_columns, table_columns
from ogi.store.snapshot import schema as documented
from ogi.store.snapshot.publish import Publisher

MAPS = ("states", "flags", "counted", "amended")


def published(folder: Path, row) -> pd.DataFrame:
    """A year of three reports, one of them changed and one removed later, read with nothing but pandas."""
    publisher = Publisher(folder)
    publisher.publish([row("甲市财政局"), row("乙市财政局"), row("丙市财政局")])
    changed = row(
        "甲市财政局",
        version=2,
        numbers={"applications.received.total": 12, "fees.amount_wan_yuan": 1.5},
        derived={"applications.due.total": 13},
        states={"penalty.decisions": "blank"},
        flags={"penalty.decisions": "blank_as_zero"},
        counted={"penalty.decisions": 0},
        amended={"applications.received.total": 21},
        statuses={"t4_disputes": "partial"},
        region_code=None,
    )
    publisher.publish([changed], [(2023, row("丙市财政局").report_id)])
    publisher.compact(2023)
    manifest = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    return pd.read_parquet(folder / manifest["years"]["2023"]["base"]["file"])


def test_pandas_finds_the_columns_that_are_documented(tmp_path: Path, row) -> None:
    frame = published(tmp_path, row)
    named = set(re.findall(r"``([a-z_0-9]+)``", documented.__doc__ or "")) | {"errors", "warnings", "hints"}
    plain = {name for name in frame.columns if "." not in name}
    assert plain <= named
    dotted = {name for name in frame.columns if "." in name}
    tables = {f"{kind}.{table}" for kind in ("edition", "status") for table in table_columns()}
    assert dotted == tables | set(cell_columns()) | set(derived_columns())


def test_pandas_finds_numbers_gaps_and_exceptions(tmp_path: Path, row) -> None:
    frame = published(tmp_path, row).set_index("organ_name")
    assert sorted(frame.index) == sorted(["甲市财政局", "乙市财政局"])
    changed, other = frame.loc["甲市财政局"], frame.loc["乙市财政局"]
    assert (changed["report_id"], changed["report_year"], changed["version"]) == (row("甲市财政局").report_id, 2023, 2)
    assert (changed["applications.received.total"], changed["fees.amount_wan_yuan"]) == (12, 1.5)
    assert pd.isna(changed["penalty.decisions"])
    assert other["penalty.decisions"] == 0
    assert (changed["applications.due.total"], pd.isna(other["applications.due.total"])) == (13.0, True)
    assert pd.isna(changed["region_code"])
    assert (other["region_code"], changed["is_complete"], other["is_complete"]) == ("320100", False, True)
    assert (changed["edition.t3_requests"], changed["status.t4_disputes"]) == ("gf2021", "partial")
    assert [dict(changed[name]) for name in MAPS] == [
        {"penalty.decisions": "blank"},
        {"penalty.decisions": "blank_as_zero"},
        {"penalty.decisions": 0.0},
        {"applications.received.total": 21.0},
    ]
    assert [list(other[name]) for name in MAPS] == [[], [], [], []]


def test_numbers_are_of_the_documented_types(tmp_path: Path, row) -> None:
    published(tmp_path, row)
    types = {field.name: str(field.type) for field in documented.schema()}
    assert types["applications.received.total"] == "int64"
    assert types["fees.amount_wan_yuan"] == types["procurement.amount"] == types["applications.due.total"] == "double"
    assert {types[name] for name in ("report_id", "region", "edition.t3_requests")} == {"string"}
    assert [types[name] for name in MAPS] == ["map<string, string>"] * 2 + ["map<string, double>"] * 2
