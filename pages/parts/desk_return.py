"""The lists that go back to organs, made of what the desk shows when somebody asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec
import streamlit as st

from ogi.brief.return_list import ReturnedReport, ReturnList
from ogi.brief.return_list_book import write_return_book, write_return_books
from ogi.brief.return_list_document import write_return_list
from ogi.checks import Finding
from ogi.checks.fix_lines import fix_lines
from ogi.checks.fix_list import fix_list
from ogi.checks.repair import propose_repairs
from ogi.desk import DeskFilter, DeskLine, page_of
from ogi.form import load_form
from ogi.library import Entry
from ogi.report import Report
from ogi.store import desk
from ogi.store.conclusions import place_name
from ogi.store.reports import stored
from pages.parts.desk_source import Focus, wanted_of
from pages.parts.stage import Stage
from pages.parts.store import look

MOST = 5_000
"""So many findings go into one file."""
Which = Literal["returned", "all"]
Found = tuple[str, int, Report, tuple[Finding, ...]]
"""Organ, year, report, and what is to be mended in it."""


def show_return_lists(at: Stage, focus: Focus, name: str, total: int) -> None:
    """Offer the list of the organ picked, and those of all organs shown in one workbook."""
    labels = at.labels
    with st.popover(labels("desk.return_list.title"), icon=":material/assignment_return:", key="desk_return_list"):
        which: Which = "all"
        if at.collection == "library":
            which = st.radio(
                labels("desk.return_list.which"), ["returned", "all"], key="return_which", persist_state="session",
                format_func=lambda value: labels(f"desk.return_list.{value}"),
            )  # fmt: skip
        deadline = st.text_input(
            labels("desk.return_list.deadline"), key="return_deadline", max_chars=40,
            placeholder=labels("desk.return_list.deadline_example"), persist_state="session",
        )  # fmt: skip
        contact = st.text_input(labels("desk.return_list.contact"), key="return_contact", max_chars=80, persist_state="session")

        def made() -> list[ReturnList]:
            return return_lists(at, focus, which, deadline, contact)

        if focus.organ:
            stem = f"{labels('desk.return_list.title')}_{name}"
            text = labels("desk.return_list.word")
            _file(text, lambda: write_return_list(_one(made(), name), labels), f"{stem}.docx", "description")
            text = labels("desk.return_list.excel")
            _file(text, lambda: write_return_book(_one(made(), name), labels), f"{stem}.xlsx", "table")
        else:
            st.caption(labels("desk.return_list.pick"))
            text = labels("desk.return_list.all_excel")
            stem = labels("desk.return_list.title")
            _file(text, lambda: write_return_books(made(), labels), f"{stem}.xlsx", "table", disabled=total > MOST)
            if total > MOST:
                st.caption(labels("desk.return_list.too_many", most=f"{MOST:,}"))


def _one(lists: list[ReturnList], name: str) -> ReturnList:
    """The list of the organ picked, an empty one where nothing goes back to it."""
    return lists[0] if lists else ReturnList(organ=name, reports=())


def _file(label: str, made: Callable[[], bytes], name: str, icon: str, *, disabled: bool = False) -> None:
    key = f"file_{icon}"
    st.download_button(label, made, file_name=name, icon=f":material/{icon}:", key=key, on_click="ignore", disabled=disabled)


def return_lists(at: Stage, focus: Focus, which: Which, deadline: str, contact: str) -> list[ReturnList]:
    """Return a list for each organ to which anything goes back, those with most points first.

    Args:
        at: what is shown.
        focus: what of it is picked.
        which: ``returned``: what was sent back; ``all``: every error and warning nobody dismissed.
        deadline: by when, as it is to be printed.
        contact: who is asked back.
    """
    wanted = wanted_of(at, focus)
    if which == "returned":
        wanted = msgspec.structs.replace(wanted, standings=("returned",))
    else:
        wanted = msgspec.structs.replace(wanted, severities=wanted.severities or ("error", "warning"))
    found = _stored(wanted) if at.collection == "library" else _entries(at.entries, wanted)
    form, labels = load_form(), at.labels
    by_organ: defaultdict[str, list[ReturnedReport]] = defaultdict(list)
    for organ, year, report, findings in found:
        lines = fix_lines(fix_list(findings, propose_repairs(report, form)), report, labels, form)
        by_organ[organ].append(ReturnedReport(year=year, lines=lines))
    lists = [
        ReturnList(organ=organ, reports=sorted(reports, key=lambda one: one.year), deadline=deadline, contact=contact)
        for organ, reports in by_organ.items()
    ]
    return sorted(lists, key=lambda one: (-one.count, one.organ))


def _stored(wanted: DeskFilter) -> list[Found]:
    def at(connection) -> list[Found]:
        found = []
        for line, places in _by_report(desk.page(connection, wanted, limit=MOST).lines):
            number = desk.report_number(connection, line)
            if number is None:
                continue
            report = stored(connection, number)
            findings = tuple(finding for finding in report.findings if place_name(finding) in places)
            if findings:
                found.append((line.organ_name, line.report_year, report.effective, findings))
        return found

    return look(at)


def _entries(entries: Sequence[Entry], wanted: DeskFilter) -> Iterator[Found]:
    known = {entry.report_id: entry for entry in entries}
    for line, places in _by_report(page_of(entries, wanted, limit=MOST).lines):
        entry = known[line.key]
        yield line.organ_name, line.report_year, entry.report, tuple(f for f in entry.findings if place_name(f) in places)


def _by_report(lines: Iterable[DeskLine]) -> list[tuple[DeskLine, frozenset[str]]]:
    """One line of each report, with the places of all its lines."""
    places: defaultdict[str, list[DeskLine]] = defaultdict(list)
    for line in lines:
        places[line.key].append(line)
    return [(of[0], frozenset(line.place for line in of)) for of in places.values()]
