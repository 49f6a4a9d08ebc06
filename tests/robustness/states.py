"""What a library may hold on a bad day, built of reports as a reader of documents might give them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import cycle

from msgspec import structs

from ogi.form import load_form
from ogi.organs import describe_organ
from ogi.report import Document, NarrativeSection, Reading, Report, State, TableReading

TEMPTING = ("=1+1", "+1-2", "-2+3", "@SUM(1,1)", '=HYPERLINK("http://x.example","y")', "\t=1", "'=2", "=cmd|' /C calc'!A0")
"""Text that a spreadsheet would take for a formula."""
LONG_NAME = (
    "示例省示例市示例区经济和信息化与大数据发展及政务服务综合行政执法监督管理暨重大项目推进工作协调服务中心管理办公室委员会局"
)
"""Of 60 characters."""
RIGHT_TO_LEFT = "示例市\u202eשלום\u202c مرحبا局"
EMOJI = "示例市👨‍👩‍👧‍👦🏛️🇨🇳" + "🏛" * 20 + "局"


def built(
    organ: str,
    year: int,
    cell: Callable[[int], tuple[str, State]],
    *,
    edition: str = "gf2021",
    editions: dict[str, str] | None = None,
    scope: str = "own",
    prose: str = "",
    file: str = "",
) -> Report:
    """A report of which every cell is what ``cell`` gives for its number; ``editions`` names tables of another edition."""
    form = load_form()
    tables: dict[str, TableReading] = {}
    cells: dict[str, Reading] = {}
    for table in form.editions[edition].tables:
        own = (editions or {}).get(table.id, edition)
        tables[table.id] = TableReading(edition=own, status="complete")
        found = form.editions[own].table(table.id)
        for place in found.cells if found else ():
            raw, state = cell(len(cells))
            cells[place.key] = Reading(key=place.key, raw=raw, value=_number(raw, state), state=state)
    document = Document(name=file or f"{organ}{year}.pdf", sha256="", media_type="text/plain")
    return Report(
        document=structs.replace(document, sha256=hashlib.sha256(bytes_of(document.name, year, scope)).hexdigest()),
        organ=describe_organ(organ, year=year),
        report_year=year,
        scope=scope,  # type: ignore[arg-type]
        tables=tables,
        cells=cells,
        narrative=(NarrativeSection(section="s1", title=prose, text=prose),) if prose else (),
        meta={"meta.title": prose} if prose else {},
    )


def bytes_of(file: str, year: int | None, scope: str) -> bytes:
    """What stands for the document a report was read from."""
    return f"{file} {year} {scope}".encode()


def _number(raw: str, state: State) -> int | Decimal | None:
    return (int(raw) if raw.isdigit() else Decimal(raw)) if state == "reported" else None


def counting(number: int) -> tuple[str, State]:
    """A small number that differs from cell to cell."""
    return str(number % 7), "reported"


def blank(_: int) -> tuple[str, State]:
    return "", "blank"


def unreadable(_: int) -> tuple[str, State]:
    return "�", "unreadable"


def tempting() -> Callable[[int], tuple[str, State]]:
    texts = cycle(TEMPTING)
    return lambda _: (next(texts), "text")


def _named(name: str) -> Iterable[Report]:
    """Two organs of two years, one of the strange name, and the government above them with everybody's sums."""
    for year in (2022, 2023):
        yield built(name, year, counting, prose=f"{name}\n{name}")
        yield built("示例市财政局", year, counting)
    yield built("示例市人民政府", 2023, counting, scope="region_total")


def states() -> dict[str, tuple[Report, ...]]:
    """Every state by its name; the reports of the library in it."""
    mixed = {"t2_art20_9": "gf2019"} if load_form().editions["gf2019"].table("t2_art20_9") else {}
    return {
        "nothing": (),
        "one_report": (built("示例市教育局", 2023, counting),),
        "one_year": tuple(built(f"示例市{name}局", 2023, counting) for name in ("教育", "财政", "民政")),
        "one_organ_all_blank": (built("示例市教育局", 2022, blank), built("示例市教育局", 2023, blank)),
        "only_unreadable": (built("示例市教育局", 2022, unreadable), built("示例市财政局", 2023, unreadable)),
        "mixed_editions": (
            built("示例市教育局", 2018, counting, edition="st2014"),
            built("示例市教育局", 2020, counting, edition="gf2019"),
            built("示例市教育局", 2021, counting, edition="gf2021", editions=mixed),
            built("示例市财政局", 2021, counting, edition="gf2021"),
            built("示例市财政局", 2018, blank, edition="st2014"),
        ),
        "long_names": tuple(_named(LONG_NAME)),
        "right_to_left": tuple(_named(RIGHT_TO_LEFT)),
        "emoji": tuple(_named(EMOJI)),
        "formulas": (
            built("=SUM(1,1)局", 2022, tempting(), prose="=1+1", file="=cmd.pdf"),
            built("=SUM(1,1)局", 2023, tempting(), prose="@x", file="-1.pdf"),
            built("+86示例局", 2023, counting, prose="+1"),
        ),
    }
