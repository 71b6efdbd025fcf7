"""Turns the acts that a word may name into the one that the weights bear out, by the conditions of its entries and what stands around."""

from collections.abc import Sequence
from math import log

import msgspec

from tawazun.model.entries import Entry, part_of
from tawazun.model.phrases import Phrase, Tag
from tawazun.model.weights import Feature, Scorer
from tawazun.recognise.senses import Neighbourhood, holds
from tawazun.scorers.tables import log_odds

Candidate = tuple[int, int, int]
"""Is the number of an entry, with the tokens that it takes: first, and the one after the last."""

_FOLLOWING = 3
_RIVAL = -1.4
"""Is the log odds from which another act counts as an alternative."""
_CLEAR = 1.5
"""Is how far from the threshold, in log odds, the further features can't change a decision (1 of 10,000 words in coded sentences)."""


class Choice(msgspec.Struct, frozen=True, gc=False):
    """Is the act that a word names: its entry, the other acts that it may name, its tokens, the features that were weighed."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    features: tuple[Feature, ...]


class _Surrounding(msgspec.Struct, frozen=True, gc=False):
    """Is what further features ask of the place of a word, whatever the entry."""

    follows: str
    prepositions: tuple[str, ...]
    clause: str
    preposition: str
    construct: str
    of: str
    genitive: str
    article: str


def _described(phrase: Phrase) -> str:
    return phrase.kind + "#" if phrase.count else phrase.kind


class _Around:
    """Works out what stands around a word, once for all entries that take the same tokens."""

    __slots__ = ("_known", "_near", "_tag")

    def __init__(self, tag: Tag, near: Neighbourhood) -> None:
        self._tag, self._near = tag, near
        self._known: dict[tuple[int, int], _Surrounding] = {}

    def of(self, candidate: Candidate) -> _Surrounding:
        """Returns what stands around the tokens of a candidate."""
        _, start, end = candidate
        if (start, end) not in self._known:
            self._known[start, end] = self._work_out(start, end)
        return self._known[start, end]

    def _work_out(self, start: int, end: int) -> _Surrounding:
        near = self._near
        following = near.following(end - 1, bare=False)[:_FOLLOWING]
        number = near.phrase_of[start - near.base]
        own = near.phrases[number] if number >= 0 and near.phrases[number].head == start else None
        construct = near.phrases[own.construct] if own is not None and own.construct >= 0 else None
        after_it = near.phrases[number + 1] if own is not None and number + 1 < len(near.phrases) else None
        return _Surrounding(
            follows=_described(following[0]) if following else "-",
            prepositions=tuple(phrase.preposition or "-" for phrase in following),
            clause=near.clauses[near.clause_of[start - near.base]].kind,
            preposition=(own.preposition if own is not None else self._tag.preposition) or "-",
            construct=construct.kind if construct is not None else "-",
            of=near.tokens[construct.head].word.bare if construct is not None else "-",
            genitive=_described(after_it) if after_it is not None and after_it.construct == number else "-",
            article="definite" if self._tag.article else "bare",
        )


def _condition(entry: Entry, start: int, end: int, near: Neighbourhood) -> str:
    """Says which of an entry's conditions hold."""
    needed = "lacking" if entry.needs else "free"
    for condition in entry.needs:
        if holds(condition, start, end, near):
            needed = "held"
            break
    for condition in entry.unless:
        if holds(condition, start, end, near):
            return needed + "!"
    return needed


def _part(tag: Tag, number: int) -> str:
    """Says what kind of word names entry `number` by the first of its forms."""
    for form in tag.forms:
        if form.entry == number:
            return part_of(form)
    return part_of(None)


class Option:
    """Is one act that a word may name, with the features that speak for it: first those of the word itself, further those around it."""

    __slots__ = ("_around", "_condition", "_further", "_part", "candidate", "entry", "first")

    def __init__(self, candidate: Candidate, rivals: str, tag: Tag, near: Neighbourhood, around: _Around) -> None:
        number, start, end = candidate
        self.candidate, self.entry, self._around = candidate, near.lexicon.entries[number], around
        self._further: tuple[Feature, ...] = ()
        part = self._part = _part(tag, number)
        condition = self._condition = _condition(self.entry, start, end, near)
        kind, type = self.entry.id, self.entry.type or ""
        before = near.tokens[start - 1].word.bare if start > near.base else "^"
        after = near.tokens[end].word.bare if end < near.end else "$"
        self.first: tuple[Feature, ...] = (
            ("all",),
            ("entry", kind),
            ("entry part", kind, part),
            ("type part", type, part),
            ("condition", condition, part),
            ("condition type", condition, type),
            ("condition entry", condition, kind),
            ("rivals", rivals, type, part),
            ("after entry", after, kind),
            ("before entry", before, kind),
            ("article", "definite" if tag.article else "bare", "pronoun" if tag.pronoun else "-", kind),
        )

    def further(self) -> tuple[Feature, ...]:
        """Returns the features that come from the phrases and the clause around the word, worked out once."""
        self._further = self._further or self._work_out()
        return self._further

    def _work_out(self) -> tuple[Feature, ...]:
        around, part, condition = self._around.of(self.candidate), self._part, self._condition
        kind, type = self.entry.id, self.entry.type or ""
        roles = "+".join(sorted({slot for name, slot in self.entry.frame.prepositions if name in around.prepositions})) or "-"
        return (
            ("follows entry", around.follows, kind),
            ("roles", roles, part, condition),
            ("roles entry", roles, kind),
            ("preposition type", around.preposition, type),
            ("construct", around.construct, around.article, type),
            ("of type", around.of, type),
            ("genitive", around.genitive, around.article, part, condition),
            ("genitive type", around.genitive, type, part),
            ("clause", around.clause, part, type),
        )


def options_of(candidates: Sequence[Candidate], tag: Tag, near: Neighbourhood) -> list[Option]:
    """Returns the candidates that are acts, with their features."""
    entries = near.lexicon.entries
    if all(entries[number].type is None for number, _, _ in candidates):
        return []
    sorts = [entries[number].sort for number, _, _ in candidates]
    around = _Around(tag, near)
    found = []
    for at, candidate in enumerate(candidates):
        if entries[candidate[0]].type is not None:
            rivals = "+".join(sorted({*sorts[:at], *sorts[at + 1 :]})) or "-"
            found.append(Option(candidate, rivals, tag, near, around))
    return found


def weigh(candidates: Sequence[Candidate], tag: Tag, near: Neighbourhood, scorer: Scorer) -> Choice | None:
    """Returns the likeliest act among the candidates, or None where none is likely enough."""
    options = options_of(candidates, tag, near)
    if not options:
        return None
    least = log(scorer.thresholds[0] / (1 - scorer.thresholds[0]))
    odds = [log_odds(scorer, option.first)[0] for option in options]
    for at, option in enumerate(options):
        if abs(odds[at] - least) < _CLEAR:
            odds[at] += log_odds(scorer, option.further())[0]
    best = max(range(len(options)), key=odds.__getitem__)
    if odds[best] < least:
        return None
    chosen = options[best]
    rivals = tuple(options[at].entry for at, value in enumerate(odds) if at != best and value >= _RIVAL)
    _, start, end = chosen.candidate
    return Choice((chosen.entry, *rivals), start, end, chosen.first + chosen.further())
