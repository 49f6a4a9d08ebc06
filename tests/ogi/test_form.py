"""The dictionary of the form: complete, bilingual, validated on load, extended by data alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from ogi.form import DATA, FormError, load_form


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the dictionary that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def edit(path: Path, change) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def test_2021_edition_asks_for_200_numbers() -> None:
    # 10 of proactive disclosure, 25 × 7 of applications, 3 × 5 of disputes (国办公开办函〔2021〕30号).
    tables = {table.id: len(table.cells) for table in load_form().editions["gf2021"].tables}
    assert tables == {
        "t2_art20_1": 6, "t2_art20_5": 1, "t2_art20_6": 2, "t2_art20_8": 1, "t3_requests": 175, "t4_disputes": 15,
    }  # fmt: skip


def test_2019_edition_has_one_row_of_other_handling_and_signed_changes() -> None:
    edition = load_form().editions["gf2019"]
    rows = [row.key for row in edition.table("t3_requests").rows]
    assert len(rows) == 23
    assert "other_handling" in rows
    assert edition.cells["licensing.items_delta"].kind == "delta"
    assert edition.table("t2_art20_8").columns[-1].key == "items_delta"


def test_statistical_form_of_2014_is_present() -> None:
    assert len(load_form().editions["st2014"].cells) == 58


def test_dictionary_has_all_checks_and_indicators() -> None:
    # 81 checks of the domain specification, and twelve on prose, outcomes, fee and restated figures.
    form = load_form()
    assert (len(form.checks), len(form.indicators)) == (93, 36)


def test_fee_is_an_amount_in_wan_yuan_and_a_count_is_not() -> None:
    form = load_form()
    assert (form.cell("fees.amount_wan_yuan").kind, form.cell("fees.amount_wan_yuan").unit) == ("amount", "wan_yuan")
    assert (form.cell("applications.received.total").kind, form.cell("applications.received.total").unit) == ("count", "jian")


def test_key_that_two_editions_share_is_found_in_each() -> None:
    form = load_form()
    assert form.editions_of("applications.granted.total") == ("gf2021", "gf2019")
    assert form.editions_of("applications.other_misc.total") == ("gf2021",)
    assert form.cell("procurement.amount").label("en") == "Centralised government procurement · Procurement amount"


def test_new_row_is_data_only(changed: Path) -> None:
    edit(
        changed / "form/gf2021.yaml",
        lambda data: data["tables"][2]["rows"].append(
            {"key": "inspection", "zh": "行政检查", "en": "Administrative inspections"}
        ),
    )
    cell = load_form(changed).cell("inspection.decisions")
    assert cell.label("zh") == "行政检查 · 本年处理决定数量"


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        ("form/gf2021.yaml", lambda d: d["tables"][0]["rows"].append(d["tables"][0]["rows"][0]), "rules is there twice"),
        ("form/gf2021.yaml", lambda d: d["tables"][0]["rows"][0].update(en=" "), "missing in one language"),
        ("form/gf2021.yaml", lambda d: d["tables"][0]["rows"][0].update(note_en="Mind this"), "missing in one language"),
        ("form/gf2021.yaml", lambda d: d["tables"][0]["rows"][0].pop("en"), "en"),
        ("form/gf2021.yaml", lambda d: d["tables"][0]["columns"][0].update(unit="furlong"), "unknown unit furlong"),
        ("form/gf2021.yaml", lambda d: d["tables"][0]["columns"][0].update(colour="red"), "colour"),
        ("form/gf2021.yaml", lambda d: d["tables"][0].update(section="s9"), "unknown section s9"),
        ("form/gf2019.yaml", lambda d: d["tables"][0].update(columns="nothing"), "nothing is not in shared.yaml"),
        ("form/shared.yaml", lambda d: d["request_rows"][4].update(group="elsewhere"), "unknown group elsewhere"),
        ("checks.yaml", lambda d: d["checks"][0].update(severity="fatal"), "fatal"),
        ("checks.yaml", lambda d: d["checks"][0].update(for_each={"row": "no_such_set"}), "unknown set no_such_set"),
    ],
)
def test_mistake_in_the_dictionary_is_said_on_load(changed: Path, file: str, change, says: str) -> None:
    edit(changed / file, change)
    with pytest.raises(FormError, match=says):
        load_form(changed)
