"""The pages of briefs and of the comparison of years as HTML for paper; :mod:`ogi.brief.pdf` makes a PDF of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from ogi.brief.content import Brief, BriefChart
from ogi.brief.pdf import FONTS, pdf_of
from ogi.brief.svg_chart import svg_of
from ogi.brief.word_table import Cell
from ogi.brief.wording import (
    appendix_head,
    appendix_rows,
    chart_notes,
    chart_rows,
    citation,
    first_standing_out,
    footer,
    headline_rows,
    keys_line,
    listed,
    stamp,
    text_groups,
    with_references,
)
from ogi.brief.years_document import MANY, WIDE, YearsDocument, apart_reasons
from ogi.brief.years_tables import narrow, wide
from ogi.labels import Labels

_ON_ONE_PAGE = 4
_HEIGHTS = (156, 136, 116, 96)
"""Of the charts of a single page, the first that fits."""
_NAMES = ",".join(f"'{name}'" for name in FONTS)
_STYLE = f"""
@page{{size:A4;margin:14mm 15mm 20mm;@bottom-left{{content:element(foot);width:100%}}}}
@page across{{size:A4 landscape;margin:12mm 12mm 16mm;
@bottom-right{{content:counter(page) " / " counter(pages);font-size:7pt;white-space:nowrap}}}}
html{{font-family:{_NAMES},sans-serif;font-size:9pt;line-height:1.45;color:#1a1a1a}}
body{{margin:0}}.across{{page:across}}
h1{{font-size:17pt;margin:0 0 1.5mm;color:#1F2A44;line-height:1.25}}
h2{{font-size:11.5pt;margin:4mm 0 1.5mm;color:#1F2A44;border-bottom:.6pt solid #C8CED9;break-after:avoid}}
h3{{font-size:9.5pt;margin:2.5mm 0 1mm;color:#1F2A44;break-after:avoid}}
p{{margin:0 0 1.5mm}}ul{{margin:0 0 2mm;padding-left:4.5mm}}li{{margin-bottom:.6mm}}
.quiet{{color:#595959;font-size:8pt;overflow-wrap:anywhere}}.tiny{{color:#595959;font-size:6.5pt;line-height:1.35;overflow-wrap:anywhere}}
table{{border-collapse:collapse;width:100%;margin:0 0 2mm;line-height:1.3}}
thead{{display:table-header-group}}tr{{break-inside:avoid}}
th,td{{border:.5pt solid #A6A6A6;padding:.7mm 1.2mm;text-align:right;vertical-align:top;overflow-wrap:anywhere}}
th{{background:#EDF0F5;text-align:center;font-weight:normal}}.left{{text-align:left}}
table.main{{font-size:9.5pt}}table.main td{{text-align:left;padding:1mm 1.5mm}}
table.data{{font-size:7pt}}table.cells{{font-size:7.5pt;table-layout:fixed}}table.cells th:first-child{{width:32%}}
table.dense{{font-size:6.3pt;table-layout:fixed}}table.dense th:first-child{{width:17%}}tr.over{{break-after:avoid}}
table.dense th,table.dense td{{padding:.35mm .5mm}}
table.origin{{font-size:6.5pt;table-layout:fixed}}table.origin td{{text-align:left}}
.pair{{display:flex;flex-wrap:wrap;gap:2mm 5mm}}.pair>div{{width:87.5mm}}.pair h3{{margin:1mm 0}}svg{{width:100%;height:auto}}
.chart{{break-inside:avoid}}
#foot{{position:running(foot);font-size:7pt;color:#595959;line-height:1.35;border-top:.5pt solid #C8CED9;padding-top:1mm}}
"""
_OVER = ' class="over"'
_ORIGIN = (5, 15, 11, 6, 14, 6, 19, 24)


def brief_pdf(brief: Brief, labels: Labels, *, full: bool) -> bytes:
    """Return the brief as PDF, on one page or in full.

    Raises:
        PartMissingError: this machine lacks a part.
    """
    if full:
        return pdf_of(full_html(brief, labels))
    return pdf_of(*(one_page_html(brief, labels, height=height) for height in _HEIGHTS))


def years_pdf(content: YearsDocument, labels: Labels) -> bytes:
    """Return the comparison of years as PDF: every cell, what changed, why years are not joined, findings, sources.

    Raises:
        PartMissingError: this machine lacks a part.
    """
    return pdf_of(years_html(content, labels))


def one_page_html(brief: Brief, labels: Labels, *, height: float = 156) -> str:
    """Return a single page; ``height`` of its charts in points."""
    charts = "".join(f"<div>{_chart(chart, 250, height)}</div>" for chart in brief.charts[:_ON_ONE_PAGE])
    lines = [sentence.text for sentence in first_standing_out(brief)] or [labels("brief.page.nothing_out")]
    body = (
        _head(brief),
        _table(_plain(headline_rows(brief, labels)), "main"),
        f'<div class="pair">{charts}</div>',
        f"<h2>{escape(labels('brief.page.standing_out'))}</h2>{_list(lines)}",
        f'<p class="tiny">{escape(keys_line(brief, labels))}</p><p class="tiny">{escape(citation(brief, labels))}</p>',
    )
    return _page(brief, labels, "".join(body))


def full_html(brief: Brief, labels: Labels) -> str:
    """Return all pages: figures, text, charts with data, findings, sources, official tables, the origin of every number."""
    parts = [
        _head(brief),
        f"<h2>{escape(labels('brief.page.headline'))}</h2>",
        _table(_plain(headline_rows(brief, labels)), "main"),
    ]
    for group in text_groups(brief, labels):
        lines = [with_references(brief, sentence, labels) for sentence in group.sentences]
        parts.append(_section(group.heading, lines, labels("brief.page.nothing_out")))
    parts.append(f"<h2>{escape(labels('brief.page.charts'))}</h2>" if brief.charts else "")
    for chart in brief.charts:
        parts.append(f'<div class="chart">{_chart(chart, 510, 190)}</div>')
        parts.append(_table(_plain(chart_rows(chart, labels)), "data"))
        parts.append(f'<p class="tiny">{_lines(chart_notes(chart, labels))}</p>')
    for heading, lines, count in (
        (labels("brief.page.findings", count=brief.finding_count), brief.findings, brief.finding_count),
        (labels("brief.page.sources", count=brief.report_count), brief.sources, brief.report_count),
    ):
        more = listed(len(lines), count, labels)
        parts.append(_section(heading, [*lines, *([more] if more else [])], labels("brief.page.findings_none")))
    if brief.tables is not None:
        parts.append(f"<h2>{escape(labels('brief.page.official'))}</h2>")
        for block in brief.tables.blocks:
            title = " · ".join(filter(None, (block.title, block.column_title)))
            parts.append(f"<h3>{escape(title)}</h3>{_table(narrow(block, brief.tables, labels), 'cells')}")
        parts.append(f'<p class="tiny">{escape(labels("brief.marks"))}</p>')
    parts.append(f"<h2>{escape(labels('brief.page.appendix'))}</h2>")
    rows = _plain([appendix_head(labels), *appendix_rows(brief, labels)])
    parts.append(_table(rows, "origin", widths=_ORIGIN))
    parts += [f'<p class="quiet">{escape(text)}</p>' for text in (labels("brief.page.rules"), citation(brief, labels))]
    return _page(brief, labels, "".join(parts))


def years_html(content: YearsDocument, labels: Labels) -> str:
    """Return the comparison of years."""
    parts = [f"<h1>{escape(content.title)}</h1>"]
    parts += [f'<p class="quiet">{escape(text)}</p>' for text in (content.sentence, *content.notes)]
    parts.append(_section(labels("brief.changed"), content.changed, labels("comparison.years.nothing_changed")))
    parts.append(f"<h2>{escape(labels('comparison.years.tables'))}</h2>")
    for _, group in groupby(content.blocks, key=lambda block: block.table):
        blocks = list(group)
        if len(blocks) > 1 and len(content.years) <= WIDE:
            parts.append(f"<h3>{escape(blocks[0].title)}</h3>{_table(wide(blocks, content, labels), 'dense', heads=2)}")
            continue
        for block in blocks:
            title = " · ".join(filter(None, (block.title, block.column_title)))
            kind = "dense" if len(content.years) > MANY else "cells"
            parts.append(f"<h3>{escape(title)}</h3>{_table(narrow(block, content, labels), kind)}")
    parts.append(f'<p class="tiny">{escape(labels("brief.marks"))}</p>')
    parts.append(_section(labels("brief.apart"), apart_reasons(content, labels), labels("brief.all_joined")))
    if content.prose:
        parts.append(_section(labels("comparison.prose.title"), content.prose, ""))
    parts.append(_section(labels("comparison.years.findings"), content.findings, labels("brief.no_findings")))
    parts.append(_section(labels("brief.sources"), content.sources, labels("brief.of_many")))
    return _document(labels, content.title, f'<div class="across">{"".join(parts)}</div>')


def _document(labels: Labels, title: str, body: str) -> str:
    lang = "zh-CN" if labels.lang == "zh" else "en"
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def _page(brief: Brief, labels: Labels, body: str) -> str:
    foot = f'<div id="foot">{escape(footer(brief, labels))}<br>{escape(stamp(brief, labels))}</div>'
    return _document(labels, brief.title, foot + body)


def _head(brief: Brief) -> str:
    said = " ".join(filter(None, (brief.sentence, brief.scope_note)))
    return f'<h1>{escape(brief.title)}</h1><p class="quiet">{escape(said)}</p>'


def _chart(chart: BriefChart, width: float, height: float) -> str:
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    return f"<h3>{escape(title)}</h3>{svg_of(chart, width, height)}"


def _section(heading: str, lines: Iterable[str], nothing: str) -> str:
    there = list(lines)
    return f"<h2>{escape(heading)}</h2>{_list(there) if there else f'<p>{escape(nothing)}</p>'}"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def _plain(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    return [[Cell(text, head=line == 0, left=place == 0) for place, text in enumerate(row)] for line, row in enumerate(rows)]


def _table(rows: Sequence[Sequence[Cell]], kind: str, *, heads: int = 1, widths: Sequence[int] = ()) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    # A heading never stands alone at the end of a page.
    lines = [f"<tr{_OVER if all(cell.head for cell in row) else ''}>{''.join(map(_cell, row))}</tr>" for row in rows]
    return (
        f'<table class="{kind}">{columns}<thead>{"".join(lines[:heads])}</thead><tbody>{"".join(lines[heads:])}</tbody></table>'
    )


def _cell(cell: Cell) -> str:
    name, span = ("th" if cell.head else "td"), f' colspan="{cell.span}"' if cell.span > 1 else ""
    place = ' class="left"' if cell.left else ""
    return f"<{name}{span}{place}>{escape(cell.text)}</{name}>"
