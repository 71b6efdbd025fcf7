"""Turns a text into the words by which it is searched: folded, and without conjunction, preposition and article written on to them."""

import re
from functools import lru_cache

from tawazun.read.fold import fold
from tawazun.read.words import Words

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+|[^\W\d_\u0600-\u06ff]+")


def search_words(text: str, words: Words) -> list[str]:
    """Returns the search words of a text in order; a query goes through the same function, so that spelling and clitics don't matter."""
    return [word for part in text.split() for word in _within(part, words)]


@lru_cache(maxsize=200_000)
def _within(part: str, words: Words) -> tuple[str, ...]:
    """Returns the search words in a stretch without spaces; most come again and again, so it is remembered."""
    return tuple(words.core(word) for word in _WORD.findall(fold(part).text.lower()))
