"""What is true of every sample document: it has a truth file, says that it is a sample, and the folder stays small."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from ogi.form import load_form
from sample_reports.catalogue import DOCUMENTS, TRUTH, origin_of, sample_documents

NOTES = {
    "fictional": "本报告为演示数据，机关与数字均属虚构",
    "published": "数字取自公开发布的年度报告；文字为演示自拟",
}
DOCUMENT_PATHS = sample_documents()


def truth_of(path: Path) -> dict:
    return json.loads((TRUTH / f"{path.stem}.json").read_text(encoding="utf-8"))


def visible_text(path: Path) -> str:
    """The text a reader sees, without white space."""
    if path.suffix == ".html":
        data = path.read_bytes()
        page = data.decode("gb2312" if b"charset=gb2312" in data else "utf-8")
        text = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>|&nbsp;", "", page, flags=re.DOTALL)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            text = "".join(re.findall(r"<w:t[^>]*>([^<]*)", package.read("word/document.xml").decode("utf-8")))
    elif path.suffix == ".ofd":
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
        text = "".join(re.findall(r"<ofd:TextCode[^>]*>([^<]*)", "".join(parts)))
    else:
        logging.getLogger("pdfminer").setLevel(logging.ERROR)  # Chromium's Type 3 fonts have no bounding box
        with pdfplumber.open(path, unicode_norm="NFKC") as pdf:
            text = "".join(page.extract_text() or "" for page in pdf.pages)
            text = text.replace(",", "，").replace(";", "；")
    return re.sub(r"\s", "", text)


def test_every_document_has_a_truth_file_and_every_truth_file_a_document():
    named = {path.name: truth_of(path)["document"] for path in DOCUMENT_PATHS}
    assert named == {name: name for name in named}
    assert {path.stem for path in DOCUMENT_PATHS} == {path.stem for path in TRUTH.glob("*.json")} - {"faults"}


@pytest.mark.parametrize("path", DOCUMENT_PATHS, ids=lambda path: path.name)
def test_every_document_says_visibly_what_it_is(path):
    truth = truth_of(path)
    text = visible_text(path)
    if not truth["readable"]:
        assert text == ""  # pictures only: the note is in the picture
        return
    assert NOTES[truth["origin"]] in text
    assert NOTES["published" if truth["origin"] == "fictional" else "fictional"] not in text


def test_formats_are_mixed_and_three_documents_are_pictures_only():
    kinds = Counter(path.suffix if truth_of(path)["readable"] else "scan" for path in DOCUMENT_PATHS)
    assert kinds["scan"] == 3
    assert 0.4 < kinds[".html"] / len(DOCUMENT_PATHS) < 0.6
    assert 0.2 < kinds[".docx"] / len(DOCUMENT_PATHS) < 0.4
    assert 0.15 < kinds[".pdf"] / len(DOCUMENT_PATHS) < 0.3
    assert kinds[".ofd"] == 7


def test_the_folder_stays_under_fifteen_megabytes():
    assert sum(path.stat().st_size for path in DOCUMENTS.parent.rglob("*") if path.is_file()) < 15_000_000


def test_cells_are_keys_of_the_editions_named():
    form = load_form()
    for path in DOCUMENT_PATHS:
        truth = truth_of(path)
        tables = [form.editions[edition].table(table) for table, edition in truth["editions"].items()]
        known = [cell.key for table in tables if table for cell in table.cells]
        assert set(truth["cells"]) <= set(known), path.name
        if path.stem != "published-zhangdian-2020":
            assert list(truth["cells"]) == known, path.name


def test_faults_name_checks_and_cells_that_exist():
    form = load_form()
    faults = json.loads((TRUTH / "faults.json").read_text(encoding="utf-8"))
    assert len(faults) == len({fault["id"] for fault in faults}) >= 8
    for fault in faults:
        truth = truth_of(DOCUMENTS / fault["document"])
        assert fault["id"] in truth["faults"]
        assert set(fault["cells"]) <= set(truth["cells"])
        for place in (fault, *fault["elsewhere"]):
            assert set(place["checks"]) <= set(form.checks)
            assert (DOCUMENTS / place["document"]).is_file()
        assert all(change["printed"] != change["right"] for change in fault["cells"].values())


def test_one_page_is_in_gbk_and_one_word_file_is_a_layout_table():
    page = (DOCUMENTS / "shili-police-2019.html").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        page.decode("utf-8")
    with zipfile.ZipFile(DOCUMENTS / "shili-human-resources-2022.docx") as package:
        body = package.read("word/document.xml").decode("utf-8")
    assert body.count("<w:tbl>") == 4
    assert "</w:tbl></w:tc>" not in body  # Word wants a paragraph after an inner table
    assert re.match(r".*?<w:body>\s*<w:tbl>", body, re.DOTALL)


def test_word_tables_stand_in_the_body_before_the_section_properties():
    path = DOCUMENTS / "published-suqian-2023.docx"
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode("utf-8")
    assert body.count("<w:tbl>") == 3
    assert re.search(r"</w:sectPr>\s*</w:body>\s*</w:document>\s*$", body)


def test_a_group_label_breaks_at_the_page_end_without_repeated_headers():
    with pdfplumber.open(DOCUMENTS / "shili-market-2022.pdf") as pdf:
        texts = [re.sub(r"[ -]", "", page.extract_text() or "") for page in pdf.pages]
    page = next(number for number, text in enumerate(texts) if "（四）无" in text)
    assert "（四）无法提供" not in texts[page]
    assert "法提供" in texts[page + 1]
    assert "自然人" in texts[page]
    assert "申请人情况" not in texts[page + 1]


def test_the_document_with_lost_pages_says_so():
    assert "缺页" in visible_text(DOCUMENTS / "published-zhangdian-2020.html")


def test_origin_tells_samples_from_other_files(tmp_path):
    assert origin_of(DOCUMENTS / "shili-police-2021.pdf") == "fictional"
    assert origin_of(DOCUMENTS / "published-suqian-2024.html") == "published"
    other = tmp_path / "shili-police-2021.pdf"
    other.write_bytes(b"%PDF")
    assert origin_of(other) is None
    assert origin_of(DOCUMENTS / "no-such-report.html") is None


def test_the_catalogue_needs_no_writer():
    """The application imports the catalogue; the libraries that write samples are not installed there."""
    code = "import sys, sample_reports.catalogue; print([n for n in ('weasyprint', 'docx', 'PIL', 'yaml') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DOCUMENTS.parent.parent)
    assert done.stdout.strip() == "[]"


def test_stored_pages_and_truth_are_what_the_generator_makes():
    """HTML, Word, OFD and truth files are made again and compared part by part (zip compression may differ between machines)."""
    pytest.importorskip("docx")
    from sample_reports.plan import samples
    from sample_reports.truth import as_json
    from sample_reports.truth import truth_of as make_truth
    from sample_reports.writers.docx import write_docx
    from sample_reports.writers.html import write_html
    from sample_reports.writers.ofd import write_ofd

    made = samples()
    assert {sample.document for sample in made} == {path.name for path in DOCUMENT_PATHS}
    for sample in made:
        stored = (DOCUMENTS / sample.document).read_bytes()
        assert (TRUTH / f"{sample.stem}.json").read_text(encoding="utf-8") == as_json(make_truth(sample))
        if sample.format == "html":
            assert stored == write_html(sample), sample.document
        elif sample.format == "docx":
            again = write_docx(sample)
            assert again == write_docx(sample)
            with zipfile.ZipFile(io.BytesIO(again)) as new, zipfile.ZipFile(io.BytesIO(stored)) as old:
                assert new.read("word/document.xml") == old.read("word/document.xml"), sample.document
        elif sample.format == "ofd":
            with zipfile.ZipFile(io.BytesIO(write_ofd(sample))) as new, zipfile.ZipFile(io.BytesIO(stored)) as old:
                assert new.namelist() == old.namelist()
                assert all(new.read(name) == old.read(name) for name in new.namelist()), sample.document
