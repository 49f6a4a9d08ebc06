"""Page pictures: drawn from a PDF or taken from a picture file, to be read by recognition or shown as proof."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing

import msgspec
import pypdfium2
from PIL import Image

from loaders import scan
from loaders.errors import CannotReadError
from loaders.grid import Block, Grid, Pages
from loaders.limits import LIMITS
from loaders.pdf_page import Box
from loaders.picture_frames import MOST_PIXELS, frames
from ogi.report import Notice

_POINTS = 72
_LONGEST_PAGE = 1191.0
"""Points of the longer side of A3. A larger page is one whose size means nothing: it is drawn as if it were A4."""
_A4 = 842.0
_READING_DPI = 200
Drawer = Callable[[bytes, Iterable[int]], Iterator[tuple[int, Image.Image, float]]]
"""Gives number, picture and pixels per inch of pages of a file."""


def render_page(data: bytes, page_number: int, dpi: float) -> Image.Image:
    """The picture of a page as it is shown, in RGB or grey.

    A box of a reading (points from the top left) covers ``dpi / 72`` pixels a point in it, for PDFs and picture files alike.

    Args:
        data: a PDF or a picture file.
        page_number: from 1.
        dpi: pixels per inch.

    Raises:
        CannotReadError: ``damaged``, ``password_needed``, ``picture_too_large``, ``page_not_there``, ``page_too_large``.
    """
    if b"%PDF-" not in data[:1024]:
        for number, (picture, resolution) in enumerate(frames(data), 1):
            if number == page_number:
                return _scaled(picture, dpi / resolution, number)
        raise CannotReadError("page_not_there", page=page_number)
    with closing(_opened(data)) as document:
        if not 1 <= page_number <= len(document):
            raise CannotReadError("page_not_there", page=page_number)
        with closing(document[page_number - 1]) as page:
            return _drawn(page, dpi / _POINTS, page_number)


def with_pictures_read(pages: Pages, data: bytes, pictures: Mapping[int, Sequence[Box]], draw: Drawer | None = None) -> Pages:
    """Read the pictures in a PDF or OFD, and put what they say in its place among what its text says.

    Pages on which nothing is recognised stay ``image_pages``; so do all where the parts for reading scans are not installed,
    which a notice says.

    Args:
        pages: what the text of the file says, its ``image_pages`` those of ``pictures``.
        data: the file.
        pictures: where pictures stand on a page, in points from the top left; what is recognised elsewhere on it is text
            that was read already.
        draw: draws pages of the file; those of a PDF where left out.
    """
    draw = draw or _pdf_pictures
    if not scan.is_available():
        return _told(pages, "scan_reader_missing", pages.image_pages)
    wanted, rest = pages.image_pages[: LIMITS.scanned_pages], pages.image_pages[LIMITS.scanned_pages :]
    found = read_pictures(draw(data, wanted))
    found = {number: [block for block in found[number] if _stands_in(block, pictures[number])] for number in wanted}
    read = tuple(number for number in wanted if found[number])
    blocks = [*pages.blocks, *(block for number in read for block in found[number])]
    pages = msgspec.structs.replace(
        pages,
        blocks=tuple(sorted(blocks, key=lambda block: _place(block, read))),
        image_pages=tuple(number for number in pages.image_pages if number not in read),
        scanned_pages=read,
    )
    return _told(pages, "scan_pages_left_out", rest) if rest else pages


def read_pictures(drawn: Iterable[tuple[int, Image.Image, float]]) -> dict[int, list[Block]]:
    """Blocks of each page, from its number, its picture and the pixels per inch of it."""
    import numpy as np  # noqa: PLC0415 - only where there is something to recognise

    from loaders.scan.page import read_page  # noqa: PLC0415

    found = {}
    for number, picture, dpi in drawn:
        found[number] = read_page(np.asarray(picture), number, _POINTS / dpi)
    return found


def pictures_of_file(data: bytes) -> Iterator[tuple[int, Image.Image, float]]:
    """The first pages of a picture file, at the size they are read in."""
    for number, (picture, resolution) in enumerate(frames(data), 1):
        if number > LIMITS.scanned_pages:
            return
        yield number, _scaled(picture, _READING_DPI / resolution, number), float(_READING_DPI)


def _pdf_pictures(data: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, Image.Image, float]]:
    with closing(_opened(data)) as document:
        for number in numbers:
            with closing(document[number - 1]) as page:
                longer = max(page.get_size())
                dpi = _READING_DPI * (_A4 / longer if longer > _LONGEST_PAGE else 1.0)
                yield number, _drawn(page, dpi / _POINTS, number), dpi


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "password_needed" if "password" in str(error).lower() else "damaged"
        raise CannotReadError(code, **({"reason": str(error)} if code == "damaged" else {})) from error


def _drawn(page: pypdfium2.PdfPage, scale: float, number: int) -> Image.Image:
    width, height = page.get_size()
    if width * height * scale * scale > MOST_PIXELS:
        raise CannotReadError("page_too_large", page=number)
    if _largest_image(page) > MOST_PIXELS:
        raise CannotReadError("picture_too_large", most=MOST_PIXELS // 1_000_000)
    try:
        return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")  # type: ignore[arg-type] - fractions are fine
    except pypdfium2.PdfiumError as error:
        raise CannotReadError("damaged", reason=str(error)) from error


def _largest_image(page: pypdfium2.PdfPage) -> int:
    """Pixels of the largest picture on a page."""
    images = [item for item in page.get_objects() if isinstance(item, pypdfium2.PdfImage)]
    return max((math.prod(image.get_px_size()) for image in images), default=0)


def _scaled(picture: Image.Image, factor: float, number: int) -> Image.Image:
    if abs(factor - 1) < 0.01:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    if size[0] * size[1] > MOST_PIXELS:
        raise CannotReadError("page_too_large", page=number)
    return picture.resize(size, Image.Resampling.LANCZOS if factor > 1 else Image.Resampling.BOX, reducing_gap=2.0)


def _stands_in(block: Block, boxes: Sequence[Box]) -> bool:
    """Whether the middle of what was recognised stands in one of the pictures."""
    places = [cell.source.bbox for cell in block.cells] if isinstance(block, Grid) else [block.source.bbox]
    known = [place for place in places if place]
    if not known:
        return True
    x0, top, x1, bottom = (side(values) for side, values in zip((min, min, max, max), zip(*known, strict=True), strict=True))
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return any(left <= x <= right and upper <= y <= lower for left, upper, right, lower in boxes)


def _place(block: Block, mixed: Sequence[int]) -> tuple[int, float]:
    """Where a block stands: its page, and how far down where text and recognised text meet on it."""
    page = (block.page if isinstance(block, Grid) else block.source.page) or 0
    sources = [cell.source for cell in block.cells] if isinstance(block, Grid) else [block.source]
    return page, min((source.bbox[1] for source in sources if source.bbox), default=0) if page in mixed else 0


def _told(pages: Pages, code: str, numbers: tuple[int, ...]) -> Pages:
    notice = Notice(code=code, params={"pages": ", ".join(map(str, numbers))})
    return msgspec.structs.replace(pages, notices=(*pages.notices, notice))
