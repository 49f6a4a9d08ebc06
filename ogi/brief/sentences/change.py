"""One figure against the year before (or the baseline): what it is, what it was, by how much it rose or fell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    def is_over_whole(self) -> bool:
        """Whether a share is more than all in one of the years: its report does not add up."""
        return self.is_rate and self.unit == "percent" and max(self.number("value") or 0, self.number("previous") or 0) > 1

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


class _Told(NamedTuple):
    """What is told of a change."""

    way: Way
    tail: str
    """The rest of the sentence."""
    short: str
    """The change alone: +14件（+0.4%）."""
    numbers: tuple[Used, ...]


def change_sentence(row: Mapping[str, Any], labels: Labels, *, who: str, state: str = "") -> Sentence:
    """Return what a figure is and how it changed, or why that is not said.

    Args:
        row: a row of :meth:`ogi.selection.Selection.headline`.
        labels: the language.
        who: the agency, or how many there are.
        state: why one agency has no number; a message ``selection.reason.…``.
    """
    at = _Row(row, who, labels)
    if pd.isna(row["year"]):
        return _unsaid(at, labels("brief.text.no_report", name=name_of(at.key, labels)), labels("selection.reason.no_report"))
    value = at.shown("value")
    if value is None:
        return _without(at, state)
    text = at.words(value, "numerator", "denominator")
    known, expected = int(row["n_present"]), int(row["n_expected"])
    covers = labels("brief.text.covers", known=known, expected=expected) if expected > 1 else ""
    head = labels("brief.text.value", name=name_of(at.key, labels), year=at.year, value=text, covers=covers)
    now = at.used(value, text, at.year, known)
    if at.is_over_whole:
        told = _Told("unsaid", labels("brief.text.over_whole"), labels("brief.text.over_whole_short"), ())
    else:
        told = _why_unsaid(at) if at.number("change") is None else _changed(at)
    numbers = (now, *told.numbers)
    sentence = labels("brief.text.end", text=head + told.tail)
    return Sentence(
        text=sentence, way=told.way, key=at.key, numbers=numbers, name=name_of(at.key, labels), value=text, change=told.short
    )  # fmt: skip


def _without(at: _Row, state: str) -> Sentence:
    """A figure without a number: its base is too small or 0, or nobody has one."""
    labels, base, part = at.labels, at.number("denominator"), at.number("numerator")
    words = {"name": name_of(at.key, labels), "year": at.year}
    if at.is_rate and base is not None and part is not None and base < SMALLEST_BASE:
        if base <= 0:
            return _unsaid(at, labels("brief.text.zero_base", **words), labels("selection.reason.undefined"))
        counts = labels("brief.number.of", part=f"{part:,.0f}", base=f"{base:,.0f}")
        used = at.used(part, counts, at.year, int(at.row["n_present"]))
        text = labels("brief.text.counts_only", **words, counts=counts)
        return _unsaid(at, text, labels("selection.reason.counts_only"), counts, (used,))
    state = "unit_unknown" if at.row["reason"] == "unit_unknown" else state
    reason = labels(f"selection.reason.{state}") if state else labels("brief.text.of_nobody", expected=int(at.row["n_expected"]))
    return _unsaid(at, labels("brief.text.missing", **words, reason=reason), reason)


def _unsaid(at: _Row, text: str, why: str, value: str = "—", numbers: tuple[Used, ...] = ()) -> Sentence:
    name = name_of(at.key, at.labels)
    return Sentence(text=text, way="unsaid", key=at.key, numbers=numbers, name=name, value=value, change=why)


def _why_unsaid(at: _Row) -> _Told:
    reason = str(at.row["reason"]) or "no_previous"
    year = at.labels("brief.text.year_before") if pd.isna(at.row["previous_year"]) else at.row["previous_year"]
    tail = at.labels(f"brief.text.unsaid.{reason}", before=year)
    short = "brief.text.small_rate" if at.is_rate and reason == "small_base" else f"selection.reason.{reason}"
    return _Told("unsaid", tail, at.labels(short), ())


def _changed(at: _Row) -> _Told:
    labels, change = at.labels, at.number("change") or 0.0
    now, previous = at.shown("matched") or 0.0, at.shown("previous") or 0.0
    way: Way = "rose" if change > 0 else "fell" if change < 0 else "same"
    matched = int(at.row["n_matched"])
    now_text, before_text = at.words(now, "matched_part", "matched_base"), at.words(previous, "previous_part", "previous_base")
    amount = difference_said(change, at.unit, labels)
    percent = "" if at.is_rate or way == "same" else _percent(at)
    kind = "rate" if at.is_rate else "count"
    tail = labels(f"brief.text.{kind}_{way}", before=at.before, previous=before_text, amount=amount, percent=percent)
    numbers = [at.used(previous, before_text, at.before, matched)]
    if at.row["same_organs"]:
        tail = labels("brief.text.comma") + tail
    else:
        tail = labels("brief.text.matched", count=matched, now=now_text, tail=tail)
        numbers.insert(0, at.used(now, now_text, at.year, matched))
    if at.row["comparability"] == "caution":
        tail += labels("brief.text.caution")
    if at.row["comparability"] == "merged":
        tail += labels("brief.text.merged")
    if way == "same":
        return _Told(way, tail, labels("brief.text.no_change"), tuple(numbers))
    short = ("+" if change > 0 else "−") + amount
    formula = f"{at.key}[{at.year}] - {at.key}[{at.before}]"
    numbers.append(at.used(change, short, at.year, matched, formula))
    if at.number("percent") is not None:
        share = (at.number("percent") or 0.0) * 100
        numbers.append(at.used(share, _signed(share, labels), at.year, matched, f"({formula}) / {at.key}[{at.before}]"))
        short += percent
    return _Told(way, tail, short, tuple(numbers))


def _percent(at: _Row) -> str:
    percent = at.number("percent")
    if percent is None:
        return at.labels("brief.text.small_before")
    return at.labels("brief.text.percent", percent=_signed(percent * 100, at.labels))


def _signed(percent: float, labels: Labels) -> str:
    """The change of a count in per cent; one that would be printed as 0 is named."""
    if round(abs(percent), 1) == 0:
        return labels("brief.number.tiny_percent")
    return f"{'+' if percent > 0 else '−'}{abs(percent):,.1f}%"
