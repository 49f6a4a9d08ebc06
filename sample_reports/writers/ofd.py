"""OFD documents (GB/T 33190-2016) as different programs write them: pages, templates with running head and page number.

Styles, one habit of a real producer each: ``runs`` (a line of text is one object with ``g n d`` distances), ``characters``
(every letter is an object of its own), ``scaled`` (points and a matrix, as converters from PDF do), ``boxes`` (rules are
filled boxes), ``open_cut`` (no rule where the page cuts a table), ``composite`` (everything inside composites), ``stamped``
(a seal with words over the table of requests, drawn in bold by printing twice).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape

from sample_reports.sample import Sample
from sample_reports.writers.sheets import HEIGHT, LEFT, SMALL, WIDTH, Rule, Run, Sheet, length, set_report, width_of

STYLES = ("runs", "characters", "scaled", "boxes", "open_cut", "composite", "stamped")
_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)
_FONT, _POINT = 1, 25.4 / 72
_LINE = 0.2
_ASCENT = 0.88
_SMALL = {"characters": 3.2, "boxes": 3.9, "open_cut": 4.0, "stamped": 4.1}
"""Sizes of letters in tables, so that the page cuts the table of requests in different places."""


def write_ofd(sample: Sample) -> bytes:
    """Return the document as bytes; the same sample gives the same bytes."""
    sheets = set_report(sample, small=_SMALL.get(sample.style, SMALL), closing_rules=sample.style != "open_cut")
    return _Package(sample).write(sheets)


class _Package:
    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._last = 10
        self._units: list[str] = []

    def write(self, sheets: list[Sheet]) -> bytes:
        """Return the zip package."""
        parts: dict[str, str] = {}
        pages, templates = [], []
        seal = next((number for number, sheet in enumerate(sheets) if any("申请人情况" in run.text for run in sheet.runs)), None)
        annotated = ""
        for number, sheet in enumerate(sheets):
            template, page = self._id(), self._id()
            templates.append(f'<ofd:TemplatePage ID="{template}" BaseLoc="Tpls/Tpl_{number}/Content.xml" ZOrder="Background"/>')
            pages.append(f'<ofd:Page ID="{page}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = self._page("", self._drawn(self._running(number)))
            use = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>'
            content = self._drawn(sheet)
            parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = self._page(use, self._composed(content))
            if self._sample.style == "stamped" and number == seal:
                parts["Doc_0/Annots/Page_0/Annotation.xml"] = self._seal()
                parts["Doc_0/Annots/Annotations.xml"] = _file(
                    "Annotations", f'<ofd:Page PageID="{page}"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
                )
                annotated = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
        parts["Doc_0/PublicRes.xml"] = _file(
            "Res", f'<ofd:Fonts><ofd:Font ID="{_FONT}" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>', ' BaseLoc="Res"'
        )
        resources = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        if self._units:
            units = f"<ofd:CompositeGraphicUnits>{''.join(self._units)}</ofd:CompositeGraphicUnits>"
            parts["Doc_0/DocumentRes.xml"] = _file("Res", units, ' BaseLoc="Res"')
            resources += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        common = (
            f"<ofd:MaxUnitID>{self._last}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}"
            f"</ofd:PhysicalBox></ofd:PageArea>{resources}{''.join(templates)}"
        )
        document = f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{''.join(pages)}</ofd:Pages>{annotated}"
        parts = {"OFD.xml": self._root(), "Doc_0/Document.xml": _file("Document", document), **parts}
        return _zipped(parts)

    def _id(self) -> int:
        self._last += 1
        return self._last

    def _root(self) -> str:
        title, stem = escape("".join(self._sample.title)), escape(self._sample.stem)
        info = (
            f"<ofd:DocID>{stem}</ofd:DocID><ofd:Title>{title}</ofd:Title><ofd:Author>示例报告生成器</ofd:Author>"
            f"<ofd:Abstract>{escape(self._sample.note)}</ofd:Abstract><ofd:CreationDate>2026-01-01</ofd:CreationDate>"
        )
        body = f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        return _file("OFD", body, ' Version="1.0" DocType="OFD"')

    def _running(self, number: int) -> Sheet:
        """The head with a rule under it, and the number of the page at its foot."""
        head, foot = "".join(self._sample.title).replace(" ", ""), f"— {number + 1} —"
        size = 3.2
        runs = [
            Run(head, (WIDTH - length(head, size)) / 2, 16.0, size),
            Run(foot, (WIDTH - length(foot, size)) / 2, HEIGHT - 12.0, size),
        ]
        return Sheet(runs, [Rule(LEFT, 18.0, WIDTH - LEFT, 18.0)])

    def _page(self, template: str, content: str) -> str:
        return _file("Page", f'{template}<ofd:Content><ofd:Layer ID="{self._id()}">{content}</ofd:Layer></ofd:Content>')

    def _composed(self, content: str) -> str:
        """The content of a page, for style ``composite`` as a unit of its own, half as large and drawn twice its size."""
        if self._sample.style != "composite":
            return content
        unit = self._id()
        self._units.append(
            f'<ofd:CompositeGraphicUnit ID="{unit}" Width="{WIDTH:g}" Height="{HEIGHT:g}"><ofd:Content>{content}</ofd:Content>'
            "</ofd:CompositeGraphicUnit>"
        )
        return (
            f'<ofd:CompositeObject ID="{self._id()}" Boundary="0 0 {WIDTH:g} {HEIGHT:g}" CTM="1 0 0 1 0 0" ResourceID="{unit}"/>'
        )

    def _drawn(self, sheet: Sheet) -> str:
        return "".join([*map(self._rule, sheet.rules), *(self._text(run) for run in sheet.runs)])

    def _rule(self, rule: Rule) -> str:
        half = _LINE / 2
        box = f"{rule.x0 - half:.3f} {rule.y0 - half:.3f} {rule.x1 - rule.x0 + _LINE:.3f} {rule.y1 - rule.y0 + _LINE:.3f}"
        width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
        if self._sample.style == "boxes":
            data = f"M 0 0 L {width + _LINE:.3f} 0 L {width + _LINE:.3f} {height + _LINE:.3f} L 0 {height + _LINE:.3f} C"
            paint = ' Stroke="false" Fill="true"'
            colour = '<ofd:FillColor Value="0 0 0"/>'
        else:
            data = f"M {half:.3f} {half:.3f} L {half + width:.3f} {half + height:.3f}"
            paint, colour = f' LineWidth="{_LINE}"', ""
        return (
            f'<ofd:PathObject ID="{self._id()}" Boundary="{box}"{paint}>{colour}'
            f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _text(self, run: Run) -> str:
        if self._sample.style == "characters":
            found, x = [], run.x
            for letter in run.text:
                found.append(self._object(Run(letter, x, run.y, run.size)) if letter.strip() else "")
                x += width_of(letter, run.size)
            return "".join(found)
        if self._sample.style == "stamped" and run.size > 4.5:  # headings are bold
            return self._object(run) + self._object(Run(run.text, run.x + 0.1, run.y, run.size))
        return self._object(run)

    def _object(self, run: Run) -> str:
        scale = _POINT if self._sample.style == "scaled" else 1.0
        size, base = run.size / scale, _ASCENT * run.size / scale
        matrix = f' CTM="{scale:.4f} 0 0 {scale:.4f} 0 0"' if scale != 1.0 else ""
        box = f"{run.x:.3f} {run.y - _ASCENT * run.size:.3f} {length(run.text, run.size):.3f} {run.size:.3f}"
        steps = [width_of(letter, size) for letter in run.text[:-1]]
        delta = f' DeltaX="{_distances(steps, short=self._sample.style != "scaled")}"' if steps else ""
        return (
            f'<ofd:TextObject ID="{self._id()}" Boundary="{box}"{matrix} Font="{_FONT}" Size="{size:.4g}">'
            f'<ofd:TextCode X="0" Y="{base:.4g}"{delta}>{escape(run.text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _seal(self) -> str:
        words = [Run("示例市气象局", 6.0, 20.0, 4.0), Run("2025", 14.0, 26.0, 4.0)]
        content = "".join(map(self._object, words))
        appearance = f'<ofd:Appearance Boundary="120 60 40 40">{content}</ofd:Appearance>'
        return _file("PageAnnot", f'<ofd:Annot ID="{self._id()}" Type="Stamp" Subtype="Seal">{appearance}</ofd:Annot>')


def _distances(steps: Iterable[float], *, short: bool) -> str:
    """Distances between letters; equal ones after each other in short form."""
    found = []
    for step, equal in groupby(f"{step:.4g}" for step in steps):
        count = len(list(equal))
        found.append(f"g {count} {step}" if short and count > 2 else " ".join([step] * count))
    return " ".join(found)


def _file(name: str, content: str, attributes: str = "") -> str:
    return f"{_HEAD}<ofd:{name} {_NAMESPACE}{attributes}>{content}</ofd:{name}>\n"


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode("utf-8"))
    return target.getvalue()
