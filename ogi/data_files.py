"""Where the data files are, and how a YAML file is read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        OSError: there is no such file.
        yaml.YAMLError: the file is not YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  both loaders are safe ones


@lru_cache(maxsize=32)
def read_data(name: str) -> Any:
    """Return the content of ``ogi/data/<name>``; shared between callers, so do not change it.

    Raises:
        OSError: there is no such file.
        yaml.YAMLError: the file is not YAML.
    """
    return load_yaml(DATA / name)
