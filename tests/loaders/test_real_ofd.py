"""Real OFD files of several producers: every visible character is read, with its place on the page.

The texts below were read off the XML of the files by a person; no viewer was at hand.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from loaders import scan
from loaders.grid import Grid, Pages, TextLine
from loaders.ofd import read

pytestmark = pytest.mark.corpus

POINT = 72 / 25.4


class Truth(NamedTuple):
    """What a person finds in a file."""

    sizes: Sequence[tuple[float, float]]
    """Width and height of each page in millimetres."""
    lines: Sequence[str] = ()
    """Lines or parts of lines of prose, in reading order."""
    cells: Sequence[str] = ()
    """Cells of tables, in reading order."""
    hidden: str = ""
    """Characters that are in the file and on no page, or that are a mark upon it."""
    notices: frozenset[str] = frozenset()
    pictures: tuple[int, ...] = ()
    """Pages with a picture large enough to hold a table."""


A4 = (210, 297)
ZSBK_HIDDEN = (
    "施工许可证编号：工程名称：建设单位：建筑工程施工许可证附件1、本附件随《建筑工程施工许可证》一并核发"
    "2、本附件与《建筑工程施工许可证》同时使用方可有效总建筑面积：地上建筑面积：地下建筑面积：备注："
    "名称建筑面积或长度（平方米/米）地上地下地上地下层数建筑工程项目明细单建设地址：建设单位项目负责人："
)
"""Printed, painted over with white, and printed again in the same places."""
HELLO = Truth([A4], ["你好呀，OFD Reader&Writer！"])
CODE_OF_CHONGQING = "密\n码\n区"
TRUTHS = {
    "999.ofd": Truth(
        [(210, 140)] + [A4] * 4,
        [
            "重庆增值税电子普通发票",
            "发票代码：050001700111",
            "开票日期：2020年08月05日",
            "销售货物或者提供应税劳务、服务清单",
            "财天下科技有限公司",
        ],
        ["价税合计（大写）", "壹万零陆佰圆整 （小写）¥10600.00", "序号", "项目名称", "*餐饮服务*餐费"],
        notices=frozenset({"ofd_attachments"}),
    ),
    "all-protected.ofd": HELLO,
    "chinese-dir.ofd": HELLO,
    "contains-jpeg.ofd": Truth([(209.9623, 296.9381)] * 2, pictures=(1, 2)),
    "draw-param-ref.ofd": Truth(
        [(210, 140)] + [(210, 297)] * 4,
        ["北京增值税电子普通发票", "发票代码：011002680026", "发票号码：71500013", "购买方名称： 百望股份有限公司", "第 4 页"],
        ["壹万圆整", "序号", "*谷物*稻谷", "¥9709.00"],
        notices=frozenset({"ofd_attachments"}),
    ),
    "h.ofd": Truth([A4] * 5),
    "image-not-found.ofd": Truth(
        [(366, 260)] * 2,
        [
            "中 华 人 民 共 和 国",
            "矿产资源勘查许可证",
            "探矿权人应当在勘查许可证有效期届满的30日前",
            "探 矿 权 人：test123",
            "2022/11/01",
        ],
    ),
    "invoice-1.ofd": Truth(
        [(210, 140)],
        [
            "重庆增值税电子普通发票",
            "发票号码：99999951",
            "开票日期：2020年10月10日",
            "14754 82292 98567 72523",
            "收 款 人：张一诺",
        ],
        ["科游迈利有限公司", CODE_OF_CHONGQING, "*餐饮服务*餐费", "¥300.00", "叁佰壹拾捌圆整", "杭州融易算企业管理咨询有限公司"],
        notices=frozenset({"ofd_attachments"}),
    ),
    "invoice-2.ofd": Truth(
        [(210, 140)],
        ["发票号码：24112000000048542163", "开票日期：2024年05月28日", "开票人：于俪"],
        ["名称：海南麒麟云服科技有限公司", "91110108690017781B", "4197.16981132075", "肆仟肆佰肆拾玖圆整", "收款人:李蓉蓉"],
        hidden="下载次数：1于俪",
        notices=frozenset({"ofd_marks"}),
    ),
    "invoice-seal-suwell.ofd": Truth(
        [(215, 139)],
        ["Edited by Foxit PDF Editor", "Copyright (c) by Foxit Software Company, 2004 - 2007", "For Evaluation Only."],
        hidden="章制监票一统国全海上税务局",
        notices=frozenset({"ofd_marks"}),
    ),
    "irregular-resource-paths.ofd": Truth(
        [(406.4, 228.6)],
        ["J320585-2021-000213", "闵焘-毛羽 女", "中国 320522198811080021", "2021/02/03 太仓市婚姻登记处"],
        notices=frozenset({"ofd_picture_behind"}),
    ),
    "keyword.ofd": Truth(
        [(283, 196)],
        [
            "鲁（2020）泰安市不动产证明第0014777号",
            "29",
            "中国建设银行股份有限公司泰安分行",
            "李伟",
            "370911002006GB00183F00250081",
            "37000015590",
        ],
        hidden="事由户籍办理房产证明"  # aslant across the page
        "1.2.156.3005.2.11100000MB03271699022.11370000MB2852565A.301213AF0610489FBEC46E8AB9C5C25F.001.T",  # in a box of no height
        notices=frozenset({"ofd_marks", "hidden_text", "ofd_picture_behind"}),
    ),
    "multi-textcode.ofd": Truth([A4], ["打发打发打发打发打发哈哈打发哈哈哈哈哈哈哈哈哈打发"]),
    "n.ofd": Truth(
        [A4] * 2,
        [
            "路卫发〔2011〕76号",
            "关于同意张阿三同志辞职的批复",
            "张阿三，男，1978年2月出生，籍贯江西新建，2001年9月参",
            "— 1 —",
            "2011年3月10日印发",
        ],
    ),
    "no-page-container.ofd": Truth(
        [(210, 140)],
        ["上海增值税电子普通发票", "发票代码：031001900511", "开票日期：2020年04月20日"],
        ["上海浪潮云计算服务有限公司", "*餐饮服务*餐饮服务", "¥57.00", "免税", "伍拾柒圆整", "上海阿金大白餐饮管理有限公司"],
        notices=frozenset({"ofd_attachments"}),
    ),
    "nonstandard-namespace.ofd": HELLO,
    "nonstandard-path.ofd": Truth(
        [A4] * 2,
        [
            "立案决定书",
            "测试数据WSH",
            "根据《中华人民共和国刑事诉讼法》第",
            "（ 存 根 ）",
            "案件编号测试数据AJBH",
            "填发时间测试数据TFSJ",
        ],
        hidden="gz-SIGNNAME-liucheng",  # white: the place of a seal
        notices=frozenset({"hidden_text"}),
    ),
    "signout.ofd": Truth(
        [(210, 297)],
        ["测试文本注释", "XX市政府文件处理"],
        [
            "来文文号",
            "府办专督〔2020〕 24\n号",
            "市人民政府办公室",
            "陈小明",
            "不公开",
            "市委主要领导同志调研后续落实事项的通知",
            "2020-06-15",
            "备注",
        ],
    ),
    "split-paragraph.ofd": Truth(
        [A4] * 2, ["报告：", "“超长文档“裁切测试", "第一段：K*区区区位南Z数”", "第四段：K*区区区位南Z数”"]
    ),
    "text-horizontal-suwell.ofd": Truth([(210, 297)], ["一二三四", "一二三四", "121212"]),
    "y.ofd": Truth(
        [(204, 264)] * 3,
        ["专题·数字档案室建设与实践", "勇立潮头 真抓实干", "建设新时代海关数字档案室", "文/海关总署", "30 2019·3"],
        pictures=(3,),
    ),
    "z.ofd": Truth(
        [A4] * 4,
        ["11.4 字型变换", "2、多对一", "Heaffixedhisfinesign.", "Heaffixedhisfinesign.", "3、一对多", "4、多对多"],
        [
            "名称",
            "CodePosition",
            "变换关系中字符的数量，该数值应大于或等于1，否则\n属于错误描述，默认为1",
            "ST_Array",
            "变换关系中字型索引列表",
        ],
        pictures=(2, 3, 4),
    ),
    "zsbk.ofd": Truth(
        [(297, 210), A4],
        [
            "建筑工程施工许可证",
            "编号420000202012394121",
            "发证机关某某省住房和城乡建设厅",
            "发证日期2020年10月9日",
            "建设单位：中华监测中心",
        ],
        [
            "中华安保有限公司",
            "2020年10月09日至2021年04月07日",
            "5140.1238万元",
            "林书成",
            "建筑工程项目明细单",
            "2202.7",
            "1898.3",
        ],
        hidden=ZSBK_HIDDEN,
        notices=frozenset({"ofd_picture_behind", "hidden_text"}),
    ),
}
TRUTHS["signed.ofd"] = TRUTHS["invoice-1.ofd"]
TIMES_USED = {("draw-param-ref.ofd", "Doc_0/TPLS/TPL_1/Content.xml"): 4}
"""Templates drawn on several pages."""
IN_FILE = {"y.ofd": 2}
"""Its composites stand twice in the resources and once on a page."""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def written(corpus_file, name: str) -> Counter:
    """Every character of every ``TextCode`` of pages, templates, composites and annotations."""
    found: Counter = Counter()
    with zipfile.ZipFile(corpus_file) as package:
        for part in package.namelist():
            if re.search(r"(?:Content(?:_0)?|DocumentRes|Annotation)\.xml$", part):
                content = package.read(part).decode("utf-8-sig")
                codes = re.findall(r"<ofd:TextCode[^>]*?(?<!/)>(.*?)</ofd:TextCode>", content, re.DOTALL)
                for char in squeezed(html.unescape("".join(codes))):
                    found[char] += TIMES_USED.get((name, part), 1)
    return found


def texts(pages: Pages) -> list[str]:
    found = []
    for block in pages.blocks:
        found += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return found


@pytest.fixture(scope="module", params=sorted(TRUTHS))
def real(request, ofd_corpus):
    """A file, what its text says (pictures are not recognised here), and the truth."""
    path = ofd_corpus / request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "is_available", lambda: False)
        return path, read(path.read_bytes(), path.name), TRUTHS[request.param]


def test_every_file_of_the_folder_is_looked_at(ofd_corpus):
    assert {path.name for path in ofd_corpus.glob("*.ofd")} == set(TRUTHS)
    assert len(TRUTHS) == 24


def test_texts_stand_in_reading_order(real):
    _, pages, truth = real
    assert pages.pages == len(truth.sizes)
    lines = iter(block.text for block in pages.blocks if isinstance(block, TextLine))
    assert [line for line in truth.lines if not any(line in found for found in lines)] == []
    cells = iter(cell.text for block in pages.blocks if isinstance(block, Grid) for cell in block.cells)
    assert [cell for cell in truth.cells if not any(cell in found for found in cells)] == []


def test_no_character_is_lost_and_none_invented(real):
    path, pages, truth = real
    found = Counter(squeezed("".join(texts(pages))))
    expected = written(path, path.name) - Counter(squeezed(truth.hidden))
    for char in expected:
        expected[char] //= IN_FILE.get(path.name, 1)
    assert found == expected


def test_every_text_stands_inside_its_page(real):
    _, pages, truth = real
    sources = [block.source for block in pages.blocks if isinstance(block, TextLine)]
    sources += [cell.source for block in pages.blocks if isinstance(block, Grid) for cell in block.cells]
    for source in sources:
        assert source.page is not None
        assert source.bbox is not None
        width, height = (size * POINT for size in truth.sizes[source.page - 1])
        x0, top, x1, bottom = source.bbox
        assert -1 <= x0 <= x1 <= width + 1
        assert -1 <= top <= bottom <= height + 1


def test_what_was_left_out_is_said(real):
    _, pages, truth = real
    assert {notice.code for notice in pages.notices} - {"scan_reader_missing"} == truth.notices
    assert pages.image_pages == truth.pictures


def test_places_are_those_of_the_file(ofd_corpus):
    """Boundary 31.7 25.4, base line 3 below, letters of 3 mm: four steps of 3, seventeen of 1.5, then a full-width one."""
    pages = read((ofd_corpus / "all-protected.ofd").read_bytes(), "")
    (line,) = (block for block in pages.blocks if isinstance(block, TextLine))
    expected = (31.7, 28.4 - 0.88 * 3, 31.7 + 4 * 3 + 17 * 1.5 + 3, 28.4 + 0.12 * 3)
    assert line.source.bbox == pytest.approx([value * POINT for value in expected], abs=0.02)
