"""Pictures of the places in stored documents where the findings of a shared view stand."""

from __future__ import annotations

import atexit
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import cast

from loaders.errors import CannotReadError
from loaders.picture import Look, Picture, pictures_of
from loaders.sandbox import Sandbox
from ogi.labels import Lang
from ogi.personal_data import Mask
from ogi.report import Report, Scope
from ogi.shares.content import Problem
from ogi.store.location import StoreError
from ogi.store.reports import document_bytes, find, stored
from ogi.store.store import Store

_KEPT = 200
_TEXT = re.compile(r">([^<>]+)<")
_LOG = logging.getLogger(__name__)


class PersonalDataError(Exception):
    """A picture might show personal data, which is hidden from who asks."""


class EvidencePictures:
    """Draws pictures in a worker process and keeps the last ones. Safe to use from several threads."""

    def __init__(self, store: Callable[[], Store]) -> None:
        """Take where the documents are."""
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], Picture] = OrderedDict()

    def of(self, problem: Problem, lang: Lang, *, hides_personal: bool) -> Picture | None:
        """Return the picture of the cell a finding looks at, with what stands beside it.

        ``None`` where it looks at no cell, where the document is not kept or is no longer the one the report is read from, and
        where no picture can be made of it. Whether the reader may see it was decided before: the finding is on the page.

        Args:
            problem: the finding.
            lang: of what the picture says of itself.
            hides_personal: whether personal data is hidden from the reader.

        Raises:
            PersonalDataError: it is, and the picture might show some: a picture of the page itself holds whatever stands around
                the cell, so none is given of a report in whose words there is any; a table drawn again is asked word by word.
        """
        name = (problem.report_id, problem.sha256, problem.cell, lang, str(hides_personal))
        with self._lock:
            if name in self._kept:
                return self._kept[name]
        try:
            picture = self._drawn(problem, lang, hides_personal)
        except (CannotReadError, StoreError) as error:
            _LOG.warning("no picture of %s in %s: %s", problem.cell, problem.report_id, error)
            return None
        if picture is not None:
            with self._lock:
                self._kept[name] = picture
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return picture

    def _drawn(self, problem: Problem, lang: Lang, hides_personal: bool) -> Picture | None:
        organ, year, scope = problem.report_id.split(".")
        with self._store().records.reading() as connection:
            report_id = find(connection, organ, int(year), cast(Scope, scope))
            if not problem.cell or report_id is None:
                return None
            report = stored(connection, report_id)
            if report.version.sha256 != problem.sha256:
                return None
            data = document_bytes(connection, problem.sha256)
        if data is None:
            return None
        look = Look(extent="row", dpi=144, kind="svg", lang=lang)
        picture = _sandbox().run(pictures_of, data, report.printed, [problem.cell], look).shown.get(problem.cell)
        if picture is not None and hides_personal and _is_personal(picture, report.printed):
            raise PersonalDataError
        return picture


def _is_personal(picture: Picture, report: Report) -> bool:
    mask = Mask()
    if picture.is_redrawn:
        for text in _TEXT.findall(picture.data.decode("utf-8", "replace")):
            mask.text(unescape(text))
    else:
        mask.report(report)
        mask.within([*report.meta.values(), *((cell.raw, cell.remark) for cell in report.cells.values())])
        mask.within([(row.label, *row.values) for row in (*report.local_rows, *report.free_rows)])
    return mask.count > 0


@lru_cache(maxsize=1)
def _sandbox() -> Sandbox:
    """One worker process for all links; started when the first picture is asked for."""
    sandbox = Sandbox(workers=1)
    atexit.register(sandbox.close)
    return sandbox
