"""HTML pages as portals serve them: navigation, metadata, share buttons and a footer around the report.

Three dresses: an ordinary page with rowspan and colspan, a page pasted from a word processor (``spans``: text cut into many
``<span>`` and ``<font>``), and an old page in GBK whose parts are layout tables (``gbk``).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from ogi.form import load_form
from sample_reports.dress import dressed_tables
from sample_reports.sample import Sample
from sample_reports.tables import Box, Rows

LOST = "【缺页：此处原件缺失，自“第二十条第（六）项”起至“三、本年度办理结果（三）不予公开”止的内容无法提供】"
_SHELLS = Path(__file__).resolve().parent


def write_html(sample: Sample) -> bytes:
    """Return the page as bytes, in the encoding it declares."""
    title = "".join(sample.title).replace(" ", "")
    body = "\n".join(_body(sample))
    shell, encoding = ("old_portal.html", "gbk") if sample.style == "gbk" else ("portal.html", "utf-8")
    page = Template((_SHELLS / shell).read_text(encoding="utf-8"))
    number = f"DEMO-{sample.year}-{len(sample.stem):03d}"
    text = page.substitute(title=escape(title), body=body, organ=escape(sample.signature), number=number)
    return text.encode(encoding)


def _body(sample: Sample) -> list[str]:
    parts = [f'<h1 class="title">{"<br>".join(escape(line) for line in sample.title)}</h1>']
    parts.append(f'<p class="note">{escape(sample.note)}</p>')
    for section in load_form().editions["gf2021"].sections:
        paragraphs = sample.narrative[section.key]
        if sample.lost and section.key == "s3":
            parts.append(_paragraph(LOST, ""))
        else:
            parts.append(_heading(f"{section.ordinal}、{section.zh}", sample.style))
        parts += [_paragraph(text, sample.style) for text in paragraphs]
        tables = dressed_tables(sample, section.key)
        if sample.lost:
            tables = [_remains(rows, section.key) for rows in tables]
        if section.key == "s2" and not sample.lost and _joined(sample):
            tables = [tuple(row for rows in tables for row in rows)]
        parts += [_table(rows, sample.style) for rows in tables if rows]
    parts.append(f'<p class="sign">{escape(sample.signature)}</p>')
    if sample.signed:
        parts.append(f'<p class="sign">{escape(sample.signed)}</p>')
    return parts


def _joined(sample: Sample) -> bool:
    """Whether the small tables of section 二 stand in one table, as in the Word form."""
    return sample.year % 2 == 1


def _remains(rows: Rows, section: str) -> Rows:
    """Return what is left of a table of the report whose middle pages are lost."""
    if section == "s3":
        start = next(index for index, row in enumerate(rows) if row[0].text.startswith("（四）"))
        return rows[start:]
    title = rows[0][0].text
    if title.endswith(("（八）项", "（九）项")):
        return ()
    return rows[:2] if title.endswith("（六）项") else rows


def _heading(text: str, style: str) -> str:
    if style == "spans":
        return f'<p class="MsoNormal"><b><font face="黑体">{_mess(text)}</font></b></p>'
    if style == "gbk":
        return f"<p><b>{escape(text)}</b></p>"
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str, style: str) -> str:
    return f'<p class="MsoNormal">{_mess(text)}<o:p></o:p></p>' if style == "spans" else f"<p>{escape(text)}</p>"


def _table(rows: Rows, style: str) -> str:
    lines = ['<table class="data" border="1" cellspacing="0">', "<tbody>"]
    lines += ["<tr>" + "".join(_cell(box, style) for box in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</tbody>", "</table>"])


def _cell(box: Box, style: str) -> str:
    spans = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
    spans += f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    text = escape(box.text)
    if style == "spans":
        text = f'<p class="MsoNormal" align="center">{_mess(box.text) if box.text else "<o:p>&nbsp;</o:p>"}</p>'
    elif box.kind == "vertical":
        text = "<br>".join(escape(char) for char in box.text)
    elif box.text == "总计" and style == "gbk":
        text = "总&nbsp;&nbsp;计"
    elif not box.text:
        text = "&nbsp;"
    return f"<td{spans}>{text}</td>"


def _mess(text: str) -> str:
    """Cut a text into nested spans and fonts, as a paste from a word processor does."""
    pieces = [text[index : index + 5] for index in range(0, len(text), 5)]
    return "".join(
        f'<span style="font-size:14.0pt;font-family:仿宋"><font>{escape(piece)}</font></span>'
        if turn % 2
        else f'<span lang="EN-US">{escape(piece)}</span>'
        for turn, piece in enumerate(pieces)
    )
