"""Years of one organ and of a sum, cell by cell. Figures: those of 宿迁市 for 2023 and 2024; differences by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ogi.comparison import blocks_of, compare_sums, compare_years, keys_of, what_changed
from ogi.comparison.reasons import why_apart
from ogi.comparison.table import comparison_table
from ogi.comparison.wholes import whole_of
from ogi.comparison.words import amount_words, figure_words, fraction_words, points_words, signed
from ogi.facts import build_facts
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.report import OrganName, Report
from ogi.selection import Selection, select
from ogi.view import View

KEYS = keys_of(blocks_of(("gf2021",), "zh"))
ZH = Labels("zh")


def selection(*reports: Report, **view: object) -> Selection:
    return select(build_facts([entry_from(report, (), "published") for report in reports], "published"), View(**view))


def one(suqian: Callable[..., Report], *changed: dict[str, str]):
    reports = [suqian(year, change) for year, change in zip((2023, 2024), (*changed, {}, {}), strict=False)]
    return compare_years(selection(*reports).long(KEYS), (2023, 2024), (2023, 2024))


def test_every_cell_of_the_form_is_a_line_once() -> None:
    assert len(KEYS) == len(set(KEYS)) == 200


def test_change_per_cent_and_share_of_an_outcome(suqian) -> None:
    change = one(suqian)["applications.granted.total"].change
    assert (change.amount, amount_words(change), fraction_words(change)) == (240, "+240", "+20.2%")
    # 1191 / 3486 = 34.165 %, 1431 / 3521 = 40.642 %
    assert change.points == pytest.approx(6.477, abs=0.001)
    assert points_words(change) == "+6.5"


def test_share_of_a_dispute_outcome_is_of_its_procedure(suqian) -> None:
    # 309 / 440 = 70.227 %, 88 / 170 = 51.765 %
    assert one(suqian)["reconsideration.upheld"].change.points == pytest.approx(-18.462, abs=0.001)


def test_small_figures_change_by_count_and_not_by_per_cent(suqian) -> None:
    change = one(suqian)["litigation_direct.corrected"].change
    assert (change.amount, change.fraction, change.reason) == (-1, None, "small_base")


def test_share_of_a_small_total_is_not_said_and_of_24_cases_is_marked(suqian) -> None:
    cells = one(suqian)
    assert cells["litigation_direct.pending"].change.is_small  # 24 and 25 cases
    research = cells["applications.granted.social_welfare_organisation"].change  # 4 and 1 closed
    assert (research.amount, research.points) == (-3, None)


def test_money_keeps_its_decimals(suqian) -> None:
    cell = one(suqian)["fees.amount_wan_yuan"]
    assert amount_words(cell.change) == "+13,464.0129"  # 72701.2578 - 59237.2449


def test_blank_cell_is_no_fall(suqian) -> None:
    cell = one(suqian, {}, {"applications.granted.natural_person": ""})["applications.granted.natural_person"]
    assert (cell.change.amount, cell.change.points, cell.change.reason) == (None, None, "blank")
    assert figure_words(cell.figures[2024], ZH) == "空白"


def test_unchanged_line_has_the_same_figure_in_every_year(suqian) -> None:
    cells = one(suqian)
    assert cells["applications.denied_internal_affairs.natural_person"].is_unchanged is False  # 20 and 21
    assert cells["applications.carried_over.natural_person"].is_unchanged  # 118 and 118


def test_largest_change_comes_first(suqian) -> None:
    totals = {key: cell for key, cell in one(suqian).items() if key.startswith("applications.") and key.endswith(".total")}
    # granted +240, petitions 305 to 87, not held 1047 to 897, partly granted 328 to 471
    assert [cell.change.amount for cell in what_changed(totals)[:4]] == [240, -218, -150, 143]


def test_editions_that_count_different_things_are_shown_and_not_joined(make_report) -> None:
    reports = make_report(edition="gf2019", year=2020, rest="7"), make_report(year=2021, rest="9")
    blocks = blocks_of(("gf2021", "gf2019"), "zh")
    cells = compare_years(selection(*reports).long(keys_of(blocks)), (2020, 2021), (2020, 2021))
    stock = cells["normative_documents.in_force"]
    assert [stock.figures[year].state for year in (2020, 2021)] == ["not_asked", "reported"]
    assert (stock.change.amount, stock.change.reason) == (None, "not_comparable")
    assert stock.apart == {2021: "not_comparable"}
    assert "口径不同" in why_apart(stock.key, "not_comparable", ZH)
    assert cells["applications.granted.total"].change.amount == 2
    assert cells["penalty.decisions"].change.comparability == "caution"


def test_lines_only_an_older_edition_has_stand_under_the_same_heading() -> None:
    (block,) = [block for block in blocks_of(("gf2021", "gf2019"), "zh") if block.table == "t2_art20_1"]
    rules = [line.label for line in block.lines if line.headings == ("规章",)]
    assert rules == ["本年制发件数", "本年废止件数", "现行有效件数", "本年新制作数量", "本年新公开数量", "对外公开总数量"]


def test_two_series_are_refused(suqian, make_report) -> None:
    frame = selection(suqian(2023), make_report(year=2024)).long(KEYS)
    with pytest.raises(ValueError, match="one organ"):
        compare_years(frame, (2023, 2024), (2023, 2024))


def organ(make_report, name: str, year: int, received: str) -> Report:
    described = OrganName(name=name, level="county", kind="department")
    return make_report({"applications.received.total": received}, year=year, organ=described)


def test_sum_says_how_many_organs_it_has_and_compares_the_same_ones(make_report) -> None:
    reports = [
        organ(make_report, "示例市示例区教育局", 2023, "10"),
        organ(make_report, "示例市示例区教育局", 2024, "14"),
        organ(make_report, "示例市示例区财政局", 2024, "100"),
    ]
    cell = compare_sums(selection(*reports), KEYS, (2023, 2024), (2023, 2024))["applications.received.total"]
    assert [(cell.figures[y].value, cell.figures[y].known, cell.figures[y].expected) for y in (2023, 2024)] == [
        (10, 1, 2),
        (114, 2, 2),
    ]
    assert (cell.change.amount, cell.change.organs) == (4, 1)
    assert cell.figures[2023].reports == 1  # the head of the year says so, and the cell need not
    assert figure_words(cell.figures[2023], ZH) == "10"


def test_sum_leaves_out_of_the_change_whose_form_counts_something_else(make_report) -> None:
    """A fee is a number of items in gf2019 and an amount in gf2021; applications go on: 7 + 5 = 12, 9 + 5 = 14."""
    names = [OrganName(name=f"示例市示例区{name}", level="county", kind="department") for name in ("教育局", "财政局")]
    reports = [
        make_report(edition="gf2019", year=2020, rest="7", organ=names[0]),
        make_report(year=2021, rest="9", organ=names[0]),
        make_report(year=2020, rest="5", organ=names[1]),
        make_report(year=2021, rest="5", organ=names[1]),
    ]
    cells = compare_sums(selection(*reports), KEYS, (2020, 2021), (2020, 2021))
    fees, new = cells["fees.amount_wan_yuan"].change, cells["applications.received.total"].change
    assert (fees.amount, fees.organs) == (0, 1)
    assert (new.amount, new.organs, new.comparability) == (2, 2, "same")
    assert new.fraction == pytest.approx(2 / 12)


def test_sum_of_a_cell_no_edition_asks_for_says_so(make_report) -> None:
    reports = make_report(edition="gf2019", year=2020, rest="7"), make_report(year=2021, rest="9")
    cell = compare_sums(selection(*reports), ["rules.repealed"], (2020, 2021), (2020, 2021))["rules.repealed"]
    assert cell.figures[2020].state == "not_asked"
    assert cell.apart == {2021: "absent"}


def test_table_for_files_has_every_cell_and_empty_gaps(suqian) -> None:
    cells = one(suqian, {}, {"applications.granted.natural_person": ""})
    table = comparison_table(blocks_of(("gf2021",), "zh"), cells, (2023, 2024), ZH)
    row = table.set_index("键").loc["applications.granted.natural_person"]
    assert len(table) == 200
    assert (row["2023"], str(row["2024"])) == (1175, "<NA>")
    assert row["2024年缺数原因"] == "原文空白"


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        ("applications.denied_third_party.natural_person", "applications.result_total.natural_person"),
        ("applications.received.natural_person", "applications.received.total"),
        ("applications.received.total", None),
        ("applications.result_total.total", None),
        ("litigation_direct.pending", "litigation_direct.total"),
        ("rules.issued", None),
        ("fees.amount_wan_yuan", None),
    ],
)
def test_what_a_cell_is_a_part_of(key: str, whole: str | None) -> None:
    assert whole_of(key) == whole


def test_sign_of_a_change() -> None:
    assert [signed(0), signed(-3), signed(1234), signed(0.04, 1), signed(-0.06, 1)] == ["0", "−3", "+1,234", "0.0", "−0.1"]


def test_line_an_edition_no_longer_asks_for_is_unchanged_if_its_figures_are(make_report) -> None:
    reports = [
        make_report(edition="gf2019", year=2020, rest="7"),
        make_report(year=2021, rest="9"),
        make_report(year=2022, rest="9"),
    ]
    blocks = blocks_of(("gf2021", "gf2019"), "zh")
    cells = compare_years(selection(*reports).long(keys_of(blocks)), (2020, 2021, 2022), (2021, 2022))
    assert cells["rules.published_total"].is_unchanged  # 7, then not asked
    assert not cells["applications.granted.total"].is_unchanged  # 7, 9, 9
    assert cells["applications.granted.total"].is_unchanged_in((2021, 2022))
