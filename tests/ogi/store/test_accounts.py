"""Accounts, who is signed in, and changes held to what their author may change."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from ogi.access.roles import LOCAL_PERSON, Visitor
from ogi.report import OrganName
from ogi.store import schema
from ogi.store.accepting import accept
from ogi.store.accounts import (
    accounts,
    close_account,
    is_right_password,
    put_account,
    sign_in,
    signed_in,
)
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.corrections import correct
from ogi.store.expected import replace_list
from ogi.store.location import StoreError
from ogi.store.permitting import permitted
from ogi.store.reports import stored

PASSWORD = "一句足够长的口令 2024"
TOTAL = "applications.received.total"
ACT = Act(by="command line")


def test_password_is_kept_only_as_a_hash(records) -> None:
    with records.writing() as c:
        assert put_account(c, "张三", "editor", ACT, password=PASSWORD)
        kept = c.scalar(sa.select(schema.accounts.c.password_hash))
        assert is_right_password(c, "张三", PASSWORD)
        assert not is_right_password(c, "张三", PASSWORD + "x")
        assert not is_right_password(c, "李四", PASSWORD)
    assert PASSWORD not in kept
    assert kept.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("name", "password", "role", "regions", "code"),
    [
        (" ", PASSWORD, "reader", (), "account_name"),
        ("张\n三", PASSWORD, "reader", (), "account_name"),
        ("张三", "short", "reader", (), "password_short"),
        ("张三", PASSWORD, "administrator", ("3213",), "limit"),
        ("张三", PASSWORD, "editor", ("32a",), "bad_value"),
    ],
)
def test_account_that_makes_no_sense_is_refused(records, name, password, role, regions, code) -> None:
    with pytest.raises(StoreError) as told, records.writing() as c:
        put_account(c, name, role, ACT, password=password, regions=regions)
    assert told.value.code == code
    with records.reading() as c:
        assert accounts(c) == []


def test_token_is_kept_only_as_a_hash_and_tells_who_it_is(records) -> None:
    with records.writing() as c:
        put_account(c, "张三", "editor", ACT, password=PASSWORD, regions=["3213"])
        token = sign_in(c, "张三", ACT)
        assert token not in str(c.execute(sa.select(schema.sign_ins)).all())
        assert signed_in(c, token) == Visitor(name="张三", role="editor", regions=("3213",))
        assert signed_in(c, token[:-1] + "x") is None
        assert signed_in(c, None) is None


def test_sign_in_ends_by_itself_after_half_a_day(records) -> None:
    with records.writing() as c:
        put_account(c, "张三", "reader", ACT, password=PASSWORD)
        past = Act(by="张三", at=ACT.at - dt.timedelta(hours=12, minutes=1))
        assert signed_in(c, sign_in(c, "张三", past)) is None


def test_changed_or_closed_account_must_sign_in_again(records) -> None:
    with records.writing() as c:
        put_account(c, "张三", "editor", ACT, password=PASSWORD)
        token = sign_in(c, "张三", ACT)
        put_account(c, "张三", "reader", ACT)
        assert signed_in(c, token) is None
        assert is_right_password(c, "张三", PASSWORD)  # a change of role keeps the password
        token = sign_in(c, "张三", ACT)
        close_account(c, "张三", ACT)
        assert signed_in(c, token) is None
        assert not is_right_password(c, "张三", PASSWORD)
        with pytest.raises(StoreError):
            sign_in(c, "张三", ACT)


def test_audit_says_who_opened_and_changed_accounts(records) -> None:
    with records.writing() as c:
        put_account(c, "张三", "editor", ACT, password=PASSWORD)
        put_account(c, "张三", "administrator", ACT)
        lines = history(c)
    assert [(line["action"], line["subject"], line["detail"]["role"]) for line in lines] == [
        ("account_set", "张三", "administrator"),
        ("account_set", "张三", "editor"),
    ]
    assert PASSWORD not in str(lines)


@pytest.mark.parametrize(
    ("regions", "organs", "organ", "code", "may"),
    [
        ((), (), "o2", "320000", True),
        (("3213",), (), "o2", "321302", True),
        (("321300",), (), "o2", "321302", True),
        (("320000",), (), "o2", "321302", True),
        (("3214",), (), "o2", "321302", False),
        (("3213",), (), "o2", None, False),
        ((), ("o2",), "o2", None, True),
        ((), ("o3",), "o2", "321302", False),
    ],
)
def test_editor_is_held_to_regions_and_organs(regions, organs, organ, code, may) -> None:
    assert Visitor(name="张三", role="editor", regions=regions, organs=organs).may_edit_organ(organ, code) is may


def test_reader_changes_nothing(records, paper, suqian) -> None:
    reader = Visitor(name="李四", role="reader")
    with pytest.raises(StoreError) as told, records.writing() as c:
        permitted(c, reader, lambda c: accept(c, paper(suqian(2024)), Act(by="李四")))
    assert told.value.code == "not_allowed"
    with records.reading() as c:
        assert c.scalar(sa.select(sa.func.count()).select_from(schema.reports)) == 0


def test_limited_editor_changes_reports_of_the_region_and_no_others(records, paper, make_report) -> None:
    editor = Visitor(name="张三", role="editor", regions=("3213",))
    act = Act(by="张三", why="核对原件")
    bureau = OrganName(name="宿迁市财政局", level="city", kind="department", region="江苏省宿迁市", region_code="321300")
    away = OrganName(name="苏州市财政局", level="city", kind="department", region="江苏省苏州市", region_code="320500")
    here, elsewhere = make_report(organ=bureau), make_report(organ=away)
    with records.writing() as c:
        mine = permitted(c, LOCAL_PERSON, lambda c: accept(c, paper(here), ACT)).report_id
        other = permitted(c, LOCAL_PERSON, lambda c: accept(c, paper(elsewhere, "另一份"), ACT)).report_id
    with records.writing() as c:
        permitted(c, editor, lambda c: correct(c, mine, TOTAL, kind="misread", value=3526, act=act, changes=0))
    with pytest.raises(StoreError) as told, records.writing() as c:
        permitted(c, editor, lambda c: correct(c, other, TOTAL, kind="misread", value=7, act=act, changes=0))
    assert told.value.code == "outside_limit"
    with records.reading() as c:
        assert len(stored(c, mine).corrections) == 1
        assert len(stored(c, other).corrections) == 0


def test_limited_editor_leaves_lists_alone(records) -> None:
    editor = Visitor(name="张三", role="editor", regions=("3213",))
    with pytest.raises(StoreError) as told, records.writing() as c:
        permitted(c, editor, lambda c: replace_list(c, "应报机关", [], Act(by="张三")))
    assert told.value.code == "not_allowed"
