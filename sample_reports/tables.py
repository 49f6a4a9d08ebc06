"""The tables of the official form as printed rows of merged cells, built from the dictionary and the printed values.

Every writer draws these same rows, so a document's layout differs and its content cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ogi.form import Edition, Form, Table, load_form

NUMBER_COLUMNS = 7
LABEL_COLUMNS = 3


@dataclass(frozen=True)
class Box:
    """One printed cell with its spans. ``kind`` is ``head``, ``label``, ``vertical`` or ``number``."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    kind: str = "label"
    open_top: bool = False
    """Continues a cell that a page break cut: no line above."""
    open_bottom: bool = False


Row = tuple[Box, ...]
Rows = tuple[Row, ...]


def section_tables(section: str, printed: Mapping[str, str], editions: Mapping[str, str]) -> list[Rows]:
    """Return the tables of ``section`` (``s2``, ``s3``, ``s4``) for the cells in ``printed``, in the order of the form."""
    form = load_form()
    found = [_edition(form, editions[table_id]).table(table_id) for table_id in editions]
    return [_rows(form, table, printed) for table in found if table is not None and table.section == section]


def _edition(form: Form, edition: str) -> Edition:
    return form.editions[edition]


def _rows(form: Form, table: Table, printed: Mapping[str, str]) -> Rows:
    if table.layout == "blocks_in_one_row":
        return _disputes(form, table, printed)
    if table.id == "t3_requests":
        return _requests(form, table, printed)
    return _items(table, printed)


def _items(table: Table, printed: Mapping[str, str]) -> Rows:
    """One of the small tables of section 二, four grid columns wide; the last column takes what is left."""
    last = 4 - len(table.columns)
    spans = [1] * (len(table.columns) - 1) + [last]
    head = [Box("信息内容", kind="head")]
    head += [Box(column.zh, colspan=span, kind="head") for column, span in zip(table.columns, spans, strict=True)]
    rows: list[Row] = [(Box(table.zh, colspan=4, kind="head"),), tuple(head)]
    for row in table.rows:
        cells = [Box(row.zh)]
        for column, span in zip(table.columns, spans, strict=True):
            cells.append(Box(printed.get(table.cell_key(row.key, column.key), ""), colspan=span, kind="number"))
        rows.append(tuple(cells))
    return tuple(rows)


def _requests(form: Form, table: Table, printed: Mapping[str, str]) -> Rows:
    persons = [column for column in table.columns if column.group != "organisations"]
    organisations = [column for column in table.columns if column.group == "organisations"]
    groups = form.groups
    rows: list[Row] = [
        (
            Box(table.note_zh, rowspan=3, colspan=LABEL_COLUMNS, kind="head"),
            Box(groups["applicants"].zh, colspan=NUMBER_COLUMNS, kind="head"),
        ),
        (
            Box(persons[0].zh, rowspan=2, kind="head"),
            Box(groups["organisations"].zh, colspan=len(organisations), kind="head"),
            Box(persons[1].zh, rowspan=2, kind="head"),
        ),
        tuple(Box(column.zh, kind="head") for column in organisations),
    ]
    outcomes = [row for row in table.rows if row.ordinal.startswith("三")]
    group = None
    for row in table.rows:
        labels: list[Box] = []
        if row is outcomes[0]:
            labels.append(Box("三、" + groups["outcomes"].zh, rowspan=len(outcomes), kind="vertical"))
        if row.group is not None:
            if row.group != group:
                size = sum(other.group == row.group for other in outcomes)
                labels.append(Box(groups[row.group].ordinal + groups[row.group].zh, rowspan=size))
            labels.append(Box(f"{row.ordinal[-1]}.{row.zh}"))
        elif row in outcomes:
            labels.append(Box(row.ordinal[1:] + row.zh, colspan=2))
        else:
            labels.append(Box(f"{row.ordinal}、{row.zh}", colspan=LABEL_COLUMNS))
        group = row.group
        numbers = [Box(printed.get(table.cell_key(row.key, column.key), ""), kind="number") for column in table.columns]
        rows.append((*labels, *numbers))
    return tuple(rows)


def _disputes(form: Form, table: Table, printed: Mapping[str, str]) -> Rows:
    review, *suits = table.rows
    width = len(table.columns)
    outcomes = [column.zh for column in table.columns]
    return (
        (Box(review.zh, colspan=width, kind="head"), Box(form.groups["litigation"].zh, colspan=2 * width, kind="head")),
        (
            *(Box(text, rowspan=2, kind="head") for text in outcomes),
            *(Box(suit.zh, colspan=width, kind="head") for suit in suits),
        ),
        tuple(Box(text, kind="head") for _ in suits for text in outcomes),
        tuple(
            Box(printed.get(table.cell_key(row.key, column.key), ""), kind="number")
            for row in table.rows
            for column in table.columns
        ),
    )


def placed(rows: Rows) -> list[list[tuple[int, Box]]]:
    """Return each row's boxes with the grid column they start in."""
    taken: set[tuple[int, int]] = set()
    found = []
    for index, row in enumerate(rows):
        column, line = 0, []
        for box in row:
            while (index, column) in taken:
                column += 1
            line.append((column, box))
            taken |= {(index + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
            column += box.colspan
        found.append(line)
    return found


def cut(rows: Rows, at: int) -> tuple[Rows, Rows]:
    """Cut a table before row ``at`` as a page end does: merged cells become two, a group label is cut inside a word.

    The vertical label stays whole on the first page, as word processors leave it.
    """
    first: list[list[tuple[int, Box]]] = [[] for _ in rows]
    second: list[list[tuple[int, Box]]] = [[] for _ in rows]
    for index, line in enumerate(placed(rows)):
        for column, box in line:
            above = at - index
            if index >= at:
                second[index].append((column, box))
            elif above >= box.rowspan:
                first[index].append((column, box))
            else:
                keep = len(box.text) if box.kind != "label" else len(box.text) // 2 + 1
                first[index].append((column, replace(box, text=box.text[:keep], rowspan=above, open_bottom=True)))
                second[at].append((column, replace(box, text=box.text[keep:], rowspan=box.rowspan - above, open_top=True)))

    def order(lines: list[list[tuple[int, Box]]]) -> Rows:
        return tuple(tuple(box for _, box in sorted(line, key=lambda item: item[0])) for line in lines)

    return order(first[:at]), order(second[at:])
