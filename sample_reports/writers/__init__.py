"""One writer per file format; all of them draw the same rows of :mod:`sample_reports.tables`."""
