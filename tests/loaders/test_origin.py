"""What a saved page says of its address, its date and its publisher; nothing of it is ever fetched."""

from __future__ import annotations

import pytest

from loaders import mht
from loaders.html import read
from loaders.origin import Origin, address_in, as_address, page_origin

PAGE = """<html><head><title>标题</title>
<meta name="SiteName" content="南京市鼓楼区人民政府">
<meta name="ArticleTitle" content="鼓楼区财政局2023年政府信息公开工作年度报告" />
<meta content='2024-01-26 10:20' name='PubDate'>
<META NAME="ContentSource" CONTENT="鼓楼区财政局">
<link rel="canonical" href="https://www.njgl.gov.cn/glqrmzf/202401/t20240126_1.html">
</head><body><p>x</p></body></html>"""


def test_elements_of_a_government_page_tell_its_origin() -> None:
    origin = read(PAGE.encode(), "a.html").origin
    assert origin == Origin(
        url="https://www.njgl.gov.cn/glqrmzf/202401/t20240126_1.html",
        published="2024-01-26",
        organ="鼓楼区财政局",
        site="南京市鼓楼区人民政府",
        title="鼓楼区财政局2023年政府信息公开工作年度报告",
    )
    assert origin.host == "www.njgl.gov.cn"


def test_comment_of_the_browser_that_saved_the_page_gives_its_address() -> None:
    page = "<!-- saved from url=(0042)http://www.huaian.gov.cn/art/2025/3/1/1.html -->\n<html><p>x</p></html>"
    assert page_origin(page).url == "http://www.huaian.gov.cn/art/2025/3/1/1.html"


def test_address_of_an_archive_is_trusted_before_the_page() -> None:
    assert page_origin(PAGE, address="https://www.example.gov.cn/x.html").url == "https://www.example.gov.cn/x.html"


def test_archive_says_where_its_page_was() -> None:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
    page = "Content-Location: https://www.huaian.gov.cn/a/1.html\n\n<html><body><p>x</p></body></html>\n--b--\n"
    assert mht.read((head + page).encode(), "a.mht").origin.url == "https://www.huaian.gov.cn/a/1.html"


def test_page_that_says_nothing_has_no_origin() -> None:
    assert page_origin("<html><body>文字</body></html>") == Origin()
    assert Origin().host == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "cid:part1", "https://www.w3.org/1999/xhtml", "", "http://x y", None]
)
def test_only_addresses_of_pages_are_addresses(address: str | None) -> None:
    assert as_address(address) is None


def test_broken_elements_do_no_harm() -> None:
    assert page_origin('<meta name="PubDate" content="31 February"><meta name=><meta content><link rel=canonical>') == Origin()
    assert page_origin('<meta name="PubDate" content="2023-02-31">').published is None
    assert page_origin("<meta " * 50_000) == Origin()


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("原文链接：https://www.huaian.gov.cn/col/1.html", "https://www.huaian.gov.cn/col/1.html"),
        ("URL: http://www.huaian.gov.cn/a?id=1", "http://www.huaian.gov.cn/a?id=1"),
        ("来源：淮安市财政局", None),
        ("请登录 https://www.huaian.gov.cn 查询", None),
    ],
)
def test_labelled_line_of_a_text_gives_the_address(line: str, address: str | None) -> None:
    assert address_in(line) == address
