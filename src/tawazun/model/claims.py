"""Holds what sources disagree on: propositions, who says what of them, and what kind of disagreement it is."""

from typing import Literal

import msgspec

from tawazun.model.entries import EventType, SpeechAct, Status
from tawazun.model.evidence import Support

Label = Literal["conflict", "forecast_or_denial", "different_scope", "update", "correction", "denial"]
"""Says what kind of disagreement it is: two say opposite things of one act or count; one expects what another denies; the counts cover
different things; a later count takes the place of an earlier one; somebody takes back an own mistake; somebody denies a report whose
author doesn't speak here.
"""
Polarity = Literal["affirmed", "expected", "denied"]
Rule = Literal["same happening", "denies what stands before", "denies the report of", "same words", "contrast", "count", "put right"]
"""Says by what two statements were taken to be of one proposition."""
Voice = Literal["outlet", "named", "anonymous", "document", "reported"]
"""Says who speaks: the outlet itself, somebody with a name or office, somebody without, a document; or that somebody's words are known
only since another denies them.
"""
Bound = Literal["exact", "least", "about"]


class Position(msgspec.Struct, frozen=True):
    """Is what one origin says: the first speaker, not the outlet that carries it.

    `speaker` names it over all articles: an actor's code or key, or words and article; `name` is what the article calls it. `count`
    is the number it gives, if any. `act` and `cue` are the way it says it (claims, confirms) and the words for that; `status` is how
    the act is put. `quote` is the sentence, in `article`; `carriers` are the origins of the articles that carry it, and `events` the
    mentions in it.
    """

    speaker: str
    name: str
    voice: Voice
    polarity: Polarity
    count: int | None
    bound: Bound
    status: Status | None
    act: SpeechAct | None
    cue: str
    quoted: bool
    published: str | None
    article: str
    outlet: str | None
    quote: str
    carriers: tuple[str, ...]
    events: tuple[str, ...]


class Proposition(msgspec.Struct, frozen=True):
    """Is what sources disagree on.

    `what` are words for it; `kind` is what a count counts (`killed`, or the noun); `type` is that of the act. `first` and `last` are
    the days of publication. `origins` counts who speaks; below two, `support` is thin.
    """

    id: str
    label: Label
    rule: Rule
    what: str
    type: EventType | None
    kind: str | None
    place: str | None
    first: str | None
    last: str | None
    origins: int
    support: Support
    positions: tuple[Position, ...]


class Claims(msgspec.Struct, frozen=True):
    """Is what sources disagree on, the clearest first; `agreed` counts the happenings of which two origins or more speak and that show no
    disagreement, `left_out` the propositions beyond those asked for.
    """

    propositions: tuple[Proposition, ...]
    agreed: int
    left_out: int
