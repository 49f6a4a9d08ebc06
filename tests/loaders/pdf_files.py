"""PDF files written by hand for tests: Helvetica at 10 points on pages of 400 by 300, so that every place is known.

Places are given in points from the top left, as readers give them.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence

from loaders.grid import Grid, Pages, TextLine

HEIGHT = 300
FIRST_OWN = 4
"""The number of the first of the objects a test adds."""


def make_pdf(
    *contents: str,
    info: bytes = b"",
    encrypt: bool = False,
    page: str = "",
    resources: str = "",
    catalog: str = "",
    objects: Sequence[bytes] = (),
    pack: bool = False,
) -> bytes:
    """A PDF with one page per content stream.

    Args:
        contents: the content stream of each page.
        info: the title in the document information, as PDF syntax.
        encrypt: whether a password that nobody knows is needed.
        page: more entries of every page.
        resources: more entries of the resources of every page.
        catalog: more entries of the catalogue.
        objects: more objects, numbered from :data:`FIRST_OWN`.
        pack: whether the content streams are compressed.
    """
    first = FIRST_OWN + len(objects)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(contents)))
    own = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *objects,
    ]
    box = "" if "/MediaBox" in page else f"/MediaBox[0 0 400 {HEIGHT}]"
    for i, content in enumerate(contents):
        entries = f"{box}/Resources<</Font<</F1 3 0 R>>{resources}>>/Contents {first + 2 * i + 1} 0 R{page}"
        own.append(f"<</Type/Page/Parent 2 0 R{entries}>>".encode())
        own.append(stream(content, pack=pack))
    trailer = b"/Root 1 0 R"
    if info:
        own.append(b"<</Title " + info + b">>")
        trailer += b"/Info %d 0 R" % len(own)
    if encrypt:
        own.append(b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"41" * 32, b"42" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(own)
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(own, start=1):
        places.append(len(data))
        data += b"%d 0 obj%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(own) + 1, table)
    return data + b"trailer<</Size %d%b>>\nstartxref\n%d\n%%%%EOF" % (len(own) + 1, trailer, start)


def stream(content: str, entries: str = "", *, pack: bool = False) -> bytes:
    """A stream object; a character is a byte."""
    body = content.encode("latin-1")
    if pack:
        body, entries = zlib.compress(body), entries + "/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode(), len(body), body)


def text(x: float, top: float, words: str) -> str:
    return f"BT /F1 10 Tf {x} {HEIGHT - top - 8} Td ({words}) Tj ET\n"


def rule(x0: float, top0: float, x1: float, top1: float) -> str:
    return f"{x0} {HEIGHT - top0} m {x1} {HEIGHT - top1} l S\n"


def box(x0: float, top: float, x1: float, bottom: float, paint: str = "S") -> str:
    return f"{x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re {paint}\n"


def grids(pages: Pages) -> list[Grid]:
    return [block for block in pages.blocks if isinstance(block, Grid)]


def prose(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, TextLine)]


def places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def row_of_boxes(top: float, *xs: float, height: float = 20) -> str:
    """Ruled cells beside each other, between each two of ``xs``."""
    return "".join(box(x0, top, x1, top + height) for x0, x1 in itertools.pairwise(xs))


def picture(x0: float, top: float, x1: float, bottom: float, grey: str = "\x80") -> str:
    """A picture of one grey pixel, stretched."""
    return f"q {x1 - x0} 0 0 {bottom - top} {x0} {HEIGHT - bottom} cm BI /W 1 /H 1 /BPC 8 /CS /G ID {grey} EI Q\n"


def cells(pages: Pages) -> list[list[str]]:
    """The texts of the cells of each grid."""
    return [[cell.text for cell in grid.cells] for grid in grids(pages)]
