"""Text PDFs on A4 with the table of section 三 cut by a page end: headers are not repeated, a group label breaks in a word.

Most are drawn by weasyprint with an embedded cut of Noto Sans CJK; style ``chromium`` is printed by Chromium, whose
fonts map some characters to Kangxi radicals, as many real files do.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from ogi.form import load_form
from sample_reports.dress import dressed_tables
from sample_reports.sample import Sample
from sample_reports.tables import Box, Rows, cut
from sample_reports.writers.fonts import cut_font

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--no-pdf-header-footer",
)  # fmt: skip
_STYLE = """
@page{size:A4;margin:18mm 20mm 18mm;@bottom-center{content:"- " counter(page) " -";font:10pt "Sample Sans"}}
body{font-family:"Sample Sans","Noto Sans CJK SC",sans-serif;font-size:12pt;line-height:1.75;color:#000}
h1{font-size:18pt;text-align:center;line-height:1.4;margin:0 0 4mm;font-weight:normal}.note{text-align:center;font-size:10pt}
h2{font-size:13pt;margin:3mm 0 2mm;break-after:avoid;font-weight:normal}p{text-indent:2em;margin:0 0 1.5mm}
.note,.sign{text-indent:0}.sign{text-align:right}
table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:9.5pt;line-height:1.3;margin-bottom:2mm}
td{border:0.6pt solid #000;padding:1mm 0.8mm;text-align:center;vertical-align:middle}td.label{text-align:left}
td.number{white-space:nowrap}td.vertical{line-height:1.25}table.small td{padding:0.7mm 1mm}.apart{break-before:page}
.open-bottom{border-bottom:none}.open-top{border-top:none}.next{break-before:page}col.v{width:7mm}col.g{width:17mm}col.s{width:46mm}
"""


class PdfWriter:
    """Writes text PDFs; holds the one font they share."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        pages = "".join(_page(sample) for sample in samples)
        self._fonts = FontConfiguration()
        self._folder = tempfile.TemporaryDirectory()
        font = Path(self._folder.name, "sample.otf")
        font.write_bytes(cut_font(set(pages) | set("-0123456789 ")))
        face = f'@font-face{{font-family:"Sample Sans";src:url("{font.as_uri()}")}}'
        self._face = CSS(string=face, font_config=self._fonts)

    def write(self, sample: Sample) -> bytes:
        """Return the PDF as bytes. Chromium is used where asked for and installed, weasyprint otherwise."""
        page = _page(sample)
        if sample.style == "chromium" and CHROMIUM.exists():
            return _print(page)
        document = HTML(string=page).render(stylesheets=[self._face], font_config=self._fonts)
        document.metadata.authors = ["示例报告生成器"]
        return document.write_pdf(pdf_identifier=sample.stem.encode()) or b""


def _page(sample: Sample) -> str:
    parts = [
        "<h1>" + "<br>".join(escape(line) for line in sample.title) + "</h1>",
        f'<p class="note">（{escape(sample.note)}）</p>',
    ]
    for section in load_form().editions["gf2021"].sections:
        start = ' class="apart"' if section.key == "s2" else ""
        parts.append(f"<h2{start}>{section.ordinal}、{escape(section.zh)}</h2>")
        parts += [f"<p>{escape(text)}</p>" for text in sample.narrative[section.key]]
        for rows in dressed_tables(sample, section.key):
            parts += _tables(sample, section.key, rows)
    parts.append(f'<p class="sign">{escape(sample.signature)}</p>')
    if sample.signed:
        parts.append(f'<p class="sign">{escape(sample.signed)}</p>')
    title = escape("".join(sample.title))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )


def _tables(sample: Sample, section: str, rows: Rows) -> list[str]:
    if section == "s2":
        return [_table(rows, "small")]
    if section == "s4":
        return [_table(rows, "disputes")]
    columns = '<col class="v"><col class="g"><col class="s">' + "<col>" * 7
    first, second = cut(rows, _break_row(sample, rows))
    return [_table(first, "long", columns), _table(second, "long next", columns)]


def _break_row(sample: Sample, rows: Rows) -> int:
    """Return the row before which the page ends: inside （四）无法提供 or inside （三）不予公开, by turns."""
    wanted = "（四）" if sample.year % 2 == 0 else "（三）"
    start = next(index for index, row in enumerate(rows) if any(box.text.startswith(wanted) for box in row))
    return start + (1 if wanted == "（四）" else 5)


def _table(rows: Rows, name: str, columns: str = "") -> str:
    lines = ["<tr>" + "".join(_cell(box) for box in row) + "</tr>" for row in rows]
    return f'<table class="{name}"><colgroup>{columns}</colgroup>' + "".join(lines) + "</table>"


def _cell(box: Box) -> str:
    classes = [box.kind]
    classes += ["open-top"] if box.open_top else []
    classes += ["open-bottom"] if box.open_bottom else []
    text = "<br>".join(map(escape, box.text)) if box.kind == "vertical" else escape(box.text)
    return f'<td class="{" ".join(classes)}" rowspan="{box.rowspan}" colspan="{box.colspan}">{text}</td>'


def _print(page: str) -> bytes:
    """Print with Chromium; its creation date is replaced by a fixed one of the same length."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [str(CHROMIUM), *_FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own page, fixed arguments
        content = target.read_bytes()
    return re.sub(rb"\(D:\d{14}", b"(D:20260101000000", content)
