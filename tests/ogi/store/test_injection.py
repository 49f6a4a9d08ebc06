"""What people type is looked for as it stands, and is never a piece of a query; on both databases."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from ogi.organs import describe_organ
from ogi.report import NarrativeSection
from ogi.store import groups, schema
from ogi.store.accepting import accept
from ogi.store.accounts import account_of, is_right_password, signed_in
from ogi.store.audit_list import AuditFilter, audit_lines
from ogi.store.listing import ReportFilter, list_reports
from ogi.store.register import registered, registered_organ
from ogi.store.search import SearchFilter, index_pending, search
from ogi.store.shares import find_share

OFFICE = "示例市档案馆"
PROSE = "全年主动公开信息128条，公开栏更新3次。"
HOSTILE = (
    "' OR '1'='1",
    "公开' OR 1=1 --",
    "'); DROP TABLE reports; --",
    '" OR "" = "',
    '公开" OR "a',
    "%",
    "___",
    "公%栏",
    "主动公_信息",
    "\\",
    "公开\\",
    "公开*",
    "主动公*",
    "^全年主动",
    "text:主动公开",
    "{text}: 主动公开",
    "主动公开 AND 没有的词",
    "没有的词 OR 主动公开",
    "NOT 没有的词",
    "NEAR(主动 公开, 3)",
    "主动公开 + 信息",
    "(主动公开",
    "\x00",
    "主动公开\x00",
    ":1 %s %(a)s ?",
    "$1",
)
"""Syntax of SQL, of LIKE, of FTS5 and of drivers; none of it stands in the report."""


@pytest.fixture
def one_report(records, paper, make_report, act):
    prose = (NarrativeSection(section="s1", title="一、总体情况", text=PROSE),)
    report = msgspec.structs.replace(make_report(year=2024, organ=describe_organ(OFFICE)), narrative=prose)
    with records.writing() as c:
        accept(c, paper(report, OFFICE), act)
    index_pending(records)
    return records


def rows(records) -> dict[str, int]:
    with records.reading() as c:
        return {table.name: c.scalar(sa.select(sa.func.count()).select_from(table)) for table in schema.METADATA.sorted_tables}


def test_words_of_a_search_and_of_filters_are_no_query(one_report) -> None:
    before = rows(one_report)
    with one_report.reading() as c:
        assert search(c, "主动公开").total == 1  # what is there is found
        assert list_reports(c, ReportFilter(text="档案")).total == 1
        text: Any
        for text in HOSTILE:
            assert search(c, text).total == 0, text
            assert search(c, "主动公开", SearchFilter(organ_ids=[text], scopes=[text], sections=[text])).total == 0, text
            assert search(c, "主动公开", SearchFilter(region_code=text)).total == 0, text
            assert list_reports(c, ReportFilter(text=text)).total == 0, text
            assert list_reports(c, ReportFilter(organ_ids=[text], levels=[text], scopes=[text])).total == 0, text
            assert registered(c, text).total == 0, text
            assert registered_organ(c, text) is None, text
            assert audit_lines(c, AuditFilter(by=text, text=text))[1] == 0, text
    assert rows(one_report) == before


def test_names_ids_and_tokens_are_no_query(one_report) -> None:
    with one_report.reading() as c:
        for text in HOSTILE:
            assert groups.organs_of(c, text) is None
            assert find_share(c, text) is None
            assert signed_in(c, text) is None
            assert account_of(c, text) is None
            assert not is_right_password(c, text, text)
