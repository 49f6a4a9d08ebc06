"""Zip files opened with care: names made readable and harmless, sizes that hold, and a reason for whatever is wrong."""

from __future__ import annotations

import io
import zipfile

import pytest

from loaders import package as packages
from loaders.errors import CannotReadError
from loaders.package import open_package
from ogi.labels import Labels


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            package.writestr(name, data)
    return buffer.getvalue()


def with_raw_name(name: bytes, data: bytes = b"x") -> bytes:
    """A zip whose one name stands in it as these bytes, without the UTF-8 flag: as Chinese Windows writes it."""
    placeholder = b"n" * len(name)
    return zipped((placeholder.decode(), data)).replace(placeholder, name)


def with_flag(data: bytes, flag: int) -> bytes:
    """The same zip with a general purpose flag set in the first local header and directory entry."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.find(signature) + offset] |= flag
    return bytes(changed)


def refusal(data: bytes, name: str = "a") -> str:
    with pytest.raises(CannotReadError) as caught:
        open_package(data).read(name)
    assert Labels("zh")(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("某局2024年年度报告.docx".encode("gbk"), "某局2024年年度报告.docx"),
        ("某局2024年年度报告.docx".encode(), "某局2024年年度报告.docx"),
        ("龘镕㙍.pdf".encode("gb18030"), "龘镕㙍.pdf"),
        (b"plain.pdf", "plain.pdf"),
    ],
)
def test_names_are_read_whatever_their_encoding(written: bytes, name: str) -> None:
    package = open_package(with_raw_name(written, b"inhalt"))
    assert package.names() == [name]
    assert package.read(name) == b"inhalt"


def test_name_in_the_unicode_path_field_is_preferred() -> None:
    entry = zipfile.ZipInfo("REPORT~1.PDF")
    text = "年度报告.pdf".encode()
    entry.extra = b"\x75\x70" + (5 + len(text)).to_bytes(2, "little") + b"\x01\x00\x00\x00\x00" + text
    assert open_package(zipped((entry, b"x"))).names() == ["年度报告.pdf"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\报告.pdf", "Users/报告.pdf"),
        ("a/../b/./c.pdf", "b/c.pdf"),
        ("..", "?"),
    ],
)
def test_name_can_only_mean_a_place_inside(written: str, name: str) -> None:
    package = open_package(zipped((written, b"x")))
    assert package.names() == [name]
    assert package.read(name) == b"x"


def test_parts_are_found_by_any_spelling_of_their_name_and_folders_are_no_parts() -> None:
    package = open_package(zipped(("word/", b""), ("word/Document.xml", b"x")))
    assert package.names() == ["word/Document.xml"]
    for spelling in ("word/Document.xml", "/word/document.xml", "word\\DOCUMENT.XML", "word/./document.xml"):
        assert spelling in package
        assert package.read(spelling) == b"x"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_both_there() -> None:
    package = open_package(zipped(("a.pdf", b"1"), ("a.pdf", b"2")))
    assert [(name, package.read(name)) for name in package.names()] == [("a.pdf", b"1"), ("a (2).pdf", b"2")]


def test_encrypted_part_needs_a_password_and_the_others_do_not() -> None:
    package = open_package(with_flag(zipped(("a", b"x"), ("b", b"y")), 0x1))
    with pytest.raises(CannotReadError) as caught:
        package.read("a")
    assert caught.value.code == "password_needed"
    assert package.read("b") == b"y"


def test_missing_part_and_broken_files_are_damage() -> None:
    whole = zipped(("a", bytes(range(256)) * 50))
    assert refusal(whole, "b") == "damaged"
    assert refusal(whole[:-40]) == "damaged"
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    spoilt = bytearray(whole)
    spoilt[60] ^= 0xFF
    assert refusal(bytes(spoilt)) == "damaged"


def test_part_that_grows_beyond_its_limit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("a", bytes(5000)), ("b", bytes(600)), ("c", bytes(600)))
    package = open_package(data)
    with pytest.raises(CannotReadError) as caught:
        package.read("a", most=4999)
    assert caught.value.code == "too_large_unpacked"
    monkeypatch.setattr(packages, "LARGEST_PART", 1000)
    assert refusal(data) == "too_large_unpacked"
    monkeypatch.setattr(packages, "LARGEST_PACKAGE", 6000)
    assert refusal(data) == "too_large_unpacked"


def test_parts_together_are_counted_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_PACKAGE", 1000)
    package = open_package(zipped(("a", bytes(600))))
    assert len(package.read("a")) == 600
    with pytest.raises(CannotReadError) as caught:
        package.read("a")
    assert caught.value.code == "too_large_unpacked"


def test_directory_of_too_many_parts_is_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_PARTS", 3)
    assert refusal(zipped(*((f"{i}", b"x") for i in range(4)))) == "too_large_unpacked"
