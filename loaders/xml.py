"""XML of office packages, parsed without trusting it, and finding one's way in it by local names."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.errors import CannotReadError


def parse_xml(data: bytes, *, is_large: bool = False) -> etree._Element:
    """Return the root of an XML document that has no document type: no office file has one, an attack has.

    Comments and processing instructions are left out; nothing is fetched, no entity is resolved.

    Args:
        data: the document; in UTF-8, whatever it says of itself, where ``is_large``.
        is_large: allow texts of more than 10 MB, such as pictures in letters.

    Raises:
        CannotReadError: ``damaged``; ``unsafe_xml`` for a document type; ``too_nested``.
    """
    if b"<!DOCTYPE" in data:  # in text it would stand as &lt;!DOCTYPE
        raise CannotReadError("unsafe_xml")
    parser = etree.XMLParser(
        encoding="utf-8" if is_large else None,
        huge_tree=is_large,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):  # libxml2 stops at 256 elements inside one another
            raise CannotReadError("too_nested") from error
        raise CannotReadError("damaged", reason=str(error)) from error
    if root.getroottree().docinfo.doctype:  # in an encoding in which it looks different
        raise CannotReadError("unsafe_xml")
    return root


def tag_of(element: etree._Element) -> str:
    """The local name of an element."""
    tag = element.tag
    return _local(tag) if type(tag) is str else ""


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name; empty where it is missing."""
    found = element.get(name) or element.get(f"{element.tag.rpartition('}')[0]}}}{name}")
    if found is not None:
        return found
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        for inner in element:
            if tag_of(inner) == name:
                element = inner
                break
        else:
            return None
    return element
