"""Turns phrases of the knowledge into where they stand in articles as received.

A phrase is found whatever variants and marks its letters have. For speed an article is first asked for a piece of the phrase in its
usual spellings, so a phrase with a mark or a Persian letter inside that piece is missed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar
from unicodedata import lookup

import msgspec

from tawazun.base.letters import FOLD_TABLE, fold_word
from tawazun.model.evidence import Piece
from tawazun.model.wordings import Wording

Entry = TypeVar("Entry", bound=Wording)
_LETTER = "ARABIC LETTER "
_CONJUNCTIONS = tuple(lookup(_LETTER + name) for name in ("WAW", "FEH"))
_SPELLINGS = {
    lookup(_LETTER + letter): [lookup(_LETTER + name) for name in (letter, *others)]
    for letter, others in {
        "ALEF": ("ALEF WITH HAMZA ABOVE", "ALEF WITH HAMZA BELOW", "ALEF WITH MADDA ABOVE"),
        "YEH": ("ALEF MAKSURA",),
        "HEH": ("TEH MARBUTA",),
        "HAMZA": ("WAW WITH HAMZA ABOVE",),
    }.items()
}
"""Are the variants of letters that are written every day."""
_ALEF = lookup(_LETTER + "ALEF")
_WORD = re.compile(r"[\w" + "".join(chr(code) for code, to in FOLD_TABLE.items() if to == "" and code < 0x2000) + "]+")
_VARYING = re.compile("[" + re.escape("".join(_SPELLINGS)) + "+" + "]")
_GAP, _REST = "\u2026", "+"
_WIDEST = 3
_LONGEST = 24
"""Is how many letters before a place are looked through for the word before it."""
_SURE = 3
"""Is how many letters without variants make a piece that is rare enough to ask articles for."""


class Found(msgspec.Struct, Generic[Entry], frozen=True):
    """Is a wording in a sentence of an article, with its offsets in the article."""

    entry: Entry
    article: str
    sentence: int
    start: int
    end: int


class _Choice(NamedTuple):
    """Is one word of a phrase: as it is, or with letters written on to it."""

    words: frozenset[str]
    pattern: re.Pattern[str] | None

    def fits(self, word: str) -> bool:
        return word in self.words or (self.pattern is not None and self.pattern.fullmatch(word) is not None)


class Word(NamedTuple):
    """Is a word of a text, folded, with its offsets as received."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def words_in(text: str) -> tuple[Word, ...]:
    """Returns the words of a text in order."""
    return tuple(Word(fold_word(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


@lru_cache(maxsize=4096)
def _phrase(phrase: str) -> tuple[_Choice | None, ...]:
    """Returns the words of a phrase; None stands for a gap."""
    return tuple(None if word == _GAP else _choice(word.split("|")) for word in phrase.split())


def _choice(words: Sequence[str]) -> _Choice:
    open_ended = [r"\w*".join(map(re.escape, word.split(_REST))) for word in words if _REST in word]
    return _Choice(frozenset(word for word in words if _REST not in word), re.compile("|".join(open_ended)) if open_ended else None)


def spans_of(phrases: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yields where phrases stand in a text, by phrase; a conjunction may be written on to the first word."""
    words = words_in(text)
    for phrase in phrases:
        choices = _phrase(phrase)
        for at, word in enumerate(words):
            if _begins(choices[0], word.text) and (end := _end(choices, 1, words, at + 1)):
                yield word.start, words[end - 1].end


def _begins(choice: _Choice | None, word: str) -> bool:
    return choice is not None and (choice.fits(word) or (word[:1] in _CONJUNCTIONS and choice.fits(word[1:])))


def _end(choices: Sequence[_Choice | None], index: int, words: Sequence[Word], at: int) -> int:
    """Returns the index behind the last word of a phrase from its choice `index` on, 0 where it doesn't stand there."""
    while index < len(choices):
        choice = choices[index]
        if choice is None:
            ends = (_end(choices, index + 1, words, start) for start in range(at, min(at + _WIDEST, len(words)) + 1))
            return next((end for end in ends if end), 0)
        if at >= len(words) or not choice.fits(words[at].text):
            return 0
        index, at = index + 1, at + 1
    return at


def any_of(phrases: Iterable[str], text: str) -> bool:
    """Tells whether one of some phrases stands in a text."""
    return next(spans_of(phrases, text), None) is not None


def matches(entry: Wording, sentence: str, phrases: Iterable[str] | None = None) -> Iterator[tuple[int, int]]:
    """Yields where an entry, or some of its phrases, stands in a sentence: the longest at each place that no exception touches."""
    found = sorted((start, -end) for start, end in spans_of(entry.words if phrases is None else phrases, sentence))
    if not found:
        return
    barred = list(spans_of(entry.excepts, sentence))
    last = -1
    for start, end in ((start, -end) for start, end in found):
        if start >= last and not any(start < behind and first < end for first, behind in barred):
            yield start, end
            last = end


def find(entries: Sequence[Entry], pieces: Iterable[Piece]) -> Iterator[Found[Entry]]:
    """Yields the entries in articles, by article and place."""
    anchors = _anchors_of(entries)
    for piece in pieces:
        text, starts = piece.text, [start for start, _ in piece.sentences]
        hits: dict[tuple[int, int], dict[str, None]] = {}
        for anchor, some in anchors.items():
            for at in _places(text, anchor) if anchor in text else ():
                before, word, after = _words_at(text, at)
                wanted = [one for one in some if _begins(one.choice, word) and one.stands_between(before, after)]
                index = bisect_right(starts, at) - 1 if wanted else -1
                if index >= 0:
                    sentence = piece.sentence(index)
                    for one in wanted:
                        if all(part in sentence for part in _parts(one.phrase)):
                            hits.setdefault((index, one.entry), {})[one.phrase] = None
        spots = [
            Found(entries[number], piece.id, index, start + starts[index], end + starts[index])
            for (index, number), phrases in hits.items()
            for start, end in matches(entries[number], piece.sentence(index), phrases)
        ]
        yield from sorted(spots, key=lambda one: (one.start, -one.end, one.entry.id))


class _Asked(NamedTuple):
    """Is a phrase of an entry, by its number, with that of its words which is looked for first and the words that must stand by it."""

    entry: int
    phrase: str
    choice: _Choice
    before: _Choice | None
    after: _Choice | None

    def stands_between(self, before: str, after: str) -> bool:
        return (self.before is None or _begins(self.before, before)) and (self.after is None or self.after.fits(after))


def _anchors_of(entries: Sequence[Wording]) -> Mapping[str, list[_Asked]]:
    """Returns the phrases of entries by what an article that has them must hold."""
    found: dict[str, list[_Asked]] = {}
    for number, entry in enumerate(entries):
        for phrase in entry.words:
            word, anchors = _anchors(phrase)
            choices, at = _phrase(phrase), phrase.split().index(word)
            asked = _Asked(
                number, phrase, _choice(word.split("|")), *(choices[at - 1 : at] or (None,)), *(choices[at + 1 : at + 2] or (None,))
            )
            for anchor in dict.fromkeys(anchors):
                found.setdefault(anchor, []).append(asked)
    return found


def _places(text: str, anchor: str) -> Iterator[int]:
    at = text.find(anchor)
    while at >= 0:
        yield at
        at = text.find(anchor, at + 1)


def _words_at(text: str, at: int) -> tuple[str, str, str]:
    """Returns the folded word that a place is in, between the word before and the word after."""
    before = ""
    for match in _WORD.finditer(text, max(0, text.rfind(" ", 0, max(0, at - _LONGEST)))):
        if match.end() > at:
            after = _WORD.search(text, match.end())
            return fold_word(before), fold_word(match.group()), fold_word(after.group()) if after else ""
        before = match.group()
    return "", "", ""


@lru_cache(maxsize=4096)
def _parts(phrase: str) -> tuple[str, ...]:
    """Returns the pieces of a phrase that are always written so."""
    return tuple(run for word in phrase.split() if "|" not in word and word != _GAP for run in _VARYING.split(word) if len(run) > 1)


@lru_cache(maxsize=4096)
def _anchors(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Returns a word of a phrase, with its alternatives, and what an article must hold one of for it to stand there.

    That is the longest piece of each alternative that is always written so; where it is short, the usual spellings of the alternative, or
    of the whole phrase.
    """
    words = phrase.split()
    best = max((word for word in words if word != _GAP), key=_merit)
    if _merit(best)[0] < _SURE and not set(phrase) & {_GAP, _REST, "|"}:
        return words[0], tuple(_spelled(phrase + " " * (len(words) == 1)))
    return best, tuple(anchor for one in best.split("|") for anchor in _asked_by(one))


def _merit(word: str) -> tuple[int, int]:
    """Says how good a word is to look for: how many letters are sure, up to enough, and how many there are, in its worst alternative."""
    return min((min(len(_surest(one)), _SURE), max(map(len, one.split(_REST)))) for one in word.split("|"))


def _surest(word: str) -> str:
    return max(_VARYING.split(word), key=len)


def _asked_by(word: str) -> Iterator[str]:
    if len(sure := _surest(word)) >= _SURE:
        yield sure
    else:
        yield from _spelled(max(word.split(_REST), key=len))


def _spelled(text: str) -> Iterator[str]:
    """Yields the usual spellings of a text: alef varies but at the end of a word, other letters only there."""
    ends = [at + 1 == len(text) or text[at + 1] == " " for at in range(len(text))]
    letters = [_SPELLINGS[one] if one in _SPELLINGS and (one == _ALEF) != end else [one] for one, end in zip(text, ends, strict=True)]
    return map("".join, product(*letters))
