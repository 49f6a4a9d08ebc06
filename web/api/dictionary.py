"""The figures that can be asked for, and the checks, as the form's own data tells them."""

from __future__ import annotations

from typing import Any

from ogi.charts.words import measure_name, measure_unit
from ogi.checks.expression import fill
from ogi.checks.plan import rules_of
from ogi.facts.states import cell_columns
from ogi.form import Form, load_form
from ogi.labels import LANGS, Labels
from ogi.library import Library
from web.api.answer import Rows
from web.api.asked import Asked


def dictionary_rows(asked: Asked, library: Library) -> Rows:
    """Return every cell, derived figure, indicator and check; ``library`` is not looked at."""
    del library
    rows = _rows(load_form())
    return Rows(columns=(), rows=rows[asked.offset : asked.offset + asked.limit], total=len(rows))


def _rows(form: Form) -> list[dict[str, Any]]:
    found = [
        _row(key, "cell", cell, unit=cell.unit, table=cell.table.id, editions=list(form.editions_of(key)))
        for key, cell in cell_columns().items()
    ]
    names = {lang: Labels(lang) for lang in LANGS}
    for key, variants in rules_of(form).variants.items():
        words = {f"label_{lang}": measure_name(labels, key) for lang, labels in names.items()}
        found.append(
            _row(key, "derived", None, unit=measure_unit(key), formula=fill(variants[0].rule.formula, variants[0].of), **words)
        )
    found += [
        _row(
            key, "indicator", item, unit=item.unit, editions=list(item.formats), formula=item.formula,
            base_at_least=item.min_n, caution=item.caution or None,
        )
        for key, item in form.indicators.items()
    ]  # fmt: skip
    return found + [
        _row(item.id, "check", item, editions=list(item.formats), formula=item.formula) for item in form.checks.values()
    ]


def _row(key: str, kind: str, item: Any, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(("unit", "table", "formula", "base_at_least", "caution"))
    words = {} if item is None else {f"label_{lang}": item.label(lang) for lang in LANGS}
    return {"key": key, "kind": kind, "editions": [], **empty, **words, **more}
