"""Holds what is said to follow if something happens, with what came of it, and how crises hang together, in three kinds kept apart."""

from typing import Literal

import msgspec

from tawazun.model.evidence import Support
from tawazun.model.wordings import CueKind

Certainty = Literal["promised", "threatened", "expected", "possible", "unreal"]
Outcome = Literal["met", "matched", "announced", "open", "unwatched"]
"""Says what later articles tell of a part: that a source says it came about, that a later act is like it, that such an act is planned,
none of these, or that no act was read in it to watch for.
"""


class Voice(msgspec.Struct, frozen=True):
    """Is who says something; an empty `name` is the author of the article. `opinion` where they judge and have no part in it."""

    name: str
    units: tuple[str, ...]
    opinion: bool


class Part(msgspec.Struct, frozen=True):
    """Is a condition or a consequence: its words, the acts in them, what came of it, and the events that tell so.

    `said` is the sentence that says that the condition was met, where one does, with the article and day it was published.
    """

    text: str
    events: tuple[str, ...]
    watched: str | None
    outcome: Outcome
    later: tuple[str, ...]
    said: str | None = None


class Card(msgspec.Struct, frozen=True):
    """Is one condition as somebody sets it, told by `origins`; `start` and `end` are the offsets of its sentence in the article."""

    article: str
    outlet: str | None
    published: str | None
    kind: CueKind
    cue: str
    voice: Voice
    certainty: Certainty
    condition: Part
    consequence: Part
    sentence: str
    start: int
    end: int
    origins: tuple[str, ...]


class Assertion(msgspec.Struct, frozen=True):
    """Is a sentence in which somebody holds crises to hang together; `units` are those named in it."""

    article: str
    outlet: str | None
    published: str | None
    voice: Voice
    units: tuple[str, ...]
    sentence: str
    origins: tuple[str, ...]


class Structure(msgspec.Struct, frozen=True):
    """Is how far two crises share actors: `shared` of `one_units` and `other_units`, of `all_units` that could be.

    `chance` is the hypergeometric probability of sharing at least as many; happenings that lie in both crises were left out.
    """

    one_units: int
    other_units: int
    shared: tuple[str, ...]
    all_units: int
    chance: float | None
    support: Support


class Timing(msgspec.Struct, frozen=True):
    """Is how the weeks of two crises go together once attention is removed.

    `lag` is by how many weeks the second follows the first (negative: the first follows) where the correlation is strongest; `chance` is
    the share of `draws` shuffles that reach as strong a correlation at any lag.
    """

    weeks: int
    lag: int | None
    correlation: float | None
    chance: float | None
    draws: int
    support: Support


class Linkage(msgspec.Struct, frozen=True):
    """Is how two crises hang together, in three kinds that are never added up."""

    one: str
    other: str
    one_happenings: int
    other_happenings: int
    both_happenings: int
    asserted: tuple[Assertion, ...]
    structure: Structure
    timing: Timing


class Scenarios(msgspec.Struct, frozen=True):
    """Is every condition that was found, the last first, what is asserted of crises, and the linkage of those that were asked for."""

    cards: tuple[Card, ...]
    assertions: tuple[Assertion, ...]
    linkages: tuple[Linkage, ...]
