"""What a scanner, a copier, a stamp or a telephone does to a page: drawn pages worn on purpose, the same for the same seed."""

from __future__ import annotations

import io
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_FIXED = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))
_THIN = 1.6
"""Points of the shorter side of a rule."""
_MESH = 16
"""Pieces in which a page is bent, each way."""


@dataclass(frozen=True, kw_only=True)
class Wear:
    """How a page was scanned. Lengths are millimetres on paper."""

    dpi: int = 200
    degrees: float = 0.0
    """Skew; positive turns against the clock."""
    quality: int = 85
    """JPEG."""
    blur: float = 0.0
    """Radius in pixels at 200 dpi."""
    noise: float = 0.0
    """Standard deviation of the grain, of 255."""
    dust: int = 0
    """Specks on the page."""
    shade: float = 0.0
    """How much darker the dark corner is, 0 to 1."""
    pale: float = 0.0
    """How much of the blackness of the ink is lost, 0 to 1."""
    stamp: Literal["", "red", "grey"] = ""
    """A round seal somewhere over the middle of the page."""
    fold: float = 0.0
    """Shift of the paper at a crease across the page."""
    perspective: float = 0.0
    """Share by which one side of the page is shorter, and half of it bulge."""
    quarter_turns: int = 0
    """Turns by 90 degrees against the clock."""
    lost_rules: float = 0.0
    """Share of the pieces of rules that are not printed."""
    colour: bool = False
    """Colour or grey; a red stamp needs colour."""
    bilevel: bool = False
    """Black and white only, as a fax."""


def scan(pdf: bytes, wear: Wear, seed: int) -> list[Image.Image]:
    """Return pictures of all pages; the same arguments give the same pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [_worn(_drawn(page, wear, random.Random(f"{seed} {i}")), wear, seed * 1000 + i) for i, page in enumerate(document)]


def as_pdf(pages: list[Image.Image], wear: Wear) -> bytes:
    """Put pictures into a PDF that holds nothing else."""
    target = io.BytesIO()
    first, *others = pages
    packing = {} if wear.bilevel else {"quality": wear.quality}  # black and white pages are packed without loss
    days = {"creationDate": _FIXED, "modDate": _FIXED}
    first.save(target, format="PDF", save_all=True, append_images=others, resolution=wear.dpi, **days, **packing)
    return target.getvalue()


def _drawn(page: pypdfium2.PdfPage, wear: Wear, dice: random.Random) -> Image.Image:
    """The page as printed, less some pieces of its rules."""
    if wear.lost_rules:
        for item in list(page.get_objects(max_depth=1)):
            if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and dice.random() < wear.lost_rules:
                x0, y0, x1, y1 = item.get_bounds()
                if min(x1 - x0, y1 - y0) < _THIN:
                    page.remove_obj(item)
        page.gen_content()
    scale: Any = wear.dpi / 72  # pypdfium2 takes fractions, its annotation says int
    return page.render(scale=scale).to_pil().convert("RGB")


def _worn(page: Image.Image, wear: Wear, seed: int) -> Image.Image:
    dice = np.random.default_rng(seed)
    if wear.stamp:
        page = _stamped(page, wear, dice)
    if wear.pale:
        page = Image.eval(page, lambda value: round(255 - (255 - value) * (1 - wear.pale)))
    if wear.quarter_turns:
        page = page.rotate(90 * wear.quarter_turns, expand=True)
    if wear.fold or wear.perspective:
        page = _bent(page, wear, dice)
    if wear.degrees:
        page = page.rotate(wear.degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 200))
    return _lit(page, wear, dice)


def _lit(page: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    """Uneven light, grain, dust, and what the scanner keeps of it."""
    pixels = np.asarray(page if wear.colour else page.convert("L")).astype(np.float32)
    height, width = pixels.shape[:2]
    if wear.shade:
        corner_x, corner_y = dice.random(2)
        xs, ys = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        distance = np.hypot(xs - corner_x, ys - corner_y) / math.sqrt(2)
        light = 1 - wear.shade * (1 - distance) ** 2
        pixels = pixels * (light if pixels.ndim == 2 else light[:, :, None])
    for _ in range(wear.dust):
        x, y, size = int(dice.integers(width)), int(dice.integers(height)), int(dice.integers(1, 4))
        pixels[y : y + size, x : x + size] -= dice.uniform(80, 220)
    if wear.noise:
        pixels = pixels + dice.normal(0, wear.noise, pixels.shape)
    kept = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if wear.bilevel:
        return kept.convert("L").point(lambda value: 255 * (value > 140)).convert("1", dither=Image.Dither.NONE)
    target = io.BytesIO()
    kept.save(target, format="JPEG", quality=wear.quality)
    return Image.open(io.BytesIO(target.getvalue()))


def _bent(page: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    """A photograph of a page that lies askew and not flat, or a page with a crease."""
    width, height = page.size
    crease = float(dice.uniform(0.3, 0.7))
    lean, bulge = dice.uniform(-1, 1, 2) * wear.perspective
    step = wear.fold / 25.4 * wear.dpi

    def origin(u: float, v: float) -> tuple[float, float]:
        x = (u - 0.5) * (1 + lean * (v - 0.5)) + 0.5
        y = v + bulge * 0.5 * ((u - 0.5) ** 2 - 0.08) * (1 - v) + lean * 0.3 * (u - 0.5) * (v - 0.5)
        near = math.exp(-abs(v - crease) * 14)
        return x * width + step * near * (u - 0.3), y * height + step * near * math.copysign(1, v - crease)

    mesh = []
    for i in range(_MESH):
        for j in range(_MESH):
            box = (width * i // _MESH, height * j // _MESH, width * (i + 1) // _MESH, height * (j + 1) // _MESH)
            corners = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
            mesh.append((box, tuple(side for a, b in corners for side in origin(a / _MESH, b / _MESH))))
    return page.transform(page.size, Image.Transform.MESH, mesh, resample=Image.Resampling.BICUBIC, fillcolor="white")


def _stamped(page: Image.Image, wear: Wear, dice: np.random.Generator) -> Image.Image:
    """A seal of 42 millimetres with a star and an inscription, printed over what is there."""
    radius = 21 / 25.4 * wear.dpi
    side = round(2 * radius)
    seal = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((2, 2, side - 3, side - 3), outline=255, width=round(radius * 0.06))
    points = [
        (radius + radius * r * math.sin(math.pi * k / 5), radius - radius * r * math.cos(math.pi * k / 5))
        for k in range(10)
        for r in [0.32 if k % 2 == 0 else 0.12]
    ]
    draw.polygon(points, fill=255)
    words = "示例市政务公开专用章"
    font = ImageFont.truetype(str(_FONT), round(radius * 0.24)) if _FONT.exists() else ImageFont.load_default()
    for number, word in enumerate(words):
        angle = 120 - 240 * number / (len(words) - 1)
        letter = Image.new("L", (side, side), 0)
        ImageDraw.Draw(letter).text((radius, radius * 0.2), word, fill=255, font=font, anchor="ma")
        seal.paste(255, mask=letter.rotate(angle, resample=Image.Resampling.BICUBIC))
    seal = seal.rotate(float(dice.uniform(-20, 20)), resample=Image.Resampling.BICUBIC)
    texture = Image.fromarray((dice.random((side, side)) > 0.12).astype(np.uint8) * 255).filter(ImageFilter.GaussianBlur(0.7))
    strength = np.asarray(seal, np.float32) / 255 * np.asarray(texture, np.float32) / 255 * 0.9
    colour = np.array((205, 35, 45) if wear.stamp == "red" else (120, 120, 120), np.float32) / 255
    x = int(page.width * dice.uniform(0.25, 0.6))
    y = int(page.height * dice.uniform(0.2, 0.6))
    pixels = np.asarray(page).copy()
    part = pixels[y : y + side, x : x + side]
    mixed = part * (1 - strength[: part.shape[0], : part.shape[1], None] * (1 - colour))
    pixels[y : y + side, x : x + side] = mixed.astype(np.uint8)
    return Image.fromarray(pixels)
