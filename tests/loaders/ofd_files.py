"""OFD files written by hand, in millimetres on a page of 200 by 200, so that every place is known."""

from __future__ import annotations

import io
import zipfile

NAMESPACE = "http://www.ofdspec.org/2016"
POINT = 72 / 25.4


def part(name: str, content: str, attributes: str = "", namespace: str = NAMESPACE) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{namespace}"{attributes}>{content}</ofd:{name}>'


def page(*objects: str, before: str = "", namespace: str = NAMESPACE) -> str:
    return part(
        "Page", f'{before}<ofd:Content><ofd:Layer ID="9">{"".join(objects)}</ofd:Layer></ofd:Content>', namespace=namespace
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return target.getvalue()


def root(location: str = "Doc_0/Document.xml", info: str = "") -> str:
    body = f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody>"
    return part("OFD", body, ' Version="1.0" DocType="OFD"')


def document(locations: list[str], common: str = "", after: str = "") -> str:
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 200 200</ofd:PhysicalBox></ofd:PageArea>"
    pages = "".join(f'<ofd:Page ID="{number}" BaseLoc="{location}"/>' for number, location in enumerate(locations, 1))
    return part("Document", f"<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{after}")


def make_ofd(*pages: str, common: str = "", after: str = "", info: str = "", **parts: str | bytes) -> bytes:
    """A file of one document; names of further ``parts`` have ``__`` for the slash and ``_xml`` for the suffix."""
    locations = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    found: dict[str, str | bytes] = {"OFD.xml": root(info=info), "Doc_0/Document.xml": document(locations, common, after)}
    found |= {f"Doc_0/{location}": content for location, content in zip(locations, pages, strict=True)}
    found |= {f"Doc_0/{name.replace('__', '/').replace('_xml', '.xml')}": content for name, content in parts.items()}
    return package(found)


def text(
    x: float, y: float, words: str, attributes: str = "", *, size: float = 4, code: str | None = None, inner: str = ""
) -> str:
    """Text with its base line at ``y``; Chinese letters 4 mm apart, others 2 mm, unless ``code`` says otherwise."""
    steps = [size if letter >= "\u2000" else size / 2 for letter in words]
    code = f'DeltaX="{" ".join(map(str, steps[:-1]))}"' if code is None else code
    boundary = f'Boundary="{x} {y - size} {sum(steps)} {size * 1.25}"' if "Boundary" not in attributes else ""
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size}" {boundary} {attributes}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(boundary: str, data: str, attributes: str = "", inner: str = "") -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" {attributes}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def line(x0: float, y0: float, x1: float, y1: float, attributes: str = "", inner: str = "") -> str:
    return path(f"{x0} {y0} {x1 - x0} {y1 - y0}", f"M 0 0 L {x1 - x0} {y1 - y0}", attributes, inner)


def picture(boundary: str, resource: str, attributes: str = "") -> str:
    width, height = boundary.split()[2:]
    return f'<ofd:ImageObject ID="3" Boundary="{boundary}" CTM="{width} 0 0 {height} 0 0" ResourceID="{resource}" {attributes}/>'


def media(**files: str) -> str:
    """A resource file naming pictures: ``x="a.jpg"``."""
    found = "".join(f'<ofd:MultiMedia ID="{name}" Type="Image"><ofd:MediaFile>{file}</ofd:MediaFile></ofd:MultiMedia>'
                    for name, file in files.items())  # fmt: skip
    return part("Res", f"<ofd:MultiMedias>{found}</ofd:MultiMedias>", ' BaseLoc="Res"')


def units(**contents: str) -> str:
    """A resource file of composites: ``u1="<ofd:…"``."""
    found = "".join(f'<ofd:CompositeGraphicUnit ID="{name}" Width="200" Height="200"><ofd:Content>{content}</ofd:Content>'
                    "</ofd:CompositeGraphicUnit>" for name, content in contents.items())  # fmt: skip
    return part("Res", f"<ofd:CompositeGraphicUnits>{found}</ofd:CompositeGraphicUnits>")


def composite(name: str, boundary: str = "0 0 200 200", attributes: str = "") -> str:
    return f'<ofd:CompositeObject ID="4" ResourceID="{name}" Boundary="{boundary}" {attributes}/>'


RESOURCES = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
TABLE = (
    *(line(50, y, 90, y) for y in (50, 60)), line(70, 70, 90, 70), line(50, 80, 90, 80),
    *(line(x, 50, x, 80) for x in (50, 90)), line(70, 60, 70, 80),
)  # fmt: skip
"""A head over two columns; under it one cell over two rows, and two cells."""
