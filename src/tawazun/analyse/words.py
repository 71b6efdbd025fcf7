"""Turns text into the words that are compared: folded, and for search without what is written on to them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import fsum

from tawazun.base.letters import FOLD_TABLE
from tawazun.model.happenings import Affixes, Joining

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_LEAST = 2


def folded_words(text: str) -> list[str]:
    """Returns the words and numbers of a text in order, folded, without marks."""
    return _WORD.findall(text.translate(FOLD_TABLE))


@lru_cache(maxsize=200_000)
def stem(word: str, affixes: Affixes) -> str:
    """Cuts a folded word down to what its forms share: the light stemmer of Larkey, Ballesteros and Connell (light10, 2007)."""
    rest = word.removeprefix(affixes.conjunction)
    if len(rest) > _LEAST and word not in affixes.own:
        word = rest
    for prefix in affixes.prefixes:
        if word.startswith(prefix) and len(word) >= len(prefix) + _LEAST:
            word = word[len(prefix) :]
            break
    for suffix in affixes.suffixes:
        if word.endswith(suffix) and len(word) >= len(suffix) + _LEAST:
            word = word[: -len(suffix)]
    return word


def stems_of(text: str, affixes: Affixes) -> frozenset[str]:
    """Returns the stems of a text, numbers as they are, words of one letter left out."""
    return frozenset(_stems(folded_words(text), affixes))


def _stems(words: Iterable[str], affixes: Affixes) -> Iterator[str]:
    for word in words:
        found = word if word[0].isdigit() else stem(word, affixes)
        if len(found) > 1 or found.isdigit():
            yield found


def stemmed(text: str, affixes: Affixes) -> str:
    """Returns the stems of a name or trigger in order, a space between them."""
    return " ".join(word if word[0].isdigit() else stem(word, affixes) for word in folded_words(text))


def mass_of(words: Iterable[str], joining: Joining) -> float:
    """Returns how much words say together, in nats: common ones little. The sum is exact, so that it doesn't hang on the order of a set."""
    table, rare = joining.words, joining.rare
    return fsum([table.get(word, rare) for word in words])
