"""The numbers of reports in tabular form: of one report (:mod:`ogi.facts.of_report`), and of a collection as columns.

What makes columns is loaded when it is asked for: processes that only read and check reports need no pandas, which takes half a
second and some 60 MB in each of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ogi.facts.line import Line, line_of
from ogi.facts.of_report import Amount, ReportFacts, editions_of, facts_of_report
from ogi.facts.states import (
    CODE,
    POPULATION,
    STATES,
    FactState,
    absent_codes,
    absent_states,
    cell_columns,
    derived_columns,
    number_columns,
    table_columns,
)

if TYPE_CHECKING:
    from ogi.facts.kept import Kept
    from ogi.facts.source import IDENTITY, FactsSource, Known, WideSource, identity_frame
    from ogi.facts.table import Facts, build_facts, facts_from, facts_of, masked

_COLUMNS = {
    "Kept": "ogi.facts.kept",
    **dict.fromkeys(("IDENTITY", "FactsSource", "Known", "WideSource", "identity_frame"), "ogi.facts.source"),
    **dict.fromkeys(("Facts", "build_facts", "facts_from", "facts_of", "masked"), "ogi.facts.table"),
}

__all__ = [
    "CODE",
    "IDENTITY",
    "POPULATION",
    "STATES",
    "Amount",
    "FactState",
    "Facts",
    "FactsSource",
    "Kept",
    "Known",
    "Line",
    "ReportFacts",
    "WideSource",
    "absent_codes",
    "absent_states",
    "build_facts",
    "cell_columns",
    "derived_columns",
    "editions_of",
    "facts_from",
    "facts_of",
    "facts_of_report",
    "identity_frame",
    "line_of",
    "masked",
    "number_columns",
    "table_columns",
]


def __getattr__(name: str) -> Any:
    """Load what makes columns (PEP 562)."""
    if name not in _COLUMNS:
        raise AttributeError(name)
    return getattr(import_module(_COLUMNS[name]), name)
