"""Published figures of real organs. Figures are facts; every word around them in the sample documents is our own.

Sources: the annual reports of 张店区综合行政执法局 (2020; pages are lost between 第二十条第（六）项 and 三（四）), 淮安市 (2024)
and 宿迁市 (2023, 2024), as published on the organs' sites. Columns of an application row: 自然人, 商业企业, 科研机构,
社会公益组织, 法律服务机构, 其他, 总计.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sample_reports.figures import BLOCKS, COLUMNS, ENDINGS, ROWS, Figures


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published report: whose it is, and the figures as printed there."""

    stem: str
    organ: str
    self_name: str
    topic: str
    year: int
    signed: str | None
    place: str | None
    figures: Figures


def _applications(text: str) -> Figures:
    """Read the 25 rows of the request table, in the order of the form, seven columns each."""
    rows = [[int(number) for number in line.split()] for line in text.strip().splitlines()]
    return {
        f"applications.{row}.{column}": number
        for row, numbers in zip(ROWS, rows, strict=True)
        for column, number in zip(COLUMNS, numbers, strict=True)
    }


def _rest(rules: str, documents: str, decisions: str, fees: str, disputes: str) -> Figures:
    cells: Figures = {}
    for kind, text in (("rules", rules), ("normative_documents", documents)):
        cells |= dict(zip((f"{kind}.issued", f"{kind}.repealed", f"{kind}.in_force"), map(int, text.split()), strict=True))
    keys = ("licensing.decisions", "penalty.decisions", "coercion.decisions")
    cells |= dict(zip(keys, map(int, decisions.split()), strict=True))
    cells["fees.amount_wan_yuan"] = Decimal(fees)
    keys = [f"{block}.{ending}" for block in BLOCKS for ending in (*ENDINGS, "total")]
    return cells | dict(zip(keys, map(int, disputes.split()), strict=True))


HUAIAN_2024 = """
3001 53 0 0 61 4 3119
34 0 0 0 0 0 34
1288 21 0 0 50 3 1362
447 7 0 0 0 0 454
2 0 0 0 0 0 2
30 1 0 0 0 0 31
5 0 0 0 0 0 5
6 0 0 0 0 0 6
7 1 0 0 0 0 8
12 0 0 0 0 0 12
9 0 0 0 0 0 9
105 0 0 0 0 0 105
746 12 0 0 10 1 769
11 0 0 0 0 0 11
1 0 0 0 0 0 1
56 6 0 0 0 0 62
25 0 0 0 0 0 25
0 0 0 0 0 0 0
0 0 0 0 0 0 0
1 0 0 0 0 0 1
67 3 0 0 1 0 71
6 0 0 0 0 0 6
108 2 0 0 0 0 110
2932 53 0 0 61 4 3050
103 0 0 0 0 0 103
"""
SUQIAN_2023 = """
3402 99 0 4 5 1 3511
91 3 0 0 2 0 96
1175 12 0 3 1 0 1191
319 7 0 0 2 0 328
0 0 0 0 0 0 0
27 0 0 0 0 0 27
6 0 0 0 0 0 6
38 0 0 0 0 0 38
20 0 0 0 0 0 20
9 0 0 0 0 0 9
21 0 0 0 0 0 21
20 1 0 0 0 0 21
968 74 0 1 3 1 1047
26 2 0 0 0 0 28
3 0 0 0 0 0 3
305 0 0 0 0 0 305
39 0 0 0 0 0 39
0 0 0 0 0 0 0
58 0 0 0 0 0 58
4 0 0 0 0 0 4
40 0 0 0 0 0 40
10 0 0 0 0 0 10
287 3 0 0 1 0 291
3375 99 0 4 7 1 3486
118 3 0 0 0 0 121
"""
SUQIAN_2024 = """
3440 75 0 1 6 3 3525
118 3 0 0 0 0 121
1408 21 0 0 2 0 1431
462 9 0 0 0 0 471
2 0 0 0 0 0 2
1 0 0 0 0 0 1
4 0 0 0 0 0 4
16 1 0 0 0 0 17
21 0 0 0 0 0 21
10 1 0 0 0 0 11
21 2 0 0 0 0 23
13 0 0 0 0 0 13
859 33 0 0 3 2 897
35 1 0 0 0 0 36
8 0 0 0 0 0 8
86 1 0 0 0 0 87
26 1 0 0 0 0 27
0 0 0 0 0 0 0
3 0 0 0 0 0 3
0 0 0 0 0 0 0
75 1 0 1 0 0 77
38 0 0 0 0 0 38
352 2 0 0 0 0 354
3440 73 0 1 5 2 3521
118 5 0 0 1 1 125
"""


def _zhangdian() -> Figures:
    """What is left of the report: the cells on the lost pages are absent, not zero."""
    cells: Figures = {
        f"{kind}.{column}": 0
        for kind in ("rules", "normative_documents")
        for column in ("newly_made", "newly_published", "published_total")
    }
    for row, numbers in (("licensing", (31, 30, 61)), ("other_services", (0, 0, 0))):
        cells |= dict(zip((f"{row}.items_prev", f"{row}.items_delta", f"{row}.decisions"), numbers, strict=True))
    rows = [row for row in ROWS if row.startswith(("unable_", "not_processed_"))]
    for row in (*rows, "other_handling", "result_total", "carried_over"):
        cells |= {f"applications.{row}.{column}": 0 for column in COLUMNS}
    cells["applications.result_total.natural_person"] = cells["applications.result_total.total"] = 1
    return cells | {f"{block}.{ending}": 0 for block in BLOCKS for ending in (*ENDINGS, "total")}


PUBLISHED: tuple[Published, ...] = (
    Published(
        stem="published-zhangdian-2020", organ="张店区综合行政执法局", self_name="该局", topic="城市管理和综合执法", year=2020,
        signed="2021年1月26日", place=None, figures=_zhangdian(),
    ),
    Published(
        stem="published-huaian-2024", organ="淮安市人民政府", self_name="市政府", topic="土地征收和民生保障", year=2024,
        signed=None, place="全市",
        figures=_applications(HUAIAN_2024)
        | _rest("1 0 11", "8 26 66", "447228 3985758 88283", "96171.6", "72 64 178 37 351 13 4 8 1 26 12 1 1 6 20"),
    ),
    Published(
        stem="published-suqian-2023", organ="宿迁市人民政府", self_name="市政府", topic="土地征收和城市建设", year=2023,
        signed=None, place="全市",
        figures=_applications(SUQIAN_2023)
        | _rest("2 0 11", "109 489 597", "1808595 2822652 20163", "59237.2449", "309 17 88 26 440 1 1 16 6 24 13 0 67 9 89"),
    ),
    Published(
        stem="published-suqian-2024", organ="宿迁市人民政府", self_name="市政府", topic="土地征收和城市建设", year=2024,
        signed=None, place="全市",
        figures=_applications(SUQIAN_2024)
        | _rest("2 1 12", "50 227 420", "1573179 2676474 29351", "72701.2578", "88 18 28 36 170 7 0 11 7 25 33 0 6 13 52"),
    ),
)  # fmt: skip
