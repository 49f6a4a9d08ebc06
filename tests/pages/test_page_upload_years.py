"""Two uploads of one agency are checked beside each other.

True about shili-natural-resources of the fictional city: the report of 2023 carries 13 applications over to the next year, the
one of 2024 says 10 were carried in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

Visit = Callable[..., AppTest]
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
SENTENCE = "本年“上年结转”是10件，上年报告“结转下年度继续办理”是13件"


def test_carry_over_is_compared_with_the_report_of_the_year_before_once_that_is_there(visit: Visit) -> None:
    at = visit("upload")
    texts = []
    for year in (2024, 2023):
        path = DOCUMENTS / f"shili-natural-resources-{year}.html"
        at.file_uploader(key="upload_files").upload(path.name, path.read_bytes())
        at.run(timeout=120)
        assert not at.exception
        texts.append("\n".join(element.value for element in at.markdown).replace("\\", ""))
    assert [SENTENCE in text for text in texts] == [False, True]
