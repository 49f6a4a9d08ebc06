"""What was exported as JSON comes back as the same report, to the last digit; what is no such file says so."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.errors import CannotReadError
from loaders.exported_json import read_values
from ogi.export import report_to_json
from ogi.form import load_form
from ogi.labels import Labels, messages
from ogi.report import (
    Document,
    FreeRow,
    Level,
    LocalRow,
    NarrativeSection,
    Notice,
    OrganKind,
    OrganName,
    Reading,
    Report,
    Scope,
    Source,
    State,
    StatedFact,
    TableReading,
    TableStatus,
)

FORM = load_form()
KEYS = sorted({key for edition in FORM.editions.values() for key in edition.cells})
TABLES = sorted({table.id for edition in FORM.editions.values() for table in edition.tables})
TEXT_KEYS = sorted(key for key in FORM.facts if key.startswith("text."))


def back(data: bytes) -> list[Report | CannotReadError]:
    return read_values(data, "reports.json", FORM)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
counts = st.integers(0, 10**9)
floats = st.floats(0, 1e6, allow_nan=False)
places = st.integers(1, 500)
sources = st.none() | st.builds(
    Source,
    page=st.none() | places,
    bbox=st.none() | st.tuples(floats, floats, floats, floats),
    table=st.none() | places,
    row=st.none() | places,
    cell=st.none() | places,
    line=st.none() | places,
)
amounts = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4)
figures = st.integers(-(10**9), 10**9) | amounts


@st.composite
def readings(draw: st.DrawFn, key: str) -> Reading:
    state = draw(st.sampled_from(get_args(State)))
    return Reading(
        key=key,
        raw=draw(texts),
        value=draw(figures) if state in {"reported", "keyed"} else None,
        state=state,
        source=draw(sources),
        confidence=draw(st.floats(0, 1)),
        rule=draw(texts),
        unit=draw(st.none() | some_text),
        remark=draw(texts),
        doubts=draw(st.lists(some_text, max_size=2).map(tuple)),
    )


def notices() -> st.SearchStrategy[Notice]:
    """Notices whose sentences can be written: their own parameters and one more."""
    codes = [code for code, words in messages().items() if code.startswith("notice.") and "{" not in words["zh"] + words["en"]]
    params = st.dictionaries(some_text.filter(str.isidentifier), texts | counts | floats, max_size=2)
    chosen = st.sampled_from([code.removeprefix("notice.") for code in codes])
    return st.builds(Notice, code=chosen, params=params, keys=st.lists(st.sampled_from(KEYS), max_size=2).map(tuple))


def tuples(strategy: st.SearchStrategy, most: int = 2) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
    tables = st.builds(
        TableReading, edition=st.none() | st.sampled_from(sorted(FORM.editions)), status=st.sampled_from(get_args(TableStatus))
    )
    return Report(
        document=Document(name=draw(texts), sha256=draw(texts), media_type=draw(texts), pages=draw(st.none() | places)),
        organ=OrganName(
            name=draw(st.none() | some_text),
            level=draw(st.sampled_from(get_args(Level))),
            kind=draw(st.sampled_from(get_args(OrganKind))),
            region=draw(st.none() | texts),
        ),
        report_year=draw(st.none() | st.integers(2008, 2030)),
        scope=draw(st.sampled_from(get_args(Scope))),
        tables=draw(st.dictionaries(st.sampled_from(TABLES), tables, max_size=3)),
        cells={key: draw(readings(key)) for key in keys},
        narrative=draw(tuples(st.builds(NarrativeSection, section=texts, title=texts, text=texts))),
        meta=draw(st.dictionaries(some_text, st.none() | st.booleans() | counts | texts, max_size=3)),
        local_rows=draw(tuples(st.builds(LocalRow, table=texts, label=texts, values=tuples(texts), source=sources))),
        free_rows=draw(
            tuples(st.builds(FreeRow, label=texts, unit=texts, values=tuples(texts), heads=tuples(texts), source=sources))
        ),
        facts=draw(
            tuples(
                st.builds(
                    StatedFact,
                    key=st.sampled_from(TEXT_KEYS),
                    value=st.just(True) | figures,
                    sentence=texts,
                    words=texts,
                    unit=st.none() | texts,
                    section=st.none() | texts,
                    source=sources,
                    about=st.none() | texts,
                    approximate=st.booleans(),
                )
            )
        ),
        notices=draw(tuples(notices())),
    )


@given(reports(), reports())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_report_comes_back_equal(one: Report, other: Report) -> None:
    first, second = report_to_json(one), report_to_json(other)
    assert back(first) == [one]
    assert back(first + b"\n" + second + b"\n") == [one, other]
    assert back(b"[" + first + b"," + second + b"]") == [one, other]
    (again,) = back(first)
    assert isinstance(again, Report)
    assert report_to_json(again) == first


def made(**cell: object) -> bytes:
    """A report of one cell of these fields."""
    document = {"name": "a.pdf", "sha256": "00", "media_type": "application/pdf", "pages": None}
    report = {"document": document, "organ": {"name": None}, "report_year": 2024, "scope": "own", "tables": {}}
    return json.dumps({**report, "cells": {"rules.issued": {"raw": "7", "source": None, **cell}}}).encode()


def only_reading(data: bytes) -> Reading:
    (report,) = back(data)
    assert isinstance(report, Report)
    return report.cells["rules.issued"]


def test_decimals_keep_their_precision() -> None:
    assert str(only_reading(made(state="reported", value=0).replace(b": 0}", b": 59237.2440}")).value) == "59237.2440"


@pytest.mark.parametrize("state", ["blank", "dash", "text", "unreadable", "missing_page", "not_applicable", "not_asked"])
def test_state_without_a_number_never_becomes_one(state: str) -> None:
    reading = only_reading(made(state=state, value=7))
    assert (reading.state, reading.value) == (state, None)


def test_number_that_is_missing_is_unreadable() -> None:
    assert (only_reading(made(state="reported", value=None)).state, only_reading(made(state="reported")).state) == (
        "unreadable", "unreadable",
    )  # fmt: skip


@pytest.mark.parametrize(
    "spoilt",
    [
        made(state="reported", value="7"),
        made(state="reported", value=[7]),
        made(state="printed", value=7),
        made(state="reported", value=0).replace(b": 0}", b": 1e999999999}"),
        made(state="reported", value=10**40),
        made(state="blank", confidence="high"),
        made(state="blank", source={"page": "one"}),
        made(),
        b'{"cells": {}}',
        b'{"cells": [1, 2], "document": 7}',
        b"[7, null]",
    ],
)
def test_damaged_report_is_its_reason_and_the_others_are_read(spoilt: bytes) -> None:
    good = made(state="blank")
    found = back(good + b"\n" + spoilt) if spoilt.startswith(b"{") else back(spoilt)
    errors = [item for item in found if isinstance(item, CannotReadError)]
    assert len(errors) == (1 if spoilt.startswith(b"{") else 2)
    assert Labels("zh")("error.json_damaged", **errors[0].params)


@pytest.mark.parametrize("field", ["raw", "remark", "unit"])
def test_half_a_character_is_refused_and_a_whole_one_is_read(field: str) -> None:
    torn, whole = (made(state="blank", **{field: text}) for text in ("共\ud83c份", "共\U0001f3db份"))
    assert b"\\ud83c" in torn
    assert b"\\ud83c\\udfdb" in whole
    found = back(whole + b"\n" + torn)
    assert isinstance(found[0], Report)
    assert isinstance(found[1], CannotReadError)
    assert found[1].code == "json_half_character"
    assert "第2份" in Labels("zh")("error.json_half_character", **found[1].params)


@pytest.mark.parametrize("data", [b'{"cells": ', b'{"cells": NaN}', b'{"a": 1} {"b": 2}', b'{"a": ' + b"9" * 5000 + b"}"])
def test_file_of_nothing_readable_says_so(data: bytes) -> None:
    with pytest.raises(CannotReadError) as caught:
        back(data)
    assert caught.value.code == "json_damaged"


def test_keyed_figure_comes_back() -> None:
    assert only_reading(made(state="keyed", value=None, keyed=7)).value == 7
    assert only_reading(made(state="keyed", value=None, keyed=Decimal(5).to_integral_value() and 5)).value == 5
