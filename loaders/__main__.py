"""The command line: ``python -m loaders read|check|export FILE…``, ``show FILE KEY`` and ``ingest FOLDER|ZIP|LIST``.

Exit status: 0 read; 1 a finding of severity error (``check`` only); 2 a file could not be read or the output not be written.
Each file that fails gives one line on the standard error; the others are still processed.
"""

from __future__ import annotations

import gc

if __name__ == "__main__":
    gc.disable()  # until everything is loaded: nothing of it is garbage

import argparse
import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from loaders.errors import CannotReadError
from loaders.ingest.arguments import add_to as add_ingest
from loaders.intake import read_all
from loaders.limits import LIMITS
from loaders.read import read_report
from ogi.checks import Finding, check_report
from ogi.export import report_to_json, to_csv, to_xlsx
from ogi.form import load_form
from ogi.labels import LANGS, Labels, Lang
from ogi.report import Report

OK, FOUND_ERRORS, FAILED = 0, 1, 2
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser(Labels(_language(arguments))).parse_args(arguments)
    try:
        run = {"export": _export, "show": _show_place, "ingest": _ingest}.get(options.command, _show)
        status = run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output has gone (… | head): point the stream nowhere, so that Python's own flush is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130


def _parser(labels: Labels) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=labels("cli.description"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="read|check|export|show|ingest")
    for name in ("read", "check", "export"):
        command = commands.add_parser(name, help=labels(f"cli.{name}_help"), description=labels(f"cli.{name}_help"))
        command.add_argument("files", nargs="+", metavar="FILE", help=labels("cli.file_help"))
        command.add_argument("--lang", choices=LANGS, default=labels.lang, help=labels("cli.lang_help"))
        if name == "export":
            form = command.add_mutually_exclusive_group(required=True)
            form.add_argument("--csv", action="store_true", help=labels("cli.csv_help"))
            form.add_argument("--xlsx", action="store_true", help=labels("cli.xlsx_help"))
            command.add_argument("-o", "--output", metavar="OUT", help=labels("cli.output_help"))
        else:
            command.add_argument("--json", action="store_true", help=labels("cli.json_help"))
        if name == "check":
            command.add_argument("--against", action="append", default=[], metavar="FILE", help=labels("cli.against_help"))
            words = labels("cli.predecessor_help")
            command.add_argument("--predecessor", action="append", default=[], metavar="FILE", help=words)
    command = commands.add_parser("show", help=labels("cli.show_help"), description=labels("cli.show_help"))
    command.add_argument("file", metavar="FILE", help=labels("cli.one_file_help"))
    command.add_argument("key", metavar="KEY", help=labels("cli.key_help"))
    command.add_argument("-o", "--output", metavar="OUT", help=labels("cli.picture_help"))
    extent = command.add_mutually_exclusive_group()
    extent.add_argument("--page", dest="extent", action="store_const", const="page", help=labels("cli.page_help"))
    extent.add_argument("--cell", dest="extent", action="store_const", const="cell", help=labels("cli.cell_help"))
    command.add_argument("--dpi", type=int, default=150, metavar="N", help=labels("cli.dpi_help"))
    command.add_argument("--lang", choices=LANGS, default=labels.lang, help=labels("cli.lang_help"))
    add_ingest(commands, labels)
    return parser


def _language(arguments: Sequence[str] | None) -> Lang:
    """The language asked for, else English where the machine speaks it, else Chinese."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked += [after for word, after in pairwise(words) if word == "--lang"]
    if asked:
        return "en" if asked[-1] == "en" else "zh"
    # C.UTF-8 counts as no language at all, although Python reports it as en_US.
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not spoken and os.name == "nt":
        spoken = locale.getlocale()[0] or ""
    return "en" if spoken.lower().startswith("en") else "zh"


def _show(options: argparse.Namespace) -> int:
    """Print each report as JSON or as a summary, as soon as it is read."""
    form, labels, checking = load_form(), Labels(options.lang), options.command == "check"
    named = (options.against, options.predecessor) if checking else ((), ())
    earlier = [list(_each(files, lambda report: report, labels)) for files in named]
    others, former = ([report for report in some if report is not None] for some in earlier)

    def shown(report: Report) -> tuple[str, int]:
        before = _last_years(report, others, former)
        findings = check_report(report, form, before)
        errors = checking and any(finding.is_problem and finding.severity == "error" for finding in findings)
        if options.json:
            return report_to_json(report, findings, form).decode(), FOUND_ERRORS if errors else OK
        text = _in_words(report, findings, labels)
        if checking:
            text = "\n".join([text, *_what_to_mend(report, findings, (others, former), labels)])
        return text, FOUND_ERRORS if errors else OK

    status = FAILED if None in (*earlier[0], *earlier[1]) else OK
    for result in _each(options.files, shown, labels):
        if result is not None:
            print(result[0], flush=True)
        status = max(status, FAILED if result is None else result[1])
    return status


# Words and proposals are imported where they are needed: machines that only read JSON do not wait for them.


def _last_years(report: Report, others: Sequence[Report], former: Sequence[Report]) -> Sequence[Report]:
    if not others and not former:
        return ()
    from loaders.against import last_years  # noqa: PLC0415

    return last_years(report, others, former)


def _in_words(report: Report, findings: Sequence[Finding], labels: Labels) -> str:
    from loaders.summary import summary  # noqa: PLC0415

    return summary(report, findings, labels)


def _what_to_mend(
    report: Report, findings: Sequence[Finding], named: tuple[Sequence[Report], Sequence[Report]], labels: Labels
) -> Iterator[str]:
    from loaders.against import objections  # noqa: PLC0415
    from ogi.checks.fix_list import fix_list  # noqa: PLC0415
    from ogi.checks.fix_words import as_text  # noqa: PLC0415
    from ogi.checks.repair import propose_repairs  # noqa: PLC0415

    form = load_form()
    yield from objections(report, named[0], labels, named[1])
    yield as_text(fix_list(findings, propose_repairs(report, form, _last_years(report, *named))), report, labels, form)


def _export(options: argparse.Namespace) -> int:
    """Write all readable reports into one file or onto the standard output."""
    labels = Labels(options.lang)
    if options.xlsx and not options.output and sys.stdout.isatty():
        print(labels("cli.to_terminal"), file=sys.stderr)
        return FAILED
    found = list(_each(options.files, lambda report: report, labels))
    reports = [report for report in found if report is not None]
    data = to_csv(reports) if options.csv else to_xlsx(reports)
    if options.output:
        if not _written(options.output, data, labels):
            return FAILED
    else:
        sys.stdout.buffer.write(data)
    return OK if len(reports) == len(found) else FAILED


def _show_place(options: argparse.Namespace) -> int:
    """Write the picture of the place a figure was read from, and say what it shows."""
    from loaders.picture import Look, picture_of  # noqa: PLC0415 - drawing is slow to import and only needed here

    labels = Labels(options.lang)
    if not options.output and sys.stdout.isatty():
        print(labels("cli.picture_to_terminal"), file=sys.stderr)
        return FAILED
    kind = "svg" if (options.output or "").lower().endswith(".svg") else "png"
    look = Look(extent=options.extent or "row", dpi=options.dpi, kind=kind, lang=options.lang)
    try:
        path = Path(options.file)
        LIMITS.check_size(path.stat().st_size)
        data = path.read_bytes()
        picture = picture_of(data, read_report(data, path.name), options.key, look)
    except Exception as error:  # said in one line, as for every command
        _complain(options.file, _reason(error, labels), labels)
        return FAILED
    if kind == "svg" and not picture.is_redrawn:
        _complain(options.output, labels("cli.page_is_png"), labels)
        return FAILED
    if not options.output:
        sys.stdout.buffer.write(picture.data)
        return OK
    if not _written(options.output, picture.data, labels):
        return FAILED
    print(picture.text)
    return OK


def _ingest(options: argparse.Namespace) -> int:
    """Take a folder, an archive or a list into the library."""
    from loaders.ingest.command import run  # noqa: PLC0415 - the store is slow to load and only needed here

    return run(options)


def _written(output: str, data: bytes, labels: Labels) -> bool:
    """Write a file; where that fails, say so and return false."""
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        _complain(output, labels("cli.cannot_write", reason=error.strerror or type(error).__name__), labels)
        return False
    return True


def _each(files: Sequence[str], work: Callable[[Report], T], labels: Labels) -> Iterator[T | None]:
    """Read the files one after the other and give each report in them to ``work``; ``None`` stands for one that failed."""
    for file in files:
        try:
            path = Path(file)
            LIMITS.check_size(path.stat().st_size)
            for outcome in read_all(path.read_bytes(), path.name):
                if outcome.error:
                    _complain(f"{file}{outcome.name.removeprefix(path.name)}", _reason(outcome.error, labels), labels)
                if outcome.report or outcome.is_failure:
                    yield work(outcome.report) if outcome.report else None
        except Exception as error:  # whatever a file does to its reader, the others must be read
            _complain(file, _reason(error, labels), labels)
            yield None


def _reason(error: Exception, labels: Labels) -> str:
    """Say in one line why a file failed."""
    if isinstance(error, CannotReadError):
        return labels(f"error.{error.code}", **error.params)
    for kind, code in ((FileNotFoundError, "not_found"), (IsADirectoryError, "is_directory"), (PermissionError, "no_permission")):
        if isinstance(error, kind):
            return labels(f"cli.{code}")
    if isinstance(error, OSError):
        return labels("cli.cannot_open", reason=error.strerror or type(error).__name__)
    return labels("cli.unexpected", reason=type(error).__name__)


def _complain(file: str, reason: str, labels: Labels) -> None:
    print(" ".join(labels("cli.failed", file=file, reason=reason).split("\n")), file=sys.stderr, flush=True)


if __name__ == "__main__":
    gc.freeze()  # what is loaded by now stays: looking through it for garbage again and again is a twentieth of the time
    gc.enable()
    sys.exit(main())
