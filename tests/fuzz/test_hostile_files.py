"""Files made to hurt: each ends in a sentence within the limits, leaves nothing behind, and the next file is read as ever."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.limits import Limits
from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.labels import LANGS, Labels
from ogi.report import Report

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOOD = (
    "示例市财政局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t7\n"
).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of these tests keep what is temporary; others keep theirs elsewhere."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def sandbox(folder: Path) -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        with Sandbox(1, Limits(memory_bytes=2**30, cpu_seconds=30, wall_seconds=60)) as sandbox:
            yield sandbox


def docx(document: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", document)
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def word(body: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(content: bytes, filters: str = "/FlateDecode", pages: int = 1) -> bytes:
    kids = " ".join(f"{number + 4} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        f"<</Length {len(content)}/Filter [{filters}]>>stream\n".encode() + content + b"\nendstream",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<<>>>>"] * pages,
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj".encode() + item + b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


def packed(megabytes: int, times: int = 1, piece: bytes = b" ") -> bytes:
    """So many megabytes of one piece, compressed again and again.

    Compressed once: what zlib makes of a block after a full flush stands for that block wherever it is repeated.
    """
    block = piece * (2**20 // len(piece))
    press = zlib.compressobj(9)
    start, again = [press.compress(block) + press.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    data = start + again * (megabytes - 1) + press.flush()[:-4] + checksum.to_bytes(4, "big")
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def entity_bomb(document: Callable[[str, str], bytes]) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return document("&a11;", f'<!DOCTYPE x [<!ENTITY a0 "7777777777">{entities}]>')


def html(body: str) -> bytes:
    return f"<html><body><p>示例市财政局2023年政府信息公开工作年度报告</p>{body}</body></html>".encode()


NO_MEMORY = "too_large crashed"
"""PDFium ends its process where it gets no more memory; the sandbox cannot tell that from another break-down."""
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx whose document unpacks to 200 MB": (lambda: docx(b" " * 2**20 * 200), "too_large_unpacked"),
    "docx with an entity bomb": (lambda: entity_bomb(lambda text, before: docx(word(paragraph(text), before))), "unsafe_xml"),
    "docx with an external entity": (
        lambda: docx(word(paragraph("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "unsafe_xml",
    ),
    "docx nested ten thousand deep": (
        lambda: docx(word("<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000)),
        "too_nested",
    ),
    "html nested hundred thousand deep": (lambda: html("<div>" * 100_000 + "7"), "too_nested"),
    "html with tables in tables": (lambda: html("<table><tr><td>" * 3000 + "7"), "too_nested"),
    "pdf whose page unpacks to 2 GB": (lambda: pdf(packed(2000)), NO_MEMORY),
    "pdf packed three times over": (lambda: pdf(packed(2000, 3), "/FlateDecode /FlateDecode /FlateDecode"), NO_MEMORY),
    "pdf of five thousand pages": (lambda: pdf(zlib.compress(b"BT ET"), pages=5000), "too_many_pages"),
    "pdf whose pages are endless": (lambda: pdf(packed(60, piece=b"0 0 1 1 re f\n")), NO_MEMORY),
}
"""How each is made, by its own test only, and the code it must end with."""
QUIET = {
    "html that spans a billion columns": html(
        '<table><tr><td colspan="1000000000" rowspan="1000000000">7</td><td>8</td></tr></table>' * 50
    ),
    "html with scripts and remote resources": html(
        "<script src='http://127.0.0.1:9/x.js'>document.write('7')</script>"
        "<img src='http://127.0.0.1:9/x.png' onerror='alert(1)'>"
        "<link rel='stylesheet' href='http://127.0.0.1:9/x.css'><iframe src='http://127.0.0.1:9/'></iframe>"
        "<object data='file:///etc/passwd'></object>"
    ),
    "html with an external entity": b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + html("<p>&x;</p>"),
    "text of one endless line": GOOD + b"1 " * 1_000_000,
    "text of brackets": GOOD + "（(《".encode() * 200_000,
    "text of bars": GOOD + b"|" * 600_000,
    "text of digits": GOOD + b"7" * 3_000_000,
    "text of headings": GOOD + "一、总体情况 ".encode() * 100_000,
    "text of years": GOOD + "2023年".encode() * 200_000,
    "text of labels": GOOD + "总计\n".encode() * 40_000,
}
"""Nothing is wrong with these beyond their size or their wishes: they may be read, with no figure but the printed ones."""


def outcome(sandbox: Sandbox, data: bytes) -> Report | CannotReadError:
    try:
        return sandbox.run(read_report, data, "report")
    except CannotReadError as error:
        return error


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_a_sentence_and_the_next_is_read(sandbox: Sandbox, folder: Path, name: str) -> None:
    make, code = HOSTILE[name]
    error = outcome(sandbox, make())
    assert isinstance(error, CannotReadError)
    assert error.code in code.split()
    for lang in LANGS:
        assert Labels(lang)(f"error.{error.code}", **error.params)
    report = outcome(sandbox, GOOD)
    assert isinstance(report, Report)
    assert report.value("licensing.decisions") == 7
    assert len(list(folder.iterdir())) == 1  # the folder of the worker that is there
    assert list(folder.glob("*/*")) == []


@pytest.mark.parametrize("name", QUIET)
def test_strange_file_costs_no_more_than_allowed_and_gives_no_figure_of_its_own(sandbox: Sandbox, name: str) -> None:
    found = outcome(sandbox, QUIET[name])
    if isinstance(found, Report):
        assert {key: r.value for key, r in found.cells.items() if r.value is not None} in ({}, {"licensing.decisions": 7})
        assert "root:" not in str(found)
    else:
        assert found.code not in {"unexpected", "crashed", "took_too_long", "too_large"}


def test_a_packed_block_unpacks_to_so_many_of_it() -> None:
    block = b"0 0 1 1 re f\n" * (2**20 // 13)
    assert zlib.decompress(packed(3, piece=b"0 0 1 1 re f\n")) == block * 3
    assert zlib.decompress(zlib.decompress(packed(5, 2))) == b" " * 2**20 * 5
