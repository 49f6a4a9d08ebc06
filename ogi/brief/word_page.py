"""The page of a Word document: its size, fonts for Latin and Chinese text, the line at the foot of every page."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle

LATIN, TEXT, HEADING = "Arial", "宋体", "微软雅黑"
"""Fonts every Office in Chinese has; one without them takes what stands in for them."""
_STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Footer")
_DARK = RGBColor(0x1F, 0x2A, 0x44)
_THEME = ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme")
"""Fonts of the theme go before those that are named, and the theme's are not made for Chinese."""


def set_page(document: Document, *, across: bool, points: float = 10) -> None:
    """Make the pages A4 with narrow margins, and name fonts for both scripts in every style used."""
    section = document.sections[0]
    long, short = Cm(29.7), Cm(21.0)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:eastAsia"), "zh-CN")
    for name in _STYLES:
        style = document.styles[name]
        assert isinstance(style, CharacterStyle)  # paragraph styles are character styles too
        is_heading = name.startswith(("Title", "Heading"))
        style.font.name = LATIN
        style.font.size = style.font.size if is_heading else Pt(points)
        if is_heading:
            style.font.color.rgb = _DARK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), HEADING if is_heading else TEXT)
        for theme in _THEME:
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def set_foot(document: Document, lines: list[str]) -> None:
    """Write lines at the foot of every page."""
    foot = document.sections[0].footer
    first = foot.paragraphs[0]
    for number, line in enumerate(lines):
        paragraph = first if number == 0 else foot.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.font.size, run.font.color.rgb = Pt(7.5), RGBColor(0x59, 0x59, 0x59)
