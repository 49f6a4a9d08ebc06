"""Seeded damage to documents: to their bytes, and to what is inside a package, a stream or a page, sealed again afterwards.

The same seed gives the same damage. Damage inside (a zip member, a PDF stream, the markup) matters most: damage to packed bytes
alone is caught by check sums and teaches little.
"""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

Mutation = Callable[[bytes, Random], bytes]

_WORDS = ("0", "9", "-1", "9" * 21, "1e308", "NaN", "\0", "<table>", "</td>", "<td colspan='-5'>", "&#x110000;", "\ufffd")
_TOKENS = (
    b"\xff\xfe",
    *(word.encode() for word in (*_WORDS, "|", "\t", "\n", "规章", "总计", "三、", "１２３", "12 34", "obj", "]]>")),
)
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_STREAM = re.compile(rb"(?<=stream\n).*?(?=\r?\nendstream)", re.DOTALL)
_NUMBERS = (b"0", b"-1", b"1000000", b"4294967296", b"99999999999999999999", b"0.0000001", b"1e9", b"NaN")


def mutated(data: bytes, kind: str, seed: int) -> bytes:
    """Return ``data`` damaged one to three times; ``kind`` is one of those of :func:`benchmarks.fuzz.bases.bases`."""
    chance = Random(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(_CHOICES.get(kind, _BYTES))(data, chance)
    return data


def _span(data: bytes, chance: Random, longest: int) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, longest))


def flip(data: bytes, chance: Random) -> bytes:
    """Flip single bits."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 4, 32)) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data: bytes, chance: Random) -> bytes:
    """Lose the end, the beginning or a piece in the middle."""
    start, end = _span(data, chance, max(1, len(data) // 4))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def repeat(data: bytes, chance: Random) -> bytes:
    """Say a piece again."""
    start, end = _span(data, chance, 5000)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def overwrite(data: bytes, chance: Random) -> bytes:
    """Put noise or zeros over a piece."""
    start, end = _span(data, chance, 2000)
    noise = chance.randbytes(end - start) if chance.random() < 0.5 else bytes(end - start)
    return data[:start] + noise + data[end:]


def insert(data: bytes, chance: Random) -> bytes:
    """Put in a word that means something to some reader."""
    start, _ = _span(data, chance, 1)
    return data[:start] + chance.choice(_TOKENS) * chance.choice((1, 1, 3, 200)) + data[start:]


def swap(data: bytes, chance: Random) -> bytes:
    """Exchange two pieces."""
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def change_number(data: bytes, chance: Random) -> bytes:
    """Replace a number: a span, an offset, a length, a coordinate or a figure."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return flip(data, chance)
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 20)))), key=re.Match.start, reverse=True):
        data = data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]
    return data


def damage_tags(data: bytes, chance: Random) -> bytes:
    """Lose, double, move or nest tags."""
    found = list(_TAG.finditer(data))
    if not found:
        return flip(data, chance)
    match = chance.choice(found)
    other = chance.choice(found)
    new = chance.choice((b"", match[0] * 2, match[0] * chance.choice((50, 3000)), other[0], other[0] + match[0]))
    return data[: match.start()] + new + data[match.end() :]


def damage_lines(data: bytes, chance: Random) -> bytes:
    """Lose, double, join, shuffle or part lines."""
    lines = data.split(b"\n")
    start, end = _span(b"x" * (len(lines) - 1), chance, 20)
    piece = lines[start:end]
    way = chance.randrange(5)
    if way == 0:
        piece = []
    elif way == 1:
        piece = piece * 2
    elif way == 2:
        piece = [b"".join(piece)]
    elif way == 3:
        chance.shuffle(piece)
    else:
        piece = [part for line in piece for part in re.split(rb"[\t| ]", line)]
    return b"\n".join(lines[:start] + piece + lines[end:])


def damage_member(data: bytes, chance: Random) -> bytes:
    """Damage, drop, double or rename a member of a package and pack it again, so that every check sum holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [(name, package.read(name)) for name in package.namelist()]
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return flip(data, chance)
    if not members:
        return data
    weights = [len(content) + 500 for _, content in members]
    place = chance.choices(range(len(members)), weights)[0]
    name, content = members[place]
    way = chance.randrange(20)
    if way == 0:
        del members[place]
    elif way == 1:
        members[place] = (chance.choice(("../" + name, "/etc/" + name, name.upper(), "word/document.xml", "a" * 300)), content)
    else:
        ways = (*[damage_elements] * 12, change_number, change_number, damage_tags, *_BYTES)
        members[place] = (name, chance.choice(ways)(content, chance))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for kept, content in dict(members).items():
            package.writestr(zipfile.ZipInfo(kept, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def damage_elements(data: bytes, chance: Random) -> bytes:
    """Lose, double, move, rename or empty elements, or change an attribute, so that the XML stays well formed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return flip(data, chance)
    inner = [element for element in root.iter() if element is not root]
    for element in chance.sample(inner, min(len(inner), chance.choice((1, 3, 30)))):
        parent, way = element.getparent(), chance.randrange(6)
        if way == 0 and parent is not None:
            parent.remove(element)
        elif way == 1 and parent is not None:
            parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))
        elif way == 2:
            target = chance.choice(inner)
            if element not in target.iterancestors() and target is not element:
                target.append(element)
        elif way == 3 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_NUMBERS).decode())
        elif way == 4:
            element.text = chance.choice(("", "7", "1 2", "-", "总计", "9" * 400))
        else:
            element.tag = chance.choice(inner).tag
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def damage_stream(data: bytes, chance: Random) -> bytes:
    """Damage what is inside a compressed stream of a PDF; mostly so that the stated length and every offset still hold."""
    found = [match for match in _STREAM.finditer(data) if match.end() - match.start() < 200_000]
    chance.shuffle(found)
    for match in found[:20]:
        try:
            content = zlib.decompress(match[0])
        except zlib.error:
            continue
        packed = zlib.compress(chance.choice((change_number, *_BYTES))(content, chance), 9)
        if len(packed) <= len(match[0]) or chance.random() < 0.2:
            return data[: match.start()] + packed.ljust(len(match[0]), b"\n") + data[match.end() :]
    return flip(data, chance)


def damage_values(data: bytes, chance: Random) -> bytes:
    """Lose, double, swap or replace values anywhere in a JSON document, which stays well formed."""
    try:
        root = json.loads(data)
    except ValueError:
        return flip(data, chance)
    places: list[tuple[Any, Any]] = []
    todo = [root]
    while todo:
        holder = todo.pop()
        inner = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
        places += [(holder, key) for key, _ in inner]
        todo += [value for _, value in inner if isinstance(value, dict | list)]
    for holder, key in chance.sample(places, min(len(places), chance.choice((1, 1, 3, 20)))):
        is_gone = key >= len(holder) if isinstance(holder, list) else key not in holder
        way = chance.randrange(16)
        if is_gone:
            continue
        if way == 0:
            del holder[key]
        elif way == 1:
            holder[key] = chance.choice((None, True, -1, 0.5, 10**30, "", "x", [], {}, ["7"], {"value": 7}))
        elif isinstance(holder[key], bool | int | float | None):
            holder[key] = chance.choice((None, 0, 7, -1, 2021, 0.25, 10**12))
        elif isinstance(holder[key], str):
            holder[key] = chance.choice(("", "7", "reported", "blank", "无", "总计", "x" * 400))
        elif isinstance(holder[key], list):
            holder[key] = holder[key] * chance.choice((0, 2))
    return json.dumps(root, ensure_ascii=chance.random() < 0.5).encode()


def damage_cells(data: bytes, chance: Random) -> bytes:
    """Lose, double, shift or quote the cells of separated values."""
    lines = data.split(b"\n")
    for number in chance.sample(range(len(lines)), min(len(lines), chance.choice((1, 3, 20)))):
        cells = lines[number].split(b",")
        place = chance.randrange(len(cells))
        way = chance.randrange(5)
        if way == 0:
            del cells[place]
        elif way == 1:
            cells.insert(place, chance.choice((b"", b"7", b'"', b'"a,b"', b"=1+1", b"reported", b"blank")))
        elif way == 2:
            cells[place] = chance.choice(cells)
        elif way == 3:
            chance.shuffle(cells)
        else:
            cells[place] = chance.choice((b'"' + cells[place], cells[place] + b";", b"\t".join(cells)))
        lines[number] = b",".join(cells)
    return b"\n".join(lines)


_BYTES: tuple[Mutation, ...] = (flip, cut, repeat, overwrite, insert, swap)
_CHOICES: dict[str, tuple[Mutation, ...]] = {
    "text": (*_BYTES, damage_lines, damage_lines, damage_lines, change_number),
    "html": (*_BYTES, damage_tags, damage_tags, damage_tags, change_number, damage_lines),
    "mht": (*_BYTES, damage_tags, damage_tags, damage_tags, change_number, damage_lines, damage_lines),
    "csv": (*_BYTES, change_number, damage_lines, damage_lines, *[damage_cells] * 6),
    "json": (*_BYTES, change_number, damage_lines, *[damage_values] * 30),
    "pdf": (*_BYTES, change_number, *[damage_stream] * 10),
    **dict.fromkeys(("docx", "ofd", "xlsx"), (*_BYTES, *[damage_member] * 30)),
}
