"""Searching the prose: every stored section is found by any of its words, and only by those; on both databases."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa

from ogi.labels import Labels
from ogi.organs import describe_organ, organ_id
from ogi.report import NarrativeSection
from ogi.store import schema
from ogi.store import search as searching
from ogi.store.accepting import accept
from ogi.store.deleting import delete
from ogi.store.location import Location
from ogi.store.records import open_records
from ogi.store.search import SearchFilter, index_pending, pending, search
from ogi.store.sentences import best_sentence

TEXTS = {
    ("示例市教育局", 2023): ("全年主动公开信息128条。公开栏更新3次。", "存在的问题：人手不足；培训不够。"),
    ("示例市教育局", 2024): ("全年主动公开信息140条，其中招生考试信息35条。", "培训不够，下一步加强培训。"),
    ("示例市公安局", 2024): ("办理户籍、招生考试等便民事项。 100%_按时答复。", "Open Government 平台升级。"),
}


@pytest.fixture
def stored(records, paper, make_report, act) -> dict[tuple[str, int], int]:
    """Three reports with two sections of prose each, not yet in the index."""
    found: dict[tuple[str, int], int] = {}
    with records.writing() as c:
        for (name, year), (first, last) in TEXTS.items():
            prose = (
                NarrativeSection(section="s1", title="一、总体情况", text=first),
                NarrativeSection(section="s5", title="五、存在的主要问题及改进情况", text=last),
            )
            report = msgspec.structs.replace(make_report(year=year, organ=describe_organ(name)), narrative=prose)
            found[name, year] = accept(c, paper(report, f"{name}{year}"), act).report_id
    return found


@pytest.fixture(params=["stored", "indexed"])
def library(request: pytest.FixtureRequest, records, stored):
    """The same, before and after the passages got into the index."""
    if request.param == "indexed":
        assert index_pending(records) == 0
    return records


def hits(records, text: str, **wanted) -> list[tuple[str, int, str]]:
    with records.reading() as c:
        return [(h.organ_name, h.report_year, h.section) for h in search(c, text, SearchFilter(**wanted)).hits]


EDU, POLICE = "示例市教育局", "示例市公安局"


FOUND = {
    "招生考试": [(POLICE, 2024, "s1"), (EDU, 2024, "s1")],
    "培训": [(EDU, 2024, "s5"), (EDU, 2023, "s5")],  # twice in 2024
    "训": [(EDU, 2024, "s5"), (EDU, 2023, "s5")],
    "主动公开 招生": [(EDU, 2024, "s1")],
    "主动公开信息 128": [(EDU, 2023, "s1")],
    "open government": [(POLICE, 2024, "s5")],
    "100%_按": [(POLICE, 2024, "s1")],
    "0%按时": [],
    "0__按时": [],
    "没有这句话": [],
    "   ": [],
}


def test_words_are_found_in_every_section(library) -> None:
    assert {text: hits(library, text) for text in FOUND} == FOUND


def test_search_is_narrowed_by_organ_year_and_section(library) -> None:
    assert hits(library, "招生考试", organ_ids=[organ_id(EDU)]) == [(EDU, 2024, "s1")]
    assert hits(library, "公开", years=[2023]) == [(EDU, 2023, "s1")]
    assert hits(library, "培训", sections=["s1"]) == []
    assert hits(library, "培训", scopes=["region_total"]) == []


def test_answer_shows_the_sentence_and_the_place_of_the_word(library) -> None:
    with library.reading() as c:
        (hit,) = search(c, "更新", SearchFilter(years=[2023])).hits
    assert (hit.sentence, hit.places, hit.times) == ("公开栏更新3次。", ((3, 5),), 1)
    assert hit.key == f"{organ_id(EDU)}.2023.own"


def test_answer_comes_in_pages(library) -> None:
    with library.reading() as c:
        pages = [search(c, "公开信息", offset=offset, limit=1) for offset in (0, 1, 2)]
    assert [page.total for page in pages] == [2, 2, 2]
    assert [[hit.report_year for hit in page.hits] for page in pages] == [[2024], [2023], []]


def test_short_words_say_that_text_was_read_through(library) -> None:
    with library.reading() as c:
        assert "short_word" in search(c, "培训").notes
        assert "short_word" not in search(c, "培训不够").notes
    assert "一两个字" in Labels("zh")("search.note.short_word")


def test_deleted_reports_are_not_found(library, stored, act) -> None:
    with library.writing() as c:
        delete(c, stored[EDU, 2024], act, None)
    assert hits(library, "招生考试") == [(POLICE, 2024, "s1")]
    assert hits(library, "培训") == [(EDU, 2023, "s5")]


def test_new_version_is_found_by_its_own_words_only(library, paper, make_report, act) -> None:
    prose = (NarrativeSection(section="s1", title="一、总体情况", text="全年发布信息九百条。"),)
    report = msgspec.structs.replace(make_report(year=2024, organ=describe_organ(EDU)), narrative=prose)
    with library.writing() as c:
        accept(c, paper(report, "另一份"), act)
    assert hits(library, "发布信息九百") == [(EDU, 2024, "s1")]
    assert hits(library, "招生考试") == [(POLICE, 2024, "s1")]
    index_pending(library)
    assert hits(library, "发布信息九百") == [(EDU, 2024, "s1")]


def test_index_holds_every_passage_after_it_was_filled(library) -> None:
    index_pending(library)
    with library.reading() as c:
        assert pending(c) == 0
        if library.is_sqlite:
            assert "read_directly" not in search(c, "培训不够").notes
            c.execute(sa.text("INSERT INTO passage_index (passage_index) VALUES ('integrity-check')"))


def test_more_than_can_be_ranked_is_said(library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_CANDIDATES", 1)
    with library.reading() as c:
        page = search(c, "招生考试")
    assert (page.total, "only_newest" in page.notes) == (1, True)
    monkeypatch.setattr(searching, "MOST_READ", 2)
    with library.reading() as c:
        assert "read_in_part" in search(c, "培训").notes


@pytest.fixture
def on_postgresql(postgresql, empty_postgresql, tmp_path):
    """Empty records on PostgreSQL."""
    found = open_records(Location.of(tmp_path / "data", postgresql.database(empty_postgresql)))
    yield found
    found.close()


def test_postgresql_without_the_extension_finds_the_same(on_postgresql, paper, make_report, act) -> None:
    prose = (NarrativeSection(section="s1", title="一、总体情况", text="招生考试信息35条。"),)
    report = msgspec.structs.replace(make_report(organ=describe_organ(EDU)), narrative=prose)
    with on_postgresql.writing() as c:
        accept(c, paper(report), act)
        assert search(c, "招生考试").notes == ()
        c.execute(sa.text("DROP INDEX passage_index"))
        page = search(c, "招生考试")
    assert ([hit.organ_name for hit in page.hits], page.notes) == ([EDU], ("no_index",))


def test_postgresql_uses_the_index(on_postgresql) -> None:
    passages = schema.passages
    with on_postgresql.writing() as c:
        c.execute(sa.text("SET LOCAL enable_seqscan = off"))
        query = sa.select(passages.c.passage_id).where(passages.c.text.icontains("招生考试", autoescape=True))
        plan = c.execute(sa.text(f"EXPLAIN {query.compile(c, compile_kwargs={'literal_binds': True})}".replace("%%", "%")))
        assert "passage_index" in "\n".join(row[0] for row in plan)


def test_long_sentence_is_cut_around_the_word() -> None:
    found = best_sentence("甲" * 300 + "招生" + "乙" * 300 + "。", ["招生"])
    ((start, end),) = found.places
    assert found.sentence[start:end] == "招生"
    assert found.sentence.startswith("…甲")
    assert found.sentence.endswith("乙…")
    assert len(found.sentence) == 162


def test_sentence_with_most_of_the_words_is_shown() -> None:
    found = best_sentence("培训一次。\n加强招生培训。招生。", ["招生", "培训"])
    assert (found.sentence, found.places, found.words, found.times) == ("加强招生培训。", ((2, 4), (4, 6)), 2, 4)


def test_word_over_the_end_of_a_sentence_is_shown_with_its_text() -> None:
    found = best_sentence("公开。办理情况", ["开。办"])
    assert (found.sentence, found.places) == ("公开。办理情况", ((1, 4),))
