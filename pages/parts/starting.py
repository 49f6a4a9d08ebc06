"""What is looked at before a server starts, and what it lets its pages decide themselves."""

from __future__ import annotations

from streamlit import config

from ogi.access.settings import Settings, SettingsError
from ogi.journal import start_journal
from ogi.labels import LANGS, Labels
from ogi.store.accounts import can_anybody_sign_in
from ogi.store.location import StoreError
from pages.parts.store import store
from pages.parts.visitor import has_single_sign_on, settings


def settings_at_start() -> Settings:
    """Return the settings of this server, and tell Streamlit the path below which a proxy serves it.

    Raises:
        SystemExit: they cannot be meant; it says why.
    """
    try:
        found = settings()
    except SettingsError as error:
        raise SystemExit(_said(f"access.start.{error.code}", **error.params)) from None
    if found.base_path:
        config.set_option("server.baseUrlPath", found.base_path.strip("/"))
    return found


def journal_at_start() -> bool:
    """Begin to write the journal; return whether its lines name the addresses of who asks.

    Raises:
        SystemExit: its settings cannot be meant; it says why.
    """
    try:
        return start_journal()
    except SettingsError as error:
        raise SystemExit(_said(f"access.start.{error.code}", **error.params)) from None


def may_start() -> None:
    """Refuse to start a shared server in which nobody could sign in, unless it only shows.

    Raises:
        SystemExit: it says what to do.
    """
    if not settings().is_shared or settings().public_reading or has_single_sign_on():
        return
    try:
        with store().records.reading() as connection:
            somebody = can_anybody_sign_in(connection)
    except StoreError as error:
        raise SystemExit(_said(f"store.error.{error.code}", **error.params)) from None
    if not somebody:
        raise SystemExit(_said("access.start.no_sign_in"))


def _said(key: str, **params: object) -> str:
    return "\n".join(Labels(lang)(key, **params) for lang in LANGS)
