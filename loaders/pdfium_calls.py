"""PDFium's functions as plain calls on addresses, because a page has thousands of characters and each takes several of them.

pypdfium2's own bindings convert every argument anew; these take integers only. They keep Python's lock, which PDFium, made for
one thread, needs anyway. A function that is missing raises ``AttributeError`` when this module is imported, and PDF files are
then read without PDFium.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, Literal

from pypdfium2 import PdfTextPage, raw

from loaders.pdf_page import UNKNOWN

_ADDRESS, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _call(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    place = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(place)  # type: ignore[arg-type]  an address makes a function of it


char_code = _call("FPDFText_GetUnicode", _UINT, _ADDRESS, _INT)
_text = _call("FPDFText_GetText", _INT, _ADDRESS, _INT, _INT, _ADDRESS)
char_has_no_code = _call("FPDFText_HasUnicodeMapError", _INT, _ADDRESS, _INT)
char_object = _call("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)
char_box = _call("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
char_origin = _call("FPDFText_GetCharOrigin", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
char_size = _call("FPDFText_GetFontSize", ctypes.c_double, _ADDRESS, _INT)
char_matrix = _call("FPDFText_GetMatrix", _INT, _ADDRESS, _INT, _ADDRESS)
text_mode = _call("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
text_size = _call("FPDFTextObj_GetFontSize", _INT, _ADDRESS, _ADDRESS)
fill_color = _call("FPDFPageObj_GetFillColor", _INT, *(_ADDRESS,) * 5)
stroke_color = _call("FPDFPageObj_GetStrokeColor", _INT, *(_ADDRESS,) * 5)
page_object = _call("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
form_object = _call("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, _INT)
form_count = _call("FPDFFormObj_CountObjects", _INT, _ADDRESS)
object_type = _call("FPDFPageObj_GetType", _INT, _ADDRESS)
object_matrix = _call("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
object_bounds = _call("FPDFPageObj_GetBounds", _INT, *(_ADDRESS,) * 5)
clip_path = _call("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
clip_count = _call("FPDFClipPath_CountPaths", _INT, _ADDRESS)
clip_length = _call("FPDFClipPath_CountPathSegments", _INT, _ADDRESS, _INT)
clip_segment = _call("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT, _INT)
path_length = _call("FPDFPath_CountSegments", _INT, _ADDRESS)
path_segment = _call("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
path_mode = _call("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_point = _call("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type = _call("FPDFPathSegment_GetType", _INT, _ADDRESS)
segment_closes = _call("FPDFPathSegment_GetClose", _INT, _ADDRESS)
mark_count = _call("FPDFPageObj_CountMarks", _INT, _ADDRESS)
mark_at = _call("FPDFPageObj_GetMark", _ADDRESS, _ADDRESS, ctypes.c_ulong)
mark_value = _call("FPDFPageObjMark_GetParamValueType", _INT, _ADDRESS, ctypes.c_char_p)
remove_mark = _call("FPDFPageObj_RemoveMark", _INT, _ADDRESS, _ADDRESS)
set_active = _call("FPDFPageObj_SetIsActive", _INT, _ADDRESS, _INT)


def address(handle: Any) -> int:
    """The address of a pypdfium2 object or of one of its raw handles."""
    return ctypes.cast(getattr(handle, "raw", handle), ctypes.c_void_p).value or 0


def text_of(text_page: PdfTextPage, count: int) -> list[str]:
    """The ``count`` characters of a text page, made up ones included; one that the file does not name is not what it seems."""
    place, start = address(text_page), _room(2 * count + 2)
    if _text(place, 0, count, start) == count + 1:
        texts = list(ctypes.string_at(start, 2 * count).decode("utf-16-le", "surrogatepass"))
        if len(texts) == count:
            return texts
    # A character beyond the basic plane takes two places, one without a number none.
    return [chr(code) if (code := char_code(place, index)) <= sys.maxunicode else UNKNOWN for index in range(count)]


def collect(
    function: Callable[..., Any], leading: Sequence[Iterable[int]], count: int, code: Literal["f", "d", "I"], *pieces: int
) -> list[Any]:
    """Call ``function`` ``count`` times and return all it wrote, end to end; what a failing call did not write is 0.

    Args:
        function: takes the ``leading`` arguments and then one address for each of ``pieces``.
        leading: each argument as one iterable over the calls.
        count: how many calls.
        code: type of the values as in :mod:`struct`: ``f``, ``d`` or ``I``.
        pieces: how many values the function writes to each address.
    """
    size = struct.calcsize(code)
    step = size * sum(pieces)
    start, places = _room(step * count), []
    for offset in accumulate((0, *pieces[:-1])):
        first = start + offset * size
        places.append(range(first, first + step * count, step))
    deque(map(function, *leading, *places), maxlen=0)
    return memoryview(ctypes.string_at(start, step * count)).cast(code).tolist()


_buffer = ctypes.create_string_buffer(1 << 16)


def _room(size: int) -> int:
    """The address of ``size`` bytes, all 0, that the next call takes for itself."""
    global _buffer  # noqa: PLW0603 - making a new one for every question costs as much as the answer
    if size > len(_buffer):
        _buffer = ctypes.create_string_buffer(2 * size)
    start = ctypes.addressof(_buffer)
    ctypes.memset(start, 0, size)
    return start
