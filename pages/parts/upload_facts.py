"""The figures the prose of a report states, each with the sentence it was read from."""

from __future__ import annotations

from html import escape

import streamlit as st

from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report, StatedFact
from pages.parts.scrolling import scrolling
from pages.parts.upload_reading import Outcome

_CELL = "border:1px solid rgba(128,128,128,.45);padding:3px 6px;text-align:left;vertical-align:top;"


def show_facts(outcome: Outcome, report: Report, labels: Labels) -> None:
    """List the facts, folded; nothing is sent while they are folded."""
    if not report.facts:
        return
    box = st.expander(
        labels("facts.title", count=len(report.facts)), icon=":material/format_quote:", key=f"facts_{outcome.key}",
        on_change="rerun",
    )  # fmt: skip
    if box.open:
        with box:
            st.caption(labels("facts.intro"))
            st.html(facts_html(report.facts, labels))


def facts_html(facts: tuple[StatedFact, ...], labels: Labels) -> str:
    """Return the facts as a table in HTML, every text escaped."""
    heads = "".join(
        f'<th scope="col" style="{_CELL}">{escape(labels(f"facts.{name}"))}</th>' for name in ("what", "value", "sentence")
    )
    rows = "".join(f"<tr>{_row(fact, labels)}</tr>" for fact in facts)
    table = f'<table style="border-collapse:collapse;font-size:.85rem;width:100%"><tr>{heads}</tr>{rows}</table>'
    return scrolling(table, labels("facts.title", count=len(facts)))


def _row(fact: StatedFact, labels: Labels) -> str:
    known = load_form().facts.get(fact.key)
    value = labels("facts.yes") if fact.value is True else f"{fact.value:,}{labels.unit(fact.unit) if fact.unit else ''}"
    texts = (known.label(labels.lang) if known else fact.key, value, fact.sentence)
    return "".join(f'<td style="{_CELL}">{escape(text)}</td>' for text in texts)
