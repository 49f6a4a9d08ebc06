"""Reading scans: a page picture in, grids and lines out, by the ruled lines of the page and recognition of each cell.

What it needs is an optional part of the installation (``pip install .[scan]``). The network ships inside a package; nothing
is fetched. Importing this package loads none of it: the way in is :func:`loaders.scan.page.read_page`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("cv2", "onnxruntime")
_PACKAGE = "rapidocr"
_MODEL = "models/PP-OCRv6_rec_small.onnx"


def is_available() -> bool:
    """Whether scans can be read here. Cheap: looks for the packages and imports none."""
    return all(find_spec(name) for name in _NEEDED) and model_path() is not None


def model_path() -> Path | None:
    """Where the recognising network is, or ``None`` where the package that brings it is not installed."""
    spec = find_spec(_PACKAGE)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for folder in folders if (path := Path(folder, _MODEL)).is_file()), None)
