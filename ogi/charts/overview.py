"""Which reports are at hand: organ × report year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import colours
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import nothing, table_of
from ogi.labels import Labels

_SYMBOLS = {"read": "✓", "partial": "◐", "unreadable": "✕", "missing": "–"}
"""What stands in the cell beside its colour, so that nobody needs the colour."""


class GroupRow(NamedTuple):
    """A group of organs as a row of the matrix."""

    group: str
    name: str
    held: tuple[tuple[int, int, int], ...]
    """Year, how many of its organs have a report that is added, and how many belong to it."""


def coverage_matrix(frame: pd.DataFrame, *, labels: Labels, years: Sequence[int] = (), groups: Sequence[GroupRow] = ()) -> Chart:
    """Return the matrix of reports with one of four statuses in each cell: read, partly read, unreadable, missing.

    Args:
        frame: ``Selection.coverage`` (index ``organ_id, scope, organ_name``, one column per year, the status as text).
        labels: language.
        years: the years to show; by default those of the frame.
        groups: rows above the organs, whose cells say how many of their organs they hold; they are not counted in the sentence.
    """
    shown = [int(year) for year in (years or sorted(frame.columns))]
    title = labels("charts.coverage.title")
    if frame.empty or not shown:
        return nothing(labels, title=title, filename="coverage", reason=labels("charts.nothing.reason_reports"))
    names = [str(name) for name in frame.index.get_level_values("organ_name")]
    ids = [str(organ) for organ in frame.index.get_level_values("organ_id")]
    rows = [[str(row.get(year, "missing")) for year in shown] for _, row in frame.iterrows()]
    counts = Counter(status for row in rows for status in row)
    organs = frame.index.get_level_values("organ_id").nunique()
    who = labels(f"charts.coverage.{'organs' if organs == len(rows) else 'series'}", n=organs, rows=len(rows))
    found = {status: counts[status] for status in _SYMBOLS}
    sentence = labels("charts.coverage.sentence", organs=who, years=len(shown), **found)
    words = {status: labels(f"charts.coverage.{status}") for status in _SYMBOLS}
    ids, names = [*(of.group for of in groups), *ids], [*(of.name for of in groups), *names]
    held = [[_of_group(of, year) for year in shown] for of in groups]
    rows = [[status for status, _ in row] for row in held] + rows
    texts = [[text for _, text in row] for row in held] + [[""] * len(shown)] * (len(rows) - len(held))
    heat = _heat(names, shown, rows, words, texts)
    columns = {
        str(year): [of[place] or words[row[place]] for row, of in zip(rows, texts, strict=True)]
        for place, year in enumerate(shown)
    }
    return Chart(
        figure={
            "data": [heat | stands_for(organs=ids, years=shown)],
            "layout": _layout(len(names), shown, counts, words),
        },
        title=title,
        unit="",
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=table_of({labels("charts.column.organ"): names} | columns),
        filename="coverage",
    )


def _of_group(group: GroupRow, year: int) -> tuple[str, str]:
    """The status of a group in a year, and how many of its organs it holds."""
    held, asked = next(((held, asked) for of, held, asked in group.held if of == year), (0, 0))
    return "missing" if not held else "read" if held == asked else "partial", f"{held}/{asked}"


def _heat(
    names: Sequence[str],
    years: Sequence[int],
    rows: Sequence[Sequence[str]],
    words: dict[str, str],
    texts: Sequence[Sequence[str]],
) -> dict:
    order = list(_SYMBOLS)
    steps = [[(place + edge) / len(order), colour] for place, colour in enumerate(_scale(order)) for edge in (0, 1)]
    return {
        "type": "heatmap",
        "x": [str(year) for year in years],
        "y": _distinct(names),
        "z": [[order.index(status) for status in row] for row in rows],
        "zmin": -0.5,
        "zmax": len(order) - 0.5,
        "colorscale": steps,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [
            [text or _SYMBOLS[status] for status, text in zip(row, of, strict=True)] for row, of in zip(rows, texts, strict=True)
        ],
        "texttemplate": "%{text}",
        "textfont": {"color": "#FFFFFF", "size": 12},
        "hovertext": [
            [f"{name} · {year}: {text or words[status]}" for year, status, text in zip(years, row, of, strict=True)]
            for name, row, of in zip(names, rows, texts, strict=True)
        ],
        "hoverinfo": "text",
    }


def _distinct(names: Sequence[str]) -> list[str]:
    """Names as categories of an axis: equal ones are told apart by blanks nobody sees."""
    return [name + " " * list(names[:place]).count(name) for place, name in enumerate(names)]


def _scale(order: Sequence[str]) -> list[str]:
    return [colours("coverage")[status] for status in order]


def _layout(organs: int, years: Sequence[int], counts: Counter, words: dict[str, str]) -> dict:
    colour = colours("coverage")
    key = "　".join(
        f'<span style="color:{colour[status]}">■</span>{_SYMBOLS[status]} {words[status]} {counts[status]}' for status in _SYMBOLS
    )
    note = {"text": key, "xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top"}
    return layout(
        height=92 + 26 * organs,
        top=50,
        bottom=34,
        xaxis={"type": "category", "side": "top", "fixedrange": True, "showgrid": False, "tickfont": {"size": SMALL}},
        yaxis={
            "type": "category", "autorange": "reversed", "fixedrange": True, "showgrid": False, "automargin": True,
            "tickfont": {"size": SMALL},
        },
        annotations=[{**note, "yshift": -8, "showarrow": False, "font": {"size": SMALL}}],
    )  # fmt: skip
