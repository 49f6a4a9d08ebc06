"""Labels in one spelling: all differences here were met in real reports."""

from __future__ import annotations

import pytest

from loaders.normalise import caption_key, label_key, label_keys, plain


@pytest.mark.parametrize(
    "printed",
    [
        "总计",
        "总 计",
        "（七）总计",
        "(七) 总计",
        "总\u200b计",
        "总\n计",
        "總計",
        "7.总计",
        "7．总计",
        "7、总计",
        "⑦总计",
        "七、总计",
        "（7）总计：",
    ],
)
def test_spellings_of_one_label_have_one_key(printed):
    assert label_key(printed) == "总计"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("⼀、本年新收", "一、本年新收"),
        ("⺠政", "民政"),
        ("⻚数", "页数"),
        ("⾏政⽂件", "行政文件"),
        ("規範性檔案", "规范性档案"),
    ],
)
def test_radicals_and_traditional_characters_become_ordinary_ones(printed, words):
    assert plain(printed) == words


def test_quotes_brackets_and_commas_do_not_distinguish_labels():
    assert label_key("3.危及“三安全一稳定”") == label_key('危及"三安全一稳定"') == label_key("危及「三安全一稳定」")
    assert label_key("其他法律、行政法规禁止公开") == label_key("2.其他法律行政法规禁止公开")


def test_a_number_that_belongs_to_the_label_stays():
    assert label_key("上一年项目数量") == "上一年项目数量"
    assert label_key("第二十条第（一）项") == "第二十条第一项"


def test_bracketed_instructions_are_left_out_as_a_second_reading():
    keys = label_keys("本年增/減(指2020年增加或減少的事項數,減用負值表示,如-8)")
    assert keys[-1] == "本年增减"
    assert label_keys("其他主動公開檔案(含以本單位名義")[-1] == "其他主动公开文件"


def test_a_number_alone_is_no_label():
    assert label_keys("1.") == ()


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("三、收到和處(chǔ)理政府信息公開(kāi)申請(qǐng)情況(kuàng)", "收到和处理政府信息公开申请情况"),
        ("社會(huì)公益組織(zhī)", "社会公益组织"),
        ("第三部分 收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况"),
    ],
)
def test_pinyin_behind_characters_and_part_numbers_do_not_distinguish_labels(printed, key):
    assert label_key(printed) == key


def test_taiwan_wording_is_tried_as_a_second_reading():
    assert "采购项目数量" in label_keys("採購專案數量")
    assert "规范性文件" in label_keys("規范性檔案")


@pytest.mark.parametrize(
    "printed",
    [
        "第二十条第（五）项",
        "第二十條(tiáo)第（五）項(xiàng)",
        "第二十条(五)项",
        "第二十条 第(五)项",
        "第二十條第（五）項：",
        "第⼆⼗条第（五）项",
    ],
)
def test_captions_are_one_however_they_are_written(printed):
    assert caption_key(printed) == "二十条五项"
