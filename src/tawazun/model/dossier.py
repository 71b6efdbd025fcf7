"""Holds the dossier: what one article says, each statement with the words it rests on.

Offsets are Unicode code points of the text as received, half-open. Field names are the JSON keys.
"""

from typing import Literal

import msgspec

from tawazun.model.entries import EventType, ParticipantRole, SpeechAct, Status
from tawazun.model.names import ActorKind

SCHEMA = "tawazun/dossier/1"
LinkKind = Literal["condition", "cause", "purpose", "response", "continuation", "same"]
InstrumentKind = Literal["resolution", "agreement", "statement", "conference", "law"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """Is a stretch of the text."""

    start: int
    end: int


class MadeBy(msgspec.Struct, frozen=True, gc=False):
    """Says which engine and which knowledge made a dossier."""

    engine: str
    knowledge: str


class Document(msgspec.Struct, frozen=True, gc=False):
    """Is the article as received; `published` is an ISO date or the prefix of one."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    language: str
    published: str | None
    text: str


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Is one place where an actor is named, and in which form."""

    start: int
    end: int
    form: str


class Names(msgspec.Struct, frozen=True, gc=False):
    """Gives an actor's names."""

    ar: str
    en: str | None


class Role(msgspec.Struct, frozen=True, gc=False):
    """Is the office that an actor held on the article's date, or that the article gives."""

    title: str
    of: str | None


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Is somebody or some body that the article names."""

    id: str
    kind: ActorKind
    code: str | None
    wikidata: str | None
    names: Names
    role: Role | None
    mentions: tuple[Mention, ...]


class Because(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Is a step of a derivation: the rule, the words that it used, what it said, and the steps before it."""

    rule: str
    says: str = ""
    spans: tuple[Span, ...] = ()
    children: tuple["Because", ...] = ()


class Participant(msgspec.Struct, frozen=True, gc=False):
    """Is who takes part in an event, in which role."""

    role: ParticipantRole
    start: int
    end: int
    actors: tuple[str, ...]
    code: str | None


class Attribution(msgspec.Struct, frozen=True, gc=False):
    """Says on whose word an event rests; `nested` is the chain of speakers outside the innermost, outermost last."""

    holder: Span
    actors: tuple[str, ...]
    cue: Span
    voice: Literal["named", "anonymous", "document"]
    act: SpeechAct
    quoted: bool
    nested: tuple["Attribution", ...] = ()


class Time(msgspec.Struct, frozen=True, gc=False):
    """Is the expression that dates an event; `iso` is None where the date can't be computed."""

    start: int
    end: int
    text: str
    iso: str | None
    granularity: str


class Location(msgspec.Struct, frozen=True, gc=False):
    """Is where an event happens; a place that isn't known has its text as `name` and nothing else."""

    start: int
    end: int
    name: str
    geonames: str | None
    lat: float | None
    lon: float | None
    country: str | None


class Magnitude(msgspec.Struct, frozen=True, gc=False):
    """Is a count of people with what became of them."""

    start: int
    end: int
    count: int
    kind: Literal["killed", "wounded", "detained", "displaced", "abducted", "people"]


class ToldEvent(msgspec.Struct, frozen=True, gc=False):
    """Is one event mention without its derivation, which is most of a dossier: what is read where nobody asks why."""

    id: str
    type: EventType
    mode: str | None
    status: Status
    trigger: Span
    sentence: int
    participants: tuple[Participant, ...]
    attribution: Attribution | None
    time: Time | None
    place: Location | None
    topic: tuple[str, ...]
    magnitude: tuple[Magnitude, ...]
    confidence: float


class Event(ToldEvent, frozen=True, gc=False):
    """Is one event mention."""

    because: Because


class Claim(msgspec.Struct, frozen=True, gc=False):
    """Is what a holder says, with the events in it."""

    id: str
    holder: Span
    act: SpeechAct
    content: Span
    quoted: bool
    events: tuple[str, ...]


class ToldLink(msgspec.Struct, frozen=True, gc=False, rename={"origin": "from", "to": "to"}):
    """Is a link without its derivation."""

    kind: LinkKind
    origin: str
    to: str
    cue: Span


class Link(ToldLink, frozen=True, gc=False, rename={"origin": "from", "to": "to"}):
    """Ties two events: a condition, cause or purpose of the other, a response to it, its continuation, or the same event told again."""

    because: Because


class Instrument(msgspec.Struct, frozen=True, gc=False):
    """Is a resolution, agreement, statement, conference or law that the article names."""

    id: str
    kind: InstrumentKind
    number: str | None
    names: Names
    mentions: tuple[Mention, ...]


class Unread(msgspec.Struct, frozen=True, gc=False):
    """Is a stretch that was not read, and why."""

    start: int
    end: int
    why: str


class Dossier(msgspec.Struct, frozen=True, gc=False):
    """Is all that one article says."""

    schema: str
    id: str
    made_by: MadeBy
    document: Document
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    instruments: tuple[Instrument, ...]
    unread: tuple[Unread, ...]
