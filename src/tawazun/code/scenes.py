"""Holds one parsed sentence in the shape that coding asks it questions in. Indices of tokens are those of the article."""

from collections.abc import Sequence

import msgspec

from tawazun.model.entries import Slot
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase, Predicate, Tag
from tawazun.model.readings import Token
from tawazun.model.weights import Grounds

_DAMMA_FORMS = frozenset({"II", "III", "IV", "Iq"})


class Filler(msgspec.Struct, frozen=True, gc=False):
    """Is what fills a role of a predicate: a phrase (index, or -1) or a word with an attached pronoun, and the rule that found it.

    `grounds` are the features that weighed most for it, with their weights; empty where the rules alone decided.
    """

    role: Slot
    start: int
    end: int
    phrase: int
    rule: str
    nationality: int = -1
    grounds: Grounds = ()


class Slots(msgspec.Struct, frozen=True, gc=False):
    """Is what a predicate has around it: the phrase in subject place, those in object place, and the fillers of its roles."""

    subject: int
    objects: tuple[int, ...]
    passive: bool
    fillers: tuple[Filler, ...]


class Scene:
    """Is a sentence with its indices: which predicate is a clause's verb, which phrases stand in a clause, which predicate a token
    belongs to.
    """

    __slots__ = ("by_phrase", "by_token", "clause_phrases", "heads", "lexicon", "parse", "tokens", "verb_tokens")

    def __init__(self, tokens: Sequence[Token], parse: Parse, lexicon: Lexicon) -> None:
        self.tokens, self.parse, self.lexicon = tokens, parse, lexicon
        self.by_token = {index: p for p in parse.predicates for index in range(p.start, p.end)}
        self.by_phrase = {p.phrase: p for p in parse.predicates if p.phrase >= 0}
        self.heads: dict[int, Predicate] = {}
        self.verb_tokens: dict[int, int] = {}
        for at, tag in enumerate(parse.tags):
            if tag.kind == "verb":
                self.verb_tokens.setdefault(parse.clause_of[at], parse.start + at)
        for predicate in parse.predicates:
            opener = parse.clauses[predicate.clause].opener
            if self.verb_tokens.get(predicate.clause) == predicate.start or (predicate.phrase >= 0 and opener == predicate.start):
                self.heads.setdefault(predicate.clause, predicate)
        self.clause_phrases: dict[int, list[int]] = {}
        for number, phrase in enumerate(parse.phrases):
            self.clause_phrases.setdefault(self.clause_at(phrase.head), []).append(number)

    def clause_at(self, index: int) -> int:
        """Returns the clause of a token."""
        return self.parse.clause_of[index - self.parse.start]

    def tag(self, index: int) -> Tag:
        """Returns the tag of a token."""
        return self.parse.tags[index - self.parse.start]

    def phrase(self, number: int) -> Phrase:
        """Returns a phrase by its number."""
        return self.parse.phrases[number]

    def phrases_in(self, clause: int) -> list[int]:
        """Returns the numbers of the phrases of a clause in order."""
        return self.clause_phrases.get(clause, [])

    def within(self, index: int, name: str) -> bool:
        """Tells whether a token's word, bare or whole, is in a class of words."""
        word = self.tokens[index].word
        words = self.lexicon.words[name]
        return word.bare in words or word.text in words

    def construct_of(self, number: int) -> tuple[int, ...]:
        """Returns the phrases in construct with phrase `number` (its genitive and what is coordinated with that)."""
        found: list[int] = []
        for other in range(number + 1, len(self.parse.phrases)):
            phrase = self.parse.phrases[other]
            if phrase.construct == number or (
                found and phrase.joined and found[-1] == other - 1 and not self.tag(phrase.start).preposition
            ):
                found.append(other)
            elif other > number + 1:
                break
        return tuple(found)


def has_damma(predicate: Predicate) -> bool:
    """Tells whether a verb is active though its form begins with damma, as the present of II, III, IV and quadriliterals may be."""
    form = predicate.form
    if form is None or form.voice == "a":
        return True
    return form.tense == "present" and any(verb.form in _DAMMA_FORMS for verb in predicate.entry.verbs)
