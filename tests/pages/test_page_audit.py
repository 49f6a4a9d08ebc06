"""审计: administrators see what was done and who has an account; the others are not told of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ogi.access.roles import Role, Visitor
from ogi.store import audit
from ogi.store.accounts import close_account, put_account, sign_in
from ogi.store.act import Act

Visit = Callable[..., AppTest]
AT = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


@pytest.fixture
def seen_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], None]:
    """Let the page be looked at by somebody who signed in."""
    import pages.parts.visitor as visiting

    def take(role: Role) -> None:
        monkeypatch.setattr(visiting, "_found", lambda _: Visitor(name="赵六", role=role))

    return take


def note(*lines: tuple[str, str, str, str]) -> None:
    """Write lines of the audit: who, what, to what, why."""
    from pages.parts.store import store

    with store().records.writing() as connection:
        for by, action, subject, why in lines:
            audit.note(connection, Act(by=by, why=why, at=AT), action, subject=subject)


def table(at: AppTest, number: int = 0):
    return at.dataframe[number].value


def test_newest_line_comes_first_with_who_what_and_why(visit: Visit) -> None:
    note(("张三", "corrected", "applications.received.total", "原件印错"), ("李四", "share_made", "s1", ""))
    found = table(visit("audit"))
    assert found["操作人"].tolist() == ["李四", "张三"]
    assert found["理由"].tolist() == ["", "原件印错"]
    assert "store.action" not in " ".join(found["操作"])


def test_lines_are_found_by_person_action_and_text(visit: Visit) -> None:
    note(("张三", "corrected", "x", "原件印错"), ("张三", "deleted", "x", "重复"), ("李四", "deleted", "x", "100%重复"))
    at = visit("audit")
    at.text_input(key="audit_who").input("张").run()
    assert table(at)["理由"].tolist() == ["重复", "原件印错"]
    at.multiselect(key="audit_action").select("deleted").run()
    assert table(at)["理由"].tolist() == ["重复"]
    at.text_input(key="audit_who").input("").run()
    at.text_input(key="audit_text").input("0%").run()
    assert table(at)["理由"].tolist() == ["100%重复"]
    at.text_input(key="audit_text").input("没有这样的事").run()
    assert not at.dataframe
    assert at.info[0].value == "没有符合条件的记录"


def test_a_page_has_fifty_lines(visit: Visit) -> None:
    note(*(("张三", "deleted", "x", str(number)) for number in range(51)))
    at = visit("audit")
    assert len(table(at)) == 50
    assert any("共 51 条，第 1–50 条" in text.value for text in at.markdown)


def test_file_has_every_line_that_matches_and_no_formula(visit: Visit) -> None:
    from ogi.labels import Labels
    from ogi.store.audit_list import AuditFilter
    from pages.parts.audit_lines import _csv

    note(*(("张三", "deleted", "x", "=1+1") for _ in range(51)))
    visit("audit")
    lines = _csv(AuditFilter(actions=("deleted",)), Labels("zh")).decode("utf-8-sig").splitlines()
    assert len(lines) == 52
    assert lines[0] == "时间,操作人,操作,报告,事项,变化,理由"
    assert lines[1].endswith(",'=1+1")


def test_accounts_are_listed_with_role_limits_and_sign_ins(visit: Visit, seen_by) -> None:
    from pages.parts.store import store

    act = Act(by="test")
    with store().records.writing() as connection:
        put_account(connection, "张三", "editor", act, password="一句足够长的口令 2024", regions=["3205"])
        sign_in(connection, "张三", act, kind="script", days=1)
        put_account(connection, "li@example.gov.cn", "reader", act)
        close_account(connection, "li@example.gov.cn", act)
    seen_by("administrator")
    found = table(visit("audit"), 1).set_index("账号")
    assert found.loc["张三", ["角色", "范围", "登录方式", "状态"]].tolist() == ["编辑", "3205", "密码", "使用中"]
    assert found.loc["张三", ["已登录浏览器", "有效令牌"]].tolist() == [0, 1]
    assert found.loc["li@example.gov.cn", "登录方式"] == "统一认证"
    assert found.loc["li@example.gov.cn", "状态"].endswith("停用")
    assert found.loc["li@example.gov.cn", "最近登录"] == "—"


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_others_see_neither_the_link_nor_the_page(visit: Visit, seen_by, role: Role) -> None:
    note(("张三", "deleted", "x", "秘密"))
    seen_by(role)
    at = visit("audit")
    assert not at.dataframe
    assert [told.value for told in at.info] == ["这个页面只对管理员开放。"]
    assert "审计" not in links(at)
    assert ("分享记录" in links(at)) is (role == "editor")
    assert "机关名录" in links(at)


def test_administrator_finds_the_link(visit: Visit, seen_by) -> None:
    seen_by("administrator")
    assert "审计" in links(visit("overview"))


def links(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.sidebar.get("page_link")]


def test_where_nothing_was_changed_no_filter_is_drawn_and_that_is_said(visit: Visit) -> None:
    at = visit("audit")
    assert any("还没有改动" in info.value for info in at.info)
    assert not at.multiselect
    assert not at.dataframe
