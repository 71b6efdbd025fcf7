"""Turns a text into its folded form with a map from every folded offset back to the raw one.

Laws (tested as properties): offsets never decrease; each character of the text is folded by itself and every character of the result
has its offset, the length of the text last; a raw span of whole words folds back to itself; folding a folded text changes nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tawazun.base.letters import FOLD_TABLE, FOLDED, RESIZED

_RESIZED = re.compile("[" + "".join(map(re.escape, sorted(RESIZED))) + "]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Is a folded text; `offsets[i]` is where the raw text of folded character `i` starts, and `offsets[len(text)]` is the raw length."""

    text: str
    offsets: Sequence[int]


def fold(text: str) -> Folded:
    """Folds a whole text: one letter after the other, for a text has few of those to fold, and replacing one is six times as fast as
    looking all characters up.
    """
    changed, folded = FOLDED.intersection(text), text
    for char in changed:
        folded = folded.replace(char, FOLD_TABLE[ord(char)])
    if RESIZED.isdisjoint(changed):
        return Folded(folded, range(len(text) + 1))
    offsets: list[int] = []
    start = 0
    for match in _RESIZED.finditer(text):
        at = match.start()
        offsets.extend(range(start, at))
        offsets.extend([at] * len(FOLD_TABLE[ord(text[at])]))
        start = at + 1
    offsets.extend(range(start, len(text) + 1))
    return Folded(folded, offsets)


def raw_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Maps a non-empty folded span to the raw span that it came from; marks dropped after its last letter belong to it."""
    return folded.offsets[start], folded.offsets[end]


def folded_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Maps a raw span to the folded span of the characters that start inside it."""
    return bisect_left(folded.offsets, start), bisect_left(folded.offsets, end, hi=len(folded.text))
