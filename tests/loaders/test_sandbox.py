"""The sandbox: what a job may cost, and that a job that costs more harms no other."""

from __future__ import annotations

import builtins
import logging
import operator
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.kind import read_pages
from loaders.limits import Limits
from loaders.sandbox import Sandbox

run_code = builtins.exec
"""A job that does anything: functions of this file do not exist in a worker."""
ENDLESS = "while True: pass"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of processes do not exist on Windows")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(2, Limits(file_bytes=3 * 2**20, memory_bytes=2**29, cpu_seconds=30, wall_seconds=60)) as sandbox:
        yield sandbox


def refusal(sandbox: Sandbox, *job: object, timeout: float | None = None) -> CannotReadError:
    with pytest.raises(CannotReadError) as caught:
        sandbox.run(*job, timeout=timeout)  # pyright: ignore[reportArgumentType]
    return caught.value


def test_result_comes_from_another_process(sandbox: Sandbox) -> None:
    assert sandbox.run(os.getpid) != os.getpid()
    assert sandbox.run(operator.add, 1, 2) == 3


def test_pages_come_back_as_they_were_read(sandbox: Sandbox) -> None:
    data = "规章\t0\n许可\t1".encode()
    pages = sandbox.run(read_pages, data, "a.txt")
    assert isinstance(pages, Pages)
    assert pages == read_pages(data, "a.txt")


def test_reason_of_a_reader_comes_back_with_its_parameters(sandbox: Sandbox) -> None:
    error = refusal(sandbox, read_pages, b"%PDF-1.4\n", "a.pdf")
    assert (error.code, set(error.params)) == ("damaged", {"reason"})


def test_endless_job_is_ended_by_the_clock(sandbox: Sandbox) -> None:
    start = time.monotonic()
    error = refusal(sandbox, run_code, ENDLESS, timeout=0.5)
    assert (error.code, error.params) == ("took_too_long", {"seconds": 1})
    assert time.monotonic() - start < 10


def test_endless_job_is_ended_by_its_processor_time() -> None:
    with Sandbox(1, Limits(cpu_seconds=0.2, wall_seconds=60)) as sandbox:
        assert refusal(sandbox, run_code, ENDLESS).code == "took_too_long"


@pytest.mark.parametrize("code", ["import os; os._exit(7)", "import ctypes; ctypes.string_at(0)", "import os; os.abort()"])
def test_crash_is_reported_and_the_next_job_runs(sandbox: Sandbox, code: str) -> None:
    assert refusal(sandbox, run_code, code).code == "crashed"
    assert sandbox.run(operator.add, 2, 3) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="address space is only limited on Linux")
def test_memory_hog_is_stopped_and_the_next_job_runs(sandbox: Sandbox) -> None:
    assert refusal(sandbox, run_code, "rows = []\nwhile True: rows.append(bytearray(2**24))").code == "too_large"
    assert sandbox.run(operator.add, 2, 3) == 5


def test_endless_recursion_has_its_own_reason(sandbox: Sandbox) -> None:
    assert refusal(sandbox, run_code, "global f\ndef f(): f()\nf()").code == "too_nested"


def test_any_other_exception_is_named_and_logged(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    error = refusal(sandbox, run_code, "secret = 1\nsecret / 0")
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (error.code, error.params) == ("unexpected", {"reason": f"ZeroDivisionError · {line.journal_id}"})
    assert line.journal_facts["error_type"] == "ZeroDivisionError"
    assert line.journal_facts["where"][-1] == "<string>:2 <module>"
    assert "secret" not in str(line.journal_facts)


def test_file_over_the_limit_is_refused_before_any_work(sandbox: Sandbox) -> None:
    error = refusal(sandbox, len, bytes(3 * 2**20 + 1))
    assert (error.code, error.params) == ("file_too_large", {"size": 4, "limit": 3})
    assert sandbox.run(len, bytes(3 * 2**20)) == 3 * 2**20


def test_two_hundred_megabytes_are_refused_by_the_ordinary_limits() -> None:
    with pytest.raises(CannotReadError, match="file_too_large"):
        Limits().check_size(200 * 2**20)


def test_crash_of_one_job_leaves_the_jobs_beside_it_alone(sandbox: Sandbox) -> None:
    outcomes: list[str] = []

    def job(code: str) -> None:
        try:
            sandbox.run(run_code, code)
            outcomes.append("done")
        except CannotReadError as error:
            outcomes.append(error.code)

    slow = "import time; time.sleep(0.4)"
    threads = [threading.Thread(target=job, args=(code,)) for code in (slow, "import os; os._exit(1)", slow, slow, "1 / 0", slow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["crashed", "done", "done", "done", "done", "unexpected"]


def test_what_a_library_prints_does_not_get_between_the_answers(sandbox: Sandbox) -> None:
    sandbox.run(run_code, "import os; print('x' * 100000); os.write(1, b'y' * 100000)")
    assert sandbox.run(operator.add, 1, 1) == 2


def test_worker_knows_no_server_and_no_secrets(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_SECRET", "key")
    with Sandbox(1) as fresh:
        fresh.run(read_pages, b"x", "a.txt")
        fresh.run(run_code, "import sys; assert not {'streamlit', 'pandas', 'plotly', 'uvicorn'} & set(sys.modules)")
        fresh.run(run_code, "import os; assert 'OGI_SECRET' not in os.environ")


def test_worker_cannot_make_the_server_run_code(sandbox: Sandbox) -> None:
    """A worker taken over by its file could answer with anything; only types of results are taken from it."""
    assert refusal(sandbox, builtins.eval, "__import__('os').system").params["reason"].startswith("UnpicklingError · ")
    assert refusal(sandbox, builtins.eval, "__import__('loaders.sandbox', fromlist=['x']).Sandbox").code == "unexpected"
    assert sandbox.run(operator.add, 1, 1) == 2


def test_answer_of_a_job_given_up_is_not_taken_for_that_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while waiting, as a person at the command line gives it."""

    class Interrupted(queue.SimpleQueue):
        def get(self, block: bool = True, timeout: float | None = None) -> object:
            raise KeyboardInterrupt

    with Sandbox(1) as sandbox:
        assert sandbox.run(operator.add, 1, 1) == 2
        with monkeypatch.context() as patch:
            patch.setattr(queue, "SimpleQueue", Interrupted)
            with pytest.raises(KeyboardInterrupt):
                sandbox.run(operator.add, 2, 2)
        assert sandbox.run(operator.add, 3, 3) == 6


def test_answer_over_the_limit_is_refused_and_the_next_job_runs() -> None:
    with Sandbox(1, Limits(answer_bytes=2**20)) as sandbox:
        error = refusal(sandbox, bytes, 2**21)
        assert (error.code, error.params) == ("answer_too_large", {"limit": 1})
        assert len(sandbox.run(bytes, 2**19)) == 2**19


def test_answer_that_only_claims_to_be_endless_is_refused_too() -> None:
    """A worker taken over by its file could announce any length; the server must not wait for it or make room for it."""
    length = "import os, struct\nlength = struct.pack('>Q', 2**62)\n"
    claim = length + "for fd in range(3, 9):\n  if os.path.exists(f'/proc/self/fd/{fd}'): os.write(fd, length)"
    with Sandbox(1, Limits(wall_seconds=20)) as sandbox:
        assert refusal(sandbox, run_code, claim).code == "answer_too_large"
        assert sandbox.run(operator.add, 2, 3) == 5


def test_worker_writes_no_file_over_the_limit() -> None:
    code = "import tempfile; f = tempfile.TemporaryFile(); f.write(bytes(2**21)); f.flush()"
    with Sandbox(1, Limits(written_bytes=2**20)) as sandbox:
        assert refusal(sandbox, run_code, code).params["reason"].startswith("OSError · ")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.com', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    ],
)
def test_worker_opens_no_connection(sandbox: Sandbox, code: str) -> None:
    assert refusal(sandbox, run_code, code).params["reason"].startswith("PermissionError · ")


def test_temporary_files_of_a_worker_go_with_it() -> None:
    leave = "import tempfile; open(tempfile.mkstemp()[1], 'w').write('x')"
    with Sandbox(1) as sandbox:
        folder = Path(sandbox.run(tempfile.gettempdir))
        sandbox.run(run_code, leave)
        assert folder.name.startswith("ogi-reading-")
        assert len(list(folder.iterdir())) == 1
        refusal(sandbox, run_code, "import os; os._exit(3)")
        assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="sessions are looked up in /proc")
def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    """LibreOffice is a child with children in process groups of their own; a file that hangs it must not leave it running."""
    note = tmp_path / "child"
    code = (
        "import subprocess\n"
        f"child = subprocess.Popen(['sleep', '60'], process_group=0)\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "while True: pass"
    )
    with Sandbox(1) as sandbox:
        assert refusal(sandbox, run_code, code, timeout=2).code == "took_too_long"
    child = int(note.read_text())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _is_running(child):
        time.sleep(0.05)
    assert not _is_running(child)


def test_workers_start_when_needed_and_are_replaced_when_worn() -> None:
    with Sandbox(1, Limits(jobs_per_worker=2)) as sandbox:
        assert sandbox._running == set()
        first, second, third = (sandbox.run(os.getpid) for _ in range(3))
        assert first == second != third


def test_closing_ends_workers_and_refuses_further_jobs() -> None:
    sandbox = Sandbox(1)
    worker = sandbox.run(os.getpid)
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.run(os.getpid)


def test_worker_dies_with_its_parent_in_the_middle_of_a_job() -> None:
    """A parent starts an endless job, tells the worker's number and is killed."""
    code = (
        "import os, threading, time\n"
        "from loaders.sandbox import Sandbox\n"
        "sandbox = Sandbox(1)\n"
        "print(sandbox.run(os.getpid), flush=True)\n"
        f"threading.Thread(target=sandbox.run, args=(exec, {ENDLESS!r}), daemon=True).start()\n"
        "time.sleep(0.5)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    worker = int(parent.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _is_running(worker):
        time.sleep(0.05)
    assert not _is_running(worker)


def _is_running(process: int) -> bool:
    """Whether a process exists and is more than an entry that nobody has collected yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
