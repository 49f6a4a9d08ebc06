"""Whom a sum holds and whom it lacks."""

from __future__ import annotations

from msgspec.structs import replace

from ogi.comparison import compare_sums
from ogi.comparison.held import held_by_year, held_heads, held_words, lacking_words
from ogi.comparison.words import figure_words
from ogi.facts import build_facts
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.selection import select
from ogi.view import View

NEW = "applications.received.total"
A, B, C, NEVER = (organ_id(f"示例市示例区{name}") for name in ("甲局", "乙局", "丙局", "丁局"))


def selection(make_report, view: View):
    """甲局 reports both years, 乙局 only 2023 of its own and in 2024 for the whole region, 丙局 only 2024."""

    def build(name: str, year: int, scope: str = "own"):
        described = OrganName(name=f"示例市示例区{name}", level="county", kind="department")
        return make_report({NEW: "1"}, year=year, organ=described, scope=scope)

    reports = [
        build("甲局", 2023), build("甲局", 2024), build("乙局", 2023), build("乙局", 2024, "region_total"), build("丙局", 2024),
    ]  # fmt: skip
    return select(build_facts([entry_from(report, (), "fictional") for report in reports], "fictional"), view)


def test_every_year_names_whom_it_lacks_and_why(make_report) -> None:
    earlier, later = held_by_year(selection(make_report, View(organs=(A, B, C, NEVER))))
    assert (earlier.year, earlier.held, earlier.asked) == (2023, 2, 4)
    assert dict(earlier.lacking) == {C: "no_report", NEVER: "no_report"}
    assert (later.year, later.held, later.asked) == (2024, 2, 4)
    assert dict(later.lacking) == {B: "other_scope", NEVER: "no_report"}


def test_without_names_asked_for_those_shown_count(make_report) -> None:
    earlier, later = held_by_year(selection(make_report, View()))
    assert (earlier.held, earlier.asked, later.held, later.asked) == (2, 3, 2, 3)


def test_sum_over_years_says_in_its_heads_and_in_words_whom_it_lacks(make_report) -> None:
    found = held_by_year(selection(make_report, View(organs=(A, B, C, NEVER))))
    assert held_heads(found, Labels("zh")) == {2023: "（2/4）", 2024: "（2/4）"}
    names = {A: "甲局", B: "乙局", C: "丙局", NEVER: "丁局"}
    first, second = held_words(found, names, Labels("zh"))
    assert first.startswith("2023年的合计含2/4个机关，缺")
    assert "乙局（只有别的口径，不混加）" in second


def test_cells_of_a_sum_are_of_those_asked_for_and_bracketed_where_they_lack_more_than_their_year(make_report) -> None:
    cell = compare_sums(selection(make_report, View(organs=(A, B, C, NEVER))), [NEW], (2023, 2024), (2023, 2024))[NEW]
    figure = cell.figures[2024]
    assert (figure.value, figure.known, figure.expected, figure.reports) == (2, 2, 4, 2)
    assert figure_words(figure, Labels("zh")) == "2"
    assert figure_words(replace(figure, known=1), Labels("zh")) == "2（1/4）"


def test_report_in_another_scope_is_no_missing_report(make_report) -> None:
    _, later = held_by_year(selection(make_report, View()))
    assert lacking_words(later, {B: "乙局"}, Labels("zh")) == "乙局（只有别的口径，不混加）"
