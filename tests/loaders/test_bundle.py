"""Archives: what is in them, one by one, whatever single files are worth; bombs and tricks are named and cost nothing."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from loaders import bundle
from loaders.bundle import expand
from loaders.errors import CannotReadError
from ogi.labels import Labels

PAGE = "<html><body><p>某局</p></body></html>".encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            package.writestr(name, data)
    return buffer.getvalue()


def found(data: bytes, name: str = "材料.zip") -> list[tuple[str, bytes | str]]:
    """Names with bytes, or with the code of the reason; every reason has its sentence."""
    members = list(expand(data, name))
    for _, content in members:
        if isinstance(content, CannotReadError):
            assert Labels("en")(f"error.{content.code}", **content.params)
    return [(name, content.code if isinstance(content, CannotReadError) else content) for name, content in members]


def test_file_that_is_no_archive_comes_out_as_it_went_in() -> None:
    assert found(b"text", "a.txt") == [("a.txt", b"text")]
    assert found(b"", "a.txt") == [("a.txt", b"")]


def test_office_package_is_one_file() -> None:
    document = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>"))
    assert found(document, "a.docx") == [("a.docx", document)]


def test_files_come_in_the_order_of_the_archive_with_the_way_to_them() -> None:
    assert found(zipped(("乙局/2024.txt", b"2"), ("甲局.html", PAGE))) == [
        ("材料.zip/乙局/2024.txt", b"2"),
        ("材料.zip/甲局.html", PAGE),
    ]


def test_archives_inside_are_opened_three_levels_deep() -> None:
    level3 = zipped(("深.txt", b"3"), ("更深.zip", zipped(("x.txt", b"4"))))
    data = zipped(("一.zip", zipped(("二.zip", level3), ("浅.txt", b"2"))))
    assert found(data) == [
        ("材料.zip/一.zip/二.zip/深.txt", b"3"),
        ("材料.zip/一.zip/二.zip/更深.zip", "archive_too_deep"),
        ("材料.zip/一.zip/浅.txt", b"2"),
    ]


def test_leftovers_are_skipped_and_counted() -> None:
    names = ("__MACOSX/._报告.txt", ".DS_Store", "甲/Thumbs.db", "~$报告.docx", "甲/._a.pdf", ".~lock.报告.odt#", "desktop.ini")
    data = zipped(("报告.txt", b"1"), *((name, b"x") for name in names))
    *files, (name, error) = expand(data, "材料.zip")
    assert files == [("材料.zip/报告.txt", b"1")]
    assert name == "材料.zip"
    assert isinstance(error, CannotReadError)
    assert (error.code, error.params["count"]) == ("files_skipped", 7)


def test_pictures_and_scripts_beside_a_saved_page_are_skipped_and_its_frames_are_not() -> None:
    data = zipped(
        ("报告.html", PAGE), ("报告_files/a.js", b"var a;"), ("报告_files/b.png", b"\x89PNG\r\n"), ("报告_files/f.htm", PAGE)
    )
    assert found(data) == [("材料.zip/报告.html", PAGE), ("材料.zip/报告_files/f.htm", PAGE), ("材料.zip", "files_skipped")]


def test_one_bad_member_does_not_take_down_the_others() -> None:
    data = bytearray(zipped(("a.txt", b"a" * 50), ("b.txt", b"b" * 50), ("c.txt", b"c" * 50)))
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1  # the first is encrypted
    second = data.find(b"PK\x03\x04", 10)
    data[second + 36] ^= 0xFF  # the data of the second is spoilt
    assert found(bytes(data)) == [
        ("材料.zip/a.txt", "password_needed"),
        ("材料.zip/b.txt", "damaged"),
        ("材料.zip/c.txt", b"c" * 50),
    ]


def test_damaged_and_empty_archives_say_so() -> None:
    whole = zipped(("a.txt", b"a" * 500))
    assert found(whole[:-30]) == [("材料.zip", whole[:-30])]  # its reader says that it is damaged
    assert found(zipped()) == [("材料.zip", "empty_archive")]
    assert found(zipped(("Thumbs.db", b"x"))) == [("材料.zip", "empty_archive"), ("材料.zip", "files_skipped")]


def test_bomb_is_refused_by_its_ratio_and_the_others_are_read() -> None:
    assert found(zipped(("bomb.txt", bytes(5 * 2**20)), ("a.txt", b"1"))) == [
        ("材料.zip/bomb.txt", "too_large_unpacked"),
        ("材料.zip/a.txt", b"1"),
    ]


def test_bytes_and_files_of_the_whole_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST_BUNDLE", 100)
    data = zipped(("a.txt", b"a" * 60), ("b.txt", b"b" * 60), ("c.txt", b"c" * 30))
    assert found(data) == [
        ("材料.zip/a.txt", b"a" * 60),
        ("材料.zip/b.txt", "archive_too_large"),
        ("材料.zip/c.txt", b"c" * 30),
    ]
    monkeypatch.setattr(bundle, "MOST_FILES", 2)
    assert found(zipped(*((f"{i}.txt", b"x") for i in range(4)))) == [
        ("材料.zip/0.txt", b"x"),
        ("材料.zip/1.txt", b"x"),
        ("材料.zip", "archive_too_long"),
    ]


def test_files_of_nested_archives_count_towards_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_FILES", 3)
    inner = zipped(("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c"))
    assert found(zipped(("x.zip", inner), ("d.txt", b"d"))) == [
        ("材料.zip/x.zip/a.txt", b"a"),
        ("材料.zip/x.zip/b.txt", b"b"),
        ("材料.zip/x.zip", "archive_too_long"),
        ("材料.zip", "archive_too_long"),
    ]


def tarred(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


def test_tar_is_opened_and_its_links_are_not_followed() -> None:
    data = tarred(("../甲.txt", b"1"), ("乙.txt", b"2"))
    assert found(data, "a.tar") == [("a.tar/甲.txt", b"1"), ("a.tar/乙.txt", b"2")]
    assert found(gzip.compress(data), "a.tgz") == [("a.tgz/甲.txt", b"1"), ("a.tgz/乙.txt", b"2")]


def test_file_packed_alone_is_unpacked() -> None:
    assert found(gzip.compress(PAGE), "报告.html.gz") == [("报告.html.gz/报告.html", PAGE)]


def test_broken_tar_and_gzip_say_so() -> None:
    whole = tarred(("a.txt", b"1" * 5000))
    assert ("a.tar/?", "damaged") in found(whole[:700], "a.tar")
    assert found(gzip.compress(whole)[:100], "a.tgz") == [("a.tgz", "damaged")]


def test_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST_BUNDLE", 10_000)
    assert found(gzip.compress(bytes(20_000)), "a.gz") == [("a.gz", "too_large_unpacked")]
