"""Heights of rows whose text is wrapped: not every program works them out when it opens a workbook."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ogi.spreadsheet import HIGHEST_ROW

_LINE = 14.5
"""Points of a line of text of 11 points."""
_DEFAULT_WIDTH = 8.43


def fit_rows(sheet: Worksheet) -> None:
    """Give every row without a height of its own one that holds its wrapped texts; cells merged over rows are passed over."""
    places = range(1, sheet.max_column + 1)
    widths = {place: sheet.column_dimensions[get_column_letter(place)].width or _DEFAULT_WIDTH for place in places}
    spans = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    for number, row in enumerate(sheet.iter_rows(), 1):
        if sheet.row_dimensions[number].height is not None:
            continue
        lines = 1
        for place, cell in enumerate(row, 1):
            last_row, last = spans.get((number, place), (number, place))
            if isinstance(cell.value, str) and cell.alignment.wrap_text and last_row == number:
                room = int(sum(widths[of] for of in range(place, last + 1))) - 1
                lines = max(lines, sum(-(-max(_letters(part), 1) // max(room, 1)) for part in cell.value.split("\n")))
        if lines > 1:
            sheet.row_dimensions[number].height = min(_LINE * lines, HIGHEST_ROW)


def _letters(text: str) -> int:
    """The length of a text, Chinese letters counted twice."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
