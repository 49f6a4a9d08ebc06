"""What the pages of comparison ask the reader: which organ or sum, which two years, which lines."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import streamlit as st

from ogi.comparison import Block, ComparedCell, blocks_of, compare_sums, compare_years, keys_of, what_changed
from ogi.comparison.held import held_by_year, held_heads, held_words
from ogi.comparison.lineage_cells import compare_lineage, joined_frame
from ogi.comparison.lineage_words import head_words, lineage_words
from ogi.comparison.words import amount_words, fraction_words, number_words
from ogi.facts import table_columns
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Entry
from ogi.lineage import NOT_JOINED, Lineage
from ogi.selection import Selection
from ogi.selection.scopes import ADDABLE, addable_scopes
from pages.parts.lineage import selection_of
from pages.parts.members import choose_member, names_of_lacking, sum_name
from pages.parts.stage import Stage
from pages.parts.tips import measure_name
from pages.parts.widgets import draw

_NAMED = 5
_CELL = 4_000
"""About so many bytes a cell takes with its figures of seven years."""


@dataclass(frozen=True)
class Compared:
    """One organ in one scope, or the sum of those shown, over years."""

    organ: str
    """Id; ``""`` for the sum."""
    name: str
    scope: str
    years: tuple[int, ...]
    """Years with a report, oldest first."""
    pair: tuple[int, int]
    """The years whose difference is shown."""
    frame: pd.DataFrame
    """The long frame of every cell of the blocks: of the organ, or of the organs that are added."""
    editions: tuple[str, ...]
    """Those found in the reports compared."""
    blocks: tuple[Block, ...]
    cells: dict[str, ComparedCell]
    lineage: Lineage | None = None
    """The predecessors of the organ, where it has any."""
    heads: Mapping[int, str] = field(default_factory=dict)
    """What stands under a year whose figures are those of predecessors, or whose sum lacks agencies."""
    said: tuple[str, ...] = ()
    """The same in sentences."""

    @property
    def is_joined(self) -> bool:
        """Whether the two years may be set against each other as those of one organ."""
        return self.lineage is None or self.lineage.between(*self.pair) not in NOT_JOINED

    @property
    def of(self) -> tuple[Hashable, ...]:
        """Tells the frame from others of the selection; its cells are those of the editions."""
        return ("compared", self.organ, self.scope, *self.editions, self.lineage and self.lineage.links, *self.said)


def choose_series(at: Stage) -> tuple[Stage, str, str]:
    """Let the reader choose one agency, a group as one or the sum of all shown.

    Returns:
        The stage of what is chosen, the id of the agency (``""`` for a sum), and the scope.
    """
    labels = at.labels
    at, organ = choose_member(at, label=labels("comparison.choose.organ"), tip=labels("comparison.choose.organ_tip"))
    if not organ:
        return at, "", at.selection.added.scope or ""
    series = at.selection.series
    scopes = series.loc[series["organ_id"] == organ, "scope"].tolist()
    scope = next((scope for scope in addable_scopes(scopes) if scope in scopes), scopes[0])
    if len(scopes) > 1:
        st.caption(labels("comparison.choose.scopes", scope=labels(f"view.scope.{scope}")))
    return at, organ, scope


def choose_pair(at: Stage, years: tuple[int, ...]) -> tuple[int, int]:
    """Let the reader choose the two years whose difference is shown; by default the last and the one before."""
    labels, view = at.labels, at.view
    after = view.focus_year if view.focus_year in years else years[-1]
    left, right = st.columns(2)
    with left:
        before = choose_before(at, years, after)
    with right:
        draw(st.selectbox, "focus_year", after, label=labels("comparison.choose.after"), options=sorted(years, reverse=True))
    return before, after


def choose_before(at: Stage, years: Sequence[int], after: int) -> int:
    """Let the reader choose the year another is set against; by default the one before it, of the first year the one after it."""
    others = [year for year in years if year != after] or [after]
    asked = at.view.baseline
    before = asked if asked in others else max((year for year in others if year < after), default=others[0])
    draw(
        st.selectbox,
        "baseline",
        before,
        label=at.labels("comparison.choose.before"),
        options=sorted(years, reverse=True),
        help=at.labels("comparison.choose.before_tip"),
    )
    return before


def compare(
    at: Stage, organ: str, scope: str, years: tuple[int, ...], pair: tuple[int, int], *, lineage: Lineage | None = None
) -> Compared:
    """Return every cell of the editions shown, over years; of an organ with predecessors their figures in its earlier years."""
    selection, lang = at.selection if lineage is None else selection_of(at, lineage.organs), at.labels.lang
    editions = selection.remembered(
        ("editions shown", organ, lineage is None, years), lambda: _editions(selection, organ if lineage is None else "", years)
    )
    blocks = blocks_of(editions, lang)
    keys = keys_of(blocks)
    if lineage is not None:
        asked = Compared(organ, "", scope, years, pair, pd.DataFrame(), editions, blocks, {})
        return _with_predecessors(at, selection, lineage, asked)
    drawn = "" if organ else at.view.applicant
    frame = selection.remembered(
        ("frame compared", organ, scope, editions, lang, drawn), lambda: _frame(selection, organ, scope, keys, drawn)
    )
    cells = selection.remembered(
        ("cells compared", organ, scope, editions, lang, years, pair),
        lambda: compare_years(frame, years, pair) if organ else compare_sums(selection, keys, years, pair),
        weight=_CELL * len(keys),
    )
    if not organ:
        held = [one for one in held_by_year(selection) if one.year in years]
        heads, said = held_heads(held, at.labels), tuple(held_words(held, names_of_lacking(at, held), at.labels))
        return Compared(organ, sum_name(at), scope, years, pair, frame, editions, blocks, cells, heads=heads, said=said)
    name = str(frame["organ_name"].iloc[0]) if len(frame) else ""
    return Compared(organ, name, scope, years, pair, frame, editions, blocks, cells)


def _with_predecessors(at: Stage, selection: Selection, lineage: Lineage, asked: Compared) -> Compared:
    labels, keys = at.labels, keys_of(asked.blocks)
    stands = tuple((year, lineage.stand(year)) for year in asked.years)
    of = (asked.organ, asked.scope, asked.editions, labels.lang, lineage.links, stands)
    joined = selection.remembered(("joined", *of), lambda: joined_frame(selection.long(keys), lineage, asked.scope))
    cells = selection.remembered(
        ("cells joined", *of, asked.pair),
        lambda: compare_lineage(joined, lineage, asked.years, asked.pair),
        weight=_CELL * len(keys),
    )
    return replace(
        asked,
        name=lineage.name(lineage.organ),
        frame=joined.frame,
        cells=cells,
        lineage=lineage,
        heads=head_words(lineage, asked.years, labels),
        said=tuple(lineage_words(lineage, asked.years, labels)),
    )


def _frame(selection: Selection, organ: str, scope: str, keys: list[str], applicant: str) -> pd.DataFrame:
    """Every cell of one organ; of the organs that are added only what charts draw: applications of this kind of applicant."""
    if not organ:
        return selection.long_added([key for key in keys if key.startswith("applications.") and key.endswith(f".{applicant}")])
    frame = selection.long(keys)
    return frame.loc[(frame["organ_id"] == organ) & (frame["scope"] == scope)]


def _editions(selection: Selection, organ: str, years: tuple[int, ...]) -> tuple[str, ...]:
    """The editions found in the reports compared, newest first."""
    facts, rows = selection.facts, selection.rows
    who = facts.identity.iloc[rows]
    shown = rows[(who["report_year"].isin(years) & (who["organ_id"].eq(organ) if organ else True)).to_numpy(dtype=bool)]
    found = {str(edition) for table in table_columns() for edition in facts.editions_of(table)[shown]}
    return tuple(name for name in load_form().editions if name in found)


def years_of(at: Stage, organ: str, scope: str, lineage: Lineage | None = None) -> tuple[int, ...]:
    """The years with a report, oldest first: of one organ with those it came from, or of any that is added."""
    if lineage is not None:
        return lineage.years
    shown = at.selection.coverage
    if organ:
        shown = shown[[index[:2] == (organ, scope) for index in shown.index]]
    there = (shown != "missing").to_numpy().any(axis=0)
    return tuple(int(year) for year, is_there in zip(shown.columns, there, strict=True) if is_there)


def entries_of(at: Stage, compared: Compared) -> list[Entry]:
    """The reports compared, in the order of the pair, as far as they are at hand; none of a sum of those shown.

    One a year, but of a year that is a sum of predecessors theirs. They come from the facts, wherever these are kept: reports of
    the library are not among those the session holds.
    """
    lineage = compared.lineage
    selection = at.selection if lineage is None else selection_of(at, lineage.organs)
    who = selection.identity
    scopes = next((scopes for scopes in ADDABLE if compared.scope in scopes), ()) if lineage else (compared.scope,)
    row_of: dict[tuple[str, int], int] = {}
    columns = (who[name].tolist() for name in ("organ_id", "report_year", "scope"))
    for row, organ, year, scope in zip(selection.rows.tolist(), *columns, strict=True):
        if scope == compared.scope or (scope in scopes and (organ, year) not in row_of):
            row_of[organ, int(year)] = row
    wanted = [(organ, year) for year in compared.pair for organ in (lineage.stand(year).organs if lineage else (compared.organ,))]
    return [entry for one in wanted if one in row_of for entry in selection.facts.entries_at([row_of[one]])]


def main_changes(compared: Compared) -> list[ComparedCell]:
    """The totals that changed most between the two years."""
    totals = {key: cell for key, cell in compared.cells.items() if key.endswith(".total")}
    return what_changed(totals)[:_NAMED]


def said_changes(compared: Compared, labels: Labels) -> list[str]:
    """The main changes in words."""
    return [_said(cell, compared, labels) for cell in main_changes(compared)]


def _said(cell: ComparedCell, compared: Compared, labels: Labels) -> str:
    change = cell.change
    first, last = (cell.figures.get(year) for year in compared.pair)
    words = labels(
        "comparison.years.change",
        name=measure_name(cell.key, labels),
        first=number_words(first.value) if first and first.value is not None else "–",
        last=number_words(last.value) if last and last.value is not None else "–",
        amount=amount_words(change),
        percent="" if change.fraction is None else labels("comparison.years.percent", percent=fraction_words(change)),
    )
    matched = first is not None and not compared.organ and (change.organs < max(f.known for f in cell.figures.values()))
    return words + (labels("comparison.years.matched", count=change.organs) if matched else "")
