"""Groups of organs in the store: one id for one choice, names that move, links that keep working."""

from __future__ import annotations

import pytest

from ogi.store import groups
from ogi.store.audit import history
from ogi.store.location import StoreError
from ogi.view import group_id

ONE, TWO, THREE = "oaaaaaaaaaa", "obbbbbbbbbb", "occcccccccc"


def test_same_organs_have_the_same_id_in_any_order(records, act) -> None:
    with records.writing() as c:
        assert groups.keep(c, [TWO, ONE, TWO], act) == groups.keep(c, [ONE, TWO], act) == group_id((ONE, TWO))
        assert groups.organs_of(c, group_id((ONE, TWO))) == (ONE, TWO)


def test_group_nobody_kept_is_not_known(records) -> None:
    with records.reading() as c:
        assert groups.organs_of(c, group_id((ONE,))) is None


def test_kept_organs_are_offered_only_under_a_name(records, act) -> None:
    with records.writing() as c:
        groups.keep(c, [ONE], act)
        groups.name_group(c, " 市直部门 ", [ONE, TWO], act)
        assert [(group.name, group.organs, group.by) for group in groups.named(c)] == [("市直部门", (ONE, TWO), act.by)]


def test_name_given_to_other_organs_leaves_the_old_link_working(records, act) -> None:
    with records.writing() as c:
        old = groups.name_group(c, "市直部门", [ONE, TWO], act)
        groups.name_group(c, "市直部门", [ONE, TWO, THREE], act)
        assert [group.organs for group in groups.named(c)] == [(ONE, TWO, THREE)]
        assert groups.organs_of(c, old) == (ONE, TWO)


def test_name_can_be_taken_away_and_the_audit_says_so(records, act) -> None:
    with records.writing() as c:
        key = groups.name_group(c, "市直部门", [ONE], act)
        assert groups.unname(c, key, act)
        assert not groups.unname(c, key, act)
        assert groups.named(c) == ()
        assert groups.organs_of(c, key) == (ONE,)
        assert [line["action"] for line in history(c)] == ["group_unnamed", "group_named"]


@pytest.mark.parametrize(("name", "organs"), [("  ", [ONE]), ("名" * 61, [ONE]), ("名\n字", [ONE]), ("名", [])])
def test_group_without_name_or_organs_is_refused(records, act, name, organs) -> None:
    with pytest.raises(StoreError) as refused, records.writing() as c:
        groups.name_group(c, name, organs, act)
    assert refused.value.code == "bad_value"
