"""Which row of the form a printed row is: by its label within its group, by its order only where nothing else is possible."""

from __future__ import annotations

import msgspec

from loaders.layout.columns import Head, read_heads
from loaders.layout.index import EditionTable, FormTable
from loaders.layout.items import Item, Region
from loaders.layout.misprints import ENOUGH, likeness, most_like, shares_ordinal
from loaders.normalise import label_key, label_keys, plain

_NEXT_BUT_ONE = 2
MISPRINTED = "label_misprinted"


class MatchedRow(msgspec.Struct, kw_only=True):
    """A printed row with the column heads above it and the row of the form it stands for (``place``), if any."""

    item: Item
    head: Head | None
    group: str | None = None
    place: int | None = None
    is_group_head: bool = False
    exact: bool = True
    rule: str = ""
    confidence: float = 1.0


def match_rows(region: Region, edition: EditionTable) -> tuple[list[MatchedRow], float]:
    """Match the rows of ``region`` with those of ``edition``; the number says how well the column heads fit."""
    rows, fit = _with_heads(region, edition)
    _match_by_label(rows, region.table, edition)
    _match_misprints(rows, edition)
    _match_by_order(rows, edition)
    return rows, fit


def _with_heads(region: Region, edition: EditionTable) -> tuple[list[MatchedRow], float]:
    """Pair each row with the column heads above it, which stay in force over a page end; also say how well they fit."""
    rows: list[MatchedRow] = []
    head: Head | None = None
    waiting: list[Item] = []
    best = 0.0
    width = len(edition.table.columns)
    for item in region.items:
        if item.is_header:
            waiting.append(item)
            continue
        if item.is_loose:
            rows.append(MatchedRow(item=item, head=head))
            continue
        head = _newest(waiting, head, edition)
        waiting = []
        rows.append(MatchedRow(item=item, head=head, rule=item.rule, confidence=0.8 if item.rule else 1.0))
    head = _newest(waiting, head, edition)
    if head is not None:
        best = 2 * len(head.found) - 2 * (width - len(head.found)) - head.unknown
    return rows, best


def _newest(waiting: list[Item], head: Head | None, edition: EditionTable) -> Head | None:
    if not waiting:
        return head
    found = read_heads([item.row for item in waiting], edition)
    return found if head is None or len(found.found) >= len(head.found) else head


def _match_by_label(rows: list[MatchedRow], form_table: FormTable, edition: EditionTable) -> None:
    group: str | None = None
    last = -1
    group_keys = list(dict.fromkeys(row.group for row in edition.table.rows if row.group))
    for row in rows:
        item = row.item
        printed = next((g for cell in reversed(item.before) if (g := _group(cell.text, form_table, group_keys))), None)
        group = printed or group
        row.group = group
        found = _row_match(item, form_table, edition) if item.own else None
        if found is None:
            if item.own and (own_group := _group(item.own.text, form_table, group_keys)):
                group, row.group, row.is_group_head = own_group, own_group, True
            continue
        places, row.exact = found
        alone = not edition.columns.match(item.own.text) and not form_table.is_group(item.own.text) if item.own else False
        fitting = [p for p in places if _fits(edition.table.rows[p].group, printed, group, alone)]
        place = next((p for p in fitting if p > last), fitting[0] if fitting else None)
        if place is None:
            group = row.group = _group(item.own.text, form_table, group_keys) or group if item.own else group
            continue
        row.place, last = place, place
        group = row.group = edition.table.rows[place].group
        if not row.exact:
            row.rule, row.confidence = "label_cut", 0.95


def _row_match(item: Item, form_table: FormTable, edition: EditionTable) -> tuple[tuple[int, ...], bool] | None:
    text = item.own.text if item.own else ""
    match = edition.rows.match(text)
    if match is None:
        for key in label_keys(text):
            for known in form_table.groups.places:
                if len(known) > 3 and key.startswith(known) and (match := edition.rows.match(key[len(known) :])):
                    return match.places, match.exact
        return _named_like_a_group(text, form_table, edition)
    return match.places, match.exact


def _named_like_a_group(text: str, form_table: FormTable, edition: EditionTable) -> tuple[tuple[int, ...], bool] | None:
    """（六）其他, where this edition has one row for what others divide: the bracketed ordinal is that of a group."""
    group = form_table.groups.match(text) if plain(text).startswith("(") else None
    if group is None or not group.exact:
        return None
    places = tuple(
        place
        for place, row in enumerate(edition.table.rows)
        if row.group is None and (own := form_table.groups.match(row.zh)) and own.exact and set(own.places) & set(group.places)
    )
    return (places, True) if places else None


def _fits(own_group: str | None, printed: str | None, group: str | None, alone: bool) -> bool:
    """A row belongs into its group; a label that can be nothing else also stands where the group head was lost."""
    return own_group is None or own_group == group or (alone and printed in (None, own_group))


def _group(text: str, form_table: FormTable, group_keys: list[str]) -> str | None:
    match = form_table.groups.match(text)
    if match is None or not match.exact:
        return None
    keys = [form_table.group_keys[place] for place in match.places]
    return next((key for key in keys if key in group_keys), None)


def _match_misprints(rows: list[MatchedRow], edition: EditionTable) -> None:
    """Rows whose label is misprinted: like one label of their group only, and of one that no other row shows."""
    lines = edition.table.rows
    taken = {row.place for row in rows if row.place is not None}
    for number, row in enumerate(rows):
        if row.place is not None or row.item.own is None or row.is_group_head:
            continue
        text = row.item.own.text
        free = [(p, line) for p, line in enumerate(lines) if p not in taken and line.group in (row.group, None)]
        above = next((r.place for r in reversed(rows[:number]) if r.place is not None), -1)
        below = next((r.place for r in rows[number + 1 :] if r.place is not None), len(lines))
        place, sure = most_like(text, free, [lines[p] for p in taken]), 0.95
        if place is None and below == above + _NEXT_BUT_ONE and shares_ordinal(text, lines[above + 1]):
            place, sure = above + 1, 0.8
        if place is None:
            continue
        row.place, row.exact, row.rule = place, False, MISPRINTED
        row.confidence = sure if above < place < below else 0.8
        row.group = lines[place].group
        taken.add(place)


def _match_by_order(rows: list[MatchedRow], edition: EditionTable) -> None:
    """Rows whose label is lost or misprinted, where their group and their number leave one reading only."""
    start = 0
    while start < len(rows):
        if rows[start].place is not None:
            start += 1
            continue
        end = start
        while end < len(rows) and rows[end].place is None:
            end += 1
        before = rows[start - 1].place if start else -1
        after = rows[end].place if end < len(rows) else len(edition.table.rows)
        run = [row for row in rows[start:end] if _may_be_row(row)]
        gap = list(range((before or 0) + 1 if before is not None else 0, after or 0))
        if run and len(run) == len(gap) and all(_may_stand(row, p, edition) for row, p in zip(run, gap, strict=True)):
            for row, place in zip(run, gap, strict=True):
                row.place, row.rule, row.confidence = place, "order", 0.8
        start = end


def _may_be_row(row: MatchedRow) -> bool:
    return row.item.row.placed and bool(row.item.values) and (row.item.own is not None or row.item.row.has_values)


def _may_stand(row: MatchedRow, place: int, edition: EditionTable) -> bool:
    line = edition.table.rows[place]
    label = label_key(row.item.own.text) if row.item.own and not row.is_group_head else ""
    if not label:
        return line.group is not None and line.group == row.group
    return likeness(label, line.spellings, ENOUGH) > 0 and line.group == row.group
