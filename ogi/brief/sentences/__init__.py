"""The text of a brief, written by rules: what rose, what fell, what stands out, each sentence with the numbers it is made of.

No sentence praises or blames, and none is written by anything but its rule: the same frames give the same text. Shares change in
percentage points, counts in their own unit and in per cent. A base below 10 gives counts only, one of 10–29 is marked as a small
sample, and nothing is called high or low, nor ranked, on a base below 30. A missing number is said to be missing.
"""

from ogi.brief.sentences.agencies import absent_sentence, movers_sentence
from ogi.brief.sentences.change import change_sentence
from ogi.brief.sentences.history import Past, record_sentence, run_sentence
from ogi.brief.sentences.peers import peer_sentence
from ogi.brief.sentences.sentence import Sentence

__all__ = [
    "Past",
    "Sentence",
    "absent_sentence",
    "change_sentence",
    "movers_sentence",
    "peer_sentence",
    "record_sentence",
    "run_sentence",
]
