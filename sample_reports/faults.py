"""Deliberate faults, each of another kind: what is printed, what would be right, and which checks must notice.

Consolidated reports contain the right figures, so a wrong total in a child is also seen by the hierarchy checks of its
parent (``H…``), and a wrong carry-over or stock by the checks of the following year; both are listed in ``elsewhere``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sample_reports.sample import Sample, as_printed

NATURAL, TOTAL = "natural_person", "total"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One deliberate fault in one document."""

    id: str
    stem: str
    checks: tuple[str, ...]
    """Checks that must fail in this document."""
    zh: str
    en: str
    apply: Callable[[Sample], None]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Other documents (by stem) and the checks that must fail there because of this fault."""


def _add(key: str, difference: int) -> Callable[[Sample], None]:
    def apply(sample: Sample) -> None:
        value = _whole(sample, key) + difference
        sample.set(key, str(value), value)

    return apply


def _whole(sample: Sample, key: str) -> int:
    value = sample.truth[key]
    if not isinstance(value, int):
        raise TypeError(f"{sample.stem}: {key} is {value!r}")
    return value


def _both(*steps: Callable[[Sample], None]) -> Callable[[Sample], None]:
    def apply(sample: Sample) -> None:
        for step in steps:
            step(sample)

    return apply


def _drop_last_digit(key: str) -> Callable[[Sample], None]:
    def apply(sample: Sample) -> None:
        text = str(_whole(sample, key))[:-1]
        sample.set(key, text, int(text))

    return apply


def _blank(choose: Callable[[str, int | Decimal | None], bool], text: str = "") -> Callable[[Sample], None]:
    def apply(sample: Sample) -> None:
        for key, value in list(sample.truth.items()):
            if choose(key, value):
                sample.set(key, text, None)

    return apply


def _print(
    key: str, text: Callable[[int | Decimal], str], value: Callable[[int | Decimal], int | Decimal]
) -> Callable[[Sample], None]:
    def apply(sample: Sample) -> None:
        right = sample.truth[key]
        if right is None:
            raise TypeError(key)
        sample.set(key, text(right), value(right))

    return apply


def _misuse(sample: Sample) -> None:
    value = _whole(sample, "licensing.items_prev") + _whole(sample, "licensing.items_delta")
    sample.set("licensing.decisions", str(value), value)


def _old_title(sample: Sample) -> None:
    sample.title = [line.replace(str(sample.year), str(sample.year - 1)) for line in sample.title]


def _minus_as_word(sample: Sample) -> None:
    value = _whole(sample, "licensing.items_delta")
    if value >= 0:
        raise ValueError(f"{sample.stem}: {value} is no decrease")
    sample.set("licensing.items_delta", f"减{-value}", value)


def _yuan(sample: Sample) -> None:
    right = sample.truth["fees.amount_wan_yuan"] or Decimal(0)
    in_yuan = int(right * 10000)
    sample.set("fees.amount_wan_yuan", str(in_yuan), in_yuan)


def _stock(sample: Sample) -> None:
    value = _whole(sample, "normative_documents.issued")
    sample.set("normative_documents.issued", str(value + 20), value + 20)
    sample.set("normative_documents.in_force", "9", 9)


def _wrong_prose(sample: Sample) -> None:
    right = f"{_whole(sample, 'applications.received.total')}件"
    before = sample.narrative["s1"]
    after = [text.replace(right, f"{_whole(sample, 'applications.received.total') + 11}件", 1) for text in before]
    if after == before:
        raise ValueError(f"{sample.stem}: the text does not state {right}")
    sample.narrative["s1"] = after


def _no_unit(sample: Sample) -> None:
    value = sample.truth["procurement.amount"] or Decimal(0)
    sample.set("procurement.amount", as_printed("procurement.amount", value), value)
    sample.units.pop("procurement.amount", None)


def _organisations(key: str, value: int | Decimal | None) -> bool:
    return key.startswith("applications.") and value == 0 and not key.endswith((NATURAL, TOTAL))


def _result_totals(key: str, value: int | Decimal | None) -> bool:
    row = key.split(".")[1]
    ends = ("received", "carried_in", "carried_over", "result_total")
    return key.startswith("applications.") and key.endswith(f".{TOTAL}") and row not in ends


FAULTS: tuple[Fault, ...] = (
    Fault(
        id="row_sum", stem="shili-housing-2022", checks=("R01_row_sum", "R03_result_sum_2021"),
        zh="“予以公开”一行自然人多写9件，与总计和各项之和都不符",
        en="Granted: natural persons 9 too many; row and column sums fail",
        apply=_add(f"applications.granted.{NATURAL}", 9),
    ),
    Fault(
        id="balance", stem="shili-natural-resources-2023", checks=("N04_carry", "R02_balance"),
        zh="结转下年度多写3件，新收加结转与办结加结转不等",
        en="Carried over 3 too many: new + carried in ≠ results + carried over",
        apply=_both(_add(f"applications.carried_over.{NATURAL}", 3), _add(f"applications.carried_over.{TOTAL}", 3)),
        elsewhere=(
            ("shili-natural-resources-2024", ("Y01_carry_matches", "Y02_carry_matches_by_applicant")),
            ("shili-government-2023", ("H02_sum_requests",)),
        ),
    ),
    Fault(
        id="digit_dropped", stem="shili-police-2021",
        checks=("N05_answered", "R01_row_sum", "R02_balance", "R03_result_sum_2021"),
        zh="办理结果总计漏写末位数字", en="The last digit of the total of results is missing",
        apply=_drop_last_digit(f"applications.result_total.{TOTAL}"),
        elsewhere=(("shili-government-2021", ("H02_sum_requests",)),),
    ),
    Fault(
        id="block_sum", stem="shili-market-2024", checks=("L01_block_sum", "L03_pending_reappears"),
        zh="行政复议总计写成0，分项不为0",
        en="Total of reconsiderations printed as 0 although the parts are not",
        apply=_print("reconsideration.total", lambda _: "0", lambda _: 0),
        elsewhere=(("shili-government-2024", ("H03_sum_disputes",)),),
    ),
    Fault(
        id="stock", stem="shili-market-2022", checks=("A01_stock_covers_issue", "Y03_in_force_rolls"),
        zh="现行有效件数少于本年制发件数",
        en="Fewer normative documents in force than issued this year",
        apply=_stock,
        elsewhere=(("shili-market-2023", ("Y03_in_force_rolls",)), ("shili-government-2022", ("H05_sum_docs",))),
    ),
    Fault(
        id="misuse_2019", stem="shili-education-2020", checks=("B04_decisions_mistaken_for_items",),
        zh="许可“处理决定数量”填成了事项数",
        en="Licensing decisions filled in with the number of item types",
        apply=_misuse,
    ),
    Fault(
        id="carry_mismatch", stem="shili-health-2023",
        checks=(
            "N02_requests_new", "N04_carry", "N08_applicants", "N13_growth",
            "Y01_carry_matches", "Y02_carry_matches_by_applicant",
        ),
        zh="上年结转比上年报告多2件（新收相应少2件，本表内部平衡）",
        en="Carried in is 2 above last year's carried over (new is 2 lower, so the table itself balances)",
        apply=_both(
            _add(f"applications.carried_in.{NATURAL}", 2), _add(f"applications.carried_in.{TOTAL}", 2),
            _add(f"applications.received.{NATURAL}", -2), _add(f"applications.received.{TOTAL}", -2),
        ),
        elsewhere=(("shili-government-2023", ("H02_sum_requests",)), ("shili-health-2024", ("N13_growth",))),
    ),
    Fault(
        id="blank_cells", stem="donghu-liuxi-2021", checks=("S06_blank_cells",),
        zh="法人或其他组织各栏的零留空", en="Zeros of the organisation columns left blank",
        apply=_blank(_organisations),
    ),
    Fault(
        id="blank_totals", stem="donghu-hubin-2022", checks=("R06_total_column_blank", "S06_blank_cells"),
        zh="办理结果各行的总计栏没有填写", en="The total column of the outcome rows is blank",
        apply=_blank(_result_totals),
    ),
    Fault(
        id="slash_for_rules", stem="yunling-qingshi-2022", checks=("S06_blank_cells",),
        zh="规章一行写“/”",
        en="The row of rules holds a slash",
        apply=_blank(lambda key, _: key.startswith("rules."), "/"),
    ),
    Fault(
        id="title_year", stem="shili-human-resources-2021", checks=("S04_year_agrees",),
        zh="标题沿用上一年度，统计期限是本年度",
        en="The title still names last year; the period is this year's",
        apply=_old_title,
    ),
    Fault(
        id="fee_in_yuan", stem="donghu-office-2023", checks=("A04_fee_unit_slip", "A05_fee_implausible_size"),
        zh="收费金额按元填写，栏目单位是万元",
        en="Fees printed in 元 where the column is in 万元",
        apply=_yuan,
        elsewhere=(("donghu-office-2024", ("A04_fee_unit_slip",)), ("donghu-government-2023", ("H06_sum_fees",))),
    ),
    Fault(
        id="minus_as_word", stem="shili-market-2020", checks=(),
        zh="减少用文字写成“减”加数字，没有负号",
        en="A decrease is written as the word 减 and a number, without a sign",
        apply=_minus_as_word,
    ),
    Fault(
        id="remark_in_cell", stem="shili-natural-resources-2021", checks=(),
        zh="数字后带说明（其中修订…件）", en="A remark stands beside the number",
        apply=_print("normative_documents.issued", lambda right: f"{right}（其中修订1件）", lambda right: right),
    ),
    Fault(
        id="no_unit", stem="shili-health-2019", checks=("B06_procurement_unit",),
        zh="采购总金额没有写单位", en="The procurement amount has no unit", apply=_no_unit,
    ),
    Fault(
        id="prose_disagrees", stem="shili-police-2024", checks=("N02_requests_new",),
        zh="正文的新收件数与表格不一致",
        en="The prose states another number of new applications than the table",
        apply=_wrong_prose,
    ),
    Fault(
        id="mixed_edition", stem="shili-education-2022", checks=("S03_format_for_year",),
        zh="（六）其他处理仍用2019年格式的一行",
        en="（六）其他处理 still in the one-row shape of 2019",
        apply=lambda _: None,
    ),
)  # fmt: skip
MIXED_EDITION = frozenset(fault.stem for fault in FAULTS if fault.id == "mixed_edition")
