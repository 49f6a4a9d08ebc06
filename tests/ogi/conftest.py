"""Reports built from rows as they are printed, for tests of what is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from ogi.form import load_form
from ogi.report import Document, OrganName, Reading, Report, TableReading

APPLICANTS = (
    "natural_person", "commercial_enterprise", "research_institution", "social_welfare_organisation",
    "legal_service_organisation", "other_organisation", "total",
)  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other_result", "pending", "total")

# Domain specification, section 12: the consolidated report of 宿迁市 for 2023 and 2024, as printed.
SUQIAN = """
received                       3402 99 0 4 5 1 3511     3440 75 0 1 6 3 3525
carried_in                     91 3 0 0 2 0 96          118 3 0 0 0 0 121
granted                        1175 12 0 3 1 0 1191     1408 21 0 0 2 0 1431
partially_granted              319 7 0 0 2 0 328        462 9 0 0 0 0 471
denied_state_secret            0 0 0 0 0 0 0            2 0 0 0 0 0 2
denied_law_prohibited          27 0 0 0 0 0 27          1 0 0 0 0 0 1
denied_security_stability      6 0 0 0 0 0 6            4 0 0 0 0 0 4
denied_third_party             38 0 0 0 0 0 38          16 1 0 0 0 0 17
denied_internal_affairs        20 0 0 0 0 0 20          21 0 0 0 0 0 21
denied_process_info            9 0 0 0 0 0 9            10 1 0 0 0 0 11
denied_enforcement_file        21 0 0 0 0 0 21          21 2 0 0 0 0 23
denied_query_matter            20 1 0 0 0 0 21          13 0 0 0 0 0 13
unable_not_held                968 74 0 1 3 1 1047      859 33 0 0 3 2 897
unable_need_creation           26 2 0 0 0 0 28          35 1 0 0 0 0 36
unable_still_unclear           3 0 0 0 0 0 3            8 0 0 0 0 0 8
not_processed_petition         305 0 0 0 0 0 305        86 1 0 0 0 0 87
not_processed_duplicate        39 0 0 0 0 0 39          26 1 0 0 0 0 27
not_processed_publication      0 0 0 0 0 0 0            0 0 0 0 0 0 0
not_processed_excessive        58 0 0 0 0 0 58          3 0 0 0 0 0 3
not_processed_confirm_reissue  4 0 0 0 0 0 4            0 0 0 0 0 0 0
other_no_correction            40 0 0 0 0 0 40          75 1 0 1 0 0 77
other_fee_unpaid               10 0 0 0 0 0 10          38 0 0 0 0 0 38
other_misc                     287 3 0 0 1 0 291        352 2 0 0 0 0 354
result_total                   3375 99 0 4 7 1 3486     3440 73 0 1 5 2 3521
carried_over                   118 3 0 0 0 0 121        118 5 0 0 1 1 125
reconsideration                309 17 88 26 440         88 18 28 36 170
litigation_direct              1 1 16 6 24              7 0 11 7 25
litigation_after_reconsideration  13 0 67 9 89          33 0 6 13 52
rules                          2 0 11                   2 1 12
normative_documents            109 489 597              50 227 420
licensing                      1808595                  1573179
penalty                        2822652                  2676474
coercion                       20163                    29351
fees                           59237.2449               72701.2578
"""
_COLUMNS = {
    "rules": ("issued", "repealed", "in_force"),
    "normative_documents": ("issued", "repealed", "in_force"),
    "licensing": ("decisions",), "penalty": ("decisions",), "coercion": ("decisions",), "fees": ("amount_wan_yuan",),
    "reconsideration": OUTCOMES, "litigation_direct": OUTCOMES, "litigation_after_reconsideration": OUTCOMES,
}  # fmt: skip

MakeReport = Callable[..., Report]


def reading(key: str, printed: str) -> Reading:
    """A cell as printed; ``?`` stands for a place the document lacks, a unit may follow the number."""
    number = printed.removesuffix("万元").removesuffix("元")
    unit = printed[len(number) :] or None
    try:
        value = Decimal(number)
    except ArithmeticError:
        state = {"": "blank", "/": "dash", "?": "missing_page", "*": "unreadable", "不适用": "not_applicable"}.get(
            printed, "text"
        )
        return Reading(key=key, raw="" if printed == "?" else printed, value=None, state=state)  # type: ignore[arg-type]
    whole = int(value) if value == int(value) else value
    return Reading(key=key, raw=printed, value=whole, state="reported", unit=unit)


def suqian_cells(year: int) -> dict[str, str]:
    """The cells of one of the two years as printed."""
    cells: dict[str, str] = {}
    for line in SUQIAN.strip().splitlines():
        row, *numbers = line.split()
        half = len(numbers) // 2
        own = numbers[:half] if year == 2023 else numbers[half:]
        columns = _COLUMNS.get(row, APPLICANTS)
        prefix = row if row in _COLUMNS else f"applications.{row}"
        cells |= {f"{prefix}.{column}": number for column, number in zip(columns, own, strict=True)}
    return cells


@pytest.fixture(scope="session")
def make_report() -> MakeReport:
    """Build a report: cells as printed, all others ``rest``; ``editions`` says which table is of another edition."""

    def make(
        printed: Mapping[str, str] | None = None,
        *,
        edition: str = "gf2021",
        editions: Mapping[str, str] | None = None,
        year: int | None = 2024,
        rest: str = "0",
        organ: OrganName | None = None,
        scope: str = "own",
        partial: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        meta: dict | None = None,
    ) -> Report:
        form, printed = load_form(), dict(printed or {})
        tables: dict[str, TableReading] = {}
        cells: dict[str, Reading] = {}
        for table in form.editions[edition].tables:
            own = (editions or {}).get(table.id, edition)
            if table.id in missing:
                tables[table.id] = TableReading(edition=None, status="missing")
                continue
            tables[table.id] = TableReading(edition=own, status="partial" if table.id in partial else "complete")
            cells |= {c.key: reading(c.key, printed.pop(c.key, rest)) for c in form.editions[own].table(table.id).cells}
        assert not printed, f"no such cells: {printed}"
        return Report(
            document=Document(name="built", sha256="0" * 64, media_type="text/plain"),
            organ=organ or OrganName(name="示例市示例区人民政府", level="county", kind="government"),
            report_year=year,
            scope=scope,  # type: ignore[arg-type]
            tables=tables,
            cells=cells,
            meta=meta or {},
        )

    return make


@pytest.fixture(scope="session")
def suqian(make_report: MakeReport) -> Callable[..., Report]:
    """The report of 宿迁市 for 2023 or 2024, with cells changed where a test says so."""

    def build(year: int, changed: Mapping[str, str] | None = None, **options: object) -> Report:
        organ = OrganName(name="宿迁市人民政府", level="city", kind="government", region="江苏省宿迁市")
        return make_report(suqian_cells(year) | dict(changed or {}), year=year, organ=organ, scope="region_total", **options)

    return build
