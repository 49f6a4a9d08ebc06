"""Taking everything away: all reports as files that other programs read, with a dictionary and a README in both languages."""

from ogi.store.takeout.everything import Takeout, export_all

__all__ = ["Takeout", "export_all"]
