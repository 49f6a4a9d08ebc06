"""A real PostgreSQL server for tests: Debian's, in a folder of its own, on a free port, gone when the tests are over."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

_PROGRAMS = Path("/usr/lib/postgresql")


class Server:
    """A server that may be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        """Make the files of a server in ``folder``, which must not exist yet."""
        programs = max(_PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
        self.folder, self._programs = folder, programs
        self._started: subprocess.Popen[bytes] | None = None
        self._made = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            for parent in folder.parents:  # pytest's folders are closed to others
                if parent.owner() == "root" and parent.stat().st_mode & 0o001 == 0:
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-D", str(folder), "-U", "ogi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = (
            "fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}",
        )  # fmt: skip
        options = [word for setting in settings for word in ("-c", setting)]
        command = [self._programs / "postgres", "-D", self.folder, "-p", str(self.port), *options]
        log = self.folder.parent / f"{self.folder.name}.log"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self._started is None or self._started.poll() is not None:  # processes of a server that fell may still be there
                with log.open("ab") as output:
                    self._started = subprocess.Popen(_as_postgres(command), stdout=output, stderr=output, start_new_session=True)
            asked = [self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
            if subprocess.run(asked, check=False, timeout=10).returncode == 0:
                return
            time.sleep(0.2)
        raise RuntimeError(f"the server does not answer: {log.read_text()[-2000:]}")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: ``immediate`` as when the power fails, ``fast`` in good order."""
        if self._started is None:
            return
        self._started.send_signal(signal.SIGQUIT if mode == "immediate" else signal.SIGINT)
        self._started.wait(120)
        self._started = None

    def database(self, template: str | None = None) -> str:
        """Make a database and return its address."""
        self._made += 1
        name = f"t{self._made}"
        copied = f" TEMPLATE {template}" if template else ""
        self.sql(f"CREATE DATABASE {name}{copied}")
        return f"postgresql://ogi@127.0.0.1:{self.port}/{name}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as an administrator would."""
        words = ["psql", "-qAtX", "-h", "127.0.0.1", "-p", str(self.port), "-U", "ogi", "-d", database, "-c", statement]
        return subprocess.run([self._programs / words[0], *words[1:]], check=True, capture_output=True, text=True).stdout

    def _run(self, program: str, *arguments: str) -> None:
        command = _as_postgres([self._programs / program, *arguments])
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)


def why_not() -> str | None:
    """Why no server can be started here; ``None`` where it can."""
    if not list(_PROGRAMS.glob("*/bin/postgres")):
        return f"no PostgreSQL server under {_PROGRAMS} (Debian: apt-get install postgresql)"
    if os.getuid() == 0 and not shutil.which("setpriv"):
        return "PostgreSQL does not run as root, and there is no setpriv to become somebody else"
    return None


def _as_postgres(command: list[Path | str]) -> list[str]:
    """The command as the user ``postgres``: the server refuses to run as root."""
    words = [str(word) for word in command]
    return words if os.getuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *words]
