"""What there is to do about a finding: by this a list of findings is grouped for whoever mends a report."""

from __future__ import annotations

from typing import Literal, get_args

from ogi.checks.finding import Finding
from ogi.form import Form

Todo = Literal["figures", "text", "fill", "last_year", "subordinates", "document", "confirm"]
"""``figures``: correct numbers of the tables. ``text``: make prose and tables agree. ``fill``: fill in what is missing.
``last_year``, ``subordinates``: hold it against those reports. ``document``: mend wording, headings, dates. ``confirm``: nothing
is wrong for certain; confirm or explain."""
TODOS: tuple[Todo, ...] = get_args(Todo)

_BY_BASIS: dict[str, Todo] = {
    "table_total": "figures", "text_vs_table": "text", "text_internal": "text",
    "year_to_year": "last_year", "restatement": "last_year", "hierarchy": "subordinates", "quality": "document",
}  # fmt: skip
_RULES = frozenset({"official", "logic", "law"})
"""Bases of rules about figures as well as about the document as a whole."""


def todo_of(finding: Finding, form: Form) -> Todo:
    """Return what to do about a failing check; what fits nowhere is to be confirmed."""
    rule = form.checks.get(finding.check)
    basis = rule.basis if rule is not None else ""
    if basis == "completeness" and finding.cells:
        return "figures" if finding.severity == "error" else "fill"  # an error: something stands there that is no number
    if basis == "completeness":
        return "document"
    if basis in _RULES and finding.severity != "hint":
        return "figures" if finding.cells else "document"
    return _BY_BASIS.get(basis, "confirm")
