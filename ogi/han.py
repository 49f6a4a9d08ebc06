r"""Chinese characters in regular expressions.

``[\u4e00-\u9fff]`` takes Python's compiler a millisecond wherever it stands in a pattern, since it ticks every character of the
range off; these say the same by what such characters are, in a fortieth of that. The data files write them out.
"""

from __future__ import annotations

HAN = r"[^\W\d〇\x00-\xff]"
"""One Chinese character: a letter outside Latin-1 (kana or Cyrillic would do too), and no zero written as a ring."""
NOT_HAN = r"[\W\d〇\x00-\xff]"
"""Any other character."""
