"""One figure against the year before (or the baseline): what it is, what it was, by how much it rose or fell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.brief.number import Used, base_said, difference_said, formula_of, name_of, said
from ogi.brief.sentences.sentence import Sentence, Way
from ogi.indicators import SMALLEST_BASE
from ogi.labels import Labels


@dataclass(frozen=True)
class _Row:
    """A row of :meth:`ogi.selection.Selection.headline`, its missing values ``None`` and shares 0–100."""

    row: Mapping[str, Any]
    who: str
    labels: Labels

    def number(self, name: str) -> float | None:
        value = self.row[name]
        return None if pd.isna(value) else float(value)

    def shown(self, name: str) -> float | None:
        """A value of the figure itself, as it is printed."""
        value = self.number(name)
        return value * 100 if value is not None and self.unit == "percent" else value

    @property
    def unit(self) -> str:
        return str(self.row["unit"])

    @property
    def is_rate(self) -> bool:
        return self.row["kind"] == "rate"

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def year(self) -> int:
        return int(self.row["year"])

    @property
    def before(self) -> int:
        return int(self.row["previous_year"])

    def words(self, value: float, part: str, base: str) -> str:
        """A value with its unit, a rate with what it is a part of."""
        text, top, below = said(value, self.unit, self.labels), self.number(part), self.number(base)
        return text if not self.is_rate or top is None or below is None else text + base_said(top, below, self.labels)

    def used(self, value: float, text: str, year: int, known: int, formula: str | None = None) -> Used:
        return Used(
            name=name_of(self.key, self.labels), key=self.key, formula=formula_of(self.key) if formula is None else formula,
            year=year, who=self.who, text=text, value=value, known=known, expected=int(self.row["n_expected"]),
        )  # fmt: skip


def change_sentence(row: Mapping[str, Any], labels: Labels, *, who: str, state: str = "") -> Sentence:
    """Return what a figure is and how it changed, or why that is not said.

    Args:
        row: a row of :meth:`ogi.selection.Selection.headline`.
        labels: the language.
        who: the agency, or how many there are.
        state: why one agency has no number; a message ``selection.reason.…``.
    """
    if pd.isna(row["year"]):
        return Sentence(
            text=labels("brief.text.no_report", name=name_of(str(row["key"]), labels)), way="unsaid", key=str(row["key"])
        )
    at = _Row(row, who, labels)
    value = at.shown("value")
    if value is None:
        return _without(at, state)
    text = at.words(value, "numerator", "denominator")
    known, expected = int(row["n_present"]), int(row["n_expected"])
    covers = labels("brief.text.covers", known=known, expected=expected) if expected > 1 else ""
    head = labels("brief.text.value", name=name_of(at.key, labels), year=at.year, value=text, covers=covers)
    now = at.used(value, text, at.year, known)
    if at.number("change") is None:
        return Sentence(text=_end(head + _why_unsaid(at), labels), way="unsaid", key=at.key, numbers=(now,))
    way, tail, numbers = _changed(at)
    return Sentence(text=_end(head + tail, labels), way=way, key=at.key, numbers=(now, *numbers))


def _without(at: _Row, state: str) -> Sentence:
    """A figure without a number: its base is too small or 0, or nobody has one."""
    labels, name, base, part = at.labels, name_of(at.key, at.labels), at.number("denominator"), at.number("numerator")
    if at.is_rate and base is not None and part is not None and base < SMALLEST_BASE:
        if base <= 0:
            return Sentence(text=labels("brief.text.zero_base", name=name, year=at.year), way="unsaid", key=at.key)
        text = labels("brief.number.of", part=f"{part:,.0f}", base=f"{base:,.0f}")
        used = at.used(part, text, at.year, int(at.row["n_present"]))
        words = labels("brief.text.counts_only", name=name, year=at.year, counts=text)
        return Sentence(text=words, way="unsaid", key=at.key, numbers=(used,))
    if at.row["reason"] == "unit_unknown":
        state = "unit_unknown"
    reason = labels(f"selection.reason.{state}") if state else labels("brief.text.of_nobody", expected=int(at.row["n_expected"]))
    return Sentence(text=labels("brief.text.missing", name=name, year=at.year, reason=reason), way="unsaid", key=at.key)


def _why_unsaid(at: _Row) -> str:
    reason = str(at.row["reason"]) or "no_previous"
    year = at.labels("brief.text.year_before") if pd.isna(at.row["previous_year"]) else at.row["previous_year"]
    return at.labels(f"brief.text.unsaid.{reason}", before=year)


def _changed(at: _Row) -> tuple[Way, str, tuple[Used, ...]]:
    """Which way it went, the rest of the sentence, and its numbers."""
    labels, change = at.labels, at.number("change") or 0.0
    now, previous = at.shown("matched") or 0.0, at.shown("previous") or 0.0
    way: Way = "rose" if change > 0 else "fell" if change < 0 else "same"
    matched = int(at.row["n_matched"])
    now_text, before_text = at.words(now, "matched_part", "matched_base"), at.words(previous, "previous_part", "previous_base")
    amount = difference_said(change, at.unit, labels)
    kind = "rate" if at.is_rate else "count"
    percent = "" if at.is_rate or way == "same" else _percent(at)
    tail = labels(f"brief.text.{kind}_{way}", before=at.before, previous=before_text, amount=amount, percent=percent)
    numbers = [at.used(previous, before_text, at.before, matched)]
    if not at.row["same_organs"]:
        tail = labels("brief.text.matched", count=matched, now=now_text, tail=tail)
        numbers.insert(0, at.used(now, now_text, at.year, matched))
    else:
        tail = labels("brief.text.comma") + tail
    if at.row["comparability"] == "caution":
        tail += labels("brief.text.caution")
    if way != "same":
        formula = f"{at.key}[{at.year}] - {at.key}[{at.before}]"
        numbers.append(at.used(change, ("+" if change > 0 else "−") + amount, at.year, matched, formula))
    if at.number("percent") is not None and way != "same":
        formula = f"({at.key}[{at.year}] - {at.key}[{at.before}]) / {at.key}[{at.before}]"
        numbers.append(at.used((at.number("percent") or 0.0) * 100, _signed(at), at.year, matched, formula))
    return way, tail, tuple(numbers)


def _percent(at: _Row) -> str:
    if at.number("percent") is None:
        return at.labels("brief.text.small_before")
    return at.labels("brief.text.percent", percent=_signed(at))


def _signed(at: _Row) -> str:
    """The change of a count in per cent; one that would be printed as 0 is named."""
    percent = (at.number("percent") or 0.0) * 100
    if round(abs(percent), 1) == 0:
        return at.labels("brief.number.tiny_percent")
    return f"{'+' if percent > 0 else '−'}{abs(percent):,.1f}%"


def _end(text: str, labels: Labels) -> str:
    return labels("brief.text.end", text=text)
