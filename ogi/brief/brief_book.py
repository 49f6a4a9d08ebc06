"""A brief as an Excel workbook: native charts, the official tables, and in the comment of every number its key and formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ogi.brief.content import Brief, Tables
from ogi.brief.number import Used
from ogi.brief.row_heights import fit_rows
from ogi.brief.sentences import Sentence
from ogi.brief.sheet_chart import add_chart, key_comment
from ogi.brief.wording import appendix_head, citation, footer, headline_rows, listed, stamp, text_groups, with_references
from ogi.comparison.cells import YearFigure
from ogi.comparison.table import comparison_table
from ogi.comparison.words import mark_words
from ogi.exchange.book import Book, put
from ogi.exchange.official_sheet import Shown, draw_form
from ogi.form import Edition, Table, load_form
from ogi.labels import Labels
from ogi.spreadsheet import HIGHEST_ROW

_HEAD = PatternFill("solid", fgColor="FFEDF0F5")
_WIDE = 118


def write_book(brief: Brief, labels: Labels) -> bytes:
    """Return the workbook. Text that begins like a formula is text; a missing number is an empty cell or a word, never 0."""
    book = Book(labels)
    _summary(book, brief, labels)
    if brief.charts:
        sheet, row = _sheet(book, labels("brief.page.charts"), (26, 16, 16, 16, 16, 16, 16)), 1
        for chart in brief.charts:
            if row > 1:
                sheet.row_breaks.append(Break(row - 1))
            row = add_chart(sheet, row, chart, labels)
    if brief.tables is not None:
        for year in reversed(brief.tables.years):
            _official(book, brief, brief.tables, year, labels)
        _cells(book, brief.tables, labels)
    _open(book, brief, labels)
    _appendix(book, brief, labels)
    for sheet in book.worksheets:
        fit_rows(sheet)
    return book.finished()


def _sheet(book: Book, name: str, widths: Sequence[float]) -> Worksheet:
    sheet = book.new_sheet(name)
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKLMNOP"[place]].width = width
    _on_paper(sheet)
    return sheet


def _on_paper(sheet: Worksheet) -> None:
    """Print as wide as an A4 page across and over as many pages as it needs."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _summary(book: Book, brief: Brief, labels: Labels) -> None:
    """Main figures and the text."""
    sheet = _sheet(book, labels("brief.page.headline"), (38, 30, 30, 20))
    _line(sheet, brief.title, Font(bold=True, size=15))
    for text in filter(None, (brief.sentence, brief.scope_note)):
        _line(sheet, text, Font(color="FF595959"))
    head, *rows = headline_rows(brief, labels)
    _row(sheet, head, head=True)
    for sentence, texts in zip(brief.headline, rows, strict=True):
        _row(sheet, texts)
        _comment(sheet, sentence, labels)
    for group in text_groups(brief, labels):
        sheet.append([])
        _line(sheet, group.heading, Font(bold=True, size=12))
        for sentence in group.sentences:
            _line(sheet, with_references(brief, sentence, labels), Font())
        if not group.sentences:
            _line(sheet, labels("brief.page.nothing_out"), Font())
    sheet.append([])
    for text in (footer(brief, labels), stamp(brief, labels), labels("brief.page.rules"), citation(brief, labels)):
        _line(sheet, text, Font(color="FF595959", size=9))


def _comment(sheet: Worksheet, sentence: Sentence, labels: Labels) -> None:
    """Give the figure and its change in the last row their keys and formulas."""
    first = next(iter(sentence.numbers), None)
    changes = [number for number in sentence.numbers if number.formula.startswith(f"{sentence.key}[")]
    for column, number in ((2, first), (3, next(iter(changes), None))):
        if number is not None:
            sheet.cell(sheet.max_row, column).comment = key_comment(number.key, number.formula, labels, _covers(number, labels))


def _covers(number: Used, labels: Labels) -> str:
    return f"{labels('brief.page.reports')}: {number.known}/{number.expected}"


def _line(sheet: Worksheet, text: str, font: Font) -> None:
    sheet.append([put(sheet, text)])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
    cell = sheet.cell(row, 1)
    cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
    # Excel does not fit the height of merged cells by itself.
    letters = sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
    sheet.row_dimensions[row].height = min((font.size or 11) * 1.45 * (1 + letters // _WIDE), HIGHEST_ROW)


def _row(sheet: Worksheet, values: Sequence[object], *, head: bool = False) -> None:
    # A rise would be taken for a formula and get an apostrophe; with this sign, which stays text in a workbook, it reads well.
    sheet.append([f"＋{put(sheet, v[1:])}" if isinstance(v, str) and v.startswith("+") else put(sheet, v) for v in values])
    for cell in sheet[sheet.max_row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            cell.font, cell.fill = Font(bold=True), _HEAD


def _official(book: Book, brief: Brief, tables: Tables, year: int, labels: Labels) -> None:
    """The tables of a year as the form prints them; the form is a Chinese one."""
    found = list(_tables_of(tables, year))
    if not found:
        return
    sheet = book.new_sheet(f"{labels('brief.page.official')} {year}")
    _on_paper(sheet)
    draw_form(
        sheet,
        f"{brief.who} {year}",
        found[0][1].sections,
        [table for table, _ in found],
        lambda key: _shown(tables, key, year, labels),
        remarks=[labels("brief.marks")],
    )


def _tables_of(tables: Tables, year: int) -> Iterator[tuple[Table, Edition]]:
    """Each table in the edition its figures are of; of sums the edition that has most of them."""
    form = load_form()
    for table_id in dict.fromkeys(block.table for block in tables.blocks):
        best: tuple[int, Table, Edition] | None = None
        for edition in form.editions.values():
            table = edition.table(table_id)
            if table is None:
                continue
            figures = [tables.cells[cell.key].figures.get(year) for cell in table.cells if cell.key in tables.cells]
            count = sum(1 for figure in figures if figure is not None and _is_of(figure, edition.id))
            if count and (best is None or count > best[0]):
                best = (count, table, edition)
        if best is not None:
            yield best[1], best[2]


def _is_of(figure: YearFigure, edition: str) -> bool:
    return figure.edition == edition if figure.edition else figure.value is not None


def _shown(tables: Tables, key: str, year: int, labels: Labels) -> Shown:
    cell = tables.cells.get(key)
    figure = cell.figures.get(year) if cell else None
    if figure is None:
        return Shown(None, "state", labels("selection.reason.no_report"))
    how = labels("brief.page.key") + f": {key}"
    if figure.known < figure.expected or figure.expected > 1:
        how += f"\n{labels('brief.page.reports')}: {figure.known}/{figure.expected}"
    if figure.derived:
        how += f"\n{labels('selection.flag.uses_derived')}"
    if figure.value is None:
        return Shown(mark_words(figure.state, labels), "gap", f"{how}\n{labels(f'selection.reason.{figure.state}')}")
    return Shown(figure.value, "", how)


def _cells(book: Book, tables: Tables, labels: Labels) -> None:
    """Every cell of the form in a line, with its key."""
    frame = comparison_table(tables.blocks, tables.cells, tables.years, labels)
    sheet = _sheet(book, labels("comparison.years.tables"), ())
    _row(sheet, [str(column) for column in frame.columns], head=True)
    for row in frame.astype(object).where(frame.notna(), None).to_numpy().tolist():
        sheet.append([put(sheet, value) for value in row])
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 24
    sheet.freeze_panes = "A2"


def _open(book: Book, brief: Brief, labels: Labels) -> None:
    """What is open, and the documents."""
    sheet = _sheet(book, labels("brief.page.findings", count=brief.finding_count), (_WIDE,))
    for text in brief.findings or (labels("brief.page.findings_none"),):
        _row(sheet, [text])
    sheet.append([])
    _row(sheet, [labels("brief.page.sources", count=brief.report_count)], head=True)
    for text in (*brief.sources, listed(len(brief.sources), brief.report_count, labels)):
        _row(sheet, [text])


def _appendix(book: Book, brief: Brief, labels: Labels) -> None:
    sheet = _sheet(book, labels("brief.page.appendix")[:31], (8, 30, 24, 8, 22, 10, 40, 70))
    _row(sheet, appendix_head(labels), head=True)
    for place, number in enumerate(brief.numbers, 1):
        covers, formula = f"{number.known}/{number.expected}", number.formula or labels("brief.page.as_printed")
        _row(sheet, [place, number.name, number.who, number.year, number.text, covers, number.key, formula])
    sheet.freeze_panes = "A2"
