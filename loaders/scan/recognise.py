"""Recognition of one printed line: a small network that ships inside a package, run on one thread, nothing fetched.

Only the recognising network is used. The picture of a line is brought to 48 pixels height; the network answers every eight
pixels with a likelihood for each character it knows, and for none. Characters that look alike in print are told apart by
what stands around them, which a lone digit has not; so their likelihoods are added up where a number is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import msgspec
import numpy as np
import onnxruntime

from loaders.scan import model_path

HEIGHT = 48
"""Pixels in height the network works on."""
STEP = 8
"""Pixels of width per answer."""
_CHINESE = "\u2e80"
"""The first character of Chinese scripts."""
_LEAST = 0.02
"""Likelihood below which a digit is no guess worth a look."""
_NARROWEST = 24
_WIDEST = 2400
_BATCH_PIXELS = 4096
"""Pixels of width of lines that are made equally wide; what a line is filled up with counts a little in how it is read."""
_AT_ONCE = 800
"""Pixels of width worked on at once, or one line: what is in work then stays near the processor."""

LOOK_ALIKES = {
    "0": "OoＯ〇○◯oｏ０", "1": "lI|｜丨Ｉｌ１", "2": "Z２", "5": "S５", "8": "B８",
    "-": "－—–一―ー", "/": "／", ".": "。．·•", ",": "，",
}  # fmt: skip
"""Characters taken for the first one where a whole cell then is a number."""


class Char(msgspec.Struct, frozen=True):
    """One recognised character."""

    text: str
    confidence: float
    """Likelihood from 0 to 1 by the network alone."""
    place: float
    """Its middle, as a share of the width of the line's picture."""
    as_number: str
    """What it is where a number is expected."""
    number_confidence: float


Line = tuple[Char, ...]


class Recogniser:
    """The network with its characters; loading takes a tenth of a second."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        listed = self._session.get_modelmeta().custom_metadata_map["character"]
        self._chars = ["", *listed.splitlines(), " "]
        place = {char: number for number, char in enumerate(self._chars)}
        groups = [[place[char] for char in (main, *others) if char in place] for main, others in LOOK_ALIKES.items()]
        self._mains = np.array([group[0] for group in groups])
        self._groups = groups
        self._digits = np.array([place[digit] for digit in "0123456789"])
        self._group_of = {member: number for number, group in enumerate(groups) for member in group}

    def read(self, pictures: Sequence[np.ndarray], squeeze: float = 1.0) -> list[Line]:
        """Recognise lines.

        Args:
            pictures: grey pictures of one line each, dark on light.
            squeeze: factor on the width; narrower pictures are read faster.
        """
        widths = [_width(picture, squeeze) for picture in pictures]
        order = sorted(range(len(pictures)), key=lambda i: (widths[i], i))
        lines: list[Line] = [()] * len(pictures)
        for batch in _batches(order, widths):
            widest = max(widths[i] for i in batch)
            step = max(1, _AT_ONCE // widest)
            for part in (batch[start : start + step] for start in range(0, len(batch), step)):
                tensor = np.zeros((len(part), 3, HEIGHT, widest), np.float32)
                for row, i in enumerate(part):
                    tensor[row] = _prepared(pictures[i], widths[i], widest, squeeze)
                answers = np.asarray(self._session.run(None, {self._input: tensor})[0])
                for i, answer in zip(part, answers, strict=True):
                    lines[i] = self._decode(answer, widths[i])
        return lines

    def _decode(self, answer: np.ndarray, width: int) -> Line:
        """The characters of the best path: a run of the same character counts once."""
        best = answer.argmax(axis=1)
        chars = []
        before = 0
        for step, char in enumerate(best):
            if char and char != before:
                end = step + 1
                while end < len(best) and best[end] == char:
                    end += 1
                peak = step + int(answer[step:end, char].argmax())
                chars.append(self._char(answer[peak], int(char), (step + end) / 2 * STEP / width))
            before = char
        return tuple(chars)

    def _char(self, answer: np.ndarray, char: int, place: float) -> Char:
        confidence = float(answer[char])
        group = self._group_of.get(char)
        if group is None:
            return Char(self._chars[char], confidence, place, *self._as_number(answer, char))
        whole = float(answer[self._groups[group]].sum())
        return Char(self._chars[char], confidence, place, self._chars[self._mains[group]], whole)

    def _as_number(self, answer: np.ndarray, char: int) -> tuple[str, float]:
        """A letter that stands for nothing in a report (ρ, é) may be a dirty digit: the likeliest one, as unlikely as it is."""
        text = self._chars[char]
        if text.isdigit() or not text.isalpha() or text >= _CHINESE:
            return text, float(answer[char])
        best = self._digits[int(answer[self._digits].argmax())]
        return (self._chars[best], float(answer[best])) if answer[best] >= _LEAST else (text, float(answer[char]))


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The network of this process."""
    path = model_path()
    assert path is not None
    return Recogniser(path)


def _width(picture: np.ndarray, squeeze: float) -> int:
    height, width = picture.shape
    wanted = width * squeeze * HEIGHT / height
    return int(min(max(-(-wanted // STEP) * STEP, _NARROWEST), _WIDEST))


def _prepared(picture: np.ndarray, own_width: int, widest: int, squeeze: float) -> np.ndarray:
    """A picture as the network wants it, filled up with grey to the widest of its batch."""
    height, width = picture.shape
    inner = min(own_width, max(STEP, round(width * squeeze * HEIGHT / height)))
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    found = np.zeros((HEIGHT, widest), np.float32)
    found[:, :inner] = cv2.resize(picture, (inner, HEIGHT), interpolation=way) / 127.5 - 1
    return found


def _batches(order: list[int], widths: list[int]) -> list[list[int]]:
    """Pictures of about the same width together."""
    batches: list[list[int]] = []
    for i in order:
        last = batches[-1] if batches else None
        if last and (len(last) + 1) * widths[i] <= _BATCH_PIXELS and widths[i] <= widths[last[0]] + max(16, widths[last[0]] // 8):
            last.append(i)
        else:
            batches.append([i])
    return batches
