"""Whether the compressed parts of a PDF are whole, and what they say has to be looked for on its pages.

Neither PDFium nor pdfminer says when a part is broken: both go on with what came out before the break. A digit lost or changed
there would be read without a doubt, so the checksums are compared here, over the bytes of the file and without its structure.
"""

from __future__ import annotations

import re
import zlib

import msgspec

from loaders.errors import CannotReadError

_LENGTH = re.compile(rb"/Length (\d+)(?![\d ]* R)")
_NOT_OF_PAGES = re.compile(rb"/(?:Length1|Image|Metadata|EmbeddedFile|Type1C|CIDFontType0C|OpenType)")
"""Parts that hold no text of pages: pictures, outlines of letters, what programs note about the file."""
_OTHER_FILTERS = re.compile(rb"/(?:LZWDecode|ASCII85Decode|ASCIIHexDecode|RunLengthDecode|Crypt)")
_TOGETHER = 2**20
"""Bytes of unpacked parts that are searched at once: a file of Chromium has a part for every letter."""
_MOST = 256 * 2**20
"""Bytes the parts of one file may come to when unpacked; a report has about half a megabyte."""
_CONTENTS = re.compile(rb"/Contents\s*(?:\d+\s+\d+\s+R|\[[^\]]*\])")
_REFERENCE = re.compile(rb"(\d+)\s+(\d+)\s+R")
_XREF = re.compile(rb"startxref\s+(\d{1,20})")
_XREF_HERE = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")


class Streams(msgspec.Struct, kw_only=True):
    """What a look through all parts of a file says."""

    is_checked: bool = True
    """Whether the parts could be looked into; encrypted ones cannot, and then anything may be in them."""
    fails_checksum: bool = False
    """Whether a part unpacks to its end and its checksum says that something in it is not as it was written."""
    is_indexed: bool = True
    """Whether the table of contents at the end of the file is where the file says."""
    replaces_text: bool = False
    """Whether text may be marked to be read as another one (``ActualText``)."""
    hides_text: bool = False
    """Whether text may be drawn invisibly (``Tr``)."""
    has_forms: bool = False
    """Whether pages may be put together from parts that are drawn on them as a whole."""
    has_layers: bool = False
    """Whether the file has layers that may be switched off."""


ANYTHING = Streams(is_checked=False, replaces_text=True, hides_text=True, has_forms=True, has_layers=True)
"""What is assumed of a file that was not or could not be looked through."""


def look_through(data: bytes) -> Streams:
    """Look through the parts of a file.

    Raises:
        CannotReadError: ``damaged`` where a part cannot be unpacked, has no end or is not there, ``too_large`` where the
            parts unpack to more than any report has.
    """
    parts, frame = _parts(data)
    _check_contents(frame)
    is_indexed = _is_indexed(data)
    if b"/Encrypt" in frame:
        return msgspec.structs.replace(ANYTHING, is_indexed=is_indexed)
    found = Streams(is_indexed=is_indexed, has_layers=b"/OCProperties" in frame, replaces_text=b"ActualText" in frame)
    room, waiting, size = _MOST, [], 0
    for begin, end, head in parts:
        found.has_forms = found.has_forms or b"/Form" in head
        if _NOT_OF_PAGES.search(head):
            continue
        if _OTHER_FILTERS.search(head):
            found.replaces_text = found.hides_text = True
            continue
        text = _unpacked(data, begin, end, room, found) if b"FlateDecode" in head else data[begin:end]
        room -= len(text)
        size += len(text)
        waiting.append(text)
        if size > _TOGETHER:
            _search(waiting, found)
            waiting, size = [], 0
    _search(waiting, found)
    return found


def _search(texts: list[bytes], found: Streams) -> None:
    """Note what any of these unpacked parts asks for."""
    text = b"\n".join(texts)
    found.replaces_text = found.replaces_text or b"ActualText" in text
    found.hides_text = found.hides_text or _draws_invisibly(text)
    found.has_layers = found.has_layers or b"/OCProperties" in text


def _parts(data: bytes) -> tuple[list[tuple[int, int, bytes]], bytes]:
    """Where each part of the file begins and ends, with the words before it; and the file without its parts."""
    parts: list[tuple[int, int, bytes]] = []
    between: list[bytes] = []
    place = outside = 0
    while (start := data.find(b"stream", place)) >= 0:
        place = start + 6
        begin = _content(data, start)
        if begin is None:
            continue
        head = data[max(data.rfind(b"obj", outside, start), outside) : start]
        end = _end(data, begin, head)
        parts.append((begin, end, head))
        between.append(data[outside:start])
        place = outside = end
    between.append(data[outside:])
    return parts, b"".join(between)


def _check_contents(frame: bytes) -> None:
    """Refuse a file in which a part of a page is named and not there: readers show the rest, or an empty page."""
    if b"/ObjStm" in frame:
        return  # the list of the parts may itself be packed
    for named in _CONTENTS.findall(frame):
        for number, generation in _REFERENCE.findall(named):
            usual = b"\n%b %b obj" % (number, generation)
            if usual not in frame and not re.search(rb"(?<!\d)%b\s+\d+\s+obj" % number, frame):
                raise CannotReadError("damaged", reason=f"object {number.decode()} is lost")


def _draws_invisibly(text: bytes) -> bool:
    """Whether text is drawn without fill and outline somewhere, or only to clip: ``3 Tr``, ``7 Tr``."""
    place = -1
    while (place := text.find(b"Tr", place + 1)) >= 0:
        before = text[max(place - 5, 0) : place].rstrip()
        if before[-1:] in (b"3", b"7") and not before[-2:-1].isdigit():
            return True
    return False


def _content(data: bytes, start: int) -> int | None:
    """Where the part begins whose keyword stands at ``start``; ``None`` where that is another word."""
    if data[start - 3 : start] == b"end":
        return None
    if data[start + 6 : start + 8] == b"\r\n":
        return start + 8
    return start + 7 if data[start + 6 : start + 7] in (b"\n", b"\r") else None


def _end(data: bytes, begin: int, head: bytes) -> int:
    """Where a part ends: where it says, else at the next mark of an end."""
    length = _LENGTH.search(head)
    if length:
        end = begin + int(length[1])
        if b"endstream" in data[end : end + 20]:
            return end
    end = data.find(b"endstream", begin)
    if end < 0:
        raise CannotReadError("damaged", reason=f"stream at {begin} has no end")
    return end


def _unpacked(data: bytes, begin: int, end: int, room: int, found: Streams) -> bytes:
    machine = zlib.decompressobj()
    try:
        text = machine.decompress(data[begin:end], max(room, 1))
    except zlib.error as error:
        text = _without_checksum(data[begin:end], room)
        if text is None:
            raise CannotReadError("damaged", reason=f"stream at {begin}: {error}") from error
        found.fails_checksum = True
        return text
    if machine.unconsumed_tail:
        raise CannotReadError("too_large")
    if not machine.eof and _without_checksum(data[begin:end], room) is None:
        raise CannotReadError("damaged", reason=f"stream at {begin} is cut off")
    return text


def _without_checksum(packed: bytes, room: int) -> bytes | None:
    """The part without regard to its checksum, which careless programs leave out; ``None`` where it does not come to its end."""
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = machine.decompress(packed[2:], max(room, 1))
    except zlib.error:
        return None
    return text if machine.eof else None


def _is_indexed(data: bytes) -> bool:
    """Whether the last table of contents stands where the file says it does."""
    last = data.rfind(b"startxref")
    place = _XREF.match(data, last) if last >= 0 else None
    offset = min(int(place[1]), len(data)) if place else 0  # no address in memory is as long as a damaged number can be
    return bool(place) and bool(_XREF_HERE.match(data, offset + max(data.find(b"%PDF-"), 0)))
