"""Reports for the tests of security."""

from tests.ogi.conftest import make_report, suqian

__all__ = ["make_report", "suqian"]
