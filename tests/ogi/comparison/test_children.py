"""The organs under a given one. Places and levels as they stand in the names."""

from __future__ import annotations

import pytest

from ogi.comparison.children import children_of
from ogi.facts import build_facts
from ogi.library import entry_from
from ogi.organs import organ_id

NAMES = (
    "示例市人民政府", "示例市人民政府办公室", "示例市教育局", "示例市公安局", "示例市气象局", "示例市东湖区人民政府",
    "示例市东湖区教育局", "示例市云岭县人民政府", "示例市云岭县教育局", "示例市云岭县青石镇人民政府",
)  # fmt: skip


@pytest.fixture
def facts(make_report):
    return build_facts([entry_from(make_report(year=2024), (), "fictional", organ_name=name) for name in NAMES], "fictional")


def names(facts, organ: str) -> set[str]:
    found = set(children_of(facts, organ_id(organ)).organs)
    return {name for name in NAMES if organ_id(name) in found}


def test_government_has_its_departments_and_the_governments_directly_below(facts) -> None:
    below = {"示例市教育局", "示例市公安局", "示例市东湖区人民政府", "示例市云岭县人民政府"}
    assert names(facts, "示例市人民政府") == below
    assert names(facts, "示例市人民政府办公室") == below
    assert children_of(facts, organ_id("示例市人民政府")).vertical == 1


def test_department_has_the_same_department_one_level_below(facts) -> None:
    assert names(facts, "示例市教育局") == {"示例市东湖区教育局", "示例市云岭县教育局"}


def test_town_has_no_subordinates(facts) -> None:
    assert names(facts, "示例市云岭县青石镇人民政府") == set()


def test_organ_nobody_knows_has_no_subordinates(facts) -> None:
    assert children_of(facts, "oaaaaaaaaaa").organs == ()
