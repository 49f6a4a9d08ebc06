"""Charts of 四、政府信息公开行政复议、行政诉讼情况: three blocks of outcomes, and how often a decision was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from ogi.charts import keys
from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import colours
from ogi.charts.stacks import (
    Basis,
    Part,
    Stack,
    bars,
    base_notes,
    small_notes,
    stack_of,
    tallest,
)
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import layout, value_axis, year_axis
from ogi.charts.words import (
    axis_title,
    coverage_column,
    coverage_note,
    nothing,
    percent,
    sentence_of,
    short_name,
    table_of,
    written,
)
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.labels import Labels

_PANEL = 190
Block = Literal["reconsideration", "litigation_direct", "litigation_after_reconsideration", "litigation_all"]


def dispute_blocks(frame: pd.DataFrame, *, labels: Labels, basis: Basis = "count", breaks: Breaks = None) -> Chart:
    """Return the outcomes of reconsideration, direct lawsuits and lawsuits after reconsideration, by year.

    Three panels under each other, each with its own axis; the blocks are never added (a dispute may stand in two of them).
    ``share`` is of the reported total of the block, from a base of 10.
    """
    title = labels("charts.blocks.title_share" if basis == "share" else "charts.blocks.title")
    whole = Tally(frame, keys.disputes())
    if whole.is_empty:
        return nothing(labels, title=title, filename="disputes_by_year")
    unit = "%" if basis == "share" else labels.unit("jian")
    shape = layout(height=_PANEL * 3 + 120, top=30, bottom=52, barmode="stack", bargap=0.3, showlegend=True, annotations=[])
    shape["legend"] = {"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom", "traceorder": "normal"}
    traces: list[dict[str, Any]] = []
    tables, notes, said = [], [], []
    for place, block in enumerate(keys.BLOCKS):
        parts = [Part(f"{block}.{column}", short_name(labels, column), c) for column, c in colours("disputes").items()]
        tally = whole.part([*(part.key for part in parts), f"{block}.total"])
        stack = stack_of(tally, parts, f"{block}.total", basis)
        traces += bars(stack, parts, tally, axis=str(place + 1) if place else "", legend=not place)
        _panel(shape, place, stack=stack, parts=parts, tally=tally, labels=labels, name=short_name(labels, block), unit=unit)
        tables.append(_block_table(stack, parts, tally, short_name(labels, block), labels))
        said.append((block, stack))
        notes += [*small_notes(stack, labels), coverage_note(labels, tally)]
    marks = draw_breaks(shape, breaks, whole.keys, whole.years, labels)
    sentence = sentence_of(labels, _blocks_sentence(said, labels), *dict.fromkeys(notes))
    return Chart(
        figure={"data": traces, "layout": shape},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=pd.concat(tables, ignore_index=True),
        filename="disputes_by_year",
    )


def _panel(
    shape: dict, place: int, *, stack: Stack, parts: Sequence[Part], tally: Tally, labels: Labels, name: str, unit: str
) -> None:
    """Give one block its axes (the first on top) and its heading."""
    mark = str(place + 1) if place else ""
    top = 0.965 - place * 0.345
    years = year_axis(stack.years, "", base_notes(stack, labels), tally.incomplete)
    word = labels("charts.axis.share" if stack.basis == "share" else "charts.axis.count")
    values = value_axis(axis_title(labels, word, unit), [tallest(stack, parts)], percent=stack.basis == "share")
    shape[f"xaxis{mark}"] = {**years, "anchor": f"y{mark}"}
    shape[f"yaxis{mark}"] = {**values, "anchor": f"x{mark}", "domain": [round(top - 0.21, 4), top]}
    heading = {"text": f"<b>{name}</b>", "xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left"}
    shape["annotations"].append({**heading, "yanchor": "bottom", "showarrow": False, "font": {"size": 12}})


def _block_table(stack: Stack, parts: Sequence[Part], tally: Tally, name: str, labels: Labels) -> pd.DataFrame:
    columns: dict[str, Sequence] = {
        labels("charts.column.block"): [name] * len(stack.years),
        labels("charts.column.year"): list(stack.years),
    }
    columns |= {part.name: stack.counts[part.key] for part in parts}
    columns[short_name(labels, "total")] = stack.bases
    if stack.basis == "share":
        columns |= {labels("charts.column.share_of", name=part.name): drawn_text(stack, part) for part in parts}
    return table_of(columns | {labels("charts.column.coverage"): coverage_column(tally)})


def drawn_text(stack: Stack, part: Part) -> list[str]:
    """Return the shares of a part as text with four decimals at most; empty where none is drawn."""
    return ["" if value is None else f"{value:g}" for value in stack.values(part.key)]


def _blocks_sentence(said: Sequence[tuple[str, Stack]], labels: Labels) -> str:
    years = [y for _, stack in said for y, base in zip(stack.years, stack.bases, strict=True) if base is not None]
    if not years:
        return ""
    last, parts = max(years), []
    for block, stack in said:
        place = stack.years.index(last)
        total, corrected = stack.bases[place], stack.counts[f"{block}.corrected"][place]
        if total is not None:
            words = {"block": short_name(labels, block), "n": written(total), "corrected": written(corrected)}
            parts.append(labels("charts.blocks.part", **words))
    return labels("charts.blocks.sentence", year=last, parts=labels("charts.semicolon").join(parts))


def correction_rate(frame: pd.DataFrame, *, labels: Labels, block: Block = "reconsideration", breaks: Breaks = None) -> Chart:
    """Return corrected cases per concluded case (总计 − 尚未审结), by year, with both numbers at every point.

    Below a base of 10 no rate is drawn, only the two numbers; from 10 to 29 the mark is hollow (样本偏少). Only organs with
    all three numbers take part. Points are joined only between neighbouring years.
    """
    title = labels("charts.correction.title", block=short_name(labels, block))
    blocks = keys.BLOCKS[1:] if block == "litigation_all" else (block,)
    tally = Tally(frame, [f"{name}.{column}" for name in blocks for column in ("corrected", "total", "pending")])
    cases = [_cases(tally, year, blocks) for year in tally.years]
    if all(numbers is None for numbers in cases):
        return nothing(labels, title=title, filename=f"correction_rate_{block}")
    rates = [_rate(numbers) for numbers in cases]
    missing = {y: labels("charts.axis.missing") for y, numbers in zip(tally.years, cases, strict=True) if numbers is None}
    values = value_axis(axis_title(labels, title.split("：")[0].split(":")[0], "%"), rates, percent=True)
    values["range"] = [0, max(10.0, values["range"][1] * 1.15)]
    axis = year_axis(tally.years, labels("charts.axis.year"), missing, tally.incomplete)
    shape = layout(height=320, xaxis=axis, yaxis=values, annotations=_case_labels(tally.years, cases, rates))
    marks = draw_breaks(shape, breaks, tally.keys, tally.years, labels)
    small = [y for y, n in zip(tally.years, cases, strict=True) if n is not None and SMALLEST_BASE <= n[1] < FULL_BASE]
    hollow = labels("charts.correction.small", years=labels("charts.join").join(map(str, small))) if small else ""
    sentence = sentence_of(labels, _rate_sentence(tally.years, cases, labels), hollow, coverage_note(labels, tally))
    return Chart(
        figure={"data": [_rate_trace(tally.years, cases, rates)], "layout": shape},
        title=title,
        unit="%",
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=_rate_table(tally, cases, rates, labels),
        filename=f"correction_rate_{block}",
    )


def _cases(tally: Tally, year: int, blocks: Sequence[str]) -> tuple[Number, Number] | None:
    """Corrected and concluded cases of a year, or ``None`` where no organ has all numbers."""
    total = tally.total(year, complete=True)
    corrected: Number = 0
    concluded: Number = 0
    for block in blocks:
        part, whole, pending = (total[f"{block}.{column}"] for column in ("corrected", "total", "pending"))
        if part is None or whole is None or pending is None:
            return None
        corrected, concluded = corrected + part, concluded + whole - pending
    return corrected, concluded


def _rate(numbers: tuple[Number, Number] | None) -> float | None:
    if numbers is None or numbers[1] < SMALLEST_BASE:
        return None
    return round(float(numbers[0]) * 100 / float(numbers[1]), 4)


def _case_labels(years: Sequence[int], cases: Sequence, rates: Sequence[float | None]) -> list[dict]:
    return [
        {
            "x": year,
            "y": rate or 0,
            "xref": "x",
            "yref": "y",
            "yanchor": "bottom",
            "yshift": 7 if rate is not None else 1,
            "showarrow": False,
            "font": {"size": 10},
            "text": f"{written(numbers[0])}/{written(numbers[1])}",
        }
        for year, numbers, rate in zip(years, cases, rates, strict=True)
        if numbers is not None
    ]


def _rate_trace(years: Sequence[int], cases: Sequence, rates: Sequence[float | None]) -> dict:
    colour = colours("disputes")["corrected"]
    symbols = ["circle-open" if n is not None and n[1] < FULL_BASE else "circle" for n in cases]
    texts = [
        "" if n is None or rate is None else f"{year}: {percent(*n)} ({written(n[0])}/{written(n[1])})"
        for year, n, rate in zip(years, cases, rates, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(years),
        **stands_for(years=years),
        "y": list(rates),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": 10, "symbol": symbols, "line": {"width": 2, "color": colour}},
        "hovertext": texts,
        "hoverinfo": "text",
    }


def _rate_sentence(years: Sequence[int], cases: Sequence, labels: Labels) -> str:
    last = max(place for place, numbers in enumerate(cases) if numbers is not None)
    corrected, concluded = cases[last]
    words = {"year": years[last], "numerator": written(corrected), "denominator": written(concluded)}
    if concluded < SMALLEST_BASE:
        return labels("charts.correction.sentence_counts", **words)
    return labels("charts.correction.sentence", **words, rate=percent(corrected, concluded))


def _rate_table(tally: Tally, cases: Sequence, rates: Sequence[float | None], labels: Labels) -> pd.DataFrame:
    notes = [
        labels("charts.state.missing")
        if numbers is None
        else labels("charts.state.too_small")
        if numbers[1] < SMALLEST_BASE
        else labels("charts.state.small")
        if numbers[1] < FULL_BASE
        else ""
        for numbers in cases
    ]
    columns: dict[str, Sequence] = {
        labels("charts.column.year"): list(tally.years),
        labels("charts.column.numerator"): [None if numbers is None else numbers[0] for numbers in cases],
        labels("charts.column.denominator"): [None if numbers is None else numbers[1] for numbers in cases],
    }
    table = table_of(columns)
    table[labels("charts.column.rate")] = pd.array(rates, dtype="Float64")
    table[labels("charts.column.coverage")] = coverage_column(tally)
    table[labels("charts.column.note")] = notes
    return table
