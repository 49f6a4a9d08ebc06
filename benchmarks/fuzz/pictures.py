"""Damaged scans: pages of the sample reports as pictures, hurt in their pixels or in the bytes of their file.

Here a figure must be more than shown: one that is read and not marked must be the one the sample prints in that cell. Damage may
also change what a person would read (a digit half erased), so a fault here is first looked at.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter, ImageOps

from benchmarks.fuzz.case import Case
from benchmarks.fuzz.mutations import flip, overwrite
from ogi.report import Report
from sample_reports.catalogue import TRUTH, sample_documents

_DPI = 130
_PAGES = 12
"""So many documents give the pages; each page is damaged many times."""


def picture_cases(count: int, seed: int = 0) -> Iterator[Case]:
    """``count`` damaged pictures; the name of a case begins with the stem of its sample."""
    pages = _pages()
    for number in range(count):
        stem, page = pages[number % len(pages)]
        chance = Random(seed + number)
        yield Case("picture", f"{stem}.jpg", seed + number, _damaged(page, chance))


def misread(report: Report, case: Case) -> str:
    """Return the first figures that are read, not marked, and not what the sample prints; empty where there are none."""
    truth = json.loads((TRUTH / f"{case.name.removesuffix('.jpg')}.json").read_text(encoding="utf-8"))["cells"]
    wrong = {
        key: f"{reading.value} for {truth.get(key)}"
        for key, reading in report.cells.items()
        if reading.value is not None and not reading.is_marked and str(reading.value) != str(truth.get(key))
    }
    return f"read without a mark: {dict(list(wrong.items())[:5])}" if wrong else ""


@lru_cache(maxsize=1)
def _pages() -> tuple[tuple[str, Image.Image], ...]:
    """Pages with tables: the middle ones."""
    found: list[tuple[str, Image.Image]] = []
    documents = [path for path in sample_documents() if path.suffix == ".pdf" and path.stat().st_size < 300_000]
    for path in documents[:: max(1, len(documents) // _PAGES)]:
        pdf = pypdfium2.PdfDocument(path.read_bytes())
        scale: Any = _DPI / 72  # fractions are fine
        found += [(path.stem, pdf[number].render(scale=scale).to_pil().convert("L")) for number in range(1, len(pdf) - 1)]
        pdf.close()
    return tuple(found)


def _damaged(page: Image.Image, chance: Random) -> bytes:
    if chance.random() < 0.35:
        return chance.choice((flip, overwrite))(_packed(page, chance), chance)
    for _ in range(chance.randint(1, 3)):
        page = chance.choice((_hole, _noise, _crop, _turn, _shrink, _invert, _blur, _flatten, _mirror, _stretch))(page, chance)
    return _packed(page, chance)


def _packed(page: Image.Image, chance: Random) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=chance.choice((40, 60, 85)))
    return out.getvalue()


def _box(page: Image.Image, chance: Random) -> tuple[int, int, int, int]:
    x, y = chance.randrange(page.width), chance.randrange(page.height)
    return (
        x,
        y,
        min(page.width, x + chance.randint(5, page.width // 2)),
        min(page.height, y + chance.randint(5, page.height // 3)),
    )


def _hole(page: Image.Image, chance: Random) -> Image.Image:
    page = page.copy()
    page.paste(chance.choice((0, 90, 255)), _box(page, chance))
    return page


def _noise(page: Image.Image, chance: Random) -> Image.Image:
    box = _box(page, chance)
    size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
    page = page.copy()
    page.paste(Image.frombytes("L", size, chance.randbytes(size[0] * size[1])), box[:2])
    return page


def _crop(page: Image.Image, chance: Random) -> Image.Image:
    left, top = chance.randrange(page.width // 3), chance.randrange(page.height // 3)
    return page.crop((left, top, chance.randrange(left + 50, page.width), chance.randrange(top + 50, page.height)))


def _turn(page: Image.Image, chance: Random) -> Image.Image:
    return page.rotate(chance.choice((2, -4, 11, 45, 90, 180, 270, 89)), expand=True, fillcolor=255)


def _shrink(page: Image.Image, chance: Random) -> Image.Image:
    factor = chance.choice((0.1, 0.3, 0.5))
    small = page.resize((max(1, int(page.width * factor)), max(1, int(page.height * factor))))
    return small.resize(page.size) if chance.random() < 0.5 else small


def _stretch(page: Image.Image, chance: Random) -> Image.Image:
    return page.resize((max(1, int(page.width * chance.choice((0.4, 1.6)))), page.height))


def _invert(page: Image.Image, chance: Random) -> Image.Image:
    del chance
    return ImageOps.invert(page)


def _mirror(page: Image.Image, chance: Random) -> Image.Image:
    return chance.choice((ImageOps.mirror, ImageOps.flip))(page)


def _blur(page: Image.Image, chance: Random) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(chance.choice((1, 2, 5))))


def _flatten(page: Image.Image, chance: Random) -> Image.Image:
    low = chance.choice((100, 180, 230))
    return page.point([low + value * (255 - low) // 255 for value in range(256)])
