"""Who does the reading: processes of this machine, threads of a server, or a Dask cluster; to the run they are all the same."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import time
import warnings
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, cast

from loaders.ingest.work import FileRead, Unpacked, read_file, unpack

_CONNECT_SECONDS = 20
_COUNT_EVERY_SECONDS = 5
_END_SECONDS = 3.0


class NoClusterError(Exception):
    """The cluster cannot be used; ``code`` names the message ``ingest.error.<code>``, ``params`` fill its placeholders."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Crew(Protocol):
    """Takes jobs; a job lost with its worker raises one of :data:`LOST` and may be given again after :meth:`renew`."""

    def __len__(self) -> int:
        """How many jobs are worked on at once."""
        ...

    def read(self, data: bytes, name: str) -> Future[FileRead]:
        """Have a file read, see :func:`loaders.ingest.work.read_file`."""
        ...

    def unpack(self, data: bytes, name: str, start: int) -> Future[Unpacked]:
        """Have files taken out of an archive, see :func:`loaders.ingest.work.unpack`."""
        ...

    def renew(self) -> None:
        """Replace what is broken; jobs given before have failed."""
        ...

    def close(self) -> None:
        """End all workers; what they are at is given up."""
        ...


LOST = (BrokenExecutor, CancelledError)
"""A job ended because its worker did, not because of its file."""


class _OnExecutor:
    """The part every crew shares: jobs become calls of an executor."""

    executor: Executor
    nice: int = 0

    def read(self, data: bytes, name: str) -> Future[FileRead]:
        return self.executor.submit(read_file, data, name, self.nice, **self.options())

    def unpack(self, data: bytes, name: str, start: int) -> Future[Unpacked]:
        return self.executor.submit(unpack, data, name, start, **self.options())

    def options(self) -> dict[str, Any]:
        """Further words for the executor."""
        return {}


class Processes(_OnExecutor):
    """Processes of this machine; each has its reading process below it. What they leave behind is in ``folder`` only."""

    def __init__(self, workers: int, nice: int = 0, folder: Path | None = None) -> None:
        self.workers, self.nice, self.folder = workers, nice, folder
        self.executor = self._start()

    def __len__(self) -> int:
        return self.workers

    def renew(self) -> None:
        """Start anew."""
        self._end()
        self.executor = self._start()

    def close(self) -> None:
        """End all processes."""
        self._end()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_set_up,
            initargs=(str(self.folder) if self.folder else None,),
        )

    def _end(self) -> None:
        """Processes end by themselves, and their readers with them; one in the middle of a long job is not waited for."""
        processes = list((getattr(self.executor, "_processes", None) or {}).values())
        self.executor.shutdown(wait=False, cancel_futures=True)
        until = time.monotonic() + _END_SECONDS
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _set_up(folder: str | None) -> None:
    """Prepare a process of the pool: it ends when its parent does, however that ends, and leaves Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if folder is not None:
        tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent closes no queue: its workers would wait for the next job for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Threads(_OnExecutor):
    """Threads that wait for reading processes: for a server, whose main module must not be loaded into processes of a pool."""

    def __init__(self, workers: int, nice: int = 0) -> None:
        self.workers, self.nice = workers, nice
        self.executor = ThreadPoolExecutor(workers, thread_name_prefix="ingest")

    def __len__(self) -> int:
        return self.workers

    def renew(self) -> None:
        """Start anew."""
        self.executor = ThreadPoolExecutor(self.workers, thread_name_prefix="ingest")

    def close(self) -> None:
        """Take no more jobs; those under way end by themselves."""
        self.executor.shutdown(wait=False, cancel_futures=True)


class Cluster(_OnExecutor):
    """The workers of a Dask scheduler. They must have this version of the readers installed."""

    def __init__(self, address: str, nice: int = 0, connect_seconds: float = _CONNECT_SECONDS) -> None:
        self.address, self.nice, self.connect_seconds = address, nice, connect_seconds
        self._counted, self._count_again = 1, 0.0
        self._connect()

    def _connect(self) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - an optional dependency, slow to load
            from distributed.comm.addressing import get_address_host  # noqa: PLC0415
        except ImportError as error:
            raise NoClusterError("cluster_not_installed") from error
        # Documents travel with their job, since workers need not see our disk.
        warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
        try:
            get_address_host(self.address)  # a kind of address it does not know would be waited for
            self.client = Client(self.address, timeout=self.connect_seconds, set_as_default=False)
        except (OSError, ValueError) as error:  # also distributed's own TimeoutError
            raise NoClusterError("no_scheduler", address=self.address, reason=str(error) or type(error).__name__) from error
        self.executor = self.client.get_executor(pure=False, retries=2)

    def __len__(self) -> int:
        """Workers may come and go, so they are counted now and then; as long as there is none, jobs wait for the first."""
        if time.monotonic() > self._count_again:
            self._counted = max(1, sum(cast("dict[str, int]", self.client.ncores()).values()))
            self._count_again = time.monotonic() + _COUNT_EVERY_SECONDS
        return self._counted

    def renew(self) -> None:
        """Connect anew."""
        self.client.close(timeout=1)
        self._connect()

    def close(self) -> None:
        """Give up what is under way and leave the cluster to itself."""
        self.executor.shutdown(wait=False)
        self.client.close(timeout=5)
