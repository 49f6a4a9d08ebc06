"""LibreOffice, where it is installed, as the reader of old Word, WPS, RTF, OpenDocument and Excel files: it converts, we read.

It runs without a window, with a profile of its own in which macros are off, links are never followed or updated and the
proxy leads nowhere; on Linux it is also cut off from the network where the system allows it. It is ended when its time is
over, and its profile goes with the process that started it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from loaders.errors import CannotReadError

SECONDS = 90
"""Time on the clock for one file. A report takes one to two."""
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/usr/local/lib/libreoffice/program",
    "/opt/libreoffice*/program",
    "/snap/libreoffice/current/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
_PROGRAMS = ("soffice.bin", "soffice.com", "soffice")
"""Best first: the program itself is one process, ``soffice`` a script or launcher with children."""
_RESTART = (79, 81)
"""Exit statuses by which it asks its launcher to start it once more, as with a new profile."""
_SETTINGS: dict[str, dict[str, str | int]] = {
    "Office.Common/Security/Scripting": {
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": 3,
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": 0, "Field": "false", "Chart": "false"},
    "Office.Calc/Content/Update": {"Link": 1},
    "Office.Calc/Formula/Load": {"OOXMLRecalcMode": 1, "ODFRecalcMode": 1},
    "Inet/Settings": {"ooInetProxyType": 2, "ooInetHTTPProxyName": "127.0.0.1", "ooInetHTTPProxyPort": 9, "ooInetNoProxy": ""},
}
"""By group of org.openoffice: no macros; links are not followed, or updated never; no recalculation; a proxy where nothing is."""
_INPUT = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "xls": "MS Excel 97",
    "xlsb": "Calc MS Excel 2007 Binary",
    "ods": "calc8",
    "xml": "MS Excel 2003 XML",
}
"""Its filter for each format: left to itself it takes what it cannot open for plain text."""
_OUTPUT = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


@lru_cache(maxsize=1)
def find_libreoffice() -> Path | None:
    """Return the program, from the search path or from where its installers put it; ``None`` where it is not installed."""
    on_path = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
    folders = [Path(on_path).resolve().parent] if on_path else []
    for place in _PLACES:
        path = Path(place)
        folders += sorted(Path(path.anchor).glob(path.relative_to(path.anchor).as_posix()), reverse=True)
    found = (folder / program for folder in folders for program in _PROGRAMS)
    return next((program for program in found if program.is_file()), Path(on_path) if on_path else None)


def convert(data: bytes, suffix: str, target: str, seconds: float = SECONDS) -> bytes:
    """Return a document in another format.

    Args:
        data: its bytes.
        suffix: of the format it has, ``doc``, ``xls``, ``rtf`` …; told by its content, not taken from its name.
        target: ``docx`` or ``xlsx``.
        seconds: time on the clock it may take.

    Raises:
        CannotReadError: ``office_missing``, ``office_too_slow``, ``office_failed``.
    """
    program = find_libreoffice()
    if program is None:
        raise CannotReadError("office_missing", kind=f".{suffix}", target=f".{target}")
    with tempfile.TemporaryDirectory(prefix="ogi-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, result = folder / f"report.{suffix}", folder / "out" / f"report.{target}"
        source.write_bytes(data)
        command = [str(program), f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nologo"]
        command += [f"--infilter={_INPUT[suffix]}", "--convert-to", _OUTPUT[target], "--outdir", str(result.parent), str(source)]
        try:
            _run([*_cut_off(), *command], folder, seconds)
        except subprocess.TimeoutExpired as error:
            _forget_profile()
            raise CannotReadError("office_too_slow", seconds=round(seconds)) from error
        except OSError as error:
            raise CannotReadError("office_failed", target=f".{target}") from error
        if not result.is_file():
            _forget_profile()
            raise CannotReadError("office_failed", target=f".{target}")
        return result.read_bytes()


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run to the end, a second time where it asks for it; ends it, and whatever it started, when its time is over."""
    environment = {name: text for name, text in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH"}}
    environment |= dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder)) | {"SAL_USE_VCLPLUGIN": "svp"}
    for _ in range(2):
        process = subprocess.Popen(  # noqa: S603 - the program of the installation, our own arguments
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0 if os.name == "posix" else None,
        )
        try:
            status = process.wait(timeout=seconds)
        except BaseException:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
            raise
        if status not in _RESTART:
            return


@lru_cache(maxsize=1)
def _cut_off() -> tuple[str, ...]:
    """The command before ours that gives a process a network of its own with nothing in it; empty where there is none."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    prefix = (unshare, "--net", "--map-root-user", "--")
    tried = subprocess.run(  # noqa: S603
        [*prefix, "true"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return prefix if tried.returncode == 0 else ()


@lru_cache(maxsize=1)
def _profile() -> Path:
    """One profile for this process, with our settings in it; making it anew for every file would take half as long again."""
    folder = Path(tempfile.mkdtemp(prefix="ogi-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lines = "".join(_item(group, name, value) for group, found in _SETTINGS.items() for name, value in found.items())
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{lines}</oor:items>',
        encoding="utf-8",
    )
    return folder


def _forget_profile() -> None:
    """A run that broke off may have left the profile in pieces."""
    shutil.rmtree(_profile(), ignore_errors=True)
    _profile.cache_clear()


def _item(group: str, name: str, value: str | int) -> str:
    prop = f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    return f'<item oor:path="/org.openoffice.{group}">{prop}</item>'
