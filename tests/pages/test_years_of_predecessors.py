"""Years of an agency that was renamed, merged or split off. Figures are those keyed in below; sums and changes by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from streamlit.testing.v1 import AppTest

from ogi.brief.paper import years_html
from ogi.form import load_form
from ogi.keyed import keyed_report
from ogi.organs import organ_id
from ogi.shares.share import Draft
from ogi.store.accepting import accept_many
from ogi.store.act import Act
from ogi.store.organs import LinkKind, link
from ogi.store.prepared import prepare
from ogi.view import View
from pages.parts import brief_files, years_files

Visit = Callable[..., AppTest]
EDUCATION, COMMITTEE, WATER, SPORTS = "示例市教育局", "示例市教育委员会", "示例市水利局", "示例市体育局"
EDU = organ_id(EDUCATION)
RECEIVED, GRANTED, RESULT = (f"applications.{row}.total" for row in ("received", "granted", "result_total"))
NEW = "一、本年新收政府信息公开申请数量"


def keep(*reports: tuple[str, int, int], links: tuple[tuple[str, LinkKind], ...]) -> None:
    """Store reports of agency, year and new applications; the education bureau followed the others from 2023 on."""
    from pages.parts.store import change

    edition = load_form().editions["gf2021"]
    prepared = []
    for name, year, received in reports:
        values = dict.fromkeys(edition.cells, "0") | {RECEIVED: str(received), GRANTED: str(received), RESULT: str(received)}
        prepared.append(prepare(keyed_report(edition, values, organ=name, year=year, scope="own"), None, origin="keyed"))
    act = Act(by="test", why="机构改革")

    def make(connection) -> None:
        accept_many(connection, prepared, act)
        for before, kind in links:
            link(connection, organ_id(before), EDU, kind, first_year=2023, act=act)

    change(make)


def table(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def row(html: str, label: str) -> list[str]:
    (line, *_) = re.findall(rf"<th[^>]*>{re.escape(label)}</th>(.*?)</tr>", html, re.DOTALL)
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL)]


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.subheader)).replace("\\", "")


def document(at: AppTest):
    """What goes into the files of the comparison on the page."""
    stage = at.session_state["stage"]
    lineage = years_files.lineage_of(stage, EDU, "own")
    years = years_files.years_of(stage, EDU, "own", lineage)
    return stage, years_files.compare(stage, EDU, "own", years, (2022, 2023), lineage=lineage)


YEARS = f"collection=library&focus_organ={EDU}&focus_year=2023&baseline=2022"


def test_renamed_agency_goes_on_with_the_figures_of_its_predecessor_on_screen_and_in_every_file(visit: Visit) -> None:
    keep((COMMITTEE, 2021, 80), (COMMITTEE, 2022, 100), (EDUCATION, 2023, 130), links=((COMMITTEE, "renamed"),))
    at = visit("years", YEARS)
    # 130 − 100 = 30, of 100 that is 30 %
    assert row(table(at), NEW)[:5] == ["80", "100", "130", "+30", "+30.0%"]
    assert f'2022<span class="w">前身：{COMMITTEE}</span>' in table(at)
    sentence = f"2021–2022年的数字出自前身{COMMITTEE}（更名）。"
    assert sentence in said(at)

    stage, compared = document(at)
    csv = years_files.csv_of(years_files._table(compared, stage.labels)).decode("utf-8-sig")
    assert "2022年数字出自" in csv.splitlines()[0]
    assert all(f"前身：{COMMITTEE}" in line and sentence in line for line in csv.splitlines()[1:])
    content = years_files.content_of(stage, compared)
    assert sentence in years_html(content, stage.labels)
    every = [EDU, organ_id(COMMITTEE)]
    archive = ZipFile(BytesIO(years_files.archive_of(years_files._documents(stage, every, compared))))
    assert [name for name in archive.namelist() if EDUCATION in name] == [f"{EDUCATION}_2022_2023.docx"]
    word = Document(BytesIO(archive.read(f"{EDUCATION}_2022_2023.docx")))
    assert sentence in [paragraph.text for paragraph in word.paragraphs]
    assert any(f"2022 前身：{COMMITTEE}" in cell.text for cell in word.tables[0].rows[0].cells)


def test_agency_merged_of_two_is_compared_with_their_sum_with_care(visit: Visit) -> None:
    keep(
        (COMMITTEE, 2021, 80), (COMMITTEE, 2022, 100), (SPORTS, 2022, 25), (EDUCATION, 2023, 150),
        links=((COMMITTEE, "merged"), (SPORTS, "merged")),
    )  # fmt: skip
    at = visit("years", YEARS)
    # 2021: only one of the two reported. 2022: 100 + 25 = 125; 150 − 125 = 25, of 125 that is 20 %
    assert row(table(at), NEW)[:5] == ["80（1/2）", "125", "150", "+25※", "+20.0%"]
    assert "前身合计（1/2）" in table(at)
    assert f"2021年有1/2个机关的报告，缺{SPORTS}：合计不完整" in said(at)
    assert "比较须谨慎" in said(at)
    assert "不对比文字" in said(at)
    at = visit("years", YEARS.replace("2022", "2021"))
    assert row(table(at), NEW)[3] == "前身不全"


def test_agency_split_off_is_shown_beside_its_predecessor_and_not_joined(visit: Visit) -> None:
    keep((COMMITTEE, 2022, 100), (EDUCATION, 2023, 60), links=((COMMITTEE, "split"),))
    at = visit("years", YEARS)
    assert row(table(at), NEW)[:4] == ["100", "60", "分立", "–"]
    assert 'class="x"' in table(at)
    assert f"2022年的数字是分立前{COMMITTEE}的，其中只有一部分归入{EDUCATION}" in said(at)
    assert "不作连线对比" in said(at)
    assert "两年之间没有可比的变化" in said(at)


def test_page_of_the_agency_tells_what_changed_since_its_predecessor(visit: Visit) -> None:
    keep((COMMITTEE, 2022, 100), (EDUCATION, 2023, 130), (WATER, 2023, 5), links=((COMMITTEE, "renamed"),))
    at = visit("agency", f"collection=library&focus_organ={EDU}")
    assert f"2022年的数字出自前身{COMMITTEE}（更名）。" in said(at)
    assert "100 → 130，+30（+30.0%）" in said(at)


def headline(at: AppTest) -> tuple[str, str]:
    (found,) = [(metric.value, metric.delta) for metric in at.metric if metric.label == "新收申请"]
    return found


def test_headline_and_brief_of_a_renamed_agency_go_on_from_its_predecessor(visit: Visit) -> None:
    keep((COMMITTEE, 2021, 80), (COMMITTEE, 2022, 100), (EDUCATION, 2023, 130), links=((COMMITTEE, "renamed"),))
    at = visit("agency", f"collection=library&focus_organ={EDU}")
    assert headline(at) == ("130", "+30 (+30.0%)")
    sentence = f"2021–2022年的数字出自前身{COMMITTEE}（更名）。"
    stage = at.session_state["stage"]
    brief = brief_files.made(brief_files._told(stage, EDU, 2022, 2023), EDU)
    assert sentence in brief.scope_note
    assert "100" in brief.headline[0].text
    assert brief.headline[0].change == "+30件（+30.0%）"
    workload = brief.charts[0]
    assert (workload.categories, workload.series[0].values) == (("2021", "2022", "2023"), (80, 100, 130))
    assert brief.tables is not None
    assert brief.tables.heads == {2022: f"前身：{COMMITTEE}"}
    subject = visit("applications", f"collection=library&focus_organ={EDU}")
    assert sentence in said(subject)


def test_headline_of_a_merged_agency_is_set_against_the_sum_of_those_before_it_with_care(visit: Visit) -> None:
    both: tuple[tuple[str, LinkKind], ...] = ((COMMITTEE, "merged"), (SPORTS, "merged"))
    keep((COMMITTEE, 2021, 80), (COMMITTEE, 2022, 100), (SPORTS, 2022, 25), (EDUCATION, 2023, 150), links=both)
    at = visit("agency", f"collection=library&focus_organ={EDU}")
    assert headline(at) == ("150", "+25 (+20.0%)")  # 150 - (100 + 25)
    assert "机关由几个前身合并，可对照但需谨慎" in said(at)
    stage = at.session_state["stage"]
    brief = brief_files.made(brief_files._told(stage, EDU, 2022, 2023), EDU)
    assert "谨慎比较" in brief.headline[0].text
    # 2021 lacks one of the two and is a gap, never the part that is there
    assert brief.charts[0].series[0].values == (None, 125, 150)
    assert headline(visit("agency", f"collection=library&focus_organ={EDU}&baseline=2021")) == ("150", "上年前身不全，不作比较")


def test_headline_of_an_agency_split_off_says_no_change(visit: Visit) -> None:
    keep((COMMITTEE, 2022, 100), (EDUCATION, 2023, 60), links=((COMMITTEE, "split"),))
    at = visit("agency", f"collection=library&focus_organ={EDU}")
    assert headline(at) == ("60", "由前身分立，不作比较")


def test_first_year_chosen_is_set_against_the_next_one(visit: Visit) -> None:
    keep((EDUCATION, 2022, 100), (EDUCATION, 2023, 130), links=())
    at = visit("years", f"collection=library&focus_organ={EDU}&focus_year=2022")
    assert row(table(at), NEW)[2] == "−30"  # 100 − 130


def test_reader_of_a_link_sees_the_predecessor_that_was_shared_with_it_and_no_other(visit: Visit, monkeypatch) -> None:
    from ogi.shares.grant import Grant, shared_view
    from ogi.shares.token import cookie_name, pass_of
    from ogi.store.shares import make_share
    from pages.parts import granted
    from pages.parts.lineage import with_predecessors
    from pages.parts.store import change
    from pages.parts.uploads import session_library

    keep((COMMITTEE, 2022, 100), (EDUCATION, 2023, 130), (WATER, 2023, 5), links=((COMMITTEE, "renamed"),))
    asked = View(page="agency", collection="library", organs=(EDU,), focus_organ=EDU)
    assert with_predecessors(asked).organs == tuple(sorted((EDU, organ_id(COMMITTEE))))
    held: dict[str, str] = {}
    monkeypatch.setattr(granted, "_cookie", lambda name: held.get(name, ""))
    shown = {}
    for view in (with_predecessors(asked), asked):
        grant = Grant.of(shared_view(view, session_library()))
        token, share = change(lambda c, grant=grant: make_share(c, Draft(query=grant.written()), Act(by="test")))
        held[cookie_name(share.code)] = pass_of(token, share.passcode_hash)
        shown[view] = visit("agency", f"share={share.code}&focus_organ={EDU}")
    whole, alone = shown.values()
    assert headline(whole) == ("130", "+30 (+30.0%)")
    assert f"2022年的数字出自前身{COMMITTEE}（更名）" in said(whole)
    assert headline(alone)[0] == "130"
    assert COMMITTEE not in said(alone)
