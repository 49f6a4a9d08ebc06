"""The fix list on screen: what is to be mended, grouped by what there is to do, and what came of it since the last draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

import streamlit as st

from ogi.brief.return_list_document import write_fix_list
from ogi.checks import Finding, message
from ogi.checks.fix_lines import FixLine, fix_lines
from ogi.checks.fix_list import FixList, Progress, progress
from ogi.checks.todo import TODOS
from ogi.checks.wording import MOST_DECIMALS
from ogi.form import load_form
from ogi.labels import Labels
from pages.parts.desk_matrix import SIGNS
from pages.parts.findings_list import COLOURS, SEVERITIES
from pages.parts.plain import plain
from pages.parts.report_list import linked_html
from pages.parts.self_check_reading import Checked

_MOST = 200


def show_fix_list(checked: Checked, before: FixList | None, labels: Labels) -> None:
    """Draw the list with its download."""
    lines, since = numbered(checked, labels), None if before is None else progress(before, checked.found)
    _counts(lines, since, labels)
    new = frozenset() if since is None else frozenset(item.places for item in since.new)
    if not lines:
        st.success(labels("self_check.nothing"), icon=":material/verified:")
    for todo, of in groupby(lines, key=lambda line: line.todo):
        group = list(of)
        st.subheader(labels("self_check.group", name=labels(f"todo.{todo}.title"), count=len(group)), anchor=False)
        linked_html(list_html(group[:_MOST], new, labels), f"self_check_{todo}", lambda _: None)
        if len(group) > _MOST:
            st.caption(labels("self_check.more", count=len(group) - _MOST))
    if lines:
        st.download_button(
            labels("self_check.word"), lambda: document_of(checked, lines, labels), key="self_check_word", on_click="ignore",
            file_name=f"{labels('self_check.file')}.docx", icon=":material/description:",
        )  # fmt: skip
    _folded(checked, since, labels)


def numbered(checked: Checked, labels: Labels) -> list[FixLine]:
    """Return the lines by what there is to do, what holds the worst of them first, numbered through."""
    lines = fix_lines(checked.found, checked.report, labels, load_form())
    worst: dict[str, int] = {}
    for line in lines:
        rank = SEVERITIES.index(line.severity)
        worst[line.todo] = min(rank, worst.get(line.todo, rank))
    ordered = sorted(lines, key=lambda line: (worst[line.todo], TODOS.index(line.todo)))
    return [line._replace(number=number) for number, line in enumerate(ordered, 1)]


def document_of(checked: Checked, lines: Sequence[FixLine], labels: Labels) -> bytes:
    """Return the list as a Word document."""
    groups = [(labels(f"todo.{todo}.title"), list(of)) for todo, of in groupby(lines, key=lambda line: line.todo)]
    reminders = [message(finding, labels.lang) for finding in checked.found.reminders]
    text = labels("self_check.of", name=checked.draft.name, count=len(lines))
    return write_fix_list(labels("self_check.document"), text, groups, reminders, labels)


def list_html(lines: Iterable[FixLine], new: frozenset[frozenset[tuple[str, ...]]], labels: Labels) -> str:
    """Return lines as HTML, every text escaped."""
    names = ("number", "place", "sides", "wrong", "do")
    heads = "".join(f'<th scope="col">{escape(labels(f"self_check.column.{name}"))}</th>' for name in names)
    rows = "".join(_row(line, labels, is_new=line.item.places in new) for line in lines)
    return f'<table class="desk fix"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(line: FixLine, labels: Labels, *, is_new: bool) -> str:
    sign = f'<span class="sign {line.severity}">{SIGNS[line.severity]}</span>'
    mark = f' <small class="standing">{escape(labels("self_check.new"))}</small>' if is_new else ""
    place = " · ".join(part for part in (line.table, line.row, line.column) if part)
    where = f"<br><small>{escape(line.where)}</small>" if line.where else ""
    printed = f"<br><small>{escape(labels('self_check.printed', text=line.printed))}</small>" if line.printed else ""
    texts = ("<br>".join(escape(text) for text in texts) for texts in (_sides(line), line.wrong, line.do))
    sides, wrong, do = texts
    wrong += "".join(f"<br><small>{escape(quote)}</small>" for quote in line.quotes)
    return (
        f"<tr><td>{sign} {line.number}{mark}</td><td>{escape(place)}{printed}{where}</td>"
        f'<td data-label="{escape(labels("self_check.column.sides"))}">{sides}</td><td>{wrong}</td>'
        f'<td data-label="{escape(labels("self_check.column.do"))}">{do}</td></tr>'
    )


def _sides(line: FixLine) -> list[str]:
    """Both sides of each check that has two; how often something is missing or misspelt is no side."""
    if line.todo in ("fill", "document"):
        return []
    return [
        f"{_number(finding.left)} ≠ {_number(finding.right)}"
        for finding in line.item.findings
        if finding.left is not None and finding.right is not None and finding.left != finding.right
    ]


def _number(value: int | Decimal) -> str:
    """A side as the sentence has it: a number with more decimals than any that is printed was worked out."""
    exponent = Decimal(value).as_tuple().exponent
    return f"{value:,.2f}" if isinstance(exponent, int) and -exponent > MOST_DECIMALS else f"{value:,}"


def _counts(lines: Sequence[FixLine], since: Progress | None, labels: Labels) -> None:
    with st.container(horizontal=True):
        for severity in SEVERITIES:
            count = sum(line.severity == severity for line in lines)
            if count:
                words = f"{labels(f'checks.severity.{severity}')} {count}"
                st.badge(words, color=COLOURS[severity])  # type: ignore[arg-type]
        if since is not None:
            for name, colour, icon in (("solved", "green", "check"), ("open", "gray", "pending"), ("new", "violet", "fiber_new")):
                count = len(getattr(since, name))
                st.badge(labels(f"self_check.since.{name}", count=count), icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]


def _folded(checked: Checked, since: Progress | None, labels: Labels) -> None:
    if since is not None and since.solved:
        solved = [message(finding, labels.lang) for item in since.solved for finding in item.findings]
        _expander(labels("self_check.solved", count=len(since.solved)), "check_circle", [f"~~{plain(text)}~~" for text in solved])
    _expander_of(checked.found.reminders, "self_check.reminders", "lightbulb", labels)
    _expander_of(checked.found.not_assessable, "self_check.not_assessable", "help", labels)


def _expander_of(findings: Sequence[Finding], words: str, icon: str, labels: Labels) -> None:
    texts = [f"{finding.check.partition('_')[0]} {message(finding, labels.lang)}" for finding in findings]
    _expander(labels(words, count=len(texts)), icon, [plain(text) for text in dict.fromkeys(texts)])


def _expander(title: str, icon: str, lines: Sequence[str]) -> None:
    if lines:
        with st.expander(title, icon=f":material/{icon}:"):
            st.markdown("\n".join(f"- {line}" for line in lines[:_MOST]))
