"""WCAG AA by arithmetic: words reach 4.5:1 and marks 3:1 on the page they stand on, light and dark."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ogi.charts.palette import colours, faint, scale, sequence, single
from ogi.charts.theme import INK, TEMPLATE
from pages.parts.chart_style import WORDS_OPACITY
from pages.parts.official_tables import SHADES
from tests.ogi.charts.test_chart_palette import contrast

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
CAPTION = 0.6
"""Streamlit draws captions and words inside buttons that are not chosen at six tenths of the text."""
GROUPS = ("outcomes", "flow", "applicants", "disputes", "documents", "amounts", "coverage", "references")


def full(colour: str) -> str:
    """``#fff`` as ``#ffffff``."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def parts(colour: str) -> list[int]:
    return [int(full(colour)[place : place + 2], 16) for place in (1, 3, 5)]


def over(colour: str, opacity: float, page: str) -> str:
    """A half-transparent colour as it is seen on a page."""
    mixed = (round(opacity * a + (1 - opacity) * b) for a, b in zip(parts(colour), parts(page), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def test_half_of_black_on_white_is_grey() -> None:
    assert over("#000000", 0.5, "#ffffff") == "#808080"
    assert over("#000", 0.6, "#fff") == "#666666"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_captions_and_links_are_read_on_the_page(mode: str, ground: str) -> None:
    theme = THEME[mode]
    page, text = theme[ground], theme["textColor"]
    assert contrast(text, page) >= 7
    assert contrast(over(text, CAPTION, page), page) >= 4.5
    assert contrast(over(text, WORDS_OPACITY, page), page) >= 4.5
    assert contrast(theme["primaryColor"], page) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_of_a_chart_stands_out(mode: str) -> None:
    page = THEME[mode]["backgroundColor"]
    every = {colour for group in GROUPS for colour in colours(group).values()} | {*sequence(), single(), faint()}
    assert {colour: contrast(colour, page) for colour in every if contrast(colour, page) < 3} == {}


def test_figures_are_read_on_every_colour_of_the_pale_scale() -> None:
    assert min(contrast(INK, str(colour)) for _, colour in scale("pale")) >= 4.5


@pytest.mark.parametrize("kind", SHADES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_figures_are_read_on_every_shade_of_a_cell(kind: str, mode: str) -> None:
    page, text = THEME[mode]["backgroundColor"], THEME[mode]["textColor"]
    found = re.search(r"rgba\((\d+),(\d+),(\d+),([.\d]+)\)", SHADES[kind])
    if found is None:
        assert "outline" in SHADES[kind]  # told by its line, which has the colour of the text
        return
    shade = "#" + "".join(f"{int(part):02x}" for part in found.groups()[:3])
    assert contrast(text, over(shade, float(found[4]), page)) >= 4.5


def test_words_of_the_file_and_the_plain_page_are_read_on_their_ground() -> None:
    """Every rule of the style that sets a colour, on its own ground or on the white sheet."""
    style = (ROOT / "ogi" / "shares" / "templates" / "style.css").read_text(encoding="utf-8")
    rules = re.findall(r"^([^@{}\n]+)\{([^}]*)\}", style, re.MULTILINE)
    checked = 0
    for name, rule in rules:
        words = re.search(r"(?<![-\w])color: (#\w+)", rule)
        if words is None:
            continue
        ground = re.search(r"background: (#\w+)", rule)
        assert contrast(full(words[1]), full(ground[1] if ground else "#fff")) >= 4.5, name
        checked += 1
    assert checked >= 6
    assert contrast(TEMPLATE["layout"]["font"]["color"], "#ffffff") >= 4.5
