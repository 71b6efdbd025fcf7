"""Turns a text into the words by which it is searched: folded, and without conjunction, preposition and article written on to them."""

import re

from tawazun.read.fold import fold
from tawazun.read.words import Words

_LIMIT = 300_000
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+|[^\W\d_\u0600-\u06ff]+")


def search_words(text: str, words: Words) -> list[str]:
    """Returns the search words of a text in order; a query goes through the same function, so that spelling and clitics don't matter."""
    return search_text(text, words).split()


def search_text(text: str, words: Words) -> str:
    """Returns the search words of a text in order, with a space between them."""
    known = words.searched
    found = []
    for part in text.split():
        cores = known.get(part)
        if cores is None:
            cores = _learn(part, words)
        if cores:
            found.append(cores)
    return " ".join(found)


def _learn(part: str, words: Words) -> str:
    """Works out the search words in a stretch without spaces, and remembers them: most come again and again."""
    known = words.searched
    if len(known) > _LIMIT:
        known.clear()
    known[part] = cores = " ".join(words.core(word) for word in _WORD.findall(fold(part).text.lower()))
    return cores
