"""A view in an address and back, and in words: nothing lost, nothing silent, never an exception."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.labels import LANGS, Labels
from ogi.library import Collection, Entry, Library, entry_from
from ogi.organs import organ_id
from ogi.report import Document, OrganName, Report
from ogi.view import (
    PAGES,
    View,
    ViewNotice,
    as_on,
    carries,
    describe,
    from_query,
    group_id,
    measures,
    resolve_collection,
    to_query,
    with_rest_of,
)
from ogi.view.sentence import told_by
from ogi.view.state import CHOICES, applicants

YEARS = st.integers(1900, 2099)
REGIONS = st.text(min_size=1, max_size=60).filter(lambda text: text == text.strip() and text.isprintable())


def several(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, max_size=6).map(tuple)


VIEWS = st.builds(
    View,
    **{
        name: st.sampled_from(CHOICES[name])
        for name in ("page", "lang", "collection", "scope", "basis", "values", "sort", "chart", "rows", "applicants", "order")
    },
    **{name: several(st.sampled_from(CHOICES[name])) for name in ("levels", "kinds", "only", "lines")},
    organs=several(st.from_regex(r"o[a-z2-7]{10}", fullmatch=True)),
    years=several(YEARS),
    baseline=st.none() | YEARS,
    applicant=st.sampled_from(applicants()),
    measure=st.sampled_from(measures()),
    regions=several(REGIONS),
    against=st.none() | st.sampled_from(measures()),
    bubble=st.none() | st.sampled_from(measures()),
    figures=several(st.sampled_from(measures())),
    where=several(
        st.builds(
            lambda key, rest: f"{key}:{rest}",
            st.sampled_from(measures()),
            st.sampled_from(["over:100", "under:5.5", "equals:0", "between:5:20", "missing"]),
        )
    ),
    groups=several(st.from_regex(r"g[a-z2-7]{10}", fullmatch=True)),
    children_of=st.none() | st.from_regex(r"o[a-z2-7]{10}", fullmatch=True),
    peers_of=st.none() | st.from_regex(r"o[a-z2-7]{10}", fullmatch=True),
    report=st.none() | st.from_regex(r"o[a-z2-7]{10}\.20[0-9]{2}\.(own|region_total|system_total|unknown)", fullmatch=True),
    cell=st.none() | st.sampled_from(["applications.received.total", "rules.issued"]),
    search=st.just("") | st.text(max_size=80).filter(lambda text: text == text.strip() and text.isprintable()),
    list_page=st.integers(1, 9_999),
)
NAMES = st.sampled_from(sorted(View.__dataclass_fields__)) | st.text(max_size=12)
VALUES = st.text(max_size=60) | st.sampled_from(
    ["2019-2023,2025", "2023-2019", "0-9999", "own", "total", "20l9", "２０２１", "2021\n", ","]
)


def query(view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in to_query(view):
        found.setdefault(name, []).append(value)
    return found


@settings(deadline=None)
@given(VIEWS)
def test_view_comes_back_from_its_address(view: View) -> None:
    assert from_query(query(view)) == (view, ())


@settings(deadline=None)
@given(VIEWS)
def test_view_comes_back_through_a_real_address(view: View) -> None:
    assert from_query(parse_qs(urlencode(to_query(view)), keep_blank_values=True)) == (view, ())


@settings(deadline=None)
@given(VIEWS, st.sampled_from(PAGES))
def test_page_named_by_the_address_is_not_written_again(view: View, page: str) -> None:
    pairs = dict(to_query(view, page=page))
    assert ("page" in pairs) == (view.page != page)
    assert (
        from_query({name: [value] for name, value in to_query(view, page=page) if name != "regions"}, page=page)[0].page
        == view.page
    )


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=6))
def test_any_query_gives_a_view_and_sentences(params: dict[str, list[str]]) -> None:
    view, notices = from_query(params)
    assert from_query(query(view)) == (view, ())
    for lang in LANGS:
        assert all(notice.text(Labels(lang)) for notice in notices)


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=1), max_size=4))
def test_what_is_not_applied_is_noticed(params: dict[str, list[str]]) -> None:
    view, notices = from_query(params)
    named = {str(notice.params["name"]) for notice in notices}
    for name, (value,) in params.items():
        kept = name in View.__dataclass_fields__ and (
            getattr(view, name) == getattr(View(), name) or name in dict(to_query(view))
        )
        assert kept or name in named or len(name) > 40 or not name.isprintable(), (name, value)


def test_default_view_has_an_empty_address() -> None:
    assert to_query(View()) == []


def test_address_is_sorted_compact_and_free_of_labels() -> None:
    view = View(
        lang="en",
        years=(2025, 2019, 2020, 2021, 2023),
        scope="own",
        organs=("obbbbbbbbbb", "oaaaaaaaaaa"),
        regions=("示例市", "甲区"),
    )
    assert to_query(view) == [
        ("lang", "en"),
        ("organs", "oaaaaaaaaaa,obbbbbbbbbb"),
        ("regions", "甲区"),
        ("regions", "示例市"),
        ("scope", "own"),
        ("years", "2019-2021,2023,2025"),
    ]


@pytest.mark.parametrize(
    ("params", "key", "shown"),
    [
        ({"colour": ["red"]}, "view.notice.unknown_parameter", {"name": "colour"}),
        ({"scope": ["everything"]}, "view.notice.unknown_value", {"name": "scope", "value": "everything"}),
        ({"organs": ["示例市财政局"]}, "view.notice.unknown_value", {"name": "organs", "value": "示例市财政局"}),
        ({"measure": ["applications.gone"]}, "view.notice.unknown_value", {"name": "measure", "value": "applications.gone"}),
        ({"years": ["20l9"]}, "view.notice.malformed_year", {"name": "years", "value": "20l9"}),
        ({"years": ["2023-2019"]}, "view.notice.malformed_year", {"name": "years", "value": "2023-2019"}),
        ({"baseline": ["last"]}, "view.notice.malformed_year", {"name": "baseline", "value": "last"}),
        ({"baseline": ["0021"]}, "view.notice.malformed_year", {"name": "baseline", "value": "0021"}),
        ({"organs": [""]}, "view.notice.unknown_value", {"name": "organs", "value": ""}),
        ({"report": ["o2.2024.own"]}, "view.notice.unknown_value", {"name": "report", "value": "o2.2024.own"}),
        ({"cell": ["applications.gone"]}, "view.notice.unknown_value", {"name": "cell", "value": "applications.gone"}),
        ({"list_page": ["0"]}, "view.notice.unknown_value", {"name": "list_page", "value": "0"}),
        ({"only": ["complete,good"]}, "view.notice.unknown_value", {"name": "only", "value": "good"}),
        ({"lang": ["en", "zh"]}, "view.notice.repeated", {"name": "lang", "value": "zh"}),
    ],
)
def test_each_kind_of_mistake_has_its_notice(params: dict, key: str, shown: dict) -> None:
    assert from_query(params)[1] == (ViewNotice(key=key, params=shown),)


def test_good_values_beside_bad_ones_are_applied() -> None:
    view, notices = from_query({"years": ["2021,abc,2023-2024"], "scope": ["nonsense", "own"]})
    assert (view.years, view.scope) == ((2021, 2023, 2024), "own")
    assert [notice.params["value"] for notice in notices] == ["nonsense", "abc"]


def test_long_or_unprintable_text_of_a_stranger_is_cut_before_it_is_shown() -> None:
    (notice,) = from_query({"scope": ["\u202e" + "x" * 500]})[1]
    assert notice.params["value"] == "�" + "x" * 39 + "…"


def test_view_refuses_values_outside_its_domain() -> None:
    with pytest.raises(ValueError, match="scope cannot be 'all of it'"):
        View(scope="all of it")  # type: ignore[arg-type]


def entry(name: str, year: int, collection: Collection) -> Entry:
    return entry_from(
        Report(
            document=Document(name=name, sha256=f"{name}{year}", media_type="text/html"),
            organ=OrganName(name=name, level="city", kind="department"),
            report_year=year,
            scope="own",
            tables={},
            cells={},
        ),
        (),
        collection,
    )


SAMPLES = [entry("示例市财政局", year, "fictional") for year in (2021, 2022, 2024)]
UPLOADS = [entry("宿迁市财政局", 2024, "uploads"), entry("示例市财政局", 2024, "uploads")]


def test_uploads_come_first_and_samples_step_back() -> None:
    assert resolve_collection(View(), Library.of(SAMPLES)) == "fictional"
    assert resolve_collection(View(), Library.of(SAMPLES + UPLOADS)) == "uploads"
    assert resolve_collection(View(collection="fictional"), Library.of(SAMPLES + UPLOADS)) == "fictional"
    assert resolve_collection(View(), Library()) == "fictional"


def test_link_to_samples_carries_everything() -> None:
    assert carries(View(collection="fictional", organs=(organ_id("示例市财政局"),)), Library.of(SAMPLES + UPLOADS)) == ()


def test_link_to_uploads_says_what_stays_behind() -> None:
    view = View(organs=(organ_id("宿迁市财政局"), organ_id("示例市财政局")))
    assert carries(view, Library.of(SAMPLES + UPLOADS)) == (
        ViewNotice(key="view.carries.uploads", params={"count": 2}),
        ViewNotice(key="view.carries.organs", params={"names": "宿迁市财政局", "count": 1}),
    )


def test_sentence_says_organs_years_scope_applicant_and_coverage() -> None:
    view = View(organs=(organ_id("示例市财政局"), "oaaaaaaaaaa"), applicant="natural_person", scope="own", baseline=2021)
    library = Library.of(SAMPLES)
    assert describe(view, Labels("zh"), library) == (
        "示例（虚构的示例市）；示例市财政局等2个机关；2021–2022、2024年度；机关本级口径；申请人：自然人；以2021年为基准；覆盖1/2个机关、3份报告。"
    )
    assert describe(View(years=(2022,)), Labels("en"), library) == (
        "Samples (a fictional city); all agencies; report year 2022; every scope; agencies covered: 1 of 1; reports: 1."
    )


def test_sentence_of_nothing_says_so() -> None:
    assert describe(View(), Labels("zh"), Library()).endswith("没有报告年度；全部口径；覆盖0/0个机关、0份报告。")


@settings(deadline=None)
@given(VIEWS)
def test_every_view_has_a_sentence_in_both_languages(view: View) -> None:
    library = Library.of(SAMPLES + UPLOADS)
    assert all(describe(view, Labels(lang), library) for lang in LANGS)
    assert describe(told_by(view), Labels("zh"), library) == describe(view, Labels("zh"), library)


def test_sentence_says_when_no_agency_of_the_link_is_here() -> None:
    sentence = describe(View(organs=("ozzzzzzzzzz",)), Labels("en"), Library())
    assert "the agencies of the link (1, none of them here)" in sentence


def test_a_page_leaves_out_of_its_address_what_means_nothing_to_it() -> None:
    view = View(years=(2024,), report="oaaaaaaaaaa.2024.own", cell="applications.received.total", search="财政", list_page=3)
    assert as_on(view, "overview") == View(years=(2024,))
    assert as_on(view, "reports") == View(years=(2024,), search="财政", list_page=3)
    assert as_on(view, "report") == View(years=(2024,), report="oaaaaaaaaaa.2024.own", cell="applications.received.total")
    assert with_rest_of(view, View(report="obbbbbbbbbb.2020.own"), "report").search == "财政"


def test_sentence_says_conditions_and_definition_only_where_they_hold() -> None:
    view = View(page="agencies", where=("applications.received.total:over:100",), measure="I05_full_grant_rate")
    library = Library.of(SAMPLES)
    said = describe(view, Labels("zh"), library)
    assert "条件：" in said
    assert "大于 100" in said
    assert "公开率口径：只算全部公开 ÷ 办结总数" in said
    elsewhere = describe(View(page="overview", where=view.where, measure=view.measure), Labels("zh"), library)
    assert "条件" not in elsewhere
    assert "口径：" not in elsewhere


def test_sentence_of_one_agency_does_not_count_one_of_one() -> None:
    said = describe(View(organs=(organ_id("示例市财政局"),)), Labels("zh"), Library.of(SAMPLES))
    assert "1/1" not in said
    assert said.endswith("3份报告。")


def test_sentence_calls_a_named_group_by_its_name() -> None:
    organs = (organ_id("示例市财政局"), "oaaaaaaaaaa")
    said = describe(View(organs=organs), Labels("zh"), Library.of(SAMPLES), {group_id(organs): "两个局"})
    assert "两个局（2个机关）" in said
