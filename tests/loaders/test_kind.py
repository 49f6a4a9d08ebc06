"""What a file is, by its first bytes; each kind that is not read has its own reason, and each reason its sentences."""

from __future__ import annotations

import ast
import io
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.kind import READERS, kind_of, read_pages
from ogi.labels import messages

ROOT = Path(__file__).resolve().parents[2]
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(*names: str, types: str = "", **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
        if types:
            package.writestr("[Content_Types].xml", types)
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def compound(**streams: bytes) -> bytes:
    """An OLE file ([MS-CFB]) with these streams of eight sectors each: header, FAT, two sectors of directory, the streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    fat = [0xFFFFFFFD, 2, END]
    directory = _entry("Root Entry", 5, child=1)
    for number, name in enumerate(streams, start=1):
        directory += _entry(name, 2, start=len(fat), right=number + 1 if number < len(streams) else FREE)
        fat += [*range(len(fat) + 1, len(fat) + 8), END]
    body = b"".join(data.ljust(4096, b"\x00") for data in streams.values())
    return header + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat))) + directory.ljust(1024, b"\x00") + body


def _entry(name: str, kind: int, child: int = FREE, start: int = END, right: int = FREE) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    size = 4096 if kind == 2 else 0
    return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, FREE, right, child, start, size)


WORD_97 = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x1200)
LOCKED_WORD = struct.pack("<HH6xH", 0xA5EC, 0xC1, 0x1300)
BOF = struct.pack("<HH16x", 0x0809, 16)
LOCKED_BOOK = BOF + struct.pack("<HH6x", 0x2F, 6)


def test_an_archive_that_begins_with_an_unpacked_pdf_is_no_pdf() -> None:
    pdf = b"%PDF-1.7\n" + b"x" * 3000
    stored, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as package:
        package.writestr("a.pdf", pdf)
    with tarfile.open(fileobj=tarred, mode="w") as archive:
        entry = tarfile.TarInfo("a.pdf")
        entry.size = len(pdf)
        archive.addfile(entry, io.BytesIO(pdf))
    assert kind_of(stored.getvalue(), "a.zip") == "application/zip"
    assert kind_of(tarred.getvalue(), "a.tar") == "application/x-tar"
    assert kind_of(b"junk\n" + pdf, "a") == "application/pdf"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n junk %PDF-1.4\n", "application/pdf"),
        (zipped("word/document.xml", types="<Types/>"), WORD),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (zipped("parts/main.xml", types="…wordprocessingml.document.main+xml…"), WORD),
        (b"<!DOCTYPE html><html><body>x", "text/html"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- saved --><html>", "text/html"),
        ("<p>某局</p>".encode("gbk"), "text/html"),
        ("<html><body>某局</body></html>".encode("utf-16"), "text/html"),
        (("某局年度报告" + "<p>甲</p>" * 5).encode(), "text/html"),
        ("2020 年度报告，共 3 < 5 件".encode(), "text/plain"),
        ("规章 | 0 |\n商业<br>企业 | 0 |".encode(), "text/plain"),
        ("年度报告".encode("utf-16"), "text/plain"),
        ("年度报告".encode("gb18030"), "text/plain"),
        (compound(WordDocument=WORD_97, Data=b""), "application/msword"),
        (compound(Workbook=BOF), "application/vnd.ms-excel"),
        (zipped("xl/workbook.xml", types="<Types/>"), EXCEL),
        (
            zipped("xl/workbook.bin", types="…sheet.binary.macroEnabled.main…"),
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        ),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), OPEN_SHEET),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "application/vnd.ms-excel.2003+xml"),
        (b' {"document": {"name": "a<p>b<p>c<p>d<p>e<p>"}}', "application/json"),
        (b'[\n{"cells": {}}]', "application/json"),
        ("organ,report_year,rules.issued\n甲局,2024,7\n".encode(), "text/csv"),
        ("机关;年度;规章 · 本年制发件数\r\n甲局;2024;7\r\n".encode("gbk"), "text/csv"),
        ("数据表\n机关名称\t报告年度\t予以公开·总计\n".encode("utf-16"), "text/csv"),
        ("信息内容,本年处理决定数量,,\n行政许可,7,,\n行政处罚,0,,\n".encode("gbk"), "text/csv"),
        ("我局2024年共收到申请7件,答复6件,结转1件.\n另有,两,三,件\n没有逗号\n".encode(), "text/plain"),
        ("机关\t年度\t备注\n甲局\t2024\t无\n".encode(), "text/plain"),
        (b"\n{\\rtf1\\ansi", "application/rtf"),
        (zipped("content.xml", mimetype=OPEN_TEXT), OPEN_TEXT),
        (zipped("2020.pdf", "word/document.xml"), "application/zip"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "multipart/related"),
        (b"Date: x\r\nContent-Type: text/html\r\n\r\n<html>", "multipart/related"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "application/xml"),
        (b"<pkg:package xmlns:pkg='x'>", "application/xml"),
        (bytes(257) + b"ustar" + bytes(250), "application/x-tar"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"II*\x00\x08\x00", "image/tiff"),
        (b"MM\x00*\x00\x00", "image/tiff"),
        (b"GIF89a\x01", "image/gif"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", "image/bmp"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report"])
def test_kind_is_told_by_content_whatever_the_name(data: bytes, kind: str, name: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\t \x00\x00", "empty_file"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image_file"),
        (compound(WordDocument=LOCKED_WORD), "password_needed"),
        (compound(MatOST=b"Works"), "old_word"),
        (compound(Workbook=LOCKED_BOOK), "password_needed"),
        (compound(**{"PowerPoint Document": b""}), "presentation"),
        (compound(EncryptionInfo=b"", EncryptedPackage=b""), "password_needed"),
        (compound(WordDocument=WORD_97)[:700], "damaged"),
        (zipped("ppt/presentation.xml", types="<Types/>"), "presentation"),
        (zipped("content.xml", mimetype="application/epub+zip"), "other_office"),
        (zipped("content.xml", mimetype=OPEN_TEXT, **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "password_needed"),
        (zipped("word/document.xml", types="<Types/>")[:60], "damaged"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (bytes(range(256)) * 20, "unknown_kind"),
        (b"\x7fELF\x02\x01\x01" + b"\x00\x01\x00\x02" * 400, "unknown_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_kinds_are_refused_each_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(CannotReadError) as caught:
        read_pages(data, "report.pdf")
    assert caught.value.code == code


def test_every_reader_states_the_media_type_it_is_known_by() -> None:
    for media_type, module in READERS.items():
        text = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
        assert f'MEDIA_TYPE = "{media_type}"' in text or "kind_of(data, name)" in text


def test_reading_text_loads_no_other_reader() -> None:
    code = (
        "import sys; from loaders.kind import read_pages; read_pages(b'abc', 'a.txt');"
        "print([name for name in ('pdfplumber', 'pdfminer', 'lxml', 'streamlit') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def raised_codes() -> set[str]:
    """Codes written at a ``CannotReadError(…)`` in loaders and pages, and those in tables or answers of the sandbox."""
    found = {
        "too_large",
        "took_too_long",
        "crashed",
        "answer_too_large",
        "password_needed",
        "old_word",
        "presentation",
    }
    for path in (*(ROOT / "loaders").rglob("*.py"), *(ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CannotReadError" and node.args:
                code = node.args[0]
                choices = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                found |= {str(choice.value) for choice in choices if isinstance(choice, ast.Constant)}
    return found


def test_every_reason_has_its_sentences_and_every_sentence_its_reason() -> None:
    assert {key.removeprefix("error.") for key in messages() if key.startswith("error.")} == raised_codes()
