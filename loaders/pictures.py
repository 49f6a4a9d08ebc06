"""Picture files: photographs, scans and screenshots of a report, read by recognition page by page."""

from __future__ import annotations

from loaders import scan
from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.kind import kind_of
from loaders.limits import LIMITS
from loaders.pdf_images import pictures_of_file, read_pictures
from loaders.picture_frames import count_frames
from ogi.report import Notice


def read(data: bytes, name: str) -> Pages:
    """Read a picture file; of an animated picture the first frame, of a TIFF every page.

    Boxes are in points of the page as the picture shows it upright, see :func:`loaders.pdf_images.render_page`.

    Raises:
        CannotReadError: ``damaged``, ``too_many_pages``, ``picture_too_large``, or ``scan_reader_missing`` where the parts
            for reading scans are not installed.
    """
    if not scan.is_available():
        raise CannotReadError("scan_reader_missing")
    count = count_frames(data)
    LIMITS.check_pages(count)
    found = read_pictures(pictures_of_file(data))
    read_ = tuple(number for number, blocks in found.items() if blocks)
    left_out = tuple(range(len(found) + 1, count + 1))
    notices = (Notice(code="scan_pages_left_out", params={"pages": ", ".join(map(str, left_out))}),) if left_out else ()
    return Pages(
        media_type=kind_of(data, name),
        blocks=tuple(block for number in read_ for block in found[number]),
        pages=count,
        image_pages=tuple(number for number in range(1, count + 1) if number not in read_),
        scanned_pages=read_,
        notices=notices,
    )
