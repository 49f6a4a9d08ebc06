"""The organs of the fictional 示例市: who they are, who reports to whom, and how large they are.

The weather service is led by its own ministry, so its figures are in no total of the city.

Nothing here describes a real place. Sizes are chosen to be heavy-tailed: two or three organs carry most applications and
one carries nearly all penalties, while towns write mostly zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FIRST_YEAR, LAST_YEAR = 2019, 2025
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

Scope = Literal["own", "region_total"]


@dataclass(frozen=True, kw_only=True)
class Organ:
    """One organ of the fictional city and the sizes its figures are drawn around."""

    slug: str
    name: str
    self_name: str
    """How the organ calls itself in prose, for example 我局."""
    topic: str
    """What people ask it about."""
    parent: str | None = None
    scope: Scope = "own"
    since: int = FIRST_YEAR
    applications: float = 0
    """Usual number of new applications a year."""
    licences: int = 0
    penalties: int = 0
    coercions: int = 0
    fees_wan: float = 0
    """Usual fees charged a year, 万元."""
    documents: int = 0
    """Normative documents in force at the end of 2018."""
    rules: int = 0
    items: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Item types in the power list in 2018: licensing, other services, penalty, coercion (事项 of the 2019 edition)."""
    fee_types: int = 0
    procurement_wan: float = 0


ORGANS: tuple[Organ, ...] = (
    Organ(slug="shili-government", name="示例市人民政府", self_name="市政府", topic="城市规划、财政预决算和重大项目",
          scope="region_total"),
    Organ(slug="shili-office", name="示例市人民政府办公室", self_name="我办", topic="市政府文件、会议纪要和征收批复",
          parent="shili-government", applications=310, documents=96, rules=11, procurement_wan=386.5),
    Organ(slug="shili-police", name="示例市公安局", self_name="我局", topic="案件办理、户籍和道路交通管理",
          parent="shili-government", applications=265, licences=118000, penalties=872000, coercions=7600, fees_wan=4860.35,
          documents=14, items=(21, 64, 412, 38), fee_types=6, procurement_wan=5210.8),
    Organ(slug="shili-natural-resources", name="示例市自然资源和规划局", self_name="我局", topic="土地征收、规划许可和不动产登记",
          parent="shili-government", applications=430, licences=5400, penalties=160, coercions=4, fees_wan=20417.62,
          documents=31, items=(26, 48, 93, 3), fee_types=5, procurement_wan=912.4),
    Organ(slug="shili-housing", name="示例市住房和城乡建设局", self_name="我局", topic="房屋征收补偿、物业管理和老旧小区改造",
          parent="shili-government", applications=185, licences=3900, penalties=420, coercions=9, fees_wan=6120.5,
          documents=27, items=(18, 37, 246, 2), fee_types=2, procurement_wan=655.0),
    Organ(slug="shili-market", name="示例市市场监督管理局", self_name="我局", topic="投诉举报处理、食品抽检和企业登记档案",
          parent="shili-government", applications=92, licences=46800, penalties=2650, coercions=310, fees_wan=184.27,
          documents=12, items=(33, 59, 731, 41), fee_types=3, procurement_wan=340.6),
    Organ(slug="shili-human-resources", name="示例市人力资源和社会保障局", self_name="我局", topic="社会保险、工伤认定和招聘考试",
          parent="shili-government", applications=48, licences=260, penalties=75, documents=22, items=(8, 71, 64, 1),
          fee_types=1, fees_wan=96.4, procurement_wan=128.3),
    Organ(slug="shili-education", name="示例市教育局", self_name="我局", topic="学区划分、招生政策和民办学校管理",
          parent="shili-government", applications=24, licences=140, penalties=12, documents=16, items=(9, 28, 41, 1),
          fee_types=4, fees_wan=2310.8, procurement_wan=1460.0),
    Organ(slug="shili-health", name="示例市卫生健康委员会", self_name="我委", topic="医疗机构执业、疫情防控和医疗纠纷",
          parent="shili-government", applications=33, licences=2850, penalties=390, coercions=2, documents=19,
          items=(16, 25, 388, 6), fee_types=2, fees_wan=41.6, procurement_wan=233.9),
    Organ(slug="shili-data", name="示例市数据局", self_name="我局", topic="公共数据开放和政务服务平台建设",
          parent="shili-government", since=2021, applications=7, documents=3),
    Organ(slug="donghu-government", name="示例市东湖区人民政府", self_name="区政府", topic="旧城改造、教育布局和社区治理",
          parent="shili-government", scope="region_total"),
    Organ(slug="donghu-office", name="示例市东湖区人民政府办公室", self_name="我办", topic="区政府文件、征收决定和会议纪要",
          parent="donghu-government", applications=115, licences=8600, penalties=3100, coercions=140, documents=18,
          fees_wan=129.4, items=(74, 120, 960, 52), fee_types=7, procurement_wan=210.2),
    Organ(slug="donghu-hubin", name="示例市东湖区湖滨街道办事处", self_name="我街道", topic="社区服务、低保救助和小区停车",
          parent="donghu-government", applications=8.5, penalties=60, items=(0, 34, 0, 0), procurement_wan=18.6),
    Organ(slug="donghu-liuxi", name="示例市东湖区柳溪镇人民政府", self_name="我镇", topic="宅基地审批、土地流转和村务公开",
          parent="donghu-government", applications=3.2, penalties=8, items=(2, 41, 3, 0), licences=26, procurement_wan=9.8),
    Organ(slug="yunling-government", name="示例市云岭县人民政府", self_name="县政府", topic="乡村振兴、土地征收和交通建设",
          scope="region_total", parent="shili-government"),
    Organ(slug="yunling-office", name="示例市云岭县人民政府办公室", self_name="我办", topic="县政府文件、征地批复和财政资金",
          parent="yunling-government", applications=42, licences=5100, penalties=1480, coercions=66, documents=24,
          fees_wan=388.15, items=(81, 133, 1012, 57), fee_types=8, procurement_wan=176.4),
    Organ(slug="yunling-qingshi", name="示例市云岭县青石镇人民政府", self_name="我镇", topic="惠农补贴、危房改造和山林权属",
          parent="yunling-government", applications=1.4, items=(1, 39, 0, 0), licences=11, procurement_wan=6.5),
    Organ(slug="shili-weather", name="示例市气象局", self_name="我局", topic="气象资料证明、防雷许可和预警信息发布",
          applications=9, licences=64, penalties=3, documents=5, items=(5, 12, 18, 0), procurement_wan=42.7),
)  # fmt: skip

NOT_SUBMITTED = frozenset({("yunling-qingshi", 2020)})
"""Reports that were never handed in: the figures exist and are in the totals, the document does not."""


def organ(slug: str) -> Organ:
    """Return the organ with this slug."""
    return next(o for o in ORGANS if o.slug == slug)


def children(slug: str, year: int) -> tuple[Organ, ...]:
    """Return the organs that report directly to ``slug`` in ``year``."""
    return tuple(o for o in ORGANS if o.parent == slug and o.since <= year)


def reports() -> list[tuple[Organ, int]]:
    """Every report of the fictional city that was handed in, organ by organ and year by year."""
    return [(o, y) for o in ORGANS for y in YEARS if y >= o.since and (o.slug, y) not in NOT_SUBMITTED]
