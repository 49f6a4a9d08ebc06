"""A native chart in a Word document: its parts are those PowerPoint would hold, its data can be edited."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length
from docx.text.paragraph import Paragraph

from ogi.brief.content import BriefChart
from ogi.brief.office_chart import parts_of

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def add_chart(document: Document, paragraph: Paragraph, chart: BriefChart, size: tuple[Length, Length], *, points: float) -> None:
    """Put a chart into a paragraph.

    Args:
        document: the document of the paragraph.
        paragraph: where it stands, as a letter would.
        chart: the data.
        size: width and height.
        points: size of the text.
    """
    package = document.part.package
    assert package is not None  # every document that was opened or made has one
    made = parts_of(chart, points=points)
    name = package.next_partname("/word/charts/chart%d.xml")
    part = Part(name, CONTENT_TYPE.DML_CHART, made.xml, package)
    number = str(name).removeprefix("/word/charts/chart").removesuffix(".xml")
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, made.workbook, package)
    part.rels.add_relationship(RELATIONSHIP_TYPE.PACKAGE, book, made.relation)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    width, height = size
    about = f'<wp:docPr id="{1000 + int(number)}" name="Chart {number}" descr={quoteattr(chart.title)}/>'
    graphic = (
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData></a:graphic>'
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>{about}{graphic}</wp:inline>'
    )
    drawing = f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>{inline}</w:drawing>"
    paragraph.add_run()._r.append(parse_xml(drawing))
