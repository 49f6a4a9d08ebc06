"""A formula of the dictionary in the words of the form, for tips and the methodology page."""

from __future__ import annotations

import re
from functools import lru_cache

from ogi.form import Cell, load_form
from ogi.labels import Labels, Lang

_PART = r"(?:[a-z_0-9]*\{[a-z_]+\}[a-z_]*|[a-z_][a-z_0-9]*)"
_KEY = re.compile(rf"{_PART}(?:\.{_PART})+")
_SIGNS = (("==", "="), ("<=", "≤"), (">=", "≥"), ("!=", "≠"), (" * ", " × "), (" / ", " ÷ "), (" - ", " − "))


def formula_words(formula: str, labels: Labels) -> str:
    """Return ``formula`` with its keys replaced by the labels of the form; functions keep their names in words."""
    for sign, shown in _SIGNS:
        formula = formula.replace(sign, shown)
    text = _KEY.sub(lambda match: f"“{key_words(match[0], labels.lang)}”", formula)
    for function in (
        "prev",
        "child_sum",
        "abs",
        "is_number",
        "is_blank",
        "implies",
        "near",
        "one_of",
        "exists",
        "has_unit",
        "max",
    ):
        text = re.sub(rf"\b{function}\(", f"{labels(f'methodology.function.{function}')}(", text)
    return text


@lru_cache(maxsize=2048)
def key_words(key: str, lang: Lang) -> str:
    """Return the name of a figure: a cell, a fact or a derived figure, without the explanations in brackets.

    A key with a placeholder (``applications.granted.{col}``) is named by what is fixed in it.
    """
    form = load_form()
    cell = form.cell(key)
    if cell is not None:
        one_way = cell.column.key == "total" and cell.table.layout == "grid"
        return _row_words(cell, lang) if one_way else _short(cell.label(lang))
    if key in form.facts:
        return form.facts[key].label(lang)
    return _derived_words(key, lang) or _pattern_words(key, lang) or key


def _row_words(cell: Cell, lang: Lang) -> str:
    """The label of a row, with its heading where the label alone would be taken for a column (总计, 其他)."""
    form, label = load_form(), _short(cell.row.label(lang))
    if label not in {_short(column.label(lang)) for column in cell.table.columns}:
        return label
    outer = (group for group in form.groups.values() if group.ordinal and cell.row.ordinal.startswith(group.ordinal))
    group = form.groups[cell.row.group] if cell.row.group else next(outer, None)
    return f"{group.label(lang)}·{label}" if group else label


def _derived_words(key: str, lang: Lang) -> str:
    form = load_form()
    for derived in sorted(form.derived, key=lambda rule: rule.key != key):
        pattern = re.sub(r"\\\{[a-z_]+\\\}", "([a-z_]+|\\\\{[a-z_]+\\\\})", re.escape(derived.key))
        match = re.fullmatch(pattern, key)
        if match is None:
            continue
        name = _short(derived.label(lang))
        part = next((p for p in match.groups() if p != "total" and not p.startswith("{")), None)
        inside = _line_words(part, lang) if part else ""
        return (
            f"{inside}{name if lang == 'zh' else f' {name.lower()}'}"
            if inside and derived.key[0] == "{"
            else (f"{name} · {inside}" if inside else name)
        )
    return ""


def _pattern_words(key: str, lang: Lang) -> str:
    fixed = [part for part in key.split(".") if "{" not in part]
    named = [words for part in fixed if part != "total" and (words := _line_words(part, lang))]
    if not named and fixed and "{row}" in key:
        named = [Labels(lang)("methodology.each_row"), _line_words(fixed[-1], lang)]
    return " · ".join(named) or (_line_words(fixed[-1], lang) if fixed else "")


@lru_cache(maxsize=512)
def _line_words(key: str, lang: Lang) -> str:
    """The label of the row or column with this key, in the newest edition that has it."""
    for edition in load_form().editions.values():
        for table in edition:
            for line in (*table.rows, *table.columns):
                if line.key == key:
                    return _short(line.label(lang))
    return ""


def _short(label: str) -> str:
    return re.split(r"（| \(", label)[0].strip() or label
