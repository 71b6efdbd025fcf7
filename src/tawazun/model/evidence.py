"""Holds what analyses reason from: the event mentions of many articles, who did what to whom in them, on whose word, when and where.

Days count as `date.toordinal` does. Texts are as received. Every record of an analysis names the events that it rests on by their ids.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from tawazun.model.dossier import Actor, InstrumentKind, LinkKind, Names
from tawazun.model.entries import EventType, ParticipantRole, SpeechAct, Status
from tawazun.model.happenings import Spot
from tawazun.model.names import ActorKind

Support = Literal["enough", "thin", "none"]
"""Says how much a figure rests on: it may be drawn, it is drawn grey with its count, or it isn't drawn."""


class Side(msgspec.Struct, frozen=True, gc=False):
    """Is a participant of an act: `code` is None where it isn't known, `keys` are of actors in `Corpus.actors`, `text` are its words."""

    role: ParticipantRole
    code: str | None
    keys: tuple[str, ...]
    text: str


class Word(msgspec.Struct, frozen=True, gc=False):
    """Is on whose word an act rests: the holder's words, actors and codes, and the words that say so; `outer` are the speakers around it,
    outermost last.
    """

    text: str
    keys: tuple[str, ...]
    codes: tuple[str, ...]
    cue: str
    voice: Literal["named", "anonymous", "document"]
    act: SpeechAct
    quoted: bool
    outer: tuple["Word", ...] = ()


class Act(msgspec.Struct, frozen=True, gc=False):
    """Is one event mention.

    `article` is a key of `Corpus.articles`; `happening` is shared by mentions of one act, `origin` by copies of one text. `score` is
    that of type and mode between conflict and cooperation, from -10 to +10. `word` is None where the outlet itself says it. `when` are the
    words that date it, `iso` and `days` what they come to. `start` and `end` are the trigger's offsets in the article, `sentence` is the
    index of its sentence there. `entry` is the id of the entry of the knowledge that it was read by (`agree.pledge`).
    """

    id: str
    article: str
    origin: str
    happening: str
    published: int | None
    type: EventType
    mode: str | None
    status: Status
    score: float
    sides: tuple[Side, ...]
    word: Word | None
    when: str | None
    iso: str | None
    granularity: str | None
    days: tuple[int, int] | None
    spot: Spot | None
    topics: tuple[str, ...]
    magnitudes: tuple[tuple[str, int], ...]
    trigger: str
    start: int
    end: int
    sentence: int
    confidence: float
    entry: str = ""


class Tie(msgspec.Struct, frozen=True, gc=False):
    """Ties two acts of one article: `origin` is the condition, cause, … of `to`; `cue` are the words that say so."""

    kind: LinkKind
    origin: str
    to: str
    cue: str


class Saying(msgspec.Struct, frozen=True, gc=False):
    """Is what a holder says in an article: its words, offsets, and the ids of the acts in it."""

    id: str
    article: str
    holder: str
    act: SpeechAct
    content: str
    start: int
    end: int
    quoted: bool
    events: tuple[str, ...]


class Paper(msgspec.Struct, frozen=True, gc=False):
    """Is a resolution, agreement, statement, conference or law that an article names; `sentences` are the indexes of those that do."""

    article: str
    kind: InstrumentKind
    number: str | None
    name: str
    sentences: tuple[int, ...]


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Is an article: where and when it was published, its sentences by their offsets; `origin` is the first article that it is a copy
    of, or itself. `named` are those whom it names, with the offsets of their mentions.
    """

    id: str
    origin: str
    outlet: str | None
    title: str | None
    url: str | None
    published: int | None
    text: str
    sentences: tuple[tuple[int, int], ...]
    named: tuple[Actor, ...] = ()

    def sentence(self, index: int) -> str:
        """Returns the words of a sentence."""
        start, end = self.sentences[index]
        return self.text[start:end]


class Who(msgspec.Struct, frozen=True, gc=False):
    """Is an actor as all articles have it: its names, kind and code."""

    names: Names
    kind: ActorKind
    code: str | None
    wikidata: str | None


class Corpus(msgspec.Struct, frozen=True):
    """Is what an analysis looks at: acts by day of publication, article and place in it, with what they are part of.

    `as_of` is the day that the analysis is for: nothing published later is here. `all_events` counts those of the whole workspace,
    `undated` the articles left out since they have no day of publication.
    """

    as_of: int
    acts: tuple[Act, ...]
    ties: tuple[Tie, ...]
    sayings: tuple[Saying, ...]
    papers: tuple[Paper, ...]
    articles: Mapping[str, Piece]
    actors: Mapping[str, Who]
    all_events: int
    undated: int


class Deed(msgspec.Struct, frozen=True, gc=False):
    """Is a happening as it counts once, however often it is told: its mentions in order, and what most of them say.

    `score` is the mean of its mentions; `sources` and `targets` are units (`analyse.units`); `day` is when it happened as far as a mention
    says, else when it was first published, None where neither is known; `origins` are those of its mentions.
    """

    id: str
    type: EventType
    status: Status
    score: float
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    day: int | None
    origins: tuple[str, ...]
    acts: tuple[Act, ...]


class Contact(msgspec.Struct, frozen=True, gc=False):
    """Is what one deed says of two units, named in alphabetical order: `sign` is +1 or -1, 0 where the type leans neither way.

    `aimed` is false where both did it together.
    """

    one: str
    other: str
    sign: int
    aimed: bool
    deed: Deed


class Evidence(msgspec.Struct, frozen=True):
    """Is the sentence that an act stands in, with where it was published; `start` and `end` are the trigger's offsets in `sentence`."""

    event: str
    article: str
    origin: str
    outlet: str | None
    published: str | None
    status: Status
    sentence: str
    start: int
    end: int
