"""The smallest change that would settle a finding: a proposal that only a person applies, as a correction with its reason."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.checks import Finding
from ogi.checks.repair import Proposal, Repair, propose_repairs
from ogi.checks.repair_words import changes_in_words
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report
from ogi.store.corrections import CellCorrection, correct_many
from ogi.store.edits import Kind
from ogi.store.neighbours import beside
from ogi.store.reports import StoredReport
from pages.parts.desk_source import AtDesk
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.stage import stage
from pages.parts.store import attempt, change, look
from pages.parts.visitor import visitor

_KINDS: tuple[Kind, ...] = ("misread", "amended")
_MOST = 5
_KEPT = 100


def show_repair(at: AtDesk, finding: Finding, labels: Labels) -> None:
    """Draw the repairs of the sums a finding belongs to; nothing for a finding that is about no sum."""
    state = f"{at.stored.report_id}.{at.stored.changes}" if at.stored else at.report.document.sha256
    found = next((one for one in _proposals(state, at, at.report) if finding.place in one.failing), None)
    if found is None:
        return
    with st.container(border=True, key="desk_repair", gap="xsmall"):
        st.markdown(f"**{labels('desk.repair.title')}**")
        if not found.repairs:
            st.caption(labels("desk.repair.none"))
        elif len(found.repairs) > 1:
            st.caption(labels("desk.repair.several", count=len(found.repairs)))
        for number, repair in enumerate(found.repairs[:_MOST]):
            _repair(at, finding, repair, number, labels)
        if at.stored is None and found.repairs:
            st.caption(labels("desk.repair.read_only"))


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _proposals(state: str, _at: AtDesk, _report: Report) -> tuple[Proposal, ...]:
    """The proposals for a report as it is now; ``state`` tells one state of it from another."""
    return propose_repairs(_report, load_form(), _before(_at))


def _before(at: AtDesk) -> tuple[Report, ...]:
    """The report of the year before, or those of the organs that were merged into this one."""
    if at.stored is not None:
        place = at.stored.place
        found = look(lambda connection: beside(connection, place))
        return found.previous if found else ()
    entry = at.entry
    if entry is None or entry.report_year is None:
        return ()
    wanted = f"{entry.organ_id}.{entry.report_year - 1}.{entry.scope}"
    other = stage().library.entry(entry.collection, wanted)
    return () if other is None else (other.report,)


def _repair(at: AtDesk, finding: Finding, repair: Repair, number: int, labels: Labels) -> None:
    st.markdown(f"{plain(changes_in_words(repair, labels, load_form()))}  \n:small[:gray[{plain(_judgement(repair, labels))}]]")
    if at.stored is None or not visitor().may_edit:
        return
    with st.popover(labels("desk.repair.apply"), icon=":material/edit:", key=f"repair_{number}"):
        likely = "misread" if repair.likelier == "reading" else "amended"
        kind = st.radio(
            labels("desk.repair.kind"), _KINDS, index=_KINDS.index(likely), key=f"repair_kind_{number}",
            format_func=lambda value: labels(f"report.kind.{value}"),
            captions=[labels(f"correct.kind_{value}") for value in _KINDS],
        )  # fmt: skip
        why = st.text_input(
            labels("desk.repair.why"), _reason(finding, repair, labels), max_chars=400,
            key=f"repair_why_{at.stored.report_id}_{at.stored.changes}_{number}",
        )  # fmt: skip
        st.button(
            labels("desk.repair.apply"), key=f"repair_apply_{number}", type="primary", disabled=not why.strip(),
            on_click=partial(_apply, at.stored, repair, kind, why, labels),
        )  # fmt: skip


def _judgement(repair: Repair, labels: Labels) -> str:
    parts = [labels(f"repair.kind.{repair.kinds[0]}"), labels(f"repair.likelier.{repair.likelier}")]
    parts += [labels(f"repair.reason.{reason}") for reason in repair.reasons]
    if repair.mends:
        parts.append(labels("desk.repair.mends", count=len(repair.mends)))
    if repair.breaks:
        parts.append(labels("desk.repair.breaks", count=len(repair.breaks)))
    return " · ".join(parts)


def _reason(finding: Finding, repair: Repair, labels: Labels) -> str:
    kind, check = labels(f"repair.kind.{repair.kinds[0]}"), finding.check.split("_")[0]
    return labels("desk.repair.reason", check=check, changes=changes_in_words(repair, labels, load_form()), kind=kind)[:400]


def _apply(report: StoredReport, repair: Repair, kind: Kind, why: str, labels: Labels) -> None:
    # A misread figure is set as printed, in the unit printed beside it; an amended one in the unit of the form.
    values = {one.key: one.as_printed if kind == "misread" else one.proposed for one in repair.changes}
    cells = [CellCorrection(key=key, kind=kind, value=value, state="reported") for key, value in values.items()]

    def make() -> str:
        change(lambda c: correct_many(c, report.report_id, cells, act(why), report.changes))
        return labels("desk.repair.applied", count=len(cells))

    attempt(make, labels)
