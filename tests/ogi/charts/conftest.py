"""Long frames made by hand, laid out like those of the selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from ogi.form import load_form

# Two years of one consolidated report (宿迁市), transcribed from a public comparison print; every identity of the form holds.
ROWS = {
    "received": ("3402 99 0 4 5 1 3511", "3440 75 0 1 6 3 3525"),
    "carried_in": ("91 3 0 0 2 0 96", "118 3 0 0 0 0 121"),
    "granted": ("1175 12 0 3 1 0 1191", "1408 21 0 0 2 0 1431"),
    "partially_granted": ("319 7 0 0 2 0 328", "462 9 0 0 0 0 471"),
    "denied_state_secret": ("0 0 0 0 0 0 0", "2 0 0 0 0 0 2"),
    "denied_law_prohibited": ("27 0 0 0 0 0 27", "1 0 0 0 0 0 1"),
    "denied_security_stability": ("6 0 0 0 0 0 6", "4 0 0 0 0 0 4"),
    "denied_third_party": ("38 0 0 0 0 0 38", "16 1 0 0 0 0 17"),
    "denied_internal_affairs": ("20 0 0 0 0 0 20", "21 0 0 0 0 0 21"),
    "denied_process_info": ("9 0 0 0 0 0 9", "10 1 0 0 0 0 11"),
    "denied_enforcement_file": ("21 0 0 0 0 0 21", "21 2 0 0 0 0 23"),
    "denied_query_matter": ("20 1 0 0 0 0 21", "13 0 0 0 0 0 13"),
    "unable_not_held": ("968 74 0 1 3 1 1047", "859 33 0 0 3 2 897"),
    "unable_need_creation": ("26 2 0 0 0 0 28", "35 1 0 0 0 0 36"),
    "unable_still_unclear": ("3 0 0 0 0 0 3", "8 0 0 0 0 0 8"),
    "not_processed_petition": ("305 0 0 0 0 0 305", "86 1 0 0 0 0 87"),
    "not_processed_duplicate": ("39 0 0 0 0 0 39", "26 1 0 0 0 0 27"),
    "not_processed_publication": ("0 0 0 0 0 0 0", "0 0 0 0 0 0 0"),
    "not_processed_excessive": ("58 0 0 0 0 0 58", "3 0 0 0 0 0 3"),
    "not_processed_confirm_reissue": ("4 0 0 0 0 0 4", "0 0 0 0 0 0 0"),
    "other_no_correction": ("40 0 0 0 0 0 40", "75 1 0 1 0 0 77"),
    "other_fee_unpaid": ("10 0 0 0 0 0 10", "38 0 0 0 0 0 38"),
    "other_misc": ("287 3 0 0 1 0 291", "352 2 0 0 0 0 354"),
    "result_total": ("3375 99 0 4 7 1 3486", "3440 73 0 1 5 2 3521"),
    "carried_over": ("118 3 0 0 0 0 121", "118 5 0 0 1 1 125"),
}
COLUMNS = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "social_welfare_organisation",
    "legal_service_organisation",
    "other_organisation",
    "total",
]
BLOCKS = {
    "reconsideration": ("309 17 88 26 440", "88 18 28 36 170"),
    "litigation_direct": ("1 1 16 6 24", "7 0 11 7 25"),
    "litigation_after_reconsideration": ("13 0 67 9 89", "33 0 6 13 52"),
}
OUTCOMES = ["upheld", "corrected", "other_result", "pending", "total"]
REST = {
    "rules.issued": (2, 2),
    "rules.repealed": (0, 1),
    "rules.in_force": (11, 12),
    "normative_documents.issued": (109, 50),
    "normative_documents.repealed": (489, 227),
    "normative_documents.in_force": (597, 420),
    "licensing.decisions": (1808595, 1573179),
    "penalty.decisions": (2822652, 2676474),
    "coercion.decisions": (20163, 29351),
    "fees.amount_wan_yuan": (59237.2449, 72701.2578),
}
Frame = Callable[[Mapping[tuple[str, int], Mapping[str, float | None]]], pd.DataFrame]


def long_frame(
    reports: Mapping[tuple[str, int], Mapping[str, float | None]], scope: str = "own", edition: str = "gf2021"
) -> pd.DataFrame:
    """``{(organ, year): {key: number or None}}`` as a long frame; ``None`` is a blank cell."""
    rows = [
        {
            "organ_id": f"o-{organ}",
            "organ_name": organ,
            "scope": scope,
            "report_year": year,
            "key": key,
            "value": value,
            "state": "blank" if value is None else "reported",
            "edition": edition,
            "derived": False,
            "flags": "",
        }
        for (organ, year), cells in reports.items()
        for key, value in cells.items()
    ]
    return pd.DataFrame(rows).astype({"value": "Float64", "state": "str", "edition": "str"})


def city(year_index: int) -> dict[str, float | None]:
    """All cells of one of the two years of the city."""
    cells: dict[str, float | None] = {}
    for row, texts in ROWS.items():
        cells |= {f"applications.{row}.{c}": int(n) for c, n in zip(COLUMNS, texts[year_index].split(), strict=True)}
    for block, texts in BLOCKS.items():
        cells |= {f"{block}.{c}": int(n) for c, n in zip(OUTCOMES, texts[year_index].split(), strict=True)}
    return cells | {key: numbers[year_index] for key, numbers in REST.items()}


@pytest.fixture(scope="session")
def make_frame() -> Callable[..., pd.DataFrame]:
    """Make a long frame by hand."""
    return long_frame


@pytest.fixture(scope="session")
def city_cells() -> tuple[dict[str, float | None], dict[str, float | None]]:
    """The cells of the city in 2023 and 2024."""
    cells = city(0), city(1)
    assert set(cells[0]) == set(load_form().editions["gf2021"].cells)
    return cells


@pytest.fixture
def city_frame(city_cells) -> pd.DataFrame:
    """宿迁市 2023 and 2024, nothing in 2022 and a report without numbers in 2025, so that both ends and the form show."""
    blank: dict[str, float | None] = dict.fromkeys(city_cells[0])
    return long_frame({("宿迁市", 2022): blank, ("宿迁市", 2023): city_cells[0], ("宿迁市", 2024): city_cells[1]})
