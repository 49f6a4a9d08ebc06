"""The numbers of reports in tabular form: of one report (:mod:`ogi.facts.of_report`), and of a collection as columns."""

from ogi.facts.line import Line, line_of
from ogi.facts.of_report import Amount, ReportFacts, editions_of, facts_of_report
from ogi.facts.source import IDENTITY, FactsSource, Known, WideSource, identity_frame
from ogi.facts.states import (
    CODE,
    STATES,
    FactState,
    absent_codes,
    absent_states,
    cell_columns,
    derived_columns,
    number_columns,
    table_columns,
)
from ogi.facts.table import Facts, build_facts, facts_from, facts_of, masked

__all__ = [
    "CODE",
    "IDENTITY",
    "STATES",
    "Amount",
    "FactState",
    "Facts",
    "FactsSource",
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
