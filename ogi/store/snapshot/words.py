"""Texts of a column as numbers, the same in every file and generation: the list of words only grows."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa


class Words:
    """The words of one column. Safe to use from several threads."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}
        self._lock = threading.Lock()
        self._index = pd.Index([], dtype="str")
        self._texts = np.array([""], dtype=object)

    def code(self, word: str) -> int:
        """Return the number of a word, -1 where it is not known."""
        return self._code.get(word, -1)

    def codes(self, column: pa.ChunkedArray | pa.Array) -> np.ndarray[Any, np.dtype[np.int32]]:
        """Return the number of each text; -1 where there is none. Words not yet known get numbers."""
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        with self._lock:
            known = self._code
            of_word = np.array(
                [known.setdefault(word, len(known)) for word in column.dictionary.to_pylist()] + [-1], dtype=np.int32
            )
        places = column.indices.fill_null(len(of_word) - 1).to_numpy(zero_copy_only=False)
        return of_word[places]

    def categorical(self, codes: np.ndarray[Any, Any]) -> pd.Categorical:
        """Return numbers as a column of texts."""
        return pd.Categorical.from_codes(codes, categories=self.index(), validate=False)

    def index(self) -> pd.Index:
        """The words in the order of their numbers."""
        with self._lock:
            if len(self._index) < len(self._code):
                self._index = pd.Index(list(self._code), dtype="str")
            return self._index

    def texts(self) -> np.ndarray[Any, Any]:
        """The words as an array of objects, with ``""`` at the end for -1."""
        with self._lock:
            if len(self._texts) <= len(self._code):
                self._texts = np.array([*self._code, ""], dtype=object)
            return self._texts
