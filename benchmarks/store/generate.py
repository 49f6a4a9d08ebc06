"""Reports of a whole country, drawn as the fictional city is drawn, but a year at a time."""

from __future__ import annotations

import hashlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa

from ogi.checks.plan import rules_of
from ogi.column_formula import evaluate
from ogi.data_files import DATA
from ogi.form import load_form
from ogi.store.snapshot.files import ROW_GROUP, PartWriter
from ogi.store.snapshot.manifest import Manifest, Part, Year, write_manifest
from ogi.store.snapshot.row import FactsRow, encode
from ogi.store.snapshot.schema import digest, schema
from sample_reports import figures
from sample_reports.city import ORGANS

FIRST, LAST = 2008, 2024
DEPARTMENTS = ("财政局", "公安局", "教育局", "民政局", "卫生健康委员会", "自然资源和规划局", "市场监督管理局", "住房和城乡建设局")
SEED = 20190515
PACKED = 2_000


def generate(folder: Path, reports: int, *, workers: int = 2) -> None:
    """Publish about ``reports`` reports into ``folder`` as generation 1.

    The Parquet files hold what was drawn for every organ. Packing two million rows would take a quarter of an hour, so only the
    first ``PACKED`` organs have packed rows of their own; the others have those of one of these.
    """
    folder.mkdir(parents=True, exist_ok=True)
    years = range(FIRST, LAST + 1)
    organs = reports // len(years)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(_year, [folder] * len(years), years, [organs] * len(years)))
    found = {str(year): Year(base=part) for year, part in zip(years, parts, strict=True)}
    write_manifest(folder, Manifest(generation=1, schema=digest(), years=found))


def _year(folder: Path, year: int, organs: int) -> Part:
    writer = PartWriter(folder, f"facts-{year}-g000001")
    packed = [encode(row) for row in rows_of(year, 0, min(PACKED, organs))]
    for start in range(0, organs, ROW_GROUP):
        stop = min(start + ROW_GROUP, organs)
        writer.write_table(_table(year, start, stop), [packed[organ % len(packed)] for organ in range(start, stop)])
    return writer.close()


def _table(year: int, start: int, stop: int) -> pa.Table:
    columns, identity, blank = _drawn(year, start, stop, 1)
    for name in ("errors", "warnings", "marked"):
        identity[name] = [0] * (stop - start)
    identity["hints"] = blank.astype(np.int32)
    identity["is_complete"] = [True] * (stop - start)
    words = _blanks(columns)
    arrays = []
    for field in schema():
        if field.name in columns:
            column, gaps = columns[field.name], np.isnan(columns[field.name])
            if field.name in words:
                gaps = gaps | (blank & (column == 0))
            column = np.where(gaps, 0, column).astype(np.int64) if field.type == pa.int64() else column
            arrays.append(pa.array(column, mask=gaps))
        elif field.name in ("states", "flags", "counted"):
            word = {"states": "blank", "flags": "blank_as_zero", "counted": 0.0}[field.name]
            zero = {key: columns[key] == 0 for key in words}
            found = [
                [(key, word) for key in words if zero[key][place]] if is_blank else [] for place, is_blank in enumerate(blank)
            ]
            arrays.append(pa.array(found, type=field.type))
        elif field.name == "amended":
            arrays.append(pa.array([[]] * (stop - start), type=field.type))
        else:
            found = identity.get(field.name)
            arrays.append(pa.nulls(stop - start, field.type) if found is None else pa.array(found, type=field.type))
    return pa.Table.from_arrays(arrays, schema=schema())


def rows_of(year: int, start: int, stop: int, *, version: int = 1) -> list[FactsRow]:
    """Return the reports of these organs in a year; the same in every run."""
    columns, identity, blank = _drawn(year, start, stop, version)
    derived = {key for key in columns if key in rules_of(load_form()).variants}
    lists = {key: column.tolist() for key, column in columns.items()}
    blanks = _blanks(columns)
    edition = _edition(year)
    editions = {table.id: edition for table in load_form().editions[edition].tables}
    found = []
    for place in range(stop - start):
        empty = [key for key in blanks if lists[key][place] == 0] if blank[place] else []
        numbers = {key: lists[key][place] for key in columns if key not in derived and key not in empty}
        found.append(
            FactsRow(
                **{name: values[place] for name, values in identity.items() if "." not in name and name != "report_id"},
                editions=editions,
                numbers={key: number if key.endswith("wan_yuan") else int(number) for key, number in numbers.items()},
                derived={key: int(lists[key][place]) for key in derived if lists[key][place] == lists[key][place]},
                states=dict.fromkeys(empty, "blank"),
                counted=dict.fromkeys(empty, 0),
                flags=dict.fromkeys(empty, "blank_as_zero"),
                hints=int(blank[place]),
            )
        )
    return found


def _drawn(year: int, start: int, stop: int, version: int) -> tuple[dict[str, np.ndarray], dict[str, list], np.ndarray]:
    """Numbers by key, identity, and which reports leave cells empty instead of writing 0."""
    draw = np.random.default_rng([SEED, year, start // ROW_GROUP, version])
    count = stop - start
    numbers = {key: column[:count] for key, column in _numbers(draw, year, ROW_GROUP).items()}
    edition = _edition(year)
    columns = {key: numbers[key].astype(np.float64) for key in load_form().editions[edition].cells}
    columns |= _derived(columns)
    organs = range(start, stop)
    codes = [_codes()[organ % len(_codes())] for organ in organs]
    identity = {
        "report_id": [f"{organ_of(organ)}.{year}.{_scope(organ)}" for organ in organs],
        "organ_id": [organ_of(organ) for organ in organs],
        "organ_name": [
            f"{code}地{DEPARTMENTS[organ // len(_codes()) % len(DEPARTMENTS)]}{organ}"
            for organ, code in zip(organs, codes, strict=True)
        ],
        "level": ["city" if code.endswith("00") else "county" for code in codes],
        "kind": ["department" if organ % 9 else "government" for organ in organs],
        "region": [f"{code}地" for code in codes],
        "region_code": codes,
        "report_year": [year] * count,
        "scope": [_scope(organ) for organ in organs],
        "document_name": [f"{organ}-{year}.pdf" for organ in organs],
        "document_sha256": [hashlib.sha256(f"{organ}-{year}".encode()).hexdigest() for organ in organs],
        "version": [version] * count,
    }
    identity |= {f"edition.{table.id}": [edition] * count for table in load_form().editions[edition].tables}
    return columns, identity, draw.random(ROW_GROUP)[:count] < 0.03


def organ_of(number: int) -> str:
    """Return the id of an organ of the benchmark, in the letters ids are made of."""
    return "o" + f"{number:010d}".translate(str.maketrans("0123456789", "abcdefghij"))


def _edition(year: int) -> str:
    return "gf2019" if year in range(FIRST, 2021) else "gf2021"


def _scope(organ: int) -> str:
    return "own" if organ % 9 else "region_total"


def _blanks(columns: dict[str, np.ndarray]) -> list[str]:
    return [key for key in list(columns)[20:60] if not key.endswith("wan_yuan")]


def _codes() -> list[str]:
    if not _CODES:
        lines = (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines()
        _CODES.extend(sorted({word for line in lines for word in line.split("\t")[:1] if word.isdigit() and len(word) == 6}))
    return _CODES


_CODES: list[str] = []


def _numbers(draw: np.random.Generator, year: int, count: int) -> dict[str, np.ndarray]:
    """The cells of both editions, by the shares of the sample generator."""
    sizes = np.array([(o.applications, o.licences, o.penalties, o.coercions, o.documents, o.rules, o.fees_wan) for o in ORGANS])
    size = sizes[draw.integers(0, len(ORGANS), count)] * draw.pareto(2.5, count)[:, None]
    found: dict[str, np.ndarray] = {}
    received = draw.multinomial(draw.poisson(size[:, 0] * draw.uniform(0.6, 1.2, count)), _normal(figures._APPLICANT_SHARES))
    carried_in = draw.binomial(received, 0.03)
    due = received + carried_in
    carried_over = draw.binomial(due, 0.034)
    results = draw.multinomial(due - carried_over, _normal(figures._OUTCOME_SHARES))
    table = {"received": received, "carried_in": carried_in, "carried_over": carried_over, "result_total": due - carried_over}
    table |= {row: results[:, :, place] for place, row in enumerate(figures.RESULT_ROWS)}
    table["other_handling"] = sum(table[row] for row in figures.RESULT_ROWS if row.startswith("other_"))  # type: ignore[assignment]
    for row, cells in table.items():
        found |= {f"applications.{row}.{column}": cells[:, place] for place, column in enumerate(figures.APPLICANTS)}
        found[f"applications.{row}.total"] = cells.sum(axis=1)
    closed = found["applications.result_total.total"]
    for block in figures.BLOCKS:
        cases = draw.binomial(closed, figures._NEW_DISPUTES[block] or 0.005)
        endings = draw.multinomial(cases, _normal(figures._ENDING_SHARES[block]))
        found |= {f"{block}.{ending}": endings[:, place] for place, ending in enumerate(figures.ENDINGS)}
        found[f"{block}.total"] = cases
    for place, key in ((1, "licensing"), (2, "penalty"), (3, "coercion")):
        found[f"{key}.decisions"] = draw.poisson(size[:, place])
    for place, key in ((4, "normative_documents"), (5, "rules")):
        for column in ("issued", "repealed", "in_force", "newly_made", "newly_published", "published_total"):
            found[f"{key}.{column}"] = draw.poisson(size[:, place] * 0.1)
    found["fees.amount_wan_yuan"] = np.round(size[:, 6] * draw.uniform(0.8, 1.2, count), 4)
    for key in load_form().editions["gf2019"].cells:
        found.setdefault(key, np.zeros(count, dtype=np.int64))
    return found


def _normal(shares: tuple[float, ...]) -> np.ndarray:
    return np.array(shares) / sum(shares)


def _derived(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for variant in rules_of(load_form()).derived:
        known = columns | found
        if variant.key not in found and variant.edition is None and all(key in known for key in variant.keys):
            found[variant.key] = evaluate(variant.formula, known)
    return found
