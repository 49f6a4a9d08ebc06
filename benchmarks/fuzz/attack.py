"""Damaged documents through the sandbox: what came of each, and whether that is allowed.

Allowed is a report that proves every figure, or a refusal whose sentence a clerk understands. Everything else is a fault: an
unexpected exception, a worker that breaks down or runs into a limit, a figure out of nothing, a sentence that is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from benchmarks.fuzz.bases import bases
from benchmarks.fuzz.case import Case
from benchmarks.fuzz.evidence import invented
from benchmarks.fuzz.mutations import mutated
from loaders.errors import CannotReadError
from loaders.read import read_reports
from loaders.sandbox import Sandbox
from ogi.labels import Labels
from ogi.report import Report

_FAULTS = frozenset({"unexpected", "crashed", "took_too_long", "too_large", "answer_too_large"})


Judge = Callable[[Report, Case], str]
"""From a report and the case it was read from to what is wrong with it; empty where nothing is."""


class Result(NamedTuple):
    """What came of a case: ``read`` or the code of the refusal, and why that is a fault (empty where it is none)."""

    case: Case
    outcome: str
    fault: str


def cases(count: int, seed: int = 0) -> Iterator[Case]:
    """``count`` damaged documents, the kinds in turn."""
    documents = bases()
    kinds = list(documents)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name, data = documents[kind][number // len(kinds) % len(documents[kind])]
        own_seed = seed + number
        yield Case(kind, name, own_seed, mutated(data, kind, own_seed))


def attack(sandbox: Sandbox, case: Case, judge: Judge) -> Result:
    """Read one case in a worker and judge what came of it; the judge works there too, as PDFium must not run in threads."""
    try:
        found = sandbox.run(read_reports, case.data, case.name)
    except CannotReadError as error:
        return Result(case, error.code, _refusal_fault(error))
    except Exception as error:  # the sandbox promises nothing else
        return Result(case, type(error).__name__, "the sandbox let an exception through")
    refused = [item for item in found if isinstance(item, CannotReadError)]
    reports = [item for item in found if not isinstance(item, CannotReadError)]
    faults = [_refusal_fault(error) for error in refused] + [sandbox.run(judge, report, case) for report in reports]
    return Result(case, "read" if reports else refused[0].code, "; ".join(filter(None, faults)))


def _refusal_fault(error: CannotReadError) -> str:
    for labels in (Labels("zh"), Labels("en")):
        labels(f"error.{error.code}", **error.params)
    return f"ended as {error.code} {error.params}" if error.code in _FAULTS else ""


def attack_all(sandbox: Sandbox, all_cases: Iterator[Case], judge: Judge = invented, threads: int = 2) -> Iterator[Result]:
    """Attack with every case, in order; a worker that dies takes only its own case with it."""
    with ThreadPoolExecutor(threads) as pool:
        waiting = []
        for case in all_cases:
            waiting.append(pool.submit(attack, sandbox, case, judge))
            if len(waiting) > 4 * threads:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
