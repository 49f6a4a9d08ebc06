"""Reading the YAML files of ``ogi/data`` that are not part of the form itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=32)
def read_data(name: str) -> Any:
    """Return the content of ``ogi/data/<name>``; shared between callers, so do not change it.

    Raises:
        OSError: there is no such file.
        yaml.YAMLError: the file is not YAML.
    """
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  both loaders are safe ones
