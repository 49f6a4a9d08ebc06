"""On a shared server who only reads is shown what stands and nothing that would change it; and every change is refused anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from loaders.read import read_report
from ogi.access.roles import PUBLIC_READER, STRANGER, Visitor
from ogi.exchange.population_table import Population
from ogi.labels import Labels
from ogi.organs import describe_organ, organ_id
from ogi.shares.grant import Grant
from ogi.shares.share import Draft
from ogi.store import groups
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.audit import mark
from ogi.store.conclusions import place_name
from ogi.store.corrections import correct
from ogi.store.decisions import decide
from ogi.store.deleting import delete
from ogi.store.expected import organs_with_reports, replace_list
from ogi.store.location import StoreError
from ogi.store.organs import link
from ogi.store.populations import listed, put
from ogi.store.prepared import Prepared, prepare
from ogi.store.register import add_organs
from ogi.store.reports import stored
from ogi.store.shares import make_share
from ogi.view import PAGES, View
from pages.parts import sample_library
from pages.parts import visitor as of_visitor
from tests.pages.conftest import FRAME

DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
LAND, EDUCATION = organ_id("示例市自然资源和规划局"), organ_id("示例市教育局")
READER = Visitor(name="王五", role="reader")
EDITOR = Visitor(name="李四", role="editor")
LIMITED = Visitor(name="赵六", role="editor", organs=(LAND,))
ACT = Act(by="李四", why="核对原件")
CELL = "applications.received.total"
ALLOWED = (
    # the frame: language, filters, the file and the brief of what is shown
    "filter_(?!.*file).*|clear_filters|organ_search|forget_notices|chart_clicks|share|sharing|reset_view|picker",
    "share_open|share_title|share_note|share_file|brief_files|brief_.*",
    # looking: what is shown of it, and the ways from one page to another
    "csv_.*|file_.*|table_.*|see_.*|compare_report|report_tabs|version_other|version_cells|next_doubt|close_cell",
    "download_document|report_search|only|desk_(by|list|matrix_.*|open|previous|next|close|return_list)|other_.*|clear_focus_.*",
    "finding_\\d|stored_.*|return_(which|deadline|contact)",
    "expected_(list|year|csv|text|matrix)|populations_\\d+|populations_download|close_organ|organ_reports|organ_register",
    "consolidation_.*",
    "methodology_search|save_picture|where|desk_extent_.*|desk_texts|compare_desk|drawn_as|(chart|data|plot|csv|headline)_.*",
    # boxes around others, and lists of links
    "dialog .*|page_links|visitor|report_(actions|badges|list)|desk_repair|search_hits",
    "side_panel.*|empty_.*|standing_\\d+|opening",
    # a draft is read for the session alone
    "self_check_draft|self_check_before",
)
"""Keys of the widgets somebody who only reads may be shown; all others change something."""


@pytest.fixture
def no_samples(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is shown comes from the library alone, which is quicker."""
    monkeypatch.setattr(sample_library, "sample_documents", lambda: ())
    sample_library.sample_library.cache_clear()
    yield
    sample_library.sample_library.cache_clear()


@pytest.fixture
def kept(fresh_store: Path) -> str:
    """A library in which there is something to take back on every page; the key of a report with a finding."""
    from pages.parts.store import change

    def fill(connection: Any) -> str:
        first = accept(connection, _prepared("shili-natural-resources-2023.html"), ACT)
        accept(connection, _prepared("shili-natural-resources-2022.pdf"), ACT)
        gone = accept(connection, _prepared("shili-office-2023.pdf"), ACT)
        key, number = first.key, first.report_id
        delete(connection, gone.report_id, ACT, None)
        accept(connection, _prepared("shili-natural-resources-2023.html", changed=True), ACT)
        correct(connection, number, CELL, kind="misread", value=7, act=ACT, changes=None)
        finding = stored(connection, number).findings[0]
        decide(connection, number, finding, "confirmed", act=ACT)
        replace_list(connection, "市直", organs_with_reports(connection), ACT)
        add_organs(connection, {EDUCATION: describe_organ("示例市教育局", year=2023)}, ACT)
        link(connection, EDUCATION, LAND, "renamed", first_year=2023, act=ACT)
        put(connection, [Population(region_code="321300", year=2023, people=4_900_000, source="公报")], ACT)
        groups.name_group(connection, "两家", (LAND, EDUCATION), ACT)
        make_share(connection, Draft(query=Grant.of(View(collection="library")).written(), title="月报"), ACT)
        return key

    return change(fill)


@cache
def _prepared(name: str, *, changed: bool = False) -> Prepared:
    """A sample read once; ``changed``: with another number, as a second version."""
    data = (DOCUMENTS / name).read_bytes()
    data = data.replace(b"516", b"519", 1) if changed else data
    return prepare(read_report(data, name), data)


def widgets(at: AppTest) -> set[str]:
    """The keys of all widgets on a page; of one without a key what it is and says."""
    found: set[str] = set()

    def walk(block: Any) -> None:
        for child in getattr(block, "children", {}).values():
            number = re.search(r'\bid: "\$\$ID-[0-9a-f]+-([^"]*)"', str(child.proto)) if hasattr(child, "proto") else None
            if number is not None and child.type != "container":
                found.add(number[1] if number[1] != "None" else f"{child.type} " + " ".join(str(child.proto).split())[:60])
            walk(child)

    walk(at._tree)
    return found


def test_who_only_reads_finds_nothing_that_changes_anything_on_any_page(
    kept: str, monkeypatch: pytest.MonkeyPatch, no_samples: None
) -> None:
    monkeypatch.setattr(of_visitor, "_found", lambda records: PUBLIC_READER)
    from pages.parts.store import look

    place = place_name(next(iter(look(lambda c: stored(c, 1)).findings)))
    tabs = ("versions", "identity", "history")
    queries = {
        "reports": [{"only": "deleted"}],
        "report": [{"report": kept, "tab": tab} for tab in tabs] + [{"report": kept, "cell": CELL}],
        "checks": [{"collection": "library", "report": kept, "finding": place}],
        "search": [{"search": "公开"}],
        "organs": [{"focus_organ": LAND}],
    }
    before, at, acting = look(mark), AppTest.from_file(FRAME, default_timeout=60).run(), {}
    at.sidebar.button(key="share_open").click().run()
    for page in PAGES:
        for query in queries.get(page, [{}]):
            _turn(at, page, query)
            assert not at.exception
            found = {key for key in widgets(at) if not any(re.fullmatch(allowed, key) for allowed in ALLOWED)}
            acting[page] = acting.get(page, set()) | found
            assert not any(Labels("zh")("reports.bring_back") in str(part.proto) for part in at.get("bidi_component"))
    assert {page: found for page, found in acting.items() if found} == {}
    assert tuple(acting) == PAGES
    assert look(mark) == before


@pytest.mark.parametrize(
    ("page", "query", "button"),
    [
        ("report", "report={key}", "delete_now"),
        ("report", "report={key}&cell=" + CELL, "undo_1"),
        ("expected", "", "expected_from_library"),
        ("overview", "collection=library", "share_make"),
        ("share", "", "revoke_1"),
    ],
)
def test_a_button_drawn_before_somebody_became_a_reader_does_nothing(
    kept: str, monkeypatch: pytest.MonkeyPatch, no_samples: None, page: str, query: str, button: str
) -> None:
    monkeypatch.setattr(of_visitor, "_found", lambda records: EDITOR)
    from pages.parts.store import look

    at = AppTest.from_file(FRAME, default_timeout=60).run()
    _turn(at, page, dict(parse_qsl(query.format(key=kept))))
    if button == "share_make":
        at.sidebar.button(key="share_open").click().run()
    for field in at.text_input:
        field.set_value("市直")
    at.run()
    before = look(mark)
    monkeypatch.setattr(of_visitor, "_found", lambda records: READER)
    pressed = at.button(key=button)
    assert not pressed.disabled
    pressed.click().run()
    assert not at.exception
    assert look(mark) == before
    if page not in ("overview", "share"):  # the panel says so inside, and the list of links is gone
        assert any("不能做这项改动" in error.value for error in at.error)


@pytest.mark.parametrize("who", [READER, PUBLIC_READER, STRANGER], ids=["reader", "public", "stranger"])
def test_every_change_and_bulk_reading_are_refused_to_who_only_reads(
    fresh_store: Path, monkeypatch: pytest.MonkeyPatch, who: Visitor
) -> None:
    from pages.parts.store import change, look, store_for_bulk

    monkeypatch.setattr(of_visitor, "_found", lambda records: who)
    with pytest.raises(StoreError, match="not_allowed"):
        change(lambda c: put(c, [Population(region_code="321300", year=2023, people=1, source="公报")], ACT))
    with pytest.raises(StoreError, match="not_allowed"):
        store_for_bulk()
    assert look(listed) == []


def test_bulk_reading_and_the_register_are_not_for_an_editor_of_some_organs(
    kept: str, monkeypatch: pytest.MonkeyPatch, no_samples: None
) -> None:
    from pages.parts.store import store_for_bulk

    monkeypatch.setattr(of_visitor, "_found", lambda records: LIMITED)
    with pytest.raises(StoreError, match="not_allowed"):
        store_for_bulk()
    at = AppTest.from_file(FRAME, default_timeout=60).run()
    for page, query, hidden in (
        ("upload", {}, "upload_background"),
        ("organs", {"focus_organ": LAND}, "organs_file"),
        ("expected", {}, "expected_from_library"),
        ("report", {"report": kept, "tab": "identity"}, "merge_now"),
    ):
        _turn(at, page, query)
        assert not at.exception
        assert hidden not in widgets(at)
    assert "delete_now" in widgets(at)


def test_pages_write_only_where_the_visitor_is_asked_about() -> None:
    """``groups.py`` keeps what a long link needs, and asks on its own."""
    writing = re.compile(r"\.writing\(\)|\b(?:start|stop)_job\(store\(\)")
    found = {path.name for path in FRAME.parent.parent.rglob("*.py") if writing.search(path.read_text(encoding="utf-8"))}
    assert found == {"store.py", "groups.py"}


def _turn(at: AppTest, page: str, query: dict[str, str]) -> None:
    """Go to another page by its address, in the same session."""
    at.switch_page(f"../{page}.py")
    at.session_state["report_tabs"] = Labels("zh")(f"report.tab.{query.get('tab', 'versions')}")
    for key in ("view", "address_page", "address_written", "address_notices"):
        if key in at.session_state:
            del at.session_state[key]
    at.query_params.clear()
    for name, value in query.items():
        if name != "tab":
            at.query_params[name] = value
    at.run()
