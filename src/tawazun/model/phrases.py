"""Holds what recognising finds in one sentence: names, noun phrases, predicates, clauses. Indices are of tokens within the article."""

from typing import Literal

import msgspec

from tawazun.model.entries import Entry, Form, part_of
from tawazun.model.lexicon import NameKind, Pattern
from tawazun.model.times import TimeMention
from tawazun.model.weights import Feature

TokenClass = Literal[
    "verb",
    "noun",
    "preposition",
    "complementiser",
    "relative",
    "subordinator",
    "negation",
    "future",
    "certainty",
    "conjunction",
    "question",
    "pronoun",
    "demonstrative",
    "auxiliary",
    "quantifier",
    "adverb",
    "number",
    "mark",
    "time",
]


class Match(msgspec.Struct, frozen=True, gc=False):
    """Is a known name at tokens `start` to `end`, with the clitics before it and every pattern of that length."""

    start: int
    end: int
    conjunction: str
    preposition: str
    patterns: tuple[Pattern, ...]

    def first(self, *kinds: NameKind) -> Pattern | None:
        """Returns the first pattern of the first of the kinds that has any."""
        if len(self.patterns) == 1:  # as nearly all have
            return self.patterns[0] if self.patterns[0].kind in kinds else None
        for kind in kinds:
            for pattern in self.patterns:
                if pattern.kind == kind:
                    return pattern
        return None


class Tag(msgspec.Struct, frozen=True, gc=False):
    """Says what one token is in its sentence; `forms` are what it may be as an entry, each with its attached pronoun."""

    kind: TokenClass
    value: str = ""
    conjunction: str = ""
    preposition: str = ""
    article: bool = False
    future: bool = False
    pronoun: str = ""
    forms: tuple[Form, ...] = ()
    match: Match | None = None


PhraseKind = Literal["actor", "event", "place", "noun", "pronoun"]


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """Is a noun phrase.

    `preposition` is the preposition before it, clitic or word; `joined` says that it is coordinated with the phrase before; `construct`
    is the index of the phrase
    that it is the genitive of, or -1; `kind` says what its head is; `nationality` is the code of an adjective in it; `count` is a number
    of people;
    `tail` is the index of the phrase that says, after a preposition, to what body or place the head belongs (fighters of the movement),
    or -1.
    """

    start: int
    end: int
    head: int
    kind: PhraseKind
    preposition: str = ""
    preposition_at: int = -1
    joined: bool = False
    construct: int = -1
    article: bool = False
    nationality: tuple[tuple[int, int], ...] = ()
    names: tuple[Match, ...] = ()
    count: int = 0
    tail: int = -1


class Clause(msgspec.Struct, frozen=True, gc=False):
    """Is a clause; `opener` is the token that opens it, `governor` the predicate index whose content it is (or -1), `parent` the
    clause around it (or -1).
    """

    index: int
    kind: Literal[
        "main", "content", "relative", "condition", "time", "cause", "purpose", "while", "circumstance", "joined", "question", "concession"
    ]
    parent: int
    opener: int
    start: int


class Predicate(msgspec.Struct, frozen=True, gc=False):
    """Is a word (or fixed expression) that names an act, introduces speech, or changes the status of another.

    `phrase` is the index of the noun phrase that it heads, or -1 for a verb; `form` is None for a fixed expression; `passive` is decided
    later for forms that may be either; `features` are those by which its entry was chosen, empty where conditions alone decided.
    """

    index: int
    start: int
    end: int
    entry: Entry
    form: Form | None
    clause: int
    phrase: int
    pronoun: str
    preposition: str
    future: bool
    conjunction: str
    alternatives: tuple[Entry, ...] = ()
    features: tuple[Feature, ...] = ()

    @property
    def part(self) -> str:
        """Says what kind of word it is: an expression, a noun, a participle, or a verb with its tense."""
        return part_of(self.form)


class Parse(msgspec.Struct, frozen=True, gc=False):
    """Is one sentence taken apart; `clause_of` and `phrase_of` are per token, from `start`."""

    start: int
    end: int
    tags: tuple[Tag, ...]
    phrases: tuple[Phrase, ...]
    phrase_of: tuple[int, ...]
    clauses: tuple[Clause, ...]
    clause_of: tuple[int, ...]
    predicates: tuple[Predicate, ...]
    times: tuple[TimeMention, ...]
