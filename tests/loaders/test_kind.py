"""What a file is, by its first bytes; each kind that is not read has its own reason, and each reason its sentences."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.kind import READERS, kind_of, read_pages
from ogi.labels import messages

ROOT = Path(__file__).resolve().parents[2]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(*names: str, types: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        if types:
            package.writestr("[Content_Types].xml", types)
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


def compound(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + b"".join(stream.encode("utf-16-le") for stream in streams)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n junk %PDF-1.4\n", "application/pdf"),
        (zipped("word/document.xml", types="<Types/>"), WORD),
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
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image_file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image_file"),
        (b"II*\x00\x08\x00", "image_file"),
        (b"MM\x00*\x00\x00", "image_file"),
        (b"GIF89a\x01", "image_file"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", "image_file"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image_file"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image_file"),
        (compound("WordDocument"), "old_word"),
        (compound("WpsCustomData"), "old_word"),
        (compound("Workbook"), "spreadsheet"),
        (compound("PowerPoint Document"), "presentation"),
        (compound("EncryptionInfo", "EncryptedPackage"), "password_needed"),
        (zipped("xl/workbook.xml", types="<Types/>"), "spreadsheet"),
        (zipped("ppt/presentation.xml", types="<Types/>"), "presentation"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd_file"),
        (zipped("mimetype", "content.xml"), "other_office"),
        (zipped("2020.pdf", "word/document.xml"), "archive"),
        (zipped("word/document.xml", types="<Types/>")[:60], "damaged"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"{\\rtf1\\ansi", "rtf_file"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_archive"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "old_word"),
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
        assert f'MEDIA_TYPE = "{media_type}"' in (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")


def test_reading_text_loads_no_other_reader() -> None:
    code = (
        "import sys; from loaders.kind import read_pages; read_pages(b'abc', 'a.txt');"
        "print([name for name in ('pdfplumber', 'pdfminer', 'lxml', 'streamlit') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def raised_codes() -> set[str]:
    """Codes written at a ``CannotReadError(…)`` in the loaders, and those that stand in tables or answers of the sandbox."""
    found = {
        "too_large",
        "took_too_long",
        "crashed",
        "answer_too_large",
        "password_needed",
        "old_word",
        "spreadsheet",
        "presentation",
    }
    for path in (ROOT / "loaders").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "CannotReadError" and node.args:
                code = node.args[0]
                choices = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                found |= {str(choice.value) for choice in choices if isinstance(choice, ast.Constant)}
    return found


def test_every_reason_has_its_sentences_and_every_sentence_its_reason() -> None:
    assert {key.removeprefix("error.") for key in messages() if key.startswith("error.")} == raised_codes()
