"""Charts of one figure of many organs: pure functions from :class:`ogi.comparison.organ_grid.OrganGrid` to a chart.

Each is drawn in one or two traces whatever the number of organs (three thousand take as long as thirty), a gap is never 0, and
the sentence says how many organs have a number, their median, and what they are together where they may be added.
"""

from ogi.charts.agencies.figures_heat import figures_heat
from ogi.charts.agencies.funnel import funnel
from ogi.charts.agencies.heat import years_heat
from ogi.charts.agencies.multiples import multiples
from ogi.charts.agencies.ordered import ordered
from ogi.charts.agencies.ranks import rank_change
from ogi.charts.agencies.scatter import scatter
from ogi.charts.agencies.spread import spread

__all__ = ["figures_heat", "funnel", "multiples", "ordered", "rank_change", "scatter", "spread", "years_heat"]
