"""Whether a report that was handed in is known already: the same figures in another file, or another version of them."""

from __future__ import annotations

import streamlit as st

from ogi.duplicates import CellDifference, Comparison, closest
from ogi.labels import Labels
from ogi.organs import id_of
from ogi.report import Reading, Report
from pages.parts.plain import plain
from pages.parts.upload_reading import Outcome, outcomes
from pages.parts.uploads import same_reading, shown_uploads

_COMPARED = "upload_compared"
_TOLD = 5


def show_duplicates(outcome: Outcome, report: Report, labels: Labels) -> None:
    """Say which report of this session is closest to this one, and which cells differ."""
    found = _closest(outcome, report)
    if found is None:
        return
    other, comparison = found
    text = plain(sentence(report, other, comparison, labels))
    if comparison.relation == "other_version":
        st.warning(text, icon=":material/difference:")
    else:
        st.caption(f":material/content_copy: {text}")


def sentence(report: Report, other: Report, comparison: Comparison, labels: Labels) -> str:
    """How two reports are related, in words, with the first cells that differ and both values."""
    name = other.document.name
    if comparison.relation == "other_scope":
        one, two = (labels(f"export.scope.{scope}") for scope in (report.scope, other.scope))
        return labels("upload.other_scope", name=name, one=one, other=two)
    if comparison.relation != "other_version":
        return labels("upload.same_report", name=name, compared=comparison.compared)
    told = [_difference(difference, labels) for difference in comparison.differences[:_TOLD]]
    more = labels("upload.more") if len(comparison.differences) > _TOLD else ""
    cells = labels("list_separator").join(told) + (f" {more}" if more else "")
    return labels("upload.other_version", name=name, count=len(comparison.differences), cells=cells)


def _difference(difference: CellDifference, labels: Labels) -> str:
    return labels(
        "upload.difference",
        label=labels.field(difference.key),
        one=_value(difference.one, labels),
        other=_value(difference.other, labels),
    )


def _value(reading: Reading, labels: Labels) -> str:
    return labels(f"state.{reading.state}") if reading.value is None else f"{reading.value:,}{reading.unit or ''}"


def _closest(outcome: Outcome, report: Report) -> tuple[Report, Comparison] | None:
    """The report most like this one among those read before it and those shown; worked out once for the same others."""
    others = _before(outcome, report)
    names = tuple(others)
    kept: dict[str, tuple[tuple[str, ...], tuple[Report, Comparison] | None]] = st.session_state.setdefault(_COMPARED, {})
    if outcome.key not in kept or kept[outcome.key][0] != names:
        organ = id_of(report.organ)
        same_organ = [other for other in others.values() if organ is not None and id_of(other.organ) == organ]
        kept[outcome.key] = (names, closest(report, same_organ))
    return kept[outcome.key][1]


def _before(outcome: Outcome, report: Report) -> dict[str, Report]:
    """The reports of the same year read before this one, and those shown in the dashboard, without this one; each by a name."""
    if report.report_year is None:
        return {}
    found = {entry.report_id: entry.report for entry in shown_uploads()}
    for other in outcomes().values():
        if other.key == outcome.key:
            break
        if other.report is not None:
            found[other.key] = other.report
    return {
        name: other
        for name, other in found.items()
        if other.report_year == report.report_year and not same_reading(other, report)
    }
