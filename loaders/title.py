"""The title of a report: which organ, which year, and whether it speaks of the organ alone or of more.

Titles come in many forms (年份 before, inside or after the organ, over several lines, misprinted as 工作告年度报), so a title
is recognised by its words, not by one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from loaders.compact import compact
from loaders.dates import YEAR
from ogi.data_files import read_data
from ogi.organs import describe_organ
from ogi.places import read_places

LONGEST_TITLE = 60
_LONGEST_ORGAN = 40
_SUBJECT = re.compile(r"政府信信?息公开|政务信息公开|政府信息工开|政府资讯公开|政务公开|信息公开|政府信息")
_REPORT = re.compile(r"年度报告|报告|年报告?|年度报|告年度报?|公开工作总结")
_LABEL = re.compile(r"^(?:page\d+-|p\.\d+|标题:|名称:|信息名称:|文件名称:|题目:|附件\d{0,2}[:.]?)+", re.IGNORECASE)
_SENTENCE = re.compile(r"[。;,!?]")
_NOT_BEFORE_TITLE = re.compile(r"[:>|»【\[\]】/]|首页|打印|字体|索引|当前位置")
_LEADING_REMARK = re.compile(r"^\([^()]*\)")
_BRACKET = re.compile(r"(?<!中国)\(([^()]*)\)")
"""A remark; but 中国(上海)自由贸易试验区 is all name."""
_SCHOOL_YEAR = re.compile(r"20\d\d[-~至到]20(\d\d)学年度?")
"""The year of a school ends in the one its report is of."""
_OTHER_SUBJECT = re.compile(r"(?:法治政府建设|依法行政|政务服务|电子政务|党务公开|网站建设)?(?:工作|情况)?[暨和及与]$")
"""What a report may be of beside the information of the organ: 法治政府建设暨政府信息公开工作."""
_BARE_YEAR = re.compile(r"(?<![\d\[〔(.-])(20\d\d)(?![\d./-])|\((20\d\d)\)$")
_SITE = re.compile(r".{2,14}?(?:人民政府|政府)?(?:门户网站|政府网站?|信息网|政务网|网站|人民政府)")
_EDGES = "-—_·:.《》“\"' "
_NO_ORGAN = re.compile(
    r"^(?:我|本|各|该|全|学年)|^(?:关于|年度|工作|政府|法定|主动公开|公开|依申请|附件|附|名称|标题|题名|信息名称|文件名称|索引号|文号|主题词?|分类|来源|日期|时间)$"
    r"|格式|模板|栏目|目录|指南|制度"
)


class Title(NamedTuple):
    """What a title tells. ``remark`` is the text of its brackets, such as 本级机关."""

    text: str
    organ: str | None
    year: int | None
    remark: str = ""

    @property
    def score(self) -> int:
        """How much the title tells."""
        return 2 * (self.organ is not None) + 2 * (self.year is not None) + ("工作年度报告" in self.text)


def parse_title(text: str) -> Title | None:
    """Read one title; ``None`` where the text is no title of an annual report."""
    line = compact(text)
    line = _LABEL.sub("", re.split(r"[>»]", line)[-1])
    bare = _LEADING_REMARK.sub("", line)  # the column of the portal: 【政府信息公开年报】
    line = bare if _SUBJECT.search(bare) else line
    bare = re.sub(_page_words(), "", line)  # the way to the page, run into the title
    line = bare if _SUBJECT.search(bare) else line
    printed, line = line, _SCHOOL_YEAR.sub(r"20\1年", line)
    subject = _SUBJECT.search(line)
    report = _REPORT.search(line, subject.start()) if subject else None
    if not subject or not report:
        return None
    remarks = "".join(_BRACKET.findall(line))
    dated = YEAR.search(line)
    bare = _BARE_YEAR.search(line)
    year = int(dated["year"]) if dated else int(bare[1] or bare[2]) if bare else None
    organ = _organ(line[: subject.start()], subject[0]) or _organ_behind(line[report.end() :])
    return Title(printed, organ, year, remarks)


def _organ(before: str, subject: str) -> str | None:
    """The organ in the words before 政府信息公开; ``None`` where they name none."""
    name = _BRACKET.sub("", YEAR.sub("", before))
    name = re.sub(r"20\d\d$|^20\d\d", "", name)
    name = name.strip(_EDGES)
    name = re.sub(r"^关于|关于(?:印发|公布|发布|公开|报送)?$|的$|^.*?[\]〕]\d+号", "", name).strip(_EDGES)
    name = _OTHER_SUBJECT.sub("", name).strip(_EDGES)
    if name.endswith("人民") and subject.startswith("政府"):
        name += "政府"
    name = _without_site(re.sub(_page_words(), "", name))
    if len(name) < 2 or _NO_ORGAN.search(name) or re.search(r"[a-z]{3}|\d", name):
        return None
    return re.sub(r"\(([^()]*)\)", r"（\1）", name)


@cache
def _page_words() -> str:
    """Words of the portal at the front of a line, with the name of the column behind them: 首页政府信息公开年报."""
    words = sorted(read_data("identity.yaml")["page_words"], key=len, reverse=True)
    return f"^(?:{'|'.join(map(re.escape, words))})+(?:{_SUBJECT.pattern})?(?:年报|年度报告)?"


def _without_site(name: str) -> str:
    """Take the name of the site away that some pages print before the title: 某县人民政府某县教育局 → 某县教育局."""
    site = _SITE.match(name)
    organ = name[site.end() :] if site else ""
    return organ if len(organ) > len("某县") and read_places(organ).divisions else name


def _organ_behind(after: str) -> str | None:
    """The organ behind the title, in brackets or after a dash: 2023年政府信息公开工作年度报告（某市教育局）."""
    name = YEAR.sub("", after).strip(_EDGES + "()")
    organ = describe_organ(name) if 4 <= len(name) <= _LONGEST_ORGAN else None
    return name if organ and organ.region and organ.kind != "unknown" else None


def find_title(lines: Sequence[str]) -> Title | None:
    """Find the title among the lines before the first section, also where it runs over up to four lines.

    The title that tells most (organ, year, 年度报告) wins; of equals the last, because navigation stands above it.
    """
    best: tuple[int, Title] | None = None
    for start in range(len(lines)):
        title = _title_at(lines, start)
        if title is None:
            continue
        score = title.score
        if best is None or score >= best[0]:
            best = (score, title)
    return best[1] if best else None


def _title_at(lines: Sequence[str], start: int) -> Title | None:
    for size in range(1, 5):
        part = lines[start : start + size]
        if len(part) < size or not all(_is_title_line(line) for line in part):
            return None
        if size > 1 and not all(_may_stand_above(line) for line in part):
            return None
        title = parse_title("".join(part))
        if title:
            return _completed(title, lines, start, start + size)
    return None


def _completed(title: Title, lines: Sequence[str], start: int, end: int) -> Title:
    """Add organ and year from the lines directly above, and the year from the line below, where the title lacks them."""
    for size in range(1, 4):
        above = lines[max(0, start - size) : start]
        if len(above) < size or not _may_stand_above(above[0]) or _is_complete(title):
            break
        longer = parse_title("".join((*above, title.text)))
        if longer is None:
            break
        if title.organ is None and describe_organ(longer.organ).kind != "unknown":
            title = title._replace(organ=longer.organ, remark=longer.remark)
        elif title.organ and longer.organ and longer.organ.endswith(title.organ):
            above = read_places(longer.organ.removesuffix(title.organ))
            title = title._replace(organ=longer.organ if above.places and not above.rest else title.organ)
        title = title._replace(year=title.year or longer.year)
    below = re.fullmatch(r"\(?(20\d\d)(?:年度?\)?|\))", compact(lines[end])) if end < len(lines) else None
    return title._replace(year=int(below[1])) if below and title.year is None else title


def _is_complete(title: Title) -> bool:
    """Whether year and organ are known and nothing above can tell more about the place."""
    places = read_places(title.organ).places if title.organ else ()
    return title.year is not None and bool(places) and places[0].level in ("province", "city")


def _is_title_line(line: str) -> bool:
    text = _LABEL.sub("", re.split(r"[>»]", compact(line))[-1])
    return 0 < len(text) <= LONGEST_TITLE and not _SENTENCE.search(text)


def _may_stand_above(line: str) -> bool:
    return _is_title_line(line) and not _NOT_BEFORE_TITLE.search(compact(line))
