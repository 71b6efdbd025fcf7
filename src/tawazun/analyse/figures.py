"""Turns a sentence into the numbers in it: how many, of what, and whether that is a bound or a guess."""

from collections.abc import Iterator, Sequence

import msgspec

from tawazun.analyse.words import folded_words, stem
from tawazun.model.claims import Bound
from tawazun.model.disputes import Vocabulary
from tawazun.model.happenings import Affixes

_NEAR = 4
"""Is how many words before a number, and after it, may say what became of those it counts or that it is a bound."""
_YEARS = range(1700, 2101)
_MOST = 10_000_000


class Figure(msgspec.Struct, frozen=True):
    """Is a number that counts something: `at` and `end` are the indexes of its words, `kind` is what became of people, else the stem of the
    noun after it; None where there is neither.
    """

    value: int
    kind: str | None
    noun: str | None
    bound: Bound
    at: int
    end: int


def figures_in(words: Sequence[str], vocabulary: Vocabulary, affixes: Affixes) -> tuple[Figure, ...]:
    """Returns the numbers among folded words that count something, in order; years, dates in digits and vague numbers aren't any."""
    found = []
    for value, at, end in _numbers(words, vocabulary):
        if value not in _YEARS and value < _MOST:
            noun = stem(words[end], affixes) if end < len(words) and not words[end][0].isdigit() else None
            found.append(Figure(value, kind_near(words, at, end, vocabulary), noun, _bound(words, at, end, vocabulary), at, end))
    return tuple(found)


def _numbers(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[int, int, int]]:
    """Yields the numbers with the indexes of their first word and of the word after them."""
    at = 0
    while at < len(words):
        value, end = _number(words, at, vocabulary)
        if end > at:
            yield value, at, end
        at = max(end, at + 1)


def _number(words: Sequence[str], at: int, vocabulary: Vocabulary) -> tuple[int, int]:
    """Reads the number that begins at a word; a number in digits may have a multiplier in words (3 thousand)."""
    total, part, end = 0, 0, at
    while end < len(words):
        word = words[end]
        value = int(word.replace(",", "")) if word.replace(",", "").isdigit() else vocabulary.numbers.get(word, 0)
        if not value or (word[0].isdigit() and end > at):
            break
        if end == at:
            part = value
        elif value >= 1000:
            total, part = total + max(part, 1) * value, 0
        elif value == 100 and part < 10:
            part *= 100
        elif word in vocabulary.joined or (value == 10 and 2 < part < 10):
            part += value
        else:
            break
        end += 1
    return total + part, end


def kind_near(words: Sequence[str], at: int, end: int, vocabulary: Vocabulary) -> str | None:
    """Returns what became of those that a number counts: the nearest word that says so, a word after it before one as near before it."""
    sides = (words[end : end + _NEAR], words[max(0, at - _NEAR) : at][::-1])
    found = [(step, side, vocabulary.kinds[word]) for side in (0, 1) for step, word in enumerate(sides[side]) if word in vocabulary.kinds]
    return min(found)[2] if found else None


def _bound(words: Sequence[str], at: int, end: int, vocabulary: Vocabulary) -> Bound:
    near = {*words[max(0, at - _NEAR) : at], *words[end : end + _NEAR]}
    if near & vocabulary.least:
        return "least"
    return "about" if {*words[max(0, at - 1) : at], *words[end : end + 2]} & vocabulary.about else "exact"


def words_and_figures(text: str, vocabulary: Vocabulary, affixes: Affixes) -> tuple[list[str], tuple[Figure, ...]]:
    """Returns the folded words of a sentence with its numbers."""
    words = folded_words(text)
    return words, figures_in(words, vocabulary, affixes)


def compatible(one: int, its_bound: Bound, other: int, other_bound: Bound) -> bool:
    """Tells whether two numbers can both be right: equal, a lower bound of the other, or guesses within a fifth."""
    if one == other:
        return True
    if its_bound == "least" and other_bound == "least":
        return True
    if "least" in (its_bound, other_bound):
        low, high = (one, other) if its_bound == "least" else (other, one)
        return low <= high
    return "about" in (its_bound, other_bound) and abs(one - other) <= 0.2 * max(one, other)
