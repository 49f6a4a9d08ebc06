"""Several files as one zip archive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same files give the same archive: no clock in it."""


def archive_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files by name as a zip archive; names no file system takes are mended, the second of a name gets a number."""
    out, taken = BytesIO(), set()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            stem, dot, suffix = (_FORBIDDEN.sub("_", name).strip(" .") or "_").rpartition(".")
            shown, number = f"{stem}{dot}{suffix}", 2
            while shown in taken:
                shown, number = f"{stem} ({number}){dot}{suffix}", number + 1
            taken.add(shown)
            entry = ZipInfo(shown, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
