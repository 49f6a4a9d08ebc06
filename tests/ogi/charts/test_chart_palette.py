"""Colours: readable on light and dark pages, told apart by colour-blind readers, one per thing."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from ogi.charts.palette import colours, faint, sequence, single
from ogi.form import load_form

GROUPS = ("outcomes", "flow", "applicants", "disputes", "documents", "amounts", "coverage")
LIGHT, DARK = "#ffffff", "#171614"
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    seen = [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in SIGHT[sight]]
    r, g, b = (max(0.0, min(1.0, part)) for part in seen)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def all_colours() -> set[str]:
    return {colour for group in GROUPS for colour in colours(group).values()} | {*sequence(), single(), faint()}


def test_contrast_of_black_and_white_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("page", [LIGHT, DARK])
@pytest.mark.parametrize("colour", sorted(all_colours()))
def test_colour_stands_out_on_light_and_dark_pages(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("group", ["outcomes", "applicants", "disputes", "documents", "coverage"])
def test_colours_of_a_group_stay_apart_for_colour_blind_readers(group: str, sight: str) -> None:
    nearest = min(math.dist(lab(a, sight), lab(b, sight)) for a, b in combinations(colours(group).values(), 2))
    assert nearest > 12


def test_every_column_of_the_form_has_a_colour() -> None:
    edition = load_form().editions["gf2021"]
    tables = {table.id: {column.key for column in table.columns} - {"total"} for table in edition}
    assert set(colours("applicants")) == tables["t3_requests"]
    assert set(colours("disputes")) == tables["t4_disputes"]
    assert tables["t2_art20_1"] <= set(colours("documents"))
