"""A finding as a sentence, in Chinese or English.

The sentences stand in ``ogi/data/checks.yaml``; a placeholder the report gives nothing for says so in words, so that no
finding is without its sentence.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from ogi.checks.before import before_words, is_before
from ogi.checks.definitions import computation, definition
from ogi.checks.finding import Finding, Shown
from ogi.checks.plan import rules_of
from ogi.form import Check, Form, Line, load_form
from ogi.labels import Labels, Lang

MOST_LISTED = 5
_WORKED_OUT = ("_recomputed", "_digit", "_implied")
"""Figures that follow from what the prose states, so that only the statement is missing."""
MOST_DECIMALS = 4
"""Amounts are printed with up to four decimals; a number with more was worked out and is shown with two."""


def message(finding: Finding, labels: Labels | Lang, form: Form | None = None) -> str:
    """Return what a finding says: the sentence of the check where it fails, else its outcome in words."""
    labels, form = _labels(labels), form or load_form()
    if finding.status == "not_assessable":
        return _missing(finding.missing, labels, form)
    if finding.status == "pass" and finding.stated and finding.bases:
        return _fits(finding, labels, form)
    if finding.status in ("pass", "not_applicable"):
        return status_word(finding.status, labels)
    rule = form.checks[finding.check]
    sentence = rule.label(labels.lang)
    wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    sentence = sentence.format(**{name: _placeholder(name, finding, rule, labels, form) for name in wanted})
    if finding.stated and finding.stated.key == "text.percent_stated" and finding.bases:
        nearest = computation(finding.bases[0], labels, form, lambda key: key_name(key, labels, form))
        sentence = labels("checks.message.nearest", sentence=sentence, definition=nearest)
    notes = labels("checks.message.separator").join(labels(f"checks.flag.{flag}") for flag in finding.flags)
    return labels("checks.message.noted", sentence=sentence, notes=notes) if notes else sentence


def _missing(keys: tuple[str, ...], labels: Labels, form: Form) -> str:
    """What is missing; where the prose does not say what is to be checked, only that."""
    stated = [key for key in keys if key.startswith("text.")]
    told = [key for key in stated if not key.endswith(_WORKED_OUT)] or stated
    names = [key_name(key, labels, form) for key in told or keys]
    if not told:
        return labels("checks.message.not_assessable", missing=_listing(names, labels))
    prefix = labels("checks.message.prose_prefix")
    return labels("checks.message.not_stated", missing=_listing([name.removeprefix(prefix) for name in names], labels))


def _fits(finding: Finding, labels: Labels, form: Form) -> str:
    """Which definition the number of the prose fits."""
    assert finding.stated is not None
    words = definition(finding.bases[0], labels, form, lambda key: key_name(key, labels, form))
    unit = labels(f"checks.stated_unit.{finding.stated.unit}") if finding.stated.unit else ""
    return labels("checks.message.fits", number=_number(finding.stated.value), unit=unit, definition=words)


def status_word(status: str, labels: Labels | Lang) -> str:
    """Return the word for a status of a finding."""
    return _labels(labels)(f"checks.status.{status}")


def key_name(key: str, labels: Labels | Lang, form: Form | None = None) -> str:
    """Return what a key of a formula is called: a cell, derived figure or fact, also of last year's or another report."""
    labels, form = _labels(labels), form or load_form()
    for call, wording in (("prev", "previous"), ("child_sum", "children")):
        if key.startswith(f"{call}("):
            return labels(f"checks.message.{wording}", label=key_name(key[len(call) + 1 : -1], labels, form))
    if is_before(key):
        return before_words(key, labels)
    if cell := form.cell(key):
        return cell.label(labels.lang)
    if fact := form.facts.get(key):
        return fact.label(labels.lang)
    return _derived_name(key, labels, form) or _part_name(key, labels, form) or key


def _derived_name(key: str, labels: Labels, form: Form) -> str | None:
    variants = rules_of(form).variants.get(key)
    if not variants:
        return None
    variant = variants[0]
    line = "".join(line_name(of, variant.rule.key, labels, form) for of in variant.of.values())
    label = variant.rule.label(labels.lang)
    return labels("checks.message.of", label=label, line=line) if line else label


def _part_name(key: str, labels: Labels, form: Form) -> str | None:
    """What a table or a section is called."""
    for edition in form.editions.values():
        if table := edition.table(key):
            return table.label(labels.lang)
        if section := next((section for section in edition.sections if section.key == key), None):
            return labels("checks.message.section", ordinal=section.ordinal, label=section.label(labels.lang))
    return None


def line_name(key: str, context: str, labels: Labels, form: Form, formats: tuple[str, ...] = ()) -> str:
    """Return what a row, column or group is called, with the heading it stands under.

    Args:
        key: key of the row, column or group.
        context: the formula it was filled into; ``applications`` in it points to the table of applications.
        labels: the language.
        form: the dictionary.
        formats: the editions to look into first.
    """
    found = next((line for line in _lines(form, context, formats) if line.key == key), None)
    if found is None:
        return form.groups[key].label(labels.lang) if key in form.groups else key
    if found.group in form.groups:
        return labels("checks.message.inside", group=form.groups[found.group].label(labels.lang), label=found.label(labels.lang))
    return found.label(labels.lang)


def _lines(form: Form, context: str, formats: tuple[str, ...]) -> Iterator[Line]:
    editions = sorted(form.editions.values(), key=lambda edition: edition.id not in formats)
    tables = [table for edition in editions for table in edition.tables]
    tables.sort(key=lambda table: ("applications." in table.key_pattern) is not ("applications." in context))
    for table in tables:
        yield from table.rows
        yield from table.columns


def _placeholder(name: str, finding: Finding, rule: Check, labels: Labels, form: Form) -> str:
    params = finding.params
    kind, _, lang = name.rpartition("_")
    if kind in ("row", "col", "block", "item") and lang in ("zh", "en") and kind in params:
        return line_name(str(params[kind]), rule.formula, labels, form, rule.formats)
    if name == "derived" and name not in params:
        return labels("checks.message.not_derived")
    if name == "diff":
        return _number(abs(finding.difference)) if finding.difference is not None else _nothing(labels)
    value: Shown | None = params.get(name)
    if value is None and name in ("left", "right"):
        value = finding.left if name == "left" else finding.right
    return _nothing(labels) if value is None else _worded(name, value, finding, labels, form)


def _worded(name: str, value: Shown, finding: Finding, labels: Labels, form: Form) -> str:
    if isinstance(value, tuple):
        printed = finding.params.get("printed")
        names = [key_name(key, labels, form) for key in value]
        if isinstance(printed, tuple):
            pairs = zip(names, printed, strict=True)
            names = [labels("checks.message.item", label=label, printed=text) for label, text in pairs]
        return _listing(names, labels)
    if isinstance(value, str):
        editions = value.split("+")
        if all(edition in form.editions for edition in editions):
            return labels("checks.message.mixture").join(form.editions[edition].label(labels.lang) for edition in editions)
        return value
    if name == "pct":
        return f"{(Decimal(value) * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    if name == "ratio" and value:
        return str((Decimal(value) if value >= 1 else 1 / Decimal(value)).quantize(Decimal(1), ROUND_HALF_UP))
    return _number(value)


def _listing(names: list[str], labels: Labels) -> str:
    if not names:
        return _nothing(labels)
    text = labels("checks.message.separator").join(names[:MOST_LISTED])
    return text if len(names) <= MOST_LISTED else labels("checks.message.more", list=text, count=len(names))


def _number(value: int | Decimal) -> str:
    if isinstance(value, Decimal) and value.as_tuple().exponent < -MOST_DECIMALS:  # type: ignore[operator]
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _nothing(labels: Labels) -> str:
    return labels("checks.message.nothing")


def _labels(labels: Labels | Lang) -> Labels:
    return labels if isinstance(labels, Labels) else Labels(labels)
