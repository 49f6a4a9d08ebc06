"""The ASGI application: the pages of the dashboard, the links (``/s/…``) and ``/healthz``.

Served by uvicorn (``uvicorn app:app``) or by ``streamlit run app.py``. The main script is not beside ``pages/``, so a
cold server opened at a deep link runs the page inside the frame.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

import ogi
from loaders.ingest.job import leave_jobs, resume_jobs
from ogi.store.groups import organs_of
from ogi.store.location import StoreError
from ogi.store.upkeep import Upkeep
from pages.parts.failure import show_failure
from pages.parts.open_library import open_library
from pages.parts.sample_library import sample_library
from pages.parts.starting import journal_at_start, may_start, settings_at_start
from pages.parts.store import close_store, open_at_start, store
from pages.parts.upload_reading import upload_sandbox
from pages.parts.visitor import has_single_sign_on
from web.access.door import Door
from web.access.guests import holds_open_share
from web.access.sign_in import sign_in_routes
from web.access.who import who_asks
from web.api import Upload, api_routes
from web.metrics import Counting, Metrics
from web.packed_files import PackedFiles
from web.request_log import RequestLog
from web.share_routes import share_routes

ROOT = Path(__file__).resolve().parent
WITH_ADDRESSES = journal_at_start()
SETTINGS = settings_at_start()
METRICS = Metrics(SETTINGS.base_path)
METRICS.watch("ogi_reports_in_library", "Reports in the library", lambda: len(store().snapshot()))
METRICS.watch("ogi_library_generation", "Generation of the figures shown", lambda: store().snapshot().generation)


async def healthz(_: Request) -> JSONResponse:
    """Tell that the server lives, its version, and how many sample reports it has read so far."""
    progress = sample_library().progress()
    return JSONResponse({"status": "ok", "version": ogi.__version__, "reports": progress.read, "documents": progress.total})


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the store, go on with bulk reading cut off before and read the samples in the background; end all with the server."""
    journal_at_start()  # again: loading Streamlit has set up loggers of its own
    may_start()
    upkeep = None
    if open_at_start():
        resume_jobs(store())
        upkeep = Upkeep(store())
        upkeep.start()
    library = sample_library()
    library.start()
    try:
        yield {}
    finally:
        library.close()
        leave_jobs()
        if upkeep is not None:
            upkeep.stop()
        close_store()


def overview(request: Request) -> RedirectResponse:
    """Lead to the overview, whose address has no name: Streamlit would say in English that there is no such page."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./", 307)


def find_group(key: str) -> tuple[str, ...] | None:
    """The organs kept under an id that an address may name them by."""
    try:
        with store().records.reading() as connection:
            return organs_of(connection, key)
    except StoreError:
        return None


def may_reach_pages(path: str, cookies: dict[str, str]) -> bool:
    """Whether the pages, which ask who comes at every run, may be reached by somebody who has not signed in here."""
    return not path.startswith("/api/") and (has_single_sign_on() or holds_open_share(lambda: store().records, cookies))


app = st.App(
    ROOT / "pages" / "parts" / "frame.py",
    routes=[
        Route("/healthz", healthz),
        Route("/overview", overview),
        METRICS.route(),
        Upload(store=store, sandbox=upload_sandbox).route(),
        *api_routes(lambda _: open_library(), find_group),
        *share_routes(store, open_library),
        *sign_in_routes(SETTINGS, lambda: store().records),
    ],
    lifespan=lifespan,
    middleware=[
        Middleware(RequestLog, kind_of=METRICS.kind_of, has_address=WITH_ADDRESSES),
        Middleware(Counting, metrics=METRICS),
        Middleware(PackedFiles),
        Middleware(
            Door,
            settings=SETTINGS,
            who=lambda cookies, bearer: who_asks(SETTINGS, lambda: store().records, cookies, bearer),
            granted=may_reach_pages,
        ),
    ],
    on_script_error=show_failure,
)
