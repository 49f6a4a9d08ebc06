"""Old Word, RTF and OpenDocument files through LibreOffice: the same cells as the Word file they were made from, and nothing
of what such files may point at."""

from __future__ import annotations

import io
import os
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loaders import libreoffice, old_word
from loaders.docx import read as read_docx
from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from loaders.kind import read_pages
from loaders.libreoffice import convert, find_libreoffice
from loaders.sandbox import Sandbox
from ogi.labels import Labels

SAMPLE = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "donghu-office-2024.docx"
needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


def texts(pages: Pages) -> list[list[str]]:
    """The texts of all cells, grid by grid."""
    return [["".join(cell.text.split()) for cell in block.cells] for block in pages.blocks if isinstance(block, Grid)]


def places(pages: Pages) -> list[tuple[str, int, int, int, int]]:
    (grid,) = (block for block in pages.blocks if isinstance(block, Grid))
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


@needs_libreoffice
def test_old_word_file_read_by_a_worker_has_the_cells_of_the_new_one_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [str(find_libreoffice()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(SAMPLE)]
    while subprocess.run(command, capture_output=True, check=False).returncode == 81:  # it wants to be started once more
        pass
    data = (tmp_path / "donghu-office-2024.doc").read_bytes()
    (tmp_path / "worker").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "worker"))
    with Sandbox(workers=1) as sandbox:
        pages = sandbox.run(read_pages, data, "报告.wps")
    assert list((tmp_path / "worker").iterdir()) == []
    assert texts(pages) == texts(read_docx(SAMPLE.read_bytes(), "a.docx"))
    assert pages.media_type == "application/msword"
    assert [notice.code for notice in pages.notices] == ["converted"]
    assert ".doc" in Labels("zh").notice(pages.notices[0])


@needs_libreoffice
def test_rtf_keeps_its_merged_cells() -> None:
    def row(*cells: tuple[int, str, str]) -> str:
        ends = "".join(f"{merge}\\cellx{end}" for end, merge, _ in cells)
        return f"\\trowd{ends}" + "".join(f"\\intbl {text}\\cell" for _, _, text in cells) + "\\row\n"

    rows = row((1000, "\\clvmgf", "\\u30002?"), (3000, "", "ab")) + row(
        (1000, "\\clvmrg", ""), (2000, "", "1"), (3000, "", "2,345")
    )
    pages = read_pages(f"{{\\rtf1\\ansi\\uc1 x\\par\n{rows}\\pard y\\par}}".encode("ascii"), "报告.doc")
    assert places(pages) == [("甲", 0, 0, 2, 1), ("ab", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2,345", 1, 2, 1, 1)]
    assert pages.media_type == "application/rtf"


def test_missing_program_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    with pytest.raises(CannotReadError) as caught:
        old_word.read(b"{\\rtf1 x}", "a.rtf")
    assert caught.value.code == "office_missing"
    sentence = Labels("zh")("error.office_missing", **caught.value.params)
    assert ".rtf" in sentence
    assert ".docx" in sentence


def test_program_is_found_behind_a_link_on_the_search_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lib" / "soffice.bin"
    program.parent.mkdir()
    program.touch()
    (program.parent / "soffice").write_text("#!/bin/sh\n")
    (program.parent / "soffice").chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "soffice").symlink_to(program.parent / "soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert find_libreoffice.__wrapped__() == program


def test_program_that_takes_too_long_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {tmp_path}/child\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: slow)
    with pytest.raises(CannotReadError) as caught:
        convert(b"{\\rtf1 x}", "rtf", "docx", seconds=1)
    assert caught.value.code == "office_too_slow"
    child = int((tmp_path / "child").read_text())
    with pytest.raises(ProcessLookupError):
        _wait_for_end(child)


def _wait_for_end(process: int) -> None:
    """Raises ``ProcessLookupError`` once the process is gone; a killed orphan takes a moment to be collected."""
    for _ in range(500):
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        os.kill(process, 0)
        threading.Event().wait(0.01)


@needs_libreoffice
def test_file_it_cannot_open_is_said() -> None:
    with pytest.raises(CannotReadError) as caught:
        convert("某局 2024 年".encode(), "doc", "docx")
    assert caught.value.code == "office_failed"


class _Trap(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def trap() -> Iterator[int]:
    """The port of a server that notes what it is asked for."""
    _Trap.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Trap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@needs_libreoffice
def test_open_document_is_read_and_nothing_it_points_at_even_without_a_network_of_its_own(
    trap: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A linked picture and linked sections, one on a server and one in a file of this machine."""
    monkeypatch.setattr(libreoffice, "_cut_off", lambda: ())
    secret = tmp_path / "secret.txt"
    secret.write_text("密码")
    names = {"office": "office", "text": "text", "table": "table", "draw": "drawing", "svg": "svg-compatible"}
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items())
    sections = "".join(
        f'<text:section text:name="s{number}"><text:section-source xlink:href="{link}"/><text:p>旧</text:p></text:section>'
        for number, link in enumerate((secret.as_uri(), f"http://127.0.0.1:{trap}/section"))
    )
    picture = (
        '<text:p>文<draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm">'
        f'<draw:image xlink:href="http://127.0.0.1:{trap}/picture.png"/></draw:frame></text:p>'
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    wide = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>规章</text:p></table:table-cell><table:covered-table-cell/>'
    )
    rows = f"<table:table-row>{wide}</table:table-row><table:table-row>{cell.format(7)}{cell.format(0)}</table:table-row>"
    table = f'<table:table table:name="t"><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>'
    body = f"<office:body><office:text>{sections}{picture}{table}</office:text></office:body>"
    content = f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">{body}</office:document-content>'
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    media_type = "application/vnd.oasis.opendocument.text"
    listed = entry.format("/", media_type) + entry.format("content.xml", "text/xml")
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{listed}</m:manifest>'
        archive.writestr("META-INF/manifest.xml", manifest)
    pages = read_pages(package.getvalue(), "报告.docx")
    assert [block.text for block in pages.blocks if isinstance(block, TextLine)] == ["旧", "旧", "文"]
    assert places(pages) == [("规章", 0, 0, 1, 2), ("7", 1, 0, 1, 1), ("0", 1, 1, 1, 1)]
    assert pages.media_type == media_type
    assert _Trap.asked == []
