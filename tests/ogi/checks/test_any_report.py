"""Whatever a report holds: the checks answer, every finding has its sentence, and a finding can be stored as JSON."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogi.checks import check_report, message, rules_of
from ogi.form import load_form
from ogi.indicators import derived_values, indicator_values
from ogi.report import OrganName

FORM = load_form()
TEXTS = ("0", "1", "30", "4321", "-5", "1.5", "251000元", "8.06万元", "约100", "", "/", "不适用", "?", "*")
TABLES = {table.id: tuple(e.id for e in FORM.editions.values() if e.table(table.id)) for table in FORM.editions["gf2019"].tables}
ORGANS = (
    OrganName(name=None),
    OrganName(name="示例省人民政府", level="province", kind="government"),
    OrganName(name="示例市示例区某某局", level="county", kind="department"),
)


@st.composite
def reports(draw, make_report):
    """A report of any editions, states and numbers."""
    editions = {table: draw(st.sampled_from(found)) for table, found in TABLES.items()}
    base = "gf2019" if editions["t2_art20_9"] == "gf2019" and draw(st.booleans()) else "gf2021"
    own = {t.id: editions[t.id] for t in FORM.editions[base].tables}
    keys = [c.key for table, edition in own.items() for c in FORM.editions[edition].table(table).cells]
    rest = draw(st.sampled_from(TEXTS))
    printed = draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(TEXTS), max_size=25))
    missing = tuple(draw(st.sets(st.sampled_from(sorted(own)), max_size=2)))
    kept = {key: text for key, text in printed.items() if FORM.cell(key).table.id not in missing}  # type: ignore[union-attr]
    return make_report(
        kept, edition=base, editions=own, rest=rest, missing=missing, organ=draw(st.sampled_from(ORGANS)),
        year=draw(st.sampled_from((None, 2012, 2019, 2020, 2021, 2023, 2024, 2030))),
        scope=draw(st.sampled_from(("own", "region_total", "unknown"))),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_report_is_answered_in_both_languages(make_report, data) -> None:
    report, before = data.draw(reports(make_report)), data.draw(st.none() | reports(make_report))
    findings = check_report(report, FORM, before)
    for finding in findings:
        assert "{" not in message(finding, "zh") + message(finding, "en")
        assert (finding.status == "not_assessable") == bool(finding.missing)
        assert all(FORM.cell(key) is not None for key in finding.cells), finding
    assert len({finding.place for finding in findings}) == len(findings)
    stored = msgspec.json.decode(msgspec.json.encode(findings))
    assert [row["check"] for row in stored] == [finding.check for finding in findings]
    for value in indicator_values(report, FORM, before):
        assert (value.value is not None) == (value.status in ("shown", "small_base"))
        assert (value.status == "not_assessable") == bool(value.missing)
    assert all(quantity.is_known != bool(quantity.missing) for quantity in derived_values(report, FORM).values())


def test_formulas_are_parsed_once_for_all_reports(suqian, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules_of(FORM) is rules_of(FORM)
    monkeypatch.setattr("ogi.checks.plan.parse", lambda *_, **__: pytest.fail("parsed again"))
    assert check_report(suqian(2024), FORM, suqian(2023)) != ()
