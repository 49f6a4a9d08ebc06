"""OLE compound files, the container of Word, Excel and WPS files before 2007: which document is in one, and its first bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping

from loaders.errors import CannotReadError

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_START = 4096
_FILE_PASS = 0x2F
"""Record of a workbook that says how it is encrypted ([MS-XLS] 2.4.117); it is among the first."""


def streams(data: bytes) -> Mapping[str, bytes]:
    """Return the first bytes of each stream at the top of a compound file, by its name; storages have none.

    Raises:
        CannotReadError: ``damaged``.
    """
    import olefile  # noqa: PLC0415 - few files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            found: dict[str, bytes] = {}
            for path in compound.listdir(streams=True, storages=True):
                found.setdefault(path[0], b"")
                if len(path) == 1 and compound.get_type(path[0]) == olefile.STGTY_STREAM:
                    found[path[0]] = compound.openstream(path).read(_START)
            return found
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise CannotReadError("damaged", reason=str(error) or type(error).__name__) from error


def is_locked(streams: Mapping[str, bytes]) -> bool:
    """Whether the Word document or the workbook in :func:`streams` is encrypted."""
    if "WordDocument" in streams:
        return streams["WordDocument"][11:12] > b"" and bool(streams["WordDocument"][11] & 0x01)  # [MS-DOC] 2.5.2, fEncrypted
    start, at = streams.get("Workbook", streams.get("Book", b"")), 0
    while at + 4 <= len(start):
        record, length = int.from_bytes(start[at : at + 2], "little"), int.from_bytes(start[at + 2 : at + 4], "little")
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False
