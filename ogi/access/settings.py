"""How a server may be used, as its environment says.

``OGI_MODE``            ``local`` (default) or ``shared``
``OGI_PUBLIC_URL``      where people find the server: ``https://ogi.example.gov.cn/path``
``OGI_ALLOWED_HOSTS``   further host names that are answered, parted by commas
``OGI_PUBLIC_READING``  ``1``: a shared server shows everything to whoever comes; changing needs signing in as ever
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

SIGN_IN_COOKIE = "ogi_sign_in"
Mode = Literal["local", "shared"]
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class SettingsError(Exception):
    """The environment says something that cannot be meant; ``code`` is a message ``access.start.<code>``."""

    def __init__(self, code: str, **params: str) -> None:
        """Keep what to say."""
        super().__init__(code, params)
        self.code, self.params = code, params


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a server may be used."""

    mode: Mode = "local"
    public_url: str | None = None
    """Without a slash at the end."""
    hosts: frozenset[str] = LOCAL_HOSTS
    """Host names that are answered, in lower case and without port."""
    public_reading: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether others than who sits at the computer may come."""
        return self.mode == "shared"

    @property
    def is_secure(self) -> bool:
        """Whether people come by TLS, so that cookies must not travel without."""
        return (self.public_url or "").startswith("https://")

    @property
    def base_path(self) -> str:
        """The path in front of every address where a proxy serves the dashboard below one: ``/ogi``; else ``""``."""
        return urlsplit(self.public_url or "").path


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a value is none of those possible, or a shared server does not know its own address.
    """
    mode = environment.get("OGI_MODE", "local").strip() or "local"
    if mode not in get_args(Mode):
        raise SettingsError("mode", value=mode)
    url = environment.get("OGI_PUBLIC_URL", "").strip().rstrip("/") or None
    host = _host_of(url) if url else None
    more = {name.strip().lower() for name in environment.get("OGI_ALLOWED_HOSTS", "").split(",") if name.strip()}
    if mode == "shared" and host is None and not more:
        raise SettingsError("no_host")
    return Settings(
        mode=cast(Mode, mode),
        public_url=url,
        hosts=LOCAL_HOSTS if mode == "local" else frozenset({*more, *((host,) if host else ())}) | LOCAL_HOSTS,
        public_reading=switch(environment, "OGI_PUBLIC_READING"),
    )


def _host_of(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError("public_url", value=url)
    return parts.hostname.lower()


def switch(environment: Mapping[str, str], name: str) -> bool:
    """Return whether a switch is on; off where nothing is said.

    Raises:
        SettingsError: it is neither on nor off.
    """
    text = environment.get(name, "").strip().lower()
    if text not in _TRUE | _FALSE:
        raise SettingsError("switch", name=name, value=text)
    return text in _TRUE
