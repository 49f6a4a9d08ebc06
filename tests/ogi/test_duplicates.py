"""Two documents side by side: the same file, the same figures, another version, another report."""

from __future__ import annotations

import msgspec

from ogi.duplicates import closest, compare_reports, differing_cells
from ogi.organs import describe_organ

RECEIVED = "applications.received.total"
CITY = describe_organ("宿迁市人民政府")


def other_file(report, digest="b" * 64, **changes):
    return msgspec.structs.replace(
        report, document=msgspec.structs.replace(report.document, sha256=digest, name="另一份.html"), **changes
    )


def with_cell(report, key, **changes):
    return msgspec.structs.replace(report, cells={**report.cells, key: msgspec.structs.replace(report.cells[key], **changes)})


def test_same_bytes_are_the_same_file_whatever_was_read(make_report):
    report = make_report(organ=CITY)
    assert compare_reports(report, report).relation == "same_file"
    nameless = make_report(organ=describe_organ(None), year=None)
    assert compare_reports(nameless, nameless).relation == "same_file"


def test_same_figures_in_another_file_are_the_same_report(make_report):
    one = make_report({RECEIVED: "12"}, organ=CITY)
    found = compare_reports(one, other_file(one))
    assert (found.relation, found.differences, found.compared) == ("same_report", (), 200)
    assert len(one.cells) == 200


def test_another_spelling_of_the_organ_is_the_same_report(make_report):
    one = make_report(organ=describe_organ("江苏省宿迁市人民政府"))
    other = other_file(make_report(organ=describe_organ("宿迁市人民政府（本级机关）")))
    assert compare_reports(one, other).relation == "same_report"


def test_another_version_names_the_cells_that_differ_in_the_order_of_the_form(make_report):
    one = make_report({RECEIVED: "12", "penalty.decisions": "7"}, organ=CITY)
    other = other_file(make_report({RECEIVED: "13", "penalty.decisions": "70"}, organ=CITY))
    found = compare_reports(one, other)
    assert found.relation == "other_version"
    assert [(d.key, d.one.value, d.other.value) for d in found.differences] == [("penalty.decisions", 7, 70), (RECEIVED, 12, 13)]


def test_blank_and_printed_zero_differ_but_blank_and_dash_do_not(make_report):
    zero, blank, dash = (make_report({RECEIVED: printed}, organ=CITY) for printed in ("0", "", "/"))
    assert [d.key for d in differing_cells(zero, blank)] == [RECEIVED]
    assert differing_cells(blank, dash) == ()


def test_amount_with_its_unit_in_the_cell_is_the_same_amount(make_report):
    plain, with_unit, yuan = (make_report({"fees.amount_wan_yuan": p}, organ=CITY) for p in ("1.5", "1.50万元", "1.5元"))
    assert differing_cells(plain, with_unit) == ()
    assert [d.key for d in differing_cells(with_unit, yuan)] == ["fees.amount_wan_yuan"]


def test_cell_that_could_not_be_read_is_not_called_different(make_report):
    one = make_report({RECEIVED: "12"}, organ=CITY)
    other = other_file(make_report({RECEIVED: "*"}, organ=CITY))
    found = compare_reports(one, other)
    assert (found.relation, found.differences, found.not_compared) == ("same_report", (), (RECEIVED,))
    assert found.compared == 199


def test_documents_without_one_cell_in_common_are_not_called_the_same(make_report):
    one = make_report(organ=CITY)
    other = other_file(make_report(organ=CITY, rest="?"))
    found = compare_reports(one, other)
    assert (found.relation, found.compared) == ("unknown", 0)


def test_difference_that_rests_on_a_doubtful_reading_says_so(make_report):
    one = make_report({RECEIVED: "12"}, organ=CITY)
    other = with_cell(other_file(one), RECEIVED, value=72, raw="72", confidence=0.6)
    (difference,) = compare_reports(one, other).differences
    assert difference.is_marked
    assert not compare_reports(one, with_cell(other_file(one), RECEIVED, value=72, raw="72")).differences[0].is_marked


def test_own_figures_and_total_of_the_region_are_two_reports(make_report):
    own = make_report(organ=CITY, scope="own")
    assert compare_reports(own, other_file(make_report(organ=CITY, scope="region_total"))).relation == "other_scope"
    assert compare_reports(own, other_file(make_report(organ=CITY, scope="unknown"))).relation == "same_report"


def test_other_organ_other_year_and_unknown_identity(make_report):
    one = make_report(organ=CITY)
    assert compare_reports(one, other_file(make_report(organ=describe_organ("淮安市人民政府")))).relation == "other_report"
    assert compare_reports(one, other_file(make_report(organ=CITY, year=2023))).relation == "other_report"
    assert compare_reports(one, other_file(make_report(organ=describe_organ(None)))).relation == "unknown"
    assert compare_reports(one, other_file(make_report(organ=CITY, year=None))).relation == "unknown"


def test_the_known_report_most_like_the_new_one_is_found(make_report):
    new = make_report({RECEIVED: "12"}, organ=CITY)
    version = other_file(make_report({RECEIVED: "13"}, organ=CITY), "c" * 64)
    same = other_file(new, "d" * 64)
    stranger = other_file(make_report(organ=describe_organ("淮安市人民政府")), "e" * 64)
    found = closest(new, [stranger, version, same])
    assert found is not None
    assert (found[0], found[1].relation) == (same, "same_report")
    assert closest(new, [stranger]) is None
    assert closest(new, []) is None
