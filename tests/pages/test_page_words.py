"""Every message a page asks for by name exists in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from ogi.labels import messages

PAGES = Path(__file__).resolve().parents[2] / "pages"


def test_every_message_of_the_pages_exists() -> None:
    wanted = {
        key for path in PAGES.rglob("*.py") for key in re.findall(r'labels\(\s*"([a-z_0-9.]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(wanted) > 60
    assert sorted(wanted - messages().keys()) == []
