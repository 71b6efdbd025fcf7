"""Holds the words that tracks of negotiation are told by, and the tracks that are known."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Naming = Literal["place", "parties", "count", "topic", "quoted"]
Cue = Literal[
    "proposed", "agreed", "convened", "adopted", "endorsed", "implemented", "stalled", "suspended", "collapsed", "superseded", "continuing"
]
Tense = Literal["past", "present", "future", "noun"]
Phrase = tuple[str, ...]
"""Is one word or several, folded."""


class TrackKind(msgspec.Struct, frozen=True):
    """Is a kind of track: its words, what a name of it has to have, and with which other kinds it is one track in one place.

    `sessions` says that it meets again and again; `weak` kinds are no track by themselves; `text` ones are
    what talks end with.
    """

    name: str
    words: tuple[Phrase, ...]
    by: frozenset[Naming]
    family: str
    topics: tuple[Phrase, ...]
    sessions: bool
    weak: bool
    text: bool


class KnownTrack(msgspec.Struct, frozen=True):
    """Is a track that is known by name.

    `names` are kinds with what names them, `whole` are names of another form; `about` are beginnings of words, one of which has to stand
    in the article. `since` is an ISO day; `path` and `line` say where it stands.
    """

    id: str
    kind: str
    ar: str
    en: str
    names: tuple[tuple[frozenset[str], tuple[Phrase, ...]], ...]
    whole: tuple[Phrase, ...]
    about: tuple[str, ...]
    place: str | None
    since: str | None
    members: tuple[str, ...]
    parent: str | None
    resolutions: tuple[str, ...]
    source: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    path: str
    line: int


class HeadForm(msgspec.Struct, frozen=True, gc=False):
    """Is a kind's word as it is written: the words that have to follow, and whether it has the article."""

    kind: str
    rest: Phrase
    definite: bool


class CueForm(msgspec.Struct, frozen=True, gc=False):
    """Is a cue's word as it is written."""

    cue: Cue
    tense: Tense
    rest: Phrase


class CueRule(msgspec.Struct, frozen=True):
    """Is what a cue needs: `reach` is how many words may stand between it and the name, `objects` are what has to follow."""

    objects: frozenset[str]
    by_body: bool
    reach: int


class Town(msgspec.Struct, frozen=True, gc=False):
    """Is a place that names tracks: `key` is shared by all its names."""

    key: str
    ar: str
    en: str
    country: str | None


class TrackWords(msgspec.Struct, frozen=True):
    """Is all that tracks are found by.

    Words are folded and have every form that they are written in; phrases are looked up by their first word. `named` are kinds and what
    names a known track there; `scan` is a regular expression over text as received for what
    any name of a track begins with, `starts` are the words that one does.
    """

    kinds: Mapping[str, TrackKind]
    heads: Mapping[str, tuple[HeadForm, ...]]
    bare: Mapping[str, frozenset[str]]
    named: Mapping[str, tuple[tuple[Phrase, frozenset[str], str], ...]]
    whole: Mapping[str, tuple[tuple[Phrase, str], ...]]
    known: Mapping[str, KnownTrack]
    towns: Mapping[str, tuple[tuple[Phrase, Town], ...]]
    parties: Mapping[str, str]
    states: Mapping[str, str]
    counts: Mapping[str, int]
    cues: Mapping[str, tuple[CueForm, ...]]
    rules: Mapping[Cue, CueRule]
    bodies: tuple[Phrase, ...]
    fruitless: tuple[Phrase, ...]
    filling: frozenset[str]
    within: frozenset[str]
    within_prefix: str
    joined: frozenset[str]
    joined_prefix: str
    that: str
    weekdays: Mapping[str, int]
    this_day: frozenset[str]
    yesterday: frozenset[str]
    next: frozenset[str]
    quotes: frozenset[str]
    prepositions: frozenset[str]
    after: frozenset[str]
    conjunction: str
    article: str
    assimilated: str
    not_place: frozenset[str]
    opinion: tuple[Phrase, ...]
    opinion_titles: frozenset[str]
    planned: frozenset[str]
    called_for: frozenset[str]
    conditional: frozenset[str]
    negated: frozenset[str]
    scan: str
    starts: frozenset[str]
