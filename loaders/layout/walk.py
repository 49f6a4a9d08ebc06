"""Walking through the printed rows and gathering what belongs to each table of the form.

A table begins at its caption, its section heading, its column heads or, where a page with all of these is lost, at rows only
it can have. It goes on over page ends and ends where another begins. The edition is decided later: here a label of any
edition counts.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from loaders.layout.glued import unglued
from loaders.layout.index import FormIndex, FormTable
from loaders.layout.items import Item, Region, is_stub, item_of, width_of
from loaders.layout.lines import goes_on, misprinted_item, values_follow
from loaders.layout.printed import PrintedRow, is_nothing, is_page_mark
from loaders.normalise import caption_key, label_key
from loaders.words import load_words

_LONGEST_HEADING = 60
_MOST_HEADS = 10
_CERTAIN_PIECES = 3
"""So many pieces of heads in one row are heads, although 其他 alone is also a row."""


class Walk:
    """One pass over the rows of a document."""

    def __init__(self, index: FormIndex, rows: list[PrintedRow]) -> None:
        self.index = index
        self.rows = rows
        self.regions: list[Region] = []
        self._now: Region | None = None
        self._shared: list[FormTable] = []
        self._open_end: Item | None = None
        self._place = 0
        self._blocks: dict[int, list[PrintedRow]] = {}
        for row in rows:
            self._blocks.setdefault(row.block, []).append(row)

    def run(self) -> list[Region]:
        """Return the regions in printed order; rows that belong to one are marked as used."""
        for place, row in enumerate(self.rows):
            self._place = place
            row.used = self._take(row)
        self._use_heads_above()
        return [region for region in self.regions if region.items]

    def _use_heads_above(self) -> None:
        """Rows above the first column heads (a note, 申请人情况) were met before the table was known."""
        for region in self.regions:
            rows = self._blocks[region.items[0].row.block] if region.items else []
            for row in rows[: next((i for i, row in enumerate(rows) if row.used), 0)]:
                row.used = all(is_stub(cell.text) or region.table.is_group(cell.text) for cell in row.filled)

    def _take(self, row: PrintedRow) -> bool:
        filled = row.filled
        if not filled:
            return self._blank(row)
        if row.line is not None and is_page_mark(row.line.text):
            return True
        open_end, self._open_end = self._open_end, None
        alone = len({cell.text for cell in filled}) == 1  # or said again in each column it covers
        if alone and len(filled[0].text) <= _LONGEST_HEADING and self._heading(filled[0].text):
            return row.line is None or (caption_key(filled[0].text) in self.index.captions and self._now is not None)
        parted = unglued(row, self._now.table) if self._now else self._parted_head(row)
        if parted is not None:
            row = parted
        return self._header(row) or self._header_part(row, _CERTAIN_PIECES) or self._data(row) or self._rest(row, open_end)

    def _parted_head(self, row: PrintedRow) -> PrintedRow | None:
        """Heads run together, without a caption above them."""
        return next((parted for table in self.index.tables.values() if (parted := unglued(row, table)) is not None), None)

    def _open(self, table: FormTable) -> Region:
        self._now = Region(table=table, items=[], blocks=set(), breaks=set())
        self.regions.append(self._now)
        return self._now

    def _heading(self, text: str) -> bool:
        """A section heading or a caption opens its table, and closes any other."""
        section = self.index.section_of(text)
        if section is not None:
            ids = self.index.table_ids(section.key)
            self._now, self._shared = None, []
            if len(ids) == 1:
                self._open(self.index.tables[ids[0]])
            return True
        table_id = self.index.captions.get(caption_key(text))
        if table_id is None:
            return False
        self._open(self.index.tables[table_id])
        self._shared = []
        return True

    def _header(self, row: PrintedRow) -> bool:
        if row.has_values:
            return False
        texts = [cell.text for cell in row.filled]
        captions = {self.index.captions.get(caption_key(text)) for text in texts} - {None}
        texts = [text for text in texts if self.index.captions.get(caption_key(text)) is None]
        hits = {table.id: self._header_hits(table, row, texts) for table in self.index.tables.values()}
        if len(captions) == 1:  # the caption stands beside the heads
            hits = {table_id: count if table_id in captions else 0 for table_id, count in hits.items()}
        best = max(hits.values())
        if best == 0:
            return False
        tied = [self.index.tables[table_id] for table_id, count in hits.items() if count == best]
        if self._now is not None and hits[self._now.table.id]:
            region = self._now
            if region.table not in tied and best > hits[region.table.id] + 1:
                region = self._open(tied[0])
        else:
            region = self._open(tied[0])
        self._shared = tied
        region.items.append(Item(row=row, is_header=True))
        region.blocks.add(row.block)
        return True

    def _header_part(self, row: PrintedRow, fewest: int = 1) -> bool:
        """A row of at least ``fewest`` pieces of heads below other heads: 商业 above 企业 in cells of their own."""
        now = self._now
        if not (now and row.placed and now.items and now.items[-1].is_header) or row.has_values or len(row.filled) < fewest:
            return False
        if not all(now.table.is_column_part(cell.text) for cell in row.filled):
            return False
        now.items.append(Item(row=row, is_header=True))
        return True

    def _header_hits(self, table: FormTable, row: PrintedRow, texts: list[str]) -> int:
        """How many column heads of ``table`` a row shows; 0 where that is too little evidence."""
        hits = table.column_hits(texts)
        now = self._now is not None and self._now.table is table
        if not hits and not now and not table.is_blocks:
            return 0
        if table.is_blocks:
            blocks = sum(1 for text in texts if table.row_keys(text) or table.is_group(text))
            named = blocks == len(texts) and (
                blocks >= 2 or (blocks and now and row.placed and len(row.cells) <= min(table.widths))
            )
            return max(hits, blocks) if hits >= 2 or named else 0
        if (now or hits) and hits < len(texts) <= _MOST_HEADS:
            hits += table.misprinted_columns(texts)
        above = sum(1 for text in texts if table.is_group(text) and not table.is_row_group(text))
        if hits >= 2 or (hits and above and row.placed):  # 总计 beside 法人或其他组织 is a head, although it is a row as well
            return hits + above
        if now and len(texts) == 1 and not row.placed and self._now is not None and not self._now.has_data:
            return hits  # one head per line
        stub = any(label_key(text) in load_words().stubs for text in texts)
        few = len(set(texts)) <= (3 if stub else 2)  # 信息内容, the one column, perhaps a column of remarks
        return hits if 1 in table.widths and few and (stub or now) else 0

    def _data(self, row: PrintedRow) -> bool:
        now = self._now
        tables = ([now.table] if now else []) + [t for t in self._shared if now is None or t is not now.table]
        for table in tables:
            item = item_of(row, table)
            if item is not None and self._fits(item, table):
                if self._is_lone_head(item):
                    return True
                if item.row_keys or item.row.has_values or table.is_row_group(item.own.text if item.own else ""):
                    self._add(table, item)
                return True
        for table in self.index.tables.values():
            if table.same_columns and not table.is_blocks and table not in tables:
                item = item_of(row, table)
                if (
                    item is not None
                    and item.row_keys
                    and (width_of(item.values) in table.widths or values_follow(item, table, self._following()))
                ):
                    self._add(table, item)
                    return True
        return False

    def _following(self) -> Iterator[PrintedRow]:
        return (self.rows[place] for place in range(self._place + 1, len(self.rows)))

    def _is_lone_head(self, item: Item) -> bool:
        """其他 in a line above all rows is the head of a column, although rows are called so as well."""
        if self._now is None or self._now.has_data or item.row.line is None or item.row.has_values:
            return False
        return item.own is not None and self.index.is_column(item.own.text)

    def _fits(self, item: Item, table: FormTable) -> bool:
        if table.is_blocks:
            return item.row.has_values or (item.row.placed and len(item.values) >= min(table.widths))
        return item.own is not None

    def _add(self, table: FormTable, item: Item) -> None:
        region = self._now
        other = region is None or region.table is not table
        if region is None or other or (region.knows(item.row_keys) and not table.is_blocks):
            heads: list[Item] = []
            while region and region.items and region.items[-1].is_header and (not other or table in self._shared):
                heads.insert(0, region.items.pop())
            region = self._open(table)
            region.items += heads
        region.items.append(item)
        region.blocks.add(item.row.block)
        self._shared = [region.table]
        self._open_end = None if item.row.placed else item

    def _blank(self, row: PrintedRow) -> bool:
        """An empty row is data where one row of values is all the table has; elsewhere it is nothing."""
        now = self._now
        if self._open_end is not None and not row.placed:
            self._open_end.values.extend(row.cells)
            return True
        if now is None:
            return row.line is not None
        if now.table.is_blocks and row.placed and now.items and not now.has_data and len(row.cells) >= min(now.table.widths):
            now.items.append(Item(row=row, values=row.cells))
        return True

    def _rest(self, row: PrintedRow, open_end: Item | None) -> bool:
        """Rows without a known label: words of the table, values that belong to a label above, rows nobody knows."""
        now = self._now
        if now is None:
            return False
        if not row.has_values:
            used = self._furniture(row, now) or self._misprint(row, now)
            fresh = self._open_end is not None
            if used and not fresh and open_end is not None and not row.placed and not width_of(open_end.values):
                self._open_end = open_end  # the second line of its label
            if not used:
                now.breaks.add(len(now.items))
            return used
        if not row.placed and not row.has_words and not now.table.is_blocks:
            return self._loose_values(row, now, open_end)
        if open_end is not None and goes_on(row, now.table, open_end):
            self._open_end = open_end
            return True
        return self._misprint(row, now) or self._unknown_row(row, now, open_end)

    def _misprint(self, row: PrintedRow, now: Region) -> bool:
        item = misprinted_item(row, now.table) if now.items else None
        if item is not None:
            self._add(now.table, item)
        return item is not None

    def _loose_values(self, row: PrintedRow, now: Region, open_end: Item | None) -> bool:
        """Values in a line of their own go on with the row above, or belong to nobody."""
        if open_end is not None:
            open_end.values.extend(row.cells)
            self._open_end = open_end
            return True
        now.items.append(Item(row=row, is_loose=True, values=row.cells, own_line=len(row.cells)))
        return False

    def _unknown_row(self, row: PrintedRow, now: Region, open_end: Item | None) -> bool:
        """A row with values inside a table of the form is kept, for its place among the others or to be told."""
        if row.line is not None and (open_end is None or len(row.cells) < 2):
            return False
        if open_end is None and row.block not in now.blocks and not self._continues(row.block, now.table):
            return False
        own = row.cells[row.label_end - 1] if row.label_end else None
        item = Item(row=row, own=own, before=row.cells[: max(row.label_end - 1, 0)], values=row.cells[row.label_end :])
        for table in self._shared if len(self._shared) > 1 else ():
            if own and (keys := table.misprinted_row(own.text)):
                item.row_keys = keys
                self._add(table, item)
                return True
        if not self._joins(item, now):
            now.items.append(item)
            now.blocks.add(row.block)
            self._open_end = None if row.placed else item
        return True

    def _joins(self, item: Item, now: Region) -> bool:
        """Put together a row whose label is broken by a page end, with its values on the second page."""
        last = next((i for i in reversed(now.items) if not i.is_header), None)
        if last is None or last.own is None or item.own is None or last.row.block == item.row.block or width_of(last.values):
            return False
        if not (keys := now.table.row_keys(last.own.text + item.own.text)):
            return False
        last.own = msgspec.structs.replace(last.own, text=last.own.text + item.own.text)
        last.row_keys, last.values, last.row = keys, item.values, item.row
        return True

    def _furniture(self, row: PrintedRow, now: Region) -> bool:
        """Words of the table that are neither row nor column: stub, group heads, notes, pieces of broken labels."""
        if row.line is not None and not (now.items or now.table.is_blocks):
            return any(is_stub(cell.text) for cell in row.filled)
        if row.line is not None and ((now.table.is_blocks and now.has_data) or is_nothing(row.line.text)):
            return False
        if self._header_part(row):
            return True
        texts, table = [cell.text for cell in row.filled], now.table
        return all(is_stub(t) or table.is_group(t) or (len(t) <= 40 and table.is_fragment(t)) for t in texts)

    def _continues(self, block: int, table: FormTable) -> bool:
        """Whether a later row of the same grid belongs to the table."""
        return any((item := item_of(row, table)) is not None and item.row_keys for row in self._blocks[block])
