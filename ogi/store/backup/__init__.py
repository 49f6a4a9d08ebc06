"""Backing up the records into one file, and restoring them from it, from either database into either.

The file is a ZIP: ``manifest.json`` and a file of rows for each table. It holds every table that holds something of its own, and
those derived from them too, so that a restored place is what it was, row by row.
"""

from ogi.store.backup.restore import restore, verify
from ogi.store.backup.write import backup

__all__ = ["backup", "restore", "verify"]
