"""Tips from the dictionary: what a figure means, how it is computed, on what base, with what caution."""

from __future__ import annotations

from ogi.form import Indicator, load_form
from ogi.labels import Labels
from pages.parts.formula_words import formula_words, key_words


def indicator_tip(indicator_id: str, labels: Labels) -> str:
    """Return meaning, formula, base and caution of an indicator as Markdown."""
    indicator = load_form().indicators[indicator_id]
    parts = [
        f"**{indicator.label(labels.lang)}**",
        labels("tip.formula", formula=formula_words(indicator.formula, labels)),
        labels("tip.unit", unit=labels.unit(indicator.unit)),
    ]
    if "== 0" in indicator.undefined_when:
        parts.append(labels("tip.undefined", when=formula_words(indicator.undefined_when.removesuffix(" or missing"), labels)))
    if indicator.min_n:
        parts.append(labels("tip.base", base=formula_words(indicator.min_n, labels)))
    if caution := caution_of(indicator, labels):
        parts.append(labels("tip.caution", caution=caution))
    return "\n\n".join(parts)


def caution_of(indicator: Indicator, labels: Labels) -> str:
    """The caution of an indicator in one language; the dictionary writes both, parted by a slash."""
    chinese, _, english = indicator.caution.partition("/ ")
    return chinese.strip() if labels.lang == "zh" or not english else english.strip()


def cell_tip(key: str, labels: Labels) -> str:
    """Return where a figure stands on the form, its unit, its rule of law and what to mind across editions."""
    form = load_form()
    cell = form.cell(key)
    if cell is None:
        return labels.field(key)
    names = labels("list_separator").join(form.editions[edition].label(labels.lang) for edition in form.editions_of(key))
    parts = [
        f"**{cell.label(labels.lang)}**",
        labels("tip.place", table=cell.table.label(labels.lang)),
        labels("tip.editions", editions=names),
    ]
    if cell.unit:
        parts.append(labels("tip.unit", unit=labels.unit(cell.unit)))
    if cell.row.law:
        parts.append(labels("tip.law", law=cell.row.law))
    if note := cell.row.note(labels.lang) or cell.column.note(labels.lang):
        parts.append(labels("tip.caution", caution=note))
    return "\n\n".join(parts)


def derived_tip(key: str, labels: Labels) -> str:
    """Return how a derived figure is computed and its unit."""
    rule = next(rule for rule in load_form().derived if rule.key == key)
    return "\n\n".join(
        [
            f"**{rule.label(labels.lang)}**",
            labels("tip.formula", formula=formula_words(rule.formula, labels)),
            labels("tip.unit", unit=labels.unit(rule.unit)),
        ]
    )


def measure_tip(key: str, labels: Labels) -> str:
    """Return the tip of a cell, a derived figure or an indicator."""
    form = load_form()
    if key in form.indicators:
        return indicator_tip(key, labels)
    if form.cell(key) is None:
        return derived_tip(key, labels)
    about = next((i.id for i in form.indicators.values() if i.formula == key and i.caution), None)
    caution = caution_of(form.indicators[about], labels) if about else ""
    tip = f"{cell_tip(key, labels)}\n\n{labels('tip.missing')}"
    return f"{tip}\n\n{labels('tip.caution', caution=caution)}" if caution else tip


def measure_name(key: str, labels: Labels) -> str:
    """Return the name of a cell, a derived figure or an indicator."""
    indicator = load_form().indicators.get(key)
    return indicator.label(labels.lang) if indicator else key_words(key, labels.lang)


def column_name(column: str, labels: Labels) -> str:
    """Return the name of a kind of applicant."""
    cell = load_form().cell(f"applications.received.{column}")
    return cell.column.label(labels.lang) if cell else column
