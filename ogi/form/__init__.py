"""The official form as data: editions, tables, rows, columns, units, checks and indicators.

The dictionary lives in ``ogi/data``; this package gives it types and validates it on load. A new edition, row or label
variant is a line in a data file, never code.
"""

from ogi.form.editions import Cell, Edition, Group, Kind, Line, Part, Section, Table
from ogi.form.load import DATA, Form, FormError, load_form
from ogi.form.rules import Check, Comparability, Concept, Derived, FactKey, Indicator, Severity, Unit

__all__ = [
    "DATA",
    "Cell",
    "Check",
    "Comparability",
    "Concept",
    "Derived",
    "Edition",
    "FactKey",
    "Form",
    "FormError",
    "Group",
    "Indicator",
    "Kind",
    "Line",
    "Part",
    "Section",
    "Severity",
    "Table",
    "Unit",
    "load_form",
]
