"""Reports built from rows as they are printed, for the answers of the server."""

from tests.ogi.conftest import make_report, suqian

__all__ = ["make_report", "suqian"]
