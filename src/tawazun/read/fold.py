"""Turns a text into its folded form with a map from every folded offset back to the raw one.

Laws (tested as properties): offsets never decrease; each character of the text is folded by itself and every character of the result
has its offset, the length of the text last; a raw span of whole words folds back to itself; folding a folded text changes nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tawazun.base.letters import FOLD_TABLE, RESIZED

_RESIZED = re.compile("[" + "".join(map(re.escape, sorted(RESIZED))) + "]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Is a folded text; `offsets[i]` is where the raw text of folded character `i` starts, and `offsets[len(text)]` is the raw length."""

    text: str
    offsets: Sequence[int]


def fold(text: str) -> Folded:
    """Folds a whole text."""
    if RESIZED.isdisjoint(text):
        return Folded(text.translate(FOLD_TABLE), range(len(text) + 1))
    offsets: list[int] = []
    start = 0
    for match in _RESIZED.finditer(text):
        at = match.start()
        offsets.extend(range(start, at))
        offsets.extend([at] * len(FOLD_TABLE[ord(text[at])]))
        start = at + 1
    offsets.extend(range(start, len(text) + 1))
    return Folded(text.translate(FOLD_TABLE), offsets)


def raw_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Maps a non-empty folded span to the raw span that it came from; marks dropped after its last letter belong to it."""
    raw_end = folded.offsets[end] if end < len(folded.text) else folded.offsets[-1]
    return folded.offsets[start], raw_end


def folded_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Maps a raw span to the folded span of the characters that start inside it."""
    return bisect_left(folded.offsets, start), bisect_left(folded.offsets, end, hi=len(folded.text))
