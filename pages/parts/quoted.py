"""The sentences of the prose a finding is about, each in its paragraph with the sentence marked."""

from __future__ import annotations

import streamlit as st

from ogi.checks import Finding
from ogi.labels import Labels
from ogi.quotation import in_narrative
from ogi.report import Report
from pages.parts.plain import plain


def show_quotes(finding: Finding, report: Report, labels: Labels) -> None:
    """Draw each sentence a finding quotes; where the narrative does not hold it (a heading, a remark), the sentence alone."""
    stated = finding.stated
    page = stated.source.page if stated is not None and stated.source is not None else None
    quotes = [stated.sentence] if stated is not None else []
    for quote in dict.fromkeys([*quotes, *finding.quotes]):
        found = in_narrative(report, quote)
        if found is None:
            st.markdown(f"> {plain(labels('desk.quote', text=' '.join(quote.split())))}")
            continue
        parts = [found.section, labels("preview.source_page", page=page) if page else ""]
        place = " · ".join(plain(part) for part in parts if part)
        before, sentence, behind = (plain(" ".join(text.split())) for text in (found.before, found.sentence, found.behind))
        st.markdown(f"> :small[:gray[{place}]]  \n> {before}:orange-background[**{sentence}**]{behind}")
