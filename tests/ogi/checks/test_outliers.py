"""Figures that stand out, and those that must not: small numbers, ordinary growth, reports that are not there."""

from __future__ import annotations

import pytest

from ogi.checks.context import ReportKey
from ogi.checks.outlier_words import unusual_words
from ogi.checks.outliers import Measure, Observation, observations, unusual
from ogi.form import load_form
from ogi.labels import LANGS, Labels

FORM = load_form()
COUNT = Measure("penalty.decisions")
SHARE = Measure("applications.denied_all.total", "applications.result_total.total")


def years(*values: float, base: float | None = None):
    """One organ over several years; a count, or a share of ``base``."""
    measure = COUNT if base is None else SHARE
    return {
        ReportKey("a", 2018 + place, "own"): {measure: Observation(value, value if base is None else base)}
        for place, value in enumerate(values)
    }


def peers(*values: float, base: float | None = None):
    """Organs of one year."""
    measure = COUNT if base is None else SHARE
    return {
        ReportKey(f"organ{place:02}", 2024, "own"): {measure: Observation(value, value if base is None else base)}
        for place, value in enumerate(values)
    }


def found(seen, group=lambda _: "county bureaus"):
    return [(hint.report.organ, hint.report.year, hint.against) for hint in unusual(seen, group)]


def test_tenfold_jump_stands_out_from_the_organs_own_years() -> None:
    (hint,) = unusual(years(400, 420, 380, 4100), lambda _: None)
    assert (hint.against, hint.report.year, hint.middle, hint.compared) == ("history", 2021, 400, 3)
    assert hint.low < 380 < 420 < hint.high < 4100
    assert hint.score > 4


@pytest.mark.parametrize("values", [(0, 1, 0, 9), (3, 2, 4, 12), (40, 42, 41, 55), (400, 420, 380, 600), (9, 9, 4000)])
def test_small_numbers_ordinary_growth_and_short_histories_are_no_hint(values) -> None:
    assert found(years(*values), lambda _: None) == []


def test_later_years_do_not_count_as_history() -> None:
    assert found(years(4000, 400, 420, 380), lambda _: None) == []


def test_one_organ_stands_out_from_its_peers_and_does_not_hide_another() -> None:
    seen = peers(50, 60, 55, 48, 62, 51, 58, 53, 57, 5000, 6000)
    assert {organ for organ, _, against in found(seen)} == {"organ09", "organ10"}


def test_wide_spread_among_peers_is_usual() -> None:
    assert found(peers(1, 3, 9, 27, 81, 243, 729, 2187, 6561)) == []


def test_organs_of_another_kind_are_no_peers() -> None:
    seen = peers(50, 60, 55, 48, 62, 51, 58, 53, 57, 5000)
    assert found(seen, lambda key: "police" if key.organ == "organ09" else "bureau") == []
    assert found(seen, lambda _: None) == []


def test_share_of_a_small_base_is_never_remarked() -> None:
    shares = (0.1,) * 9
    large, small = peers(*shares, 0.95, base=200), peers(*shares, 0.95, base=20)
    assert found(large) == [("organ09", 2024, "peers")]
    assert found(small) == []


def test_share_that_chance_explains_is_usual() -> None:
    """2 of 30 denied where 10 % is the middle."""
    assert found(peers(*(0.1,) * 9, 2 / 30, base=30)) == []


def test_unknown_figures_are_not_compared(make_report) -> None:
    seen = observations(make_report({"penalty.decisions": "?", "licensing.decisions": "7"}), FORM)
    assert COUNT not in seen
    assert seen[Measure("licensing.decisions")].value == 7
    assert SHARE not in seen  # nothing was closed: 0/0


@pytest.mark.parametrize("lang", LANGS)
def test_hint_shows_the_comparison(lang: str) -> None:
    labels = Labels(lang)  # type: ignore[arg-type]
    (count,) = unusual(years(400, 420, 380, 4100), lambda _: None)
    (share,) = unusual(peers(*(0.1,) * 9, 0.95, base=200), lambda _: 1)
    assert all(part in unusual_words(count, labels, FORM) for part in ("4,100", "400", "3"))
    assert all(part in unusual_words(share, labels, FORM) for part in ("95.0%", "10.0%", "9"))
