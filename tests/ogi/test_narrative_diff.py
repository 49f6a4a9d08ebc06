"""The prose of two years side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ogi.narrative_diff import Piece, compare_narratives, words, words_compared
from ogi.report import NarrativeSection

MANAGEMENT = "落实公文公开属性源头认定，拟制公文时同步确定公开属性，发布前履行保密审查。"
PLATFORM = "优化网站公开专栏的层级和检索，常用栏目前移到首屏；政务新媒体实行集约管理。"
TRAINING = "政务公开列入年度考核，主要负责同志听取专题汇报三次，举办业务培训一期。"


def section(name: str, *paragraphs: str, title: str = "标题") -> NarrativeSection:
    return NarrativeSection(section=name, title=title, text="\n".join(paragraphs))


def test_number_with_decimals_and_percent_is_one_word() -> None:
    assert words_compared("同比增长12.5%。", "同比增长13.5%。") == (
        Piece("same", "同比增长"),
        Piece("removed", "12.5%"),
        Piece("added", "13.5%"),
        Piece("same", "。"),
    )


def test_chinese_is_compared_by_words_and_not_by_characters() -> None:
    """人民政府 against 人民法院 shares two characters; shown as 人民 + 政府→法院 it would be right, as 人|民 it would not."""
    pieces = words_compared("本机关没有收取费用", "本机关没有减免费用")
    assert pieces == (
        Piece("same", "本机关没有"),
        Piece("removed", "收取"),
        Piece("added", "减免"),
        Piece("same", "费用"),
    )


@given(st.text(alphabet="公开政府信息12.%，。 \nab", max_size=60), st.text(alphabet="公开政府信息12.%，。 \nab", max_size=60))
def test_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = words_compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(st.text(max_size=80))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


def test_same_prose_is_all_the_same() -> None:
    (found,) = compare_narratives([section("s1", MANAGEMENT, PLATFORM)], [section("s1", MANAGEMENT, PLATFORM)])
    assert found.similarity == 1.0
    assert [paragraph.change for paragraph in found.paragraphs] == ["same", "same"]
    assert not any(paragraph.has_moved for paragraph in found.paragraphs)


def test_paragraph_that_moved_within_its_section_is_moved_and_nothing_else() -> None:
    before = [section("s1", MANAGEMENT, PLATFORM, TRAINING)]
    (found,) = compare_narratives(before, [section("s1", TRAINING, MANAGEMENT, PLATFORM)])
    assert [(p.change, p.has_moved) for p in found.paragraphs] == [("same", True), ("same", False), ("same", False)]


def test_paragraph_in_another_section_is_listed_where_it_stands_now() -> None:
    first, second = compare_narratives(
        [section("s1", MANAGEMENT, PLATFORM), section("s5", TRAINING)],
        [section("s1", MANAGEMENT), section("s5", TRAINING, PLATFORM)],
    )
    assert [p.change for p in first.paragraphs] == ["same"]
    moved = second.paragraphs[1]
    assert (moved.change, moved.has_moved, moved.section_before, moved.section_after) == ("same", True, "s1", "s5")


def test_changed_figure_leaves_one_changed_paragraph() -> None:
    (found,) = compare_narratives(
        [section("s1", "全年共收到政府信息公开申请134件，均已按期答复。")],
        [section("s1", "全年共收到政府信息公开申请151件，均已按期答复。")],
    )
    (paragraph,) = found.paragraphs
    assert paragraph.change == "changed"
    assert [piece for piece in paragraph.pieces if piece.kind != "same"] == [Piece("removed", "134"), Piece("added", "151")]


def test_same_heading_pairs_paragraphs_that_say_different_things() -> None:
    (found,) = compare_narratives(
        [section("s1", "（三）政府信息管理。" + MANAGEMENT)],
        [section("s1", "（三）政府信息管理。建立台账，做到底数清楚、状态准确。")],
    )
    assert [p.change for p in found.paragraphs] == ["changed"]


def test_different_passages_are_one_gone_and_one_new() -> None:
    (found,) = compare_narratives([section("s5", MANAGEMENT)], [section("s5", "本年度没有收取信息处理费。")])
    assert [p.change for p in found.paragraphs] == ["added", "removed"]


def test_section_of_one_year_only_has_no_similarity() -> None:
    first, second = compare_narratives([section("s1", MANAGEMENT), section("s6", TRAINING)], [section("s1", MANAGEMENT)])
    assert first.similarity == 1.0
    assert (second.section, second.similarity, second.title_after) == ("s6", None, None)
    assert [p.change for p in second.paragraphs] == ["removed"]


def test_removed_paragraph_stands_behind_the_one_it_followed() -> None:
    (found,) = compare_narratives([section("s1", MANAGEMENT, PLATFORM, TRAINING)], [section("s1", MANAGEMENT, TRAINING)])
    assert [p.change for p in found.paragraphs] == ["same", "removed", "same"]


def test_white_space_and_width_are_no_change() -> None:
    (found,) = compare_narratives([section("s1", "共 收到申请１３４件。")], [section("s1", "共收到申请134件。")])
    assert [p.change for p in found.paragraphs] == ["same"]
