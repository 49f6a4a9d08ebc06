"""导出简报: a brief of what is shown as Word, PowerPoint, Excel, PDF and picture, each made only when it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from loaders.page_png import page_png
from ogi.brief.brief_book import write_book
from ogi.brief.build import brief_of
from ogi.brief.content import Brief, Tables
from ogi.brief.paper import brief_pdf
from ogi.brief.pdf import missing_part
from ogi.brief.slides import write_slides
from ogi.brief.word import write_full, write_one_page
from ogi.comparison.lineage_words import lineage_words
from ogi.labels import Labels
from ogi.lineage import Lineage
from ogi.selection import WIDE
from ogi.view import describe
from pages.parts.agency_parts import alone, among_peers, peers_exist
from pages.parts.compared import compare, years_of
from pages.parts.lineage import lineage_of, through_history
from pages.parts.members import sum_name
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.upload_reading import upload_sandbox


@dataclass(frozen=True)
class _File:
    """One kind of file."""

    name: str
    ending: str
    icon: str
    write: Callable[[Brief, Labels], bytes]
    needs_pdf: bool = False


def _picture(brief: Brief, labels: Labels) -> bytes:
    """Drawn in a worker: the library that draws pages must not be used by several visitors at once."""
    return upload_sandbox().run(page_png, brief_pdf(brief, labels, full=False))


_FILES = (
    _File("word_page", "page.docx", "description", write_one_page),
    _File("word_full", "full.docx", "article", write_full),
    _File("slides", "slides.pptx", "slideshow", write_slides),
    _File("book", "book.xlsx", "table_view", write_book),
    _File("pdf_page", "page.pdf", "picture_as_pdf", lambda brief, labels: brief_pdf(brief, labels, full=False), needs_pdf=True),
    _File("pdf_full", "full.pdf", "picture_as_pdf", lambda brief, labels: brief_pdf(brief, labels, full=True), needs_pdf=True),
    _File("picture", "page.png", "image", _picture, needs_pdf=True),
)


def show_brief(at: Stage, organ: str = "", *, before: int | None = None, after: int | None = None) -> None:
    """Draw the button that offers the brief of what is shown.

    Args:
        at: the stage of the page.
        organ: id of the one agency it is about; ``""`` for all shown, added up.
        before: the year it is set against; the baseline of the view or the year before if not given.
        after: the newest year it tells; the newest one shown if not given.
    """
    labels, reports = at.labels, len(at.selection.in_scope)
    if reports > WIDE:
        st.caption(f":material/ios_share: {labels('many.no_brief', reports=f'{reports:,}', limit=f'{WIDE:,}')}")
        return
    label, tip = labels("brief.files.open"), labels("brief.files.tip")
    with st.popover(label, icon=":material/ios_share:", help=tip, key="brief_files", on_change="rerun") as box:
        if not box.open:
            return
        of = _told(at, organ, before, after)
        if of.selection.is_empty:
            st.info(labels("brief.files.nothing"))
            return
        missing = missing_part()
        stem = f"brief_{organ or 'sum'}_{after or max(of.selection.years)}"
        for file in _FILES:
            st.download_button(
                labels(f"brief.files.{file.name}"),
                lambda file=file: file.write(made(of, organ), labels),
                file_name=f"{stem}_{file.ending}",
                icon=f":material/{file.icon}:",
                key=f"brief_{file.name}",
                on_click="ignore",
                disabled=file.needs_pdf and missing is not None,
                width="stretch",
            )
        if missing is not None:
            st.caption(plain(labels(f"brief.missing.{missing}")))


def _told(at: Stage, organ: str, before: int | None, after: int | None) -> Stage:
    """The view the brief is about: this agency alone, up to the year told."""
    of = alone(at, organ) if organ else at
    years = of.view.years
    if after is not None and not of.selection.is_empty:
        lineage = lineage_of(of, organ, of.selection.series["scope"].iloc[0])
        years = tuple(year for year in (lineage.years if lineage else of.selection.years) if year <= after)
    view = replace(of.view, years=years, baseline=of.view.baseline if before is None else before)
    return replace(of, view=view)


def made(at: Stage, organ: str) -> Brief:
    """Return the brief of a view.

    Raises:
        ValueError: nothing that may be added up is shown.
    """
    labels, selection = at.labels, at.selection
    names = dict(zip(selection.series["organ_id"].tolist(), selection.series["organ_name"].tolist(), strict=True))
    scope = (selection.added.scope or "") if not organ else selection.series["scope"].iloc[0]
    lineage = lineage_of(at, organ, scope)
    selection, tables = through_history(at, lineage, scope).selection, _tables(at, organ, scope, lineage)
    brief = brief_of(
        selection,
        labels,
        who=names[organ] if organ else sum_name(at),
        sentence=describe(at.shown, labels, at.library),
        made_on=date.today().isoformat(),
        tables=tables[0],
        said=tables[1],
        organ=organ,
        peers=among_peers(at, organ).selection if organ and peers_exist(at, organ) else None,
    )
    if brief is None:
        raise ValueError("nothing that may be added up is shown")
    return brief


def _tables(at: Stage, organ: str, scope: str, lineage: Lineage | None) -> tuple[Tables | None, tuple[str, ...]]:
    """The official tables of the newest year and of the one it is set against; and whose figures they are, in sentences."""
    years = years_of(at, organ, scope, lineage)
    if not years:
        return None, ()
    newest = years[-1]
    before = newest - 1 if at.view.baseline is None else at.view.baseline
    shown = (before, newest) if before in years and before != newest else (newest,)
    found = compare(at, organ, scope, shown, (before, newest), lineage=lineage)
    said = found.said if lineage is None else tuple(lineage_words(lineage, years, at.labels))
    return Tables(blocks=found.blocks, cells=found.cells, years=found.years, heads=found.heads), said
