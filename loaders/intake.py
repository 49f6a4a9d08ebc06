"""Whatever a clerk hands in, read completely: one file, a file of several reports, an archive of any of these.

Nothing raises here: each report, and each reason why there is none, is an :class:`Outcome` with the name of its file.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.bundle import Member, expand
from loaders.errors import CannotReadError
from loaders.read import read_reports
from ogi.report import Report

if TYPE_CHECKING:  # the command line reads without workers and must not wait for their machinery
    from loaders.sandbox import Sandbox

_MOST_TOLD = 5
_AT_ONCE = 32 * 2**20
"""Bytes of unpacked files a worker hands over in one answer, one file at least."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a file, or of one of the reports in it: a report, or the reason why there is none."""

    name: str
    """Its name; inside an archive the way to it, ``材料.zip/甲局.pdf``."""
    number: int = 1
    """Which report of the file it is, from 1; more than one only for tables of values and exports."""
    report: Report | None = None
    error: CannotReadError | None = None
    data: bytes | None = field(default=None, repr=False)
    """The content of that file; ``None`` where it could not be taken out of its archive."""
    journal_id: str = ""
    """Where a server read it: the id of the line that tells of it."""

    @property
    def is_failure(self) -> bool:
        """Whether something that should have been read was not; files left out on purpose are no failure."""
        return self.error is not None and self.error.code != "files_skipped"


OnFile = Callable[[str], None]
OnStep = Callable[[str], None]


def read_all(
    data: bytes, name: str, sandbox: Sandbox | None = None, on_file: OnFile | None = None, on_step: OnStep | None = None
) -> Iterator[Outcome]:
    """Read everything in a file, in its order; each outcome comes as soon as it is known.

    Args:
        data: the content of the file.
        name: its name, shown to people.
        sandbox: the workers that read; without one it is read in this process, which only the command line may do.
        on_file: told the name of each file as its turn comes.
        on_step: told the steps of each file, see :data:`loaders.read.STEPS`.
    """
    for inner, content in _members(data, name, sandbox):
        if isinstance(content, CannotReadError):
            yield Outcome(name=inner, error=content)
            continue
        if on_file:
            on_file(inner)
        results, journal_id = _read_and_tell(content, inner, sandbox, on_step)
        for number, found in enumerate(results, start=1):
            error, report = (found, None) if isinstance(found, CannotReadError) else (None, found)
            yield Outcome(name=inner, number=number, report=report, error=error, data=content, journal_id=journal_id)


def _read_and_tell(
    data: bytes, name: str, sandbox: Sandbox | None, on_step: OnStep | None
) -> tuple[list[Report | CannotReadError], str]:
    """Read a file; a server tells its journal what came of it, naming the file by the beginning of its digest."""
    if sandbox is None:
        return _read(data, name, None, on_step), ""
    from ogi.journal import tell, within  # noqa: PLC0415 - the command line has no journal

    began = time.perf_counter()
    with within() as journal_id:
        found = _read(data, name, sandbox, on_step)
        codes = [one.code for one in found if isinstance(one, CannotReadError)]
        tell(
            "read",
            sha256=hashlib.sha256(data).hexdigest()[:12],
            bytes=len(data),
            reports=len(found) - len(codes),
            refused=codes[:_MOST_TOLD] or None,
            ms=round((time.perf_counter() - began) * 1000),
        )
    return found, journal_id


def _read(data: bytes, name: str, sandbox: Sandbox | None, on_step: OnStep | None) -> list[Report | CannotReadError]:
    try:
        if sandbox is None:
            return read_reports(data, name, on_step=on_step)
        from loaders.steps import read_reports_in_sandbox  # noqa: PLC0415 - see above

        return read_reports_in_sandbox(sandbox, data, name, on_step)
    except CannotReadError as error:
        return [error]
    except Exception as error:  # whatever a file does to its reader, the others must be read
        reason = type(error).__name__
        if sandbox:
            from ogi.journal import tell  # noqa: PLC0415 - see above

            reason += f" · {tell('failed', level=40, error=error, what='reader')}"
        return [CannotReadError("unexpected", reason=reason)]


def _members(data: bytes, name: str, sandbox: Sandbox | None) -> Iterator[Member]:
    if sandbox is None:
        yield from expand(data, name)
        return
    start, rest = 0, True
    while rest:
        try:
            members, rest = sandbox.run(take, data, name, start)
        except CannotReadError as error:
            yield name, error
            return
        yield from [(name, data)] if members is None else members
        start += len(members or ())


def take(data: bytes, name: str, start: int) -> tuple[list[Member] | None, bool]:
    """Return the files of an archive from number ``start`` on, as many as fit into one answer, and whether there are more.

    ``None`` instead of the files where the file is no archive. Runs in the worker.
    """
    members: list[Member] = []
    size = 0
    for number, member in enumerate(expand(data, name)):
        if member[1] is data:
            return None, False
        if number < start:
            continue
        size += len(member[1]) if isinstance(member[1], bytes) else 0
        if members and size > _AT_ONCE:
            return members, True
        members.append(member)
    return members, False
