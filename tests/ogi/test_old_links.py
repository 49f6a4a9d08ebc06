"""Links with names of earlier versions, and links that name organs by a group."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from ogi.data_files import read_data
from ogi.labels import LANGS, Labels
from ogi.view import View, from_query, group_id, measures, to_query
from ogi.view.state import CHOICES

MANY = tuple(sorted(f"o{a}{b}{c}aaaaaaa" for a in "abcdefghijklmno" for b in "abcdefghijklmnopqrst" for c in "abcdefghij"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"year": "2021-2023", "level": "city"}, View(years=(2021, 2022, 2023), levels=("city",))),
        ({"measure": "disclosure_rate", "chart": "map"}, View(measure="I04_grant_rate", chart="heatmap")),
        ({"figure": "applications.new.total", "basis": "percent"}, View(basis="share")),
        ({"condition": "denial_rate:over:20"}, View(where=("I07_denied_rate:over:20",))),
        ({"figures": "denial_rate,rules.issued"}, View(figures=("I07_denied_rate", "rules.issued"))),
    ],
)
def test_old_names_show_what_the_new_ones_show(old: dict, new: View) -> None:
    assert from_query({name: [value] for name, value in old.items()}) == (new, ())


def test_old_and_new_name_in_one_link_are_taken_together() -> None:
    assert from_query({"year": ["2021"], "years": ["2023"]}) == (View(years=(2021, 2023)), ())


def test_every_old_name_leads_to_a_name_of_today_and_is_none_itself() -> None:
    table, fields = read_data("renamed.yaml"), View.__dataclass_fields__
    assert not set(table["parameters"]) & set(fields)
    assert set(table["parameters"].values()) <= set(fields)
    assert not set(table["figures"]) & set(measures())
    assert set(table["figures"].values()) <= set(measures())
    for name, values in table["values"].items():
        assert not set(values) & set(CHOICES[name])
        assert set(values.values()) <= set(CHOICES[name])


def test_three_thousand_organs_make_a_short_link_that_comes_back() -> None:
    assert len(MANY) == 3_000
    view, kept = View(organs=MANY, page="agencies"), {group_id(MANY): MANY}
    pairs = to_query(view, page="agencies", name_group=group_id)
    assert len(urlencode(pairs)) < 40
    assert from_query(dict(pairs), page="agencies", find_group=kept.get) == (view, ())


def test_group_and_organs_in_one_link_are_taken_together() -> None:
    view, notices = from_query({"organs": [f"{group_id(MANY[:2])},{MANY[5]}"]}, find_group=lambda _: MANY[:2])
    assert (view.organs, notices) == ((MANY[0], MANY[1], MANY[5]), ())


def test_group_that_is_not_kept_here_is_said() -> None:
    view, notices = from_query({"organs": [group_id(MANY)]})
    assert view == View()
    assert [notice.params["value"] for notice in notices] == [group_id(MANY)]
    assert all(group_id(MANY) in notices[0].text(Labels(lang)) for lang in LANGS)
