"""Turns a text into the words by which it is searched: folded, and without conjunction, preposition and article written on to them."""

import re

from tawazun.base.letters import fold_word
from tawazun.read.words import Words

_LIMIT = 300_000
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+|[^\W\d_\u0600-\u06ff]+")


def search_words(text: str, words: Words) -> list[str]:
    """Returns the search words of a text in order; a query goes through the same function, so that spelling and clitics don't matter."""
    return search_text(text, words).split()


def search_text(text: str, words: Words) -> str:
    """Returns the search words of a text in order, with a space between them."""
    parts = text.split()
    found = list(map(words.searched.get, parts))
    if None in found:
        found = [_learn(part, words) if cores is None else cores for part, cores in zip(parts, found, strict=True)]
    return " ".join(filter(None, found))


def _learn(part: str, words: Words) -> str:
    """Works out the search words in a stretch without spaces, and remembers them: most come again and again."""
    known = words.searched
    if len(known) > _LIMIT:
        known.clear()
    known[part] = cores = " ".join(map(words.core, _WORD.findall(fold_word(part).lower())))
    return cores
