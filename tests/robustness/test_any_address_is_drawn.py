"""Any address at any page: what it asks for is drawn or said not to be there, and nothing ever breaks.

A few addresses here; ``OGI_ADDRESSES=300 python -m pytest tests/robustness/test_any_address_is_drawn.py`` tries so many in
each state.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ogi.form import load_form
from ogi.organs import id_of
from ogi.report import Report
from ogi.view import PAGES, View, measures
from ogi.view.state import CHOICES, applicants
from tests.robustness.states import states

ADDRESSES = int(os.environ.get("OGI_ADDRESSES", "0"))
STATES = states() if ADDRESSES else {name: states()[name] for name in ("mixed_editions", "right_to_left")}
ODD = st.text(max_size=60) | st.sampled_from(
    ["", ",", "2019-2023", "20l9", "0-9999", "=1+1", "<b>", "*", '"', "%", "o" + "a" * 10, "g" + "a" * 10]
)
Open = Callable[[str, dict[str, list[str]]], AppTest]


def joined(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Several of them in one parameter."""
    return st.lists(values, min_size=1, max_size=3).map(",".join)


def values_of(reports: tuple[Report, ...]) -> dict[str, st.SearchStrategy[str]]:
    """What an address may say and the library may answer, by the name of the parameter."""
    organs = st.sampled_from(sorted({id_of(report.organ) or "" for report in reports}))
    years = st.sampled_from([*sorted({str(report.report_year) for report in reports}), "2010"])
    keys = st.sampled_from(sorted({f"{id_of(r.organ)}.{r.report_year}.{r.scope}" for r in reports}))
    measure = st.sampled_from(measures())
    rest = st.sampled_from(["over:1", "under:5.5", "equals:0", "between:5:20", "missing"])
    closed = {name: st.sampled_from(choices) for name, choices in CHOICES.items() if name != "page"}
    several = ("levels", "kinds", "only", "lines", "severities", "standings")
    return {
        **closed,
        **{name: joined(closed[name]) for name in several},
        "organs": joined(organs), "years": joined(years), "focus_organ": organs, "children_of": organs, "peers_of": organs,
        "baseline": years, "focus_year": years, "report": keys,
        "cell": st.sampled_from(sorted(load_form().editions["gf2021"].cells)),
        "measure": measure, "against": measure, "bubble": measure, "figures": joined(measure),
        "applicant": st.sampled_from(applicants()), "where": st.tuples(measure, rest).map(":".join),
        "check": st.sampled_from(sorted(load_form().checks)), "finding": st.just("x"), "list_page": st.sampled_from(["1", "3"]),
        "search": st.sampled_from(["示例市", "=1+1", "%", "(", '"', "*"]),
    }  # fmt: skip


@st.composite
def addresses(draw: st.DrawFn, reports: tuple[Report, ...]) -> tuple[str, dict[str, list[str]]]:
    """A page and its parameters: mostly such as the dashboard itself writes, some such as nobody would."""
    values = values_of(reports)
    page = draw(st.sampled_from(PAGES))
    needed = {"report": ["report"], "key_in": ["report"], "agency": ["focus_organ"]}.get(page, [])
    names = draw(st.lists(st.sampled_from(sorted(values)), max_size=8, unique=True))
    query = {name: [draw(values[name])] for name in dict.fromkeys([*needed, *names])}
    odd = st.sampled_from(sorted({*View.__dataclass_fields__, "share", "x"}))
    for name in draw(st.lists(odd, max_size=2, unique=True)):
        query[name] = draw(st.lists(ODD, min_size=1, max_size=2))
    return page, query


@pytest.mark.parametrize("state", STATES)
def test_any_address_is_drawn(state: str, keep: Callable[..., None], opened: Open) -> None:
    keep(STATES[state])

    @settings(
        max_examples=ADDRESSES or 8,
        deadline=None,
        derandomize=not ADDRESSES,
        database=None,
        phases=(Phase.generate, Phase.shrink) if ADDRESSES else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(addresses(STATES[state] or states()["one_report"]))
    def draw(address: tuple[str, dict[str, list[str]]]) -> None:
        at = opened(*address)
        assert not at.exception, (at.exception[0].value, "".join(at.exception[0].stack_trace[-6:]))

    draw()
