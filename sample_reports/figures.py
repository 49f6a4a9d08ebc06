"""The right figures of every fictional report, drawn with a fixed seed.

What holds by construction: every identity of the form (rows, columns, blocks), carry-over and stocks from year to year, and
every consolidated report is the sum of its direct children. Deliberate misprints come later (:mod:`sample_reports.faults`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from ogi.form import load_form
from sample_reports.city import FIRST_YEAR, ORGANS, YEARS, Organ, children
from sample_reports.outcomes import spread, whole

Figures = dict[str, int | Decimal]
SEED = 20190515  # the day the revised regulation came into force

COLUMNS = tuple(column.key for column in load_form().editions["gf2021"].table("t3_requests").columns)  # type: ignore[union-attr]
APPLICANTS = COLUMNS[:-1]
ROWS = tuple(row.key for row in load_form().editions["gf2021"].table("t3_requests").rows)  # type: ignore[union-attr]
RESULT_ROWS = ROWS[2:-2]
BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
ENDINGS = ("upheld", "corrected", "other_result", "pending")

_GROWTH = {2019: 0.72, 2020: 0.78, 2021: 0.94, 2022: 1.0, 2023: 1.13, 2024: 1.24, 2025: 1.2}
_APPLICANT_SHARES = (0.925, 0.05, 0.001, 0.003, 0.016, 0.005)
_OUTCOME_SHARES = (
    0.34, 0.1, 0.001, 0.006, 0.002, 0.012, 0.008, 0.009, 0.014, 0.02, 0.27, 0.012, 0.008, 0.05, 0.018, 0.001, 0.004, 0.003,
    0.022, 0.005, 0.096,
)  # fmt: skip
_NEW_DISPUTES = {"reconsideration": 0.062, "litigation_direct": 0.016, "litigation_after_reconsideration": 0.0}
_ENDING_SHARES = {
    "reconsideration": (0.47, 0.08, 0.24, 0.21),
    "litigation_direct": (0.46, 0.07, 0.23, 0.24),
    "litigation_after_reconsideration": (0.62, 0.04, 0.14, 0.2),
}


def city_figures() -> dict[tuple[str, int], Figures]:
    """Return the right figures by (organ slug, report year), in keys of both editions where both apply.

    Counts are ``int``, money is ``Decimal`` in 万元. Figures of the year before 2021 use the keys of the trial edition in
    section 二 and carry the three rows of （六）其他处理 *and* their sum ``other_handling``.
    """
    figures: dict[tuple[str, int], Figures] = {}
    for organ in ORGANS:
        if organ.scope == "own":
            _simulate(organ, figures)
    for slug in ("donghu-government", "yunling-government", "shili-government"):  # the city last: it adds up the others
        for year in YEARS:
            figures[slug, year] = _sum([figures[child.slug, year] for child in children(slug, year)])
    return figures


def _simulate(organ: Organ, figures: dict[tuple[str, int], Figures]) -> None:
    before: Mapping[str, int | Decimal] = {}
    for year in YEARS:
        if year < organ.since:
            continue
        draw = random.Random(f"{SEED}/{organ.slug}/{year}")
        now: Figures = {}
        _applications(organ, year, draw, before, now)
        _disputes(year, draw, before, now)
        _documents(organ, year, draw, before, now)
        _decisions(organ, year, draw, before, now)
        figures[organ.slug, year] = before = now


def _applications(organ: Organ, year: int, draw: random.Random, before: Mapping[str, int | Decimal], now: Figures) -> None:
    """Flow of applications per applicant column: new + carried in = results + carried over."""
    expected = organ.applications * _GROWTH[year] * draw.uniform(0.86, 1.16)
    received = spread(draw, whole(draw, expected), _APPLICANT_SHARES)
    shares = [share * draw.uniform(0.6, 1.4) for share in _OUTCOME_SHARES]
    table = {row: dict.fromkeys(APPLICANTS, 0) for row in ROWS}
    for column, new in zip(APPLICANTS, received, strict=True):
        carried_in = int(before.get(f"applications.carried_over.{column}", 0))
        if year == FIRST_YEAR:
            carried_in = whole(draw, new * 0.03)
        due = new + carried_in
        carried_over = sum(draw.random() < 0.034 for _ in range(due))
        table["received"][column], table["carried_in"][column] = new, carried_in
        table["carried_over"][column], table["result_total"][column] = carried_over, due - carried_over
        for row, count in zip(RESULT_ROWS, spread(draw, due - carried_over, shares), strict=True):
            table[row][column] = count
    others = [row for row in RESULT_ROWS if row.startswith("other_")]
    table["other_handling"] = {column: sum(table[row][column] for row in others) for column in APPLICANTS}
    for row, cells in table.items():
        for column, count in cells.items():
            now[f"applications.{row}.{column}"] = count
        now[f"applications.{row}.total"] = sum(cells.values())


def _disputes(year: int, draw: random.Random, before: Mapping[str, int | Decimal], now: Figures) -> None:
    """Disputes of the year: last year's open cases are counted again, as most organs do.

    From 2024 a refusal must first go to reconsideration (行政复议法 art. 23): more reviews, fewer direct suits.
    """
    results = int(now["applications.result_total.total"])
    review_first = year >= 2024
    factor = {
        "reconsideration": 1.75 if review_first else 1.0,
        "litigation_direct": 0.35 if review_first else 1.0,
        "litigation_after_reconsideration": 1.0,
    }
    for block in BLOCKS:
        new = sum(draw.random() < _NEW_DISPUTES[block] * factor[block] for _ in range(results))
        if block == "litigation_after_reconsideration":
            concluded = int(now["reconsideration.upheld"]) + int(now["reconsideration.other_result"])
            new = sum(draw.random() < 0.17 for _ in range(concluded))
        total = new + int(before.get(f"{block}.pending", 0))
        for ending, count in zip(ENDINGS, spread(draw, total, _ENDING_SHARES[block]), strict=True):
            now[f"{block}.{ending}"] = count
        now[f"{block}.total"] = total


def _documents(organ: Organ, year: int, draw: random.Random, before: Mapping[str, int | Decimal], now: Figures) -> None:
    """Rules and normative documents: published in the trial edition, issued, repealed and in force from 2021."""
    for kind, start in (("rules", organ.rules), ("normative_documents", organ.documents)):
        stock = int(before.get(f"_{kind}.stock", start))
        issued = whole(draw, stock * (0.09 if kind == "normative_documents" else 0.12))
        repealed = 0 if year < 2021 else min(stock, whole(draw, stock * (0.3 if year in (2021, 2024) else 0.06)))
        if kind == "rules":
            repealed = min(repealed, 1)
        stock += issued - repealed
        now[f"_{kind}.stock"] = stock
        if year < 2021:
            now |= {f"{kind}.newly_made": issued, f"{kind}.newly_published": issued, f"{kind}.published_total": stock}
        else:
            now |= {f"{kind}.issued": issued, f"{kind}.repealed": repealed, f"{kind}.in_force": stock}


def _decisions(organ: Organ, year: int, draw: random.Random, before: Mapping[str, int | Decimal], now: Figures) -> None:
    """Decisions of the year, item types of the power list (trial edition) and fees (from 2021)."""
    usual = {"licensing": organ.licences, "penalty": organ.penalties, "coercion": organ.coercions}
    delegated = organ.name.endswith(("街道办事处", "镇人民政府"))
    for row, size in usual.items():
        trend = 1.0 + 0.03 * (year - 2021)
        now[f"{row}.decisions"] = whole(draw, size * trend * draw.uniform(0.85, 1.18))
        if row == "penalty" and delegated and year < 2021:  # towns were given penalty powers with the law of 2021
            now[f"{row}.decisions"] = 0
    if year >= 2021:
        now["fees.amount_wan_yuan"] = _money(organ.fees_wan * draw.uniform(0.82, 1.2), draw.choice((2, 2, 4)))
        return
    now["other_services.decisions"] = whole(draw, organ.items[1] * draw.uniform(20, 90))
    rows = ("licensing", "other_services", "penalty", "coercion", "fees")
    for row, start in zip(rows, (*organ.items, organ.fee_types), strict=True):
        previous = int(before.get(f"{row}.items_prev", start)) + int(before.get(f"{row}.items_delta", 0))
        change = draw.choice((0, 0, 1, 2, -1, -2, round(previous * 0.04), -round(previous * 0.05))) if previous else 0
        now[f"{row}.items_prev"], now[f"{row}.items_delta"] = previous, max(change, -previous)
    now["procurement.amount"] = _money(organ.procurement_wan * draw.uniform(0.5, 1.6), 2)
    now["procurement.projects"] = max(1, whole(draw, organ.procurement_wan**0.5 * 0.8)) if now["procurement.amount"] else 0


def _sum(parts: list[Figures]) -> Figures:
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: sum((part[key] for part in parts if key in part), start=0) for key in keys}


def _money(amount: float, places: int) -> Decimal:
    return Decimal(f"{amount:.{places}f}").normalize() if amount else Decimal(0)
