"""What goes back to an organ: the points to be mended in its reports, ready to be written as Word or Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.checks.fix_lines import FixLine
from ogi.checks.plan import SEVERITIES
from ogi.labels import Labels


@dataclass(frozen=True, kw_only=True)
class ReturnedReport:
    """One report with what is to be mended in it."""

    year: int
    lines: Sequence[FixLine]


@dataclass(frozen=True, kw_only=True)
class ReturnList:
    """Everything that goes back to one organ."""

    organ: str
    reports: Sequence[ReturnedReport]
    deadline: str = ""
    """By when, as it is to be printed; a blank to fill in where nothing is said."""
    contact: str = ""
    """Who is asked back."""

    @property
    def count(self) -> int:
        """How many points there are."""
        return sum(len(report.lines) for report in self.reports)

    def counted(self) -> dict[str, int]:
        """Return how many points there are by severity."""
        found = Counter(line.severity for report in self.reports for line in report.lines)
        return {severity: found[severity] for severity in SEVERITIES}

    def introduction(self, labels: Labels) -> str:
        """Return the paragraph that says what is asked, and by when."""
        years = labels("return_list.years_join").join(dict.fromkeys(str(report.year) for report in self.reports))
        deadline = self.deadline.strip() or labels("return_list.no_deadline")
        return labels("return_list.text", years=years, count=self.count, deadline=deadline)

    def closing(self, labels: Labels) -> str:
        """Return the line with whom to ask."""
        contact = self.contact.strip()
        return labels("return_list.contact_given", contact=contact) if contact else labels("return_list.contact")


def place_words(line: FixLine) -> str:
    """Return what stands in the column of printed values: what is printed, and the page."""
    return "\n".join(part for part in (line.printed, line.where) if part)
