"""``python -m loaders.doctor``: looks at every part of the installation and says what is missing.

Exit status: 0 the dashboard can be used, something may be missing; 1 something keeps it from working.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

import ogi
from loaders.doctor import place, programs, serving
from loaders.doctor.look import Look
from ogi.labels import LANGS, Labels
from ogi.store.location import Location, StoreError

ROOT = Path(__file__).resolve().parents[2]
OK, STOPS = 0, 1
_MARKS = {"good": "✓", "lacking": "△", "stops": "✗"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Look, say what was found, and return the exit status."""
    options = _parser().parse_args(arguments)
    labels = Labels(options.lang)
    found = list(looks(os.environ, options.port, dt.datetime.now(dt.UTC)))
    if options.json:
        print(msgspec.json.encode([_as_row(look, labels) for look in found]).decode())
    else:
        print("\n".join(_lines(found, labels)))
    return STOPS if any(look.state == "stops" for look in found) else OK


def looks(environment: Mapping[str, str], number: int, now: dt.datetime) -> Iterator[Look]:
    """Look at one part after the other; what one part lacks keeps none of the others from being looked at."""
    yield programs.python_and_packages(ROOT)
    yield programs.chinese_font()
    yield programs.scans()
    yield programs.libreoffice()
    yield programs.pdf()
    seen = None
    try:
        location = Location.of()
    except StoreError as error:
        yield Look(part="database", state="stops", said=(f"store.error.{error.code}", error.params))
    else:
        yield place.data_folder(location)
        yield place.disk(location)
        found, seen = place.database(location)
        yield found
        yield place.snapshot(location)
    yield serving.clock(seen, now)
    yield serving.settings(environment, seen, ROOT)
    yield serving.port(number)


def _parser() -> argparse.ArgumentParser:
    labels = Labels("zh")
    parser = argparse.ArgumentParser(prog="python -m loaders.doctor", description=labels("doctor.about"))
    parser.add_argument("--lang", choices=LANGS, default="zh", help=labels("cli.lang_help"))
    parser.add_argument("--json", action="store_true", help=labels("doctor.json_help"))
    parser.add_argument("--port", type=int, default=8501, help=labels("doctor.port_help"))
    return parser


def _as_row(look: Look, labels: Labels) -> dict[str, str]:
    row = {"part": look.part, "name": look.name(labels), "state": look.state, "found": look.found}
    return row | {"costs": look.costs(labels), "way": look.way(labels)}


def _lines(found: Sequence[Look], labels: Labels) -> Iterator[str]:
    yield labels("doctor.head", version=ogi.__version__)
    for look in found:
        what = look.found or labels(f"doctor.state.{look.state}")
        yield f"{_MARKS[look.state]} {labels('doctor.line', name=look.name(labels), found=what)}"
        for sentence in filter(None, (look.costs(labels), look.way(labels))):
            yield f"    {sentence}"
    count = {state: sum(look.state == state for look in found) for state in _MARKS}
    yield labels("doctor.stops" if count["stops"] else "doctor.lacks" if count["lacking"] else "doctor.all_good", **count)


if __name__ == "__main__":
    sys.exit(main())
