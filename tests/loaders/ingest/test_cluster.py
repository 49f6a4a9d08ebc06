"""Reading on a Dask cluster: a real scheduler and two worker processes on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.ingest.crew import Cluster, NoClusterError
from loaders.ingest.run import Run, Tally
from loaders.ingest.sources import source_at
from tests.loaders.ingest.conftest import Shelf, write_reports, zip_reports

pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
ROOT = Path(__file__).resolve().parents[3]


def started(*arguments: str, until: str, **environment: str) -> tuple[subprocess.Popen[str], str]:
    """Start a program of the cluster and wait for a line of its log; return it with the line."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "True"} | environment,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if until in line:
            return process, line
    raise AssertionError(f"{arguments} ended early")


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler and its two workers."""
    local = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler, line = started("distributed.cli.dask_scheduler", *local, "--port", "0", until="Scheduler at:")
    address = line.split()[-1]
    worker = ("distributed.cli.dask_worker", address, *local, "--nworkers", "1", "--nthreads", "1", "--no-nanny")
    workers = [started(*worker, until="Registered to")[0] for _ in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def test_reports_read_on_a_cluster_arrive_once_even_if_a_worker_is_killed(cluster, shelf: Shelf, tmp_path: Path) -> None:
    address, workers = cluster
    names = write_reports(tmp_path, range(20))
    zip_reports(tmp_path / "更多.zip", range(20, 30))
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    crew, source = Cluster(address), source_at(tmp_path)
    killed: list[int] = []

    def kill(_: Tally) -> None:
        if not killed:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    try:
        assert len(crew) == 2
        tally = Tally(total=source.count())
        Run(source, crew, shelf, tally).work(kill)
    finally:
        crew.close()
    assert len(killed) == 1
    assert tally.counts == {"new": 30, "failed": 1}
    assert set(names) < set(shelf.names)
    assert len(shelf.names) == 31
    assert shelf.reasons == {"坏.pdf": "damaged"}


def test_address_without_scheduler_is_said() -> None:
    with pytest.raises(NoClusterError) as caught:
        Cluster("tcp://127.0.0.1:1", connect_seconds=1)
    assert caught.value.code == "no_scheduler"
