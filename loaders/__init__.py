"""A file in, a report out. The only place that knows file formats."""
