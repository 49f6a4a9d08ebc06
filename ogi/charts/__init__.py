"""Charts: pure functions from the long frame of a selection to a :class:`Chart` (a plain Plotly dict and its words).

The frame is that of ``Selection.long_added`` (or ``long``, ``rates``) with the keys of :mod:`ogi.charts.keys`, one row per
report and key: ``organ_id, organ_name, scope, report_year, key, value, state, edition, derived, flags``. A frame of several
organs is added up by year; ``trend`` and ``ranking`` keep the organs apart. Organs without a number are never counted as 0:
the sum says how many organs it covers. ``breaks=None`` draws the breaks of ``ogi/data/breaks.yaml``; pass ``()`` for none or
``[(year, label), …]`` for others.
"""

from ogi.charts import keys
from ogi.charts.applications import applicants_by_year, denial_grounds, outcomes_by_year
from ogi.charts.chain import review_chain
from ogi.charts.chart import CONFIG, Chart, ReadyFigure
from ogi.charts.decisions import decisions_by_year, fees_by_year
from ogi.charts.disputes import correction_rate, dispute_blocks
from ogi.charts.documents import documents_by_year
from ogi.charts.flow import flow, same_scale
from ogi.charts.grounds import grounds_by_year
from ogi.charts.overview import coverage_matrix
from ogi.charts.ranking import ranking
from ogi.charts.slope import outcome_slope
from ogi.charts.trend import trend

__all__ = [
    "CONFIG",
    "Chart",
    "ReadyFigure",
    "applicants_by_year",
    "correction_rate",
    "coverage_matrix",
    "decisions_by_year",
    "denial_grounds",
    "dispute_blocks",
    "documents_by_year",
    "fees_by_year",
    "flow",
    "grounds_by_year",
    "keys",
    "outcome_slope",
    "outcomes_by_year",
    "ranking",
    "review_chain",
    "same_scale",
    "trend",
]
