"""What a page imports, loaded by one visitor at a time.

On a cold server the first visitors import the same packages in several threads. Packages whose parts import each other, as
openpyxl's do, then wait for each other in a circle: Python breaks the circle by an error, and those visitors' pages fail.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock

_ONE_AT_A_TIME = Lock()


def load_modules_of(script: Path) -> None:
    """Import every module that a page imports at its top; at once where that was done."""
    with _ONE_AT_A_TIME:
        _load(script)


@cache
def _load(script: Path) -> None:
    for statement in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            import_module(statement.module)
        elif isinstance(statement, ast.Import):
            for name in statement.names:
                import_module(name.name)
