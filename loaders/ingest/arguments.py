"""What ``python -m loaders ingest`` is told on the command line; described without loading what does the work."""

from __future__ import annotations

from typing import Any

from ogi.labels import LANGS, Labels


def add_to(commands: Any, labels: Labels) -> None:
    """Describe the command to the parser of the command line."""
    command = commands.add_parser("ingest", help=labels("ingest.help"), description=labels("ingest.help"))
    command.add_argument("source", metavar="FOLDER|ZIP|LIST", help=labels("ingest.source_help"))
    command.add_argument("--scheduler", metavar="ADDRESS", help=labels("ingest.scheduler_help"))
    command.add_argument("--workers", type=_positive, metavar="N", help=labels("ingest.workers_help"))
    command.add_argument("--by", metavar="NAME", default="ingest", help=labels("ingest.by_help"))
    command.add_argument("--report", metavar="FILE", help=labels("ingest.report_help"))
    command.add_argument("--lang", choices=LANGS, default=labels.lang, help=labels("cli.lang_help"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
