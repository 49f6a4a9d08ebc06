"""A figure of one agency among its peers: said where it lies in the first or last tenth of them."""

from __future__ import annotations

import numpy as np

from ogi.brief.number import Used, base_said, formula_of, name_of, said
from ogi.brief.sentences.sentence import Sentence
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import percentile, ranks
from ogi.indicators import FULL_BASE
from ogi.labels import Labels

FEWEST_PEERS = 5
"""Among fewer nobody stands out."""
_TENTH = 10.0


def peer_sentence(grid: OrganGrid, organ: str, year: int, labels: Labels) -> Sentence | None:
    """Return where an agency stands, if its figure lies in the first or last tenth; ``None`` where it does not.

    Rates take part only on a base of at least 30, the agency's own as well as those of its peers.

    Args:
        grid: the figure of the agency and its peers.
        organ: its id.
        year: report year.
        labels: the language.
    """
    if organ not in grid.organs or year not in grid.years:
        return None
    values = grid.of_year(year).copy()
    column = grid.column(year)
    if grid.is_rate:
        values[~(grid.denominators[:, column] >= FULL_BASE)] = np.nan
    row = grid.organs.index(organ)
    known = int((~np.isnan(values)).sum())
    place = percentile(values, float(values[row])) if known >= FEWEST_PEERS else None
    if place is None or _TENTH < place < 100 - _TENTH:
        return None
    value, median = float(values[row]), float(np.nanmedian(values))
    text = said(value, grid.unit, labels)
    if grid.is_rate:
        text += base_said(float(grid.numerators[row, column]), float(grid.denominators[row, column]), labels)
    key, name = grid.key, name_of(grid.key, labels)
    rank = int(ranks(values)[row])
    shared = labels("brief.text.shared") if int((values == value).sum()) > 1 else ""
    middle = said(median, grid.unit, labels)
    words = labels(
        "brief.text.among_rates" if grid.is_rate else "brief.text.among",
        name=name, year=year, value=text, known=known, expected=len(grid.organs), rank=rank, shared=shared, median=middle,
    )  # fmt: skip
    own, peers = grid.names[row], labels("brief.text.peers", count=known)
    numbers = (
        Used(name=name, key=key, formula=formula_of(key), year=year, who=own, text=text, value=value),
        Used(
            name=labels("brief.text.median_of", name=name), key=key, formula=f"median({key})", year=year, who=peers, text=middle,
            value=median, known=known, expected=len(grid.organs),
        ),
    )  # fmt: skip
    return Sentence(text=words, way="stands_out", key=key, numbers=numbers)
