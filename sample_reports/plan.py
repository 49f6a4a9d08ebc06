"""Which documents there are, in which format and in which dress: the figures of the city turned into samples."""

from __future__ import annotations

import random

from sample_reports import faults
from sample_reports.city import ORGANS, YEARS, Organ, children, reports
from sample_reports.dress import ODDITIES
from sample_reports.figures import Figures, city_figures
from sample_reports.prose import Author, write
from sample_reports.published import PUBLISHED, Published
from sample_reports.published_prose import published_narrative
from sample_reports.sample import Format, Sample, as_printed, edition_tables, fill

SCANNED = frozenset({"donghu-liuxi-2019", "donghu-liuxi-2024", "yunling-qingshi-2021"})
"""Reports that exist only as pictures of their pages."""
OFD_ORGAN = "shili-weather"
"""The organ whose reports are all OFD, each as another program writes it."""
OFD_STYLES = ("runs", "characters", "scaled", "boxes", "open_cut", "composite", "stamped")
STYLES = {
    "shili-police-2019": "gbk",
    "shili-housing-2020": "spans",
    "shili-education-2021": "spans",
    "donghu-office-2022": "spans",
    "shili-human-resources-2022": "layout_table",
    "shili-natural-resources-2022": "chromium",
    "shili-office-2023": "chromium",
    "yunling-government-2024": "chromium",
    **{f"{OFD_ORGAN}-{year}": style for year, style in zip(YEARS, OFD_STYLES, strict=True)},
}
"""Documents with a dress of their own; ``_FORMATS`` says which format each of them has."""
_STYLE_FORMATS: dict[str, Format] = {"gbk": "html", "spans": "html", "layout_table": "docx", "chromium": "pdf"}
_CYCLE: tuple[Format, ...] = ("html", "docx", "html", "pdf", "html", "docx", "html", "html", "docx", "pdf")
_TITLES = (
    ("{organ}{year}年政府信息公开工作年度报告",),
    ("{organ}", "{year}年政府信息公开工作年度报告"),
    ("{organ}{year}年度政府信息公开工作年度报告",),
    ("{organ}政府信息公开工作{year}年度报告",),
    ("{organ}", "{year} 年政府信息公开工作年度报告"),
    ("{year}年{organ}政府信息公开工作年度报告",),
    ("{organ}关于{year}年政府信息公开工作的年度报告",),
)
_PLACES = {"shili": "全市", "donghu": "全区", "yunling": "全县"}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def samples(*, with_faults: bool = True) -> list[Sample]:
    """Return every sample document in a fixed order, with the deliberate faults or as it would be right."""
    figures = city_figures()
    found = [_fictional(organ, year, figures) for organ, year in reports()]
    found += [_published(source) for source in PUBLISHED]
    by_stem = {sample.stem: sample for sample in found}
    for fault in faults.FAULTS if with_faults else ():
        fault.apply(by_stem[fault.stem])
        by_stem[fault.stem].faults.append(fault.id)
    return found


def _fictional(organ: Organ, year: int, figures: dict[tuple[str, int], Figures]) -> Sample:
    stem, index = f"{organ.slug}-{year}", ORGANS.index(organ)
    editions = _editions(stem, year)
    cells = figures[organ.slug, year]
    printed, truth = fill(editions, cells)
    consolidated = organ.scope == "region_total"
    author = Author(
        name=organ.name, self_name=organ.self_name, topic=organ.topic, year=year, turn=index * 2 + year,
        place=_PLACES[organ.slug.split("-")[0]] if consolidated else None,
        says_own=organ.name.endswith("人民政府办公室"),
    )  # fmt: skip
    style = STYLES.get(stem, "")
    cycled = "ofd" if organ.slug == OFD_ORGAN else _CYCLE[(index * 3 + year * 7) % len(_CYCLE)]
    format_ = "scan" if stem in SCANNED else _STYLE_FORMATS.get(style, cycled)
    sample = Sample(
        stem=stem, origin="fictional", organ=organ.name, slug=organ.slug, year=year, scope=organ.scope,
        format=format_, title=_title(organ, year, index), signature=organ.name, signed=_signed(organ, year),
        editions=editions, printed=printed, truth=truth, style=style,
        narrative=write(author, {key: cells[key] for key in printed}, figures.get((organ.slug, year - 1))),
        oddities=_oddities(stem),
        children=[child.name for child in children(organ.slug, year)],
    )  # fmt: skip
    _write_unit(sample)
    return sample


def _editions(stem: str, year: int) -> dict[str, str]:
    editions = edition_tables("gf2019" if year in (2019, 2020) else "gf2021")
    if stem in faults.MIXED_EDITION:
        editions["t3_requests"] = "gf2019"
    return editions


def _title(organ: Organ, year: int, index: int) -> list[str]:
    lines = _TITLES[(index * 2 + year) % len(_TITLES)]
    shown = str(year).translate(_WIDE) if (index, year % 3) == (5, 0) else str(year)
    return [line.format(organ=organ.name, year=shown) for line in lines]


def _signed(organ: Organ, year: int) -> str:
    draw = random.Random(f"signed/{organ.slug}/{year}")
    if organ.slug.endswith("-government"):
        return f"{year + 1}年3月{draw.randint(12, 28)}日"
    return f"{year + 1}年1月{draw.randint(15, 29)}日"


def _oddities(stem: str) -> tuple[str, ...]:
    """Give about a third of the documents one oddity, and a few of them two."""
    draw = random.Random(f"oddities/{stem}")
    return tuple(sorted(draw.sample(ODDITIES, draw.choice((0, 0, 0, 0, 1, 1, 2)))))


def _write_unit(sample: Sample) -> None:
    """Write the unit into the procurement cell, where the form of 2019 prints none."""
    key = "procurement.amount"
    amount = sample.truth.get(key)
    if amount:
        sample.set(key, f"{as_printed(key, amount)}万元", amount)
        sample.units[key] = "万元"


def _published(source: Published) -> Sample:
    editions = edition_tables("gf2019" if source.year == 2020 else "gf2021")
    printed, truth = fill(editions, source.figures)
    formats: dict[str, Format] = {"published-huaian-2024": "pdf", "published-suqian-2023": "docx"}
    return Sample(
        stem=source.stem, origin="published", organ=source.organ, slug=source.stem.rsplit("-", 1)[0], year=source.year,
        scope="region_total" if source.place else "own", format=formats.get(source.stem, "html"),
        title=[source.organ, f"{source.year}年政府信息公开工作年度报告"], signature=source.organ, signed=source.signed,
        editions=editions, printed=printed, truth=truth, narrative=published_narrative(source),
        lost=source.place is None,
    )  # fmt: skip
