"""Lists of reports: what is found by what, in which order, page by page."""

from __future__ import annotations

import pytest

from ogi.store.accepting import accept
from ogi.store.corrections import correct
from ogi.store.deleting import delete
from ogi.store.listing import ReportFilter, list_reports, years_of
from ogi.store.organs import merge_organs
from ogi.store.versions import replace_version

TOTAL = "applications.received.total"
ORGANS = ("宿迁市人民政府", "泗阳县人民政府", "宿迁市财政局")


@pytest.fixture
def numbers(records, paper, suqian, act) -> list[int]:
    """Four reports: 宿迁市 2024 with a wrong sum, 泗阳县 2024 and 2023, the latter read partly, 宿迁市财政局 2024."""
    reports = (
        (suqian(2024, {TOTAL: "3526"}), ORGANS[0], 2024),
        (suqian(2024), ORGANS[1], 2024),
        (suqian(2023, {"rules.issued": "?"}, partial=("t2_art20_1",)), ORGANS[1], 2023),
        (suqian(2024), ORGANS[2], 2024),
    )
    with records.writing() as c:
        return [
            accept(c, paper(report, str(n), organ_name=name, report_year=year), act).report_id
            for n, (report, name, year) in enumerate(reports)
        ]


def found(records, numbers, sort="newest", **wanted) -> list[int]:
    """The places in ``numbers`` of what is found."""
    with records.reading() as c:
        page = list_reports(c, ReportFilter(**wanted), sort=sort)
    assert page.total == len(page.rows)
    return [numbers.index(row.report_id) for row in page.rows]


WANTED = [
    ({}, [3, 2, 1, 0]),
    ({"text": "泗阳"}, [2, 1]),
    ({"text": "宿迁市 财政"}, [3]),
    ({"text": "江苏"}, [3, 2, 1, 0]),  # the region of all of them
    ({"text": "100%"}, []),
    ({"years": [2023]}, [2]),
    ({"years": [2023, 2024], "text": "泗阳"}, [2, 1]),
    ({"scopes": ["own"]}, []),
    ({"levels": ["county"]}, [2, 1]),
    ({"region_code": "3213"}, [3, 2, 1]),  # the document of 0 leaves its code open
    ({"region_code": "321323"}, [2, 1]),
    ({"read_status": ["partial"]}, [2]),
    ({"corrected": False}, [3, 2, 1, 0]),
    ({"marked": True}, []),
    ({"deleted": True}, []),
]


def test_reports_are_found(records, numbers) -> None:
    wrong = {str(wanted): got for wanted, expected in WANTED if (got := found(records, numbers, **wanted)) != expected}
    assert wrong == {}


def test_reports_with_errors_are_found_and_come_first(records, numbers) -> None:
    with records.reading() as c:
        rows = {row.report_id: row for row in list_reports(c).rows}
        worst = list_reports(c, sort="errors").rows[0]
    assert worst.report_id == numbers[0]
    assert rows[numbers[0]].errors > rows[numbers[1]].errors
    assert found(records, numbers, severity="error")[-1] == 0


def test_order_by_organ_and_by_year(records, numbers) -> None:
    # 宿 U+5BBF before 泗 U+6CD7; 人 U+4EBA before 财 U+8D22; the newest year of an organ first
    assert found(records, numbers, sort="organ") == [0, 3, 1, 2]
    assert found(records, numbers, sort="year") == [0, 3, 1, 2]


def test_page_is_a_piece_of_the_whole(records, numbers) -> None:
    with records.reading() as c:
        page = list_reports(c, offset=1, limit=2)
        assert years_of(c) == [2024, 2023]
    assert ([row.report_id for row in page.rows], page.total) == ([numbers[2], numbers[1]], 4)


def test_row_tells_what_was_corrected_and_flagged(records, numbers, paper, suqian, act) -> None:
    with records.writing() as c:
        correct(c, numbers[0], TOTAL, kind="misread", value=3525, act=act, changes=0)
        correct(c, numbers[0], "rules.issued", kind="amended", value=3, act=act, changes=1)
        replace_version(c, numbers[0], paper(suqian(2024, {TOTAL: "3527"}), "新件"), act, 2)
    with records.reading() as c:
        row = next(row for row in list_reports(c).rows if row.report_id == numbers[0])
    assert (row.corrections, row.flagged, row.version, row.changes) == (2, 1, 2, 3)
    assert (row.organ_name, row.region, row.media_type) == ("宿迁市人民政府", "江苏省宿迁市", "text/plain")
    assert found(records, numbers, corrected=True) == found(records, numbers, flagged=True) == [0]


def test_deleted_reports_are_listed_on_their_own(records, numbers, act) -> None:
    with records.writing() as c:
        delete(c, numbers[1], act, 0)
    assert found(records, numbers) == [3, 2, 0]
    assert found(records, numbers, deleted=True) == [1]
    with records.reading() as c:
        row = list_reports(c, ReportFilter(deleted=True)).rows[0]
    assert (row.deleted_by, row.deleted_why, row.errors, row.read_status) == ("李四", "核对原件", None, None)


def test_merged_organ_is_found_under_its_old_name(records, numbers, act) -> None:
    with records.writing() as c:
        ids = {row.organ_name: row.organ_id for row in list_reports(c).rows}
        delete(c, numbers[1], act, 0)
        merge_organs(c, ids["宿迁市财政局"], ids["泗阳县人民政府"], act)
    assert found(records, numbers, text="财政局") == [3, 2]
