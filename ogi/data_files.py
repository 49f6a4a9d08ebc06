"""Where the data files are, and how they are read: YAML and TOML, each parsed once and kept beside it.

Parsing them takes longer than reading a report. What came out is kept in ``__pycache__`` as Python keeps its own modules there,
under a name that holds a digest of the content: a changed file is parsed anew, and where nothing can be written, every time.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

DATA = Path(__file__).resolve().parent / "data"


class DataError(ValueError):
    """A data file is not what its name says; the message has the place."""


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        OSError: there is no such file.
        DataError: the file is not YAML.
    """
    return _kept(path, _parsed_yaml)


def load_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        OSError: there is no such file.
        DataError: the file is not TOML.
    """
    return _kept(path, _parsed_toml)


@lru_cache(maxsize=32)
def read_data(name: str) -> Any:
    """Return the content of ``ogi/data/<name>``; shared between callers, so do not change it.

    Raises:
        OSError: there is no such file.
        DataError: the file is not YAML.
    """
    return load_yaml(DATA / name)


def _kept(path: Path, parse: Callable[[str], Any]) -> Any:
    source = path.read_bytes()
    place = path.parent / "__pycache__" / f"{path.name}.{blake2b(source, digest_size=16).hexdigest()}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(place.read_bytes())
    content = parse(source.decode("utf-8"))
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError, TypeError, OverflowError):
            _keep(content, place)
    return content


def _keep(content: Any, place: Path) -> None:
    """Write the content down, where that loses nothing, in place of what was kept of an older state of the file."""
    packed = msgspec.msgpack.encode(content)
    if msgspec.msgpack.decode(packed) != content:
        return
    place.parent.mkdir(exist_ok=True)
    for old in place.parent.glob(f"{place.name.rsplit('.', 2)[0]}.*.msgpack"):
        old.unlink(missing_ok=True)
    written = place.with_suffix(f".{os.getpid()}")
    written.write_bytes(packed)
    written.replace(place)


def _parsed_yaml(text: str) -> Any:
    import yaml  # noqa: PLC0415 - takes longer to load than what was kept

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both loaders are safe ones
    except yaml.YAMLError as error:
        raise DataError(str(error)) from error


def _parsed_toml(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - as above

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(str(error)) from error
