"""Every message a page asks for by name exists in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from ogi.labels import messages
from ogi.view import PAGES
from pages.parts import sidebar

FOLDER = Path(__file__).resolve().parents[2] / "pages"


def test_every_page_is_in_the_sidebar_once_or_reached_from_the_list_of_reports() -> None:
    listed = [name for names in sidebar.GROUPS.values() for name in names]
    assert sorted([*listed, "report", "key_in"]) == sorted(PAGES)


def test_every_message_of_the_pages_exists() -> None:
    wanted = {
        key
        for path in FOLDER.rglob("*.py")
        for key in re.findall(r'labels\(\s*"([a-z_0-9.]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(wanted) > 60
    assert sorted(wanted - messages().keys()) == []
