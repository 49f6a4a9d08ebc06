"""OFD files that are damaged, locked or made to do harm: refused with their reason in little time, or read for what they are."""

from __future__ import annotations

import time

import pytest

from loaders.errors import CannotReadError
from loaders.grid import TextLine
from loaders.ofd import read
from tests.loaders.ofd_files import RESOURCES, composite, document, line, make_ofd, package, page, part, root, text, units

BILLION_LAUGHS = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def refused(data: bytes) -> CannotReadError:
    with pytest.raises(CannotReadError) as caught:
        read(data, "a.ofd")
    return caught.value


def parts(**changes: str | bytes | None) -> bytes:
    """A file of one page, with parts changed or (``None``) left out; names as OFD, Document, Page."""
    names = {"OFD": "OFD.xml", "Document": "Doc_0/Document.xml", "Page": "Doc_0/P.xml"}
    found: dict[str, str | bytes | None] = {"OFD": root(), "Document": document(["P.xml"]), "Page": page(text(20, 50, "甲"))}
    return package({names.get(name, name): content for name, content in (found | changes).items() if content is not None})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"OFD": None}, "damaged"),
        ({"OFD": "<ofd"}, "damaged"),
        ({"OFD": part("OFD", "")}, "damaged"),
        ({"OFD": root("")}, "damaged"),
        ({"Document": None}, "damaged"),
        ({"Document": "\x00\x01\x02"}, "damaged"),
        ({"Document": document([])}, "no_pages"),
        ({"Document": part("Document", "")}, "no_pages"),
        ({"Page": None}, "damaged"),
        ({"Page": b""}, "damaged"),
        ({"Page": page(text(20, 50, "甲"))[:-30]}, "damaged"),
        ({"Document": document(["P.xml", "Q.xml"])}, "damaged"),
        ({"Document": document([""])}, "damaged"),
        ({"Document": document(["../../P.xml\x85"])}, "damaged"),
        ({"Document": document(["P.xml"] * 100_000)}, "too_many_pages"),
        ({"Document": None, "Encryptions.xml": part("Encryptions", "")}, "password_needed"),
        ({"Page": b"\x8f\x00" * 99, "Doc_0/EntriesMap.dat": b"\x00"}, "password_needed"),
        ({"Page": page(text(20, 50, "甲")).replace("?>", "?>" + BILLION_LAUGHS)}, "unsafe_xml"),
        ({"Page": "<a>" * 300 + "</a>" * 300}, "too_nested"),
    ],
)
def test_a_broken_package_is_refused_with_its_reason(changes, code):
    assert refused(parts(**changes)).code == code


@pytest.mark.parametrize(
    "broken",
    [
        text(20, 50, "12", code='DeltaX="NaN"'), text(20, 50, "12", code='DeltaX="x"'), text(20, 50, "12", code='DeltaX="g 2"'),
        text(20, 50, "12", code='DeltaX="g x 2"'), text(20, 50, "12", 'CTM="1 0 0"'), text(20, 50, "12", 'CTM="1 0 0 inf 0 0"'),
        text(20, 50, "12", 'Boundary="1 2 3"'), text(20, 50, "12", 'Boundary="a b c d"'),
        text(20, 50, "12").replace('X="0"', 'X=","'), text(20, 50, "12").replace('Size="4"', 'Size="large"'),
        line(1, 1, 9, 1).replace("L 8 0", "L 8"),
        line(1, 1, 9, 1).replace("L 8 0", "L nan 0"), line(1, 1, 9, 1).replace("L 8 0", "Z 8 0"),
    ],
)  # fmt: skip
def test_what_has_no_place_makes_the_file_damaged_and_no_blank_cell(broken):
    assert refused(make_ofd(page(broken))).code == "damaged"


@pytest.mark.parametrize(
    "odd",
    [
        text(20, 50, "12", size=-4).replace('Y="-4"', 'Y="4"').replace("20 54 -4.0 -5.0", "20 46 4 5"),
        text(20, 50, "12", 'HScale="-1"'), text(20, 50, "12", 'HScale="0"'), text(20, 50, "12", 'CharDirection="450"'),
        text(24, 51, "12", 'Boundary="24 51 -4 -5" CTM="1 0 0 1 -4 -5"'),
        text(20, 50, "12", inner='<ofd:CGTransform CodePosition="-3" CodeCount="0" GlyphCount="-1"/>'),
        text(20, 50, "12", inner='<ofd:CGTransform CodePosition="0" CodeCount="9" GlyphCount="99999999"/>'),
    ],
)  # fmt: skip
def test_odd_numbers_neither_break_the_reader_nor_lose_the_text(odd):
    pages = read(make_ofd(page(odd, text(20, 90, "乙"))), "a.ofd")
    letters = "".join(block.text for block in pages.blocks if isinstance(block, TextLine))
    assert sorted(letters.replace("\n", "").replace(" ", "")) == ["1", "2", "乙"]


def test_text_objects_without_text_are_nothing():
    empty = '<ofd:TextObject Size="4" Boundary="20 46 10 5"/>'
    pages = read(
        make_ofd(page(empty, text(20, 50, "", 'Boundary="20 46 10 5"', code='DeltaX="2 2 2"'), text(20, 90, "乙"))), "a.ofd"
    )
    assert [block.text for block in pages.blocks if isinstance(block, TextLine)] == ["乙"]


def test_numbers_beyond_all_paper_are_off_the_page():
    pages = read(make_ofd(page(text(20, 50, "甲"), text(1e300, 1e300, "乙", 'CTM="1e300 0 0 1e300 0 0"'))), "a.ofd")
    assert [block.text for block in pages.blocks if isinstance(block, TextLine)] == ["甲"]


def test_composites_that_double_each_other_are_stopped_soon():
    doubling = {f"u{n}": composite(f"u{n + 1}") * 2 for n in range(60)}
    data = make_ofd(page(composite("u0")), common=RESOURCES, DocumentRes_xml=units(**doubling, u60=text(20, 50, "甲")))
    start = time.process_time()
    assert refused(data).code in {"too_large_unpacked", "too_nested"}
    assert time.process_time() - start < 60


def test_composites_a_thousand_deep_are_too_nested():
    deep = {f"u{n}": composite(f"u{n + 1}") for n in range(1000)}
    data = make_ofd(page(composite("u0")), common=RESOURCES, DocumentRes_xml=units(**deep, u1000=text(20, 50, "甲")))
    assert refused(data).code == "too_nested"


def test_templates_that_double_each_other_are_drawn_once():
    common = "".join(f'<ofd:TemplatePage ID="t{n}" BaseLoc="T{n}.xml"/>' for n in range(40))
    use = '<ofd:Template TemplateID="t{0}"/><ofd:Template TemplateID="t{0}"/>'
    templates = {f"T{n}_xml": page(text(20, 20 + 4 * n, "甲"), before=use.format(n + 1)) for n in range(40)}
    pages = read(make_ofd(page(before=use.format(0)), common=common, **templates), "a.ofd")
    assert len(pages.blocks) == 40


def test_resources_that_cannot_be_read_do_not_take_the_text_with_them():
    data = make_ofd(page(text(20, 50, "甲", 'DrawParam="7"')), common=RESOURCES, DocumentRes_xml="<ofd:Res")
    assert [block.text for block in read(data, "a.ofd").blocks if isinstance(block, TextLine)] == ["甲"]


def test_a_document_that_unpacks_to_gigabytes_is_refused():
    bomb = page(text(20, 50, "甲")).replace("</ofd:Page>", " " * (65 * 2**20) + "</ofd:Page>")
    assert refused(parts(Page=bomb)).code == "too_large_unpacked"
