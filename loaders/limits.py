"""What reading one file may cost: the one place of every limit that holds for all readers.

The system enforces memory, processor time and written bytes in the worker process; the sandbox enforces the clock and the size
of the answer; readers ask for the number of pages. Limits of one format (depth of tables, size of a part of a package) stand
with its reader. The largest real reports need a tenth of each.
"""

from __future__ import annotations

from dataclasses import dataclass

from loaders.errors import CannotReadError


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    file_bytes: int = 100 * 2**20
    """Size of the file itself."""
    memory_bytes: int = 2 * 2**30
    """Address space a worker may take beyond what it has at its start (about 0.1 GB)."""
    cpu_seconds: float = 240
    """Processor time for one file; the system ends the worker beyond it."""
    wall_seconds: float = 360
    """Time on the clock for one file, from its start in a worker, not from its arrival."""
    answer_bytes: int = 64 * 2**20
    """Size of what a worker hands back; a report with all its prose has well below one megabyte."""
    written_bytes: int = 256 * 2**20
    """Size of any file a worker writes into its own temporary folder."""
    pages: int = 500
    """Pages of one document. An annual report has 3 to 30; a longer file is a yearbook or an accident."""
    scanned_pages: int = 60
    """Pages of one document read by recognition, 1 to 2 seconds of processor time each; further ones are named as not read."""
    jobs_per_worker: int = 1000
    """After so many files a worker is replaced, so that leaks of libraries do not add up."""

    def check_size(self, size: int) -> None:
        """Refuse a file by its size in bytes, before it is loaded where possible.

        Raises:
            CannotReadError: ``file_too_large`` with ``size`` and ``limit`` in MB.
        """
        if size > self.file_bytes:
            raise CannotReadError("file_too_large", size=-(-size // 2**20), limit=self.file_bytes // 2**20)

    def check_pages(self, pages: int) -> None:
        """Refuse a document by its number of pages, before any of them is read.

        Raises:
            CannotReadError: ``no_pages``, or ``too_many_pages`` with ``pages`` and ``most``.
        """
        if pages < 1:
            raise CannotReadError("no_pages")
        if pages > self.pages:
            raise CannotReadError("too_many_pages", pages=pages, most=self.pages)


LIMITS = Limits()
"""The limits that hold where nothing else is said."""
