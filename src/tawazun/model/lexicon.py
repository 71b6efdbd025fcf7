"""Holds the compiled knowledge: tables from folded words to what they may be."""

from typing import Literal

import msgspec

from tawazun.model.entries import Entry, Form
from tawazun.model.names import Country, Group, KnownActor, Nationality, Place, Title
from tawazun.model.times import TimeTable
from tawazun.model.weights import Scorer

NameKind = Literal["actor", "short", "country", "capital", "place", "title", "group", "phrase"]


class Pattern(msgspec.Struct, frozen=True):
    """Is a name of one or more folded words; `ref` is the index in the table that `kind` names."""

    words: tuple[str, ...]
    kind: NameKind
    ref: int


class Clitics(msgspec.Struct, frozen=True):
    """Lists what may be written on to a word, folded; `duals` are endings with that of the singular, `with_article` those that are
    clitics before an unknown word only where the article follows.
    """

    conjunctions: tuple[str, ...]
    prepositions: tuple[str, ...]
    future: tuple[str, ...]
    article: str
    article_after_l: str
    pronouns: tuple[str, ...]
    with_pronoun: tuple[str, ...]
    together: str
    nisba: str
    own_letter: frozenset[str]
    duals: tuple[tuple[str, str], ...]
    with_article: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True):
    """Is all the knowledge in the shape that reading needs; `digest` is over the files that it was made from.

    `patterns` are by their first two folded words with a space between, one-word patterns by their word, longest first;
    `scorers` are by what they decide, and may lack any.
    """

    digest: str
    entries: tuple[Entry, ...]
    forms: dict[str, tuple[Form, ...]]
    patterns: dict[str, tuple[Pattern, ...]]
    particles: dict[str, tuple[tuple[str, str], ...]]
    nationality_forms: dict[str, tuple[tuple[int, str], ...]]
    words: dict[str, frozenset[str]]
    verbal_phrases: dict[int, tuple[tuple[str, tuple[str, ...]], ...]]
    actors: tuple[KnownActor, ...]
    places: tuple[Place, ...]
    countries: tuple[Country, ...]
    nationalities: tuple[Nationality, ...]
    titles: tuple[Title, ...]
    groups: tuple[Group, ...]
    clitics: Clitics
    times: TimeTable
    that: str
    scorers: dict[str, Scorer]
