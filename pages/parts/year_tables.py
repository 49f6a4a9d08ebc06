"""The tables of the form with years as columns, as HTML: figures, gaps with their reason, change, shares.

Only texts escaped here go into the page. Years that may not be joined are parted by a dashed line that says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Protocol

from ogi.comparison import Block, ComparedCell, Line
from ogi.comparison.reasons import why_apart
from ogi.comparison.words import amount_words, figure_words, fraction_words, mark_words, points_words, share_words
from ogi.labels import Labels
from pages.parts.scrolling import scrolling

STYLE = """<style>
.yt{margin-bottom:.6rem}.yt table{border-collapse:collapse;font-size:.85rem;width:100%}
.yt th,.yt td{border:1px solid rgba(128,128,128,.4);padding:3px 6px}
.yt thead th{background:rgba(128,128,128,.12);font-weight:600;text-align:center;white-space:nowrap}
.yt thead .w{display:block;font-weight:400;font-size:.78rem;white-space:normal;max-width:11em;margin:0 auto}
.yt tbody th{text-align:left;font-weight:400;min-width:9em}
.yt tbody th{position:sticky;left:0;backdrop-filter:blur(9px)}.yt tbody th.h{font-weight:600;background:rgba(128,128,128,.07)}
.yt td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.yt td.g{font-style:italic;opacity:.75}.yt td.x{border-left:2px dashed currentColor}
.yt td.c{background:rgba(128,128,128,.07)}.yt tr.s td,.yt tr.s th{opacity:.62}.yt td.f{text-align:left;font-style:italic}
</style>"""


class OverYears(Protocol):
    """Cells of the form over years."""

    @property
    def cells(self) -> Mapping[str, ComparedCell]:
        """By key."""
        ...

    @property
    def heads(self) -> Mapping[int, str]:
        """What stands under a year in the head of its column."""
        ...


def figures_html(block: Block, content: OverYears, years: Sequence[int], labels: Labels) -> dict[str, str]:
    """Return the figures of each line of a block as cells of a table, by key: the same whichever two years are compared."""
    cells = content.cells
    return {line.key: _figures(cells[line.key], years, labels) for line in block.lines if line.key in cells}


def block_html(
    block: Block,
    content: OverYears,
    years: Sequence[int],
    labels: Labels,
    *,
    only_changed: bool,
    figures: Mapping[str, str] | None = None,
) -> str:
    """Return one block: a line per cell, a column per year, then change, change in per cent and in percentage points.

    ``figures`` are those of :func:`figures_html` where they are at hand.
    """
    figures = figures_html(block, content, years, labels) if figures is None else figures
    cells = content.cells
    lines = [line for line in block.lines if line.key in cells]
    shown = [line for line in lines if not (only_changed and cells[line.key].is_unchanged)]
    has_shares = any(cells[line.key].change.points is not None for line in lines)
    before, after = next(((c.change.before, c.change.after) for c in cells.values()), (0, 0))
    heads = [escape(labels("comparison.table.item")), *(_year_head(year, content) for year in years)]
    heads.append(escape(labels("comparison.table.change", before=before, after=after)))
    heads += [escape(labels(f"comparison.table.{name}")) for name in ("percent", *(["points"] if has_shares else []))]
    body = [
        _line(line, cells[line.key], figures[line.key], labels, has_shares=has_shares, heading=heading)
        for line, heading in _with_headings(shown, len(heads))
    ]
    folded = len(lines) - len(shown)
    if folded:
        body.append(
            f'<tr><td class="f" colspan="{len(heads)}">{escape(labels("comparison.table.folded", count=folded))}</td></tr>'
        )
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return scrolling(table, f"{block.title} {block.column_title}".strip(), "yt")


def wide_html(blocks: Sequence[Block], content: OverYears, years: Sequence[int], labels: Labels, *, only_changed: bool) -> str:
    """Return blocks with the same lines side by side: every kind of applicant, under each its years and the change."""
    cells = content.cells
    every = list(zip(*(block.lines for block in blocks), strict=True))
    shown = [row for row in every if not (only_changed and all(cells[line.key].is_unchanged_in(years) for line in row))]
    width = len(years) + 1
    first = "".join(f'<th scope="colgroup" colspan="{width}">{escape(block.column_title)}</th>' for block in blocks)
    years_row = (
        "".join(f'<th scope="col">{_year_head(year, content)}</th>' for year in years)
        + f'<th scope="col">{escape(labels("comparison.table.change_short"))}</th>'
    )
    body = []
    for row, heading in zip(
        shown, (h for _, h in _with_headings([row[0] for row in shown], 1 + width * len(blocks))), strict=True
    ):
        numbers = "".join(
            _figures(cells[line.key], years, labels) + _change_cell(line.key, cells[line.key], labels) for line in row
        )
        body.append(f'{heading}<tr><th scope="row">{escape(row[0].label)}</th>{numbers}</tr>')
    if len(shown) < len(every):
        text = labels("comparison.table.folded", count=len(every) - len(shown))
        body.append(f'<tr><td class="f" colspan="{1 + width * len(blocks)}">{escape(text)}</td></tr>')
    item = f'<th scope="col" rowspan="2">{escape(labels("comparison.table.item"))}</th>'
    head = f"<tr>{item}{first}</tr><tr>{years_row * len(blocks)}</tr>"
    return scrolling(f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>", blocks[0].title, "yt")


def _year_head(year: int, content: OverYears) -> str:
    """The year, and under it whose figures these are where they are not the organ's own."""
    return f'{year}<span class="w">{escape(content.heads[year])}</span>' if year in content.heads else str(year)


def _with_headings(lines: Sequence[Line], width: int) -> Iterator[tuple[Line, str]]:
    """Each line with the row of its heading where a new one begins."""
    for headings, members in groupby(lines, key=lambda line: line.headings):
        for number, line in enumerate(members):
            text = " · ".join(headings)
            opens = number == 0 and bool(headings)
            yield line, f'<tr><th class="h" scope="rowgroup" colspan="{width}">{escape(text)}</th></tr>' if opens else ""


def _line(line: Line, cell: ComparedCell, figures: str, labels: Labels, *, has_shares: bool, heading: str) -> str:
    unit = labels.unit(line.unit)
    label = f"{line.label}（{unit}）" if unit and line.unit not in ("jian", "xiang") and unit not in line.label else line.label
    row = f'<th scope="row">{escape(label)}</th>{figures}{_change_cell(line.key, cell, labels)}'
    row += f'<td class="c">{escape(fraction_words(cell.change))}</td>'
    if has_shares:
        row += f'<td class="c" title="{escape(share_words(cell.change, labels))}">{escape(points_words(cell.change))}</td>'
    return f"{heading}<tr{' class=s' if cell.is_unchanged else ''}>{row}</tr>"


def _figures(cell: ComparedCell, years: Sequence[int], labels: Labels) -> str:
    parts = []
    for year in years:
        figure = cell.figures.get(year)
        if figure is None:
            parts.append('<td class="g"></td>')
            continue
        kind, tip = [], []
        if figure.value is None:
            kind.append("g")
            tip.append(labels(f"selection.reason.{figure.state}"))
        tip += [labels(f"selection.flag.{flag}") for flag in figure.flags]
        if year in cell.apart:
            kind.append("x")
            tip.append(why_apart(cell.key, cell.apart[year], labels))
        text = figure_words(figure, labels)
        if figure.expected > 1 or figure.known != figure.expected:
            tip.append(labels("comparison.table.covers", known=figure.known, expected=figure.expected))
        kinds = f' class="{" ".join(kind)}"' if kind else ""
        title = f' title="{escape(chr(10).join(tip))}"' if tip else ""
        parts.append(f"<td{kinds}{title}>{escape(text)}</td>")
    return "".join(parts)


def _change_cell(key: str, cell: ComparedCell, labels: Labels) -> str:
    change = cell.change
    tip = [labels(f"selection.reason.{change.reason}")] if change.reason and change.amount is None else []
    if change.comparability not in ("", "same"):
        tip.append(why_apart(key, change.comparability, labels))
    text = amount_words(change) or mark_words(change.reason, labels)
    text += labels("comparison.table.caution_mark") if change.needs_care else ""
    title = f' title="{escape(chr(10).join(tip))}"' if tip else ""
    return f'<td class="c{"" if change.amount is not None else " g"}"{title}>{escape(text)}</td>'
