"""Web archives: the right page out of the message, its frames where they stand, whatever the transfer encoding and charset."""

from __future__ import annotations

import base64
import quopri

import pytest

from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from loaders.kind import kind_of, read_pages

TABLE = "<table><tr><td>规章</td><td>7</td></tr><tr><td>许可</td><td>8</td></tr></table>"


def part(html: str, *heads: str, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    data = html.encode(charset)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(data)
    lines = (f'Content-Type: text/html; charset="{charset}"', f"Content-Transfer-Encoding: {encoding}", *heads)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def archive(*parts: bytes, start: str = "") -> bytes:
    head = f'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n'
    inside = b"".join(b"\r\n--==B\r\n" + found for found in parts)
    return f'{head}\tboundary="==B"\r\n\r\n'.encode() + inside + b"\r\n--==B--\r\n"


def seen(pages: Pages) -> list[str]:
    """Lines of prose, and the texts of grids joined by bars."""
    return [block.text if isinstance(block, TextLine) else "|".join(cell.text for cell in block.cells) for block in pages.blocks]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "utf-16"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_page_is_read_whatever_its_encodings(charset: str, encoding: str) -> None:
    if encoding == "8bit" and charset == "utf-16":
        encoding = "base64"  # such a part cannot stand in a message as it is
    data = archive(part(f"<html><title>年报</title><p>某局</p>{TABLE}</html>", charset=charset, encoding=encoding))
    assert kind_of(data, "报告.doc") == "multipart/related"
    pages = read_pages(data, "报告.doc")
    assert (seen(pages), pages.title, pages.media_type) == (["某局", "规章|7|许可|8"], "年报", "multipart/related")


def test_first_page_is_the_report_and_pages_nobody_refers_to_are_not_read() -> None:
    data = archive(part("<p>某局</p>"), part("<p>- 4 -</p>", "Content-Location: file:///C:/header.htm"))
    assert seen(read_pages(data, "a.mht")) == ["某局"]


def test_page_named_as_the_root_is_the_report() -> None:
    data = archive(part("<p>甲</p>", "Content-ID: <a@x>"), part("<p>乙</p>", "Content-ID: <b@x>"), start=' start="<b@x>";')
    assert seen(read_pages(data, "a.mht")) == ["乙"]


@pytest.mark.parametrize(
    ("address", "head"),
    [
        ("cid:frame-1@mhtml.blink", "Content-ID: <frame-1@mhtml.blink>"),
        ("report/t.html", "Content-Location: http://www.example.gov.cn/xxgk/report/t.html"),
        ("http://www.example.gov.cn/%E6%8A%A5.html", "Content-Location: http://www.example.gov.cn/报.html"),
    ],
)
def test_frame_is_read_where_it_stands(address: str, head: str) -> None:
    outer = part(
        f"<p>前</p><iframe src='{address}'></iframe><p>后</p>{TABLE}", "Content-Location: http://www.example.gov.cn/xxgk/"
    )
    pages = read_pages(archive(outer, part(f"<p>框</p>{TABLE}", head)), "a.mht")
    assert seen(pages) == ["前", "框", "规章|7|许可|8", "后", "规章|7|许可|8"]
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [grid.cells[0].source.table for grid in grids] == [1, 2]
    assert pages.notices == ()


def test_frames_that_hold_each_other_end() -> None:
    outer = part("<p>外</p><iframe src='cid:b'></iframe>", "Content-ID: <a>")
    inner = part("<p>内</p><iframe src='cid:a'></iframe><iframe src='cid:b'></iframe>", "Content-ID: <b>")
    assert seen(read_pages(archive(outer, inner), "a.mht")) == ["外", "内"]


def test_archive_cut_off_at_its_end_is_read_as_far_as_it_goes() -> None:
    data = archive(part(f"<p>某局</p>{TABLE}<p>尾</p>", encoding="8bit"))
    assert seen(read_pages(data[:-30], "a.mht"))[:2] == ["某局", "规章|7|许可|8"]


def test_archive_without_a_page_says_so() -> None:
    with pytest.raises(CannotReadError) as caught:
        read_pages(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", "a.mht")
    assert caught.value.code == "no_page_in_archive"


def test_text_that_begins_like_a_head_is_text() -> None:
    assert kind_of("Title: 年报\nDate: 2024\n某局".encode(), "a.txt") == "text/plain"
