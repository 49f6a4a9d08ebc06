"""The facts of the library as files for reading: published from the records, read by every process without locks.

:mod:`~ogi.store.snapshot.row` is one report as a row, :mod:`~ogi.store.snapshot.publish` writes generations of files,
:mod:`~ogi.store.snapshot.reader` reads one of them.
"""
