"""Holds tracks of negotiation: what they are called, how far each came, who takes part, and where it is said."""

from typing import Literal

import msgspec

from tawazun.model.evidence import Support

Rung = Literal["proposed", "agreed_in_principle", "convened", "text_adopted", "endorsed", "mechanism_meets", "implemented"]
Flag = Literal["stalled", "suspended", "superseded", "collapsed"]
RUNGS: tuple[Rung, ...] = ("proposed", "agreed_in_principle", "convened", "text_adopted", "endorsed", "mechanism_meets", "implemented")
FLAGS: tuple[Flag, ...] = ("stalled", "suspended", "superseded", "collapsed")


class Source(msgspec.Struct, frozen=True):
    """Is the sentence that says something, with where it was published; `event` is the id of the act that it rests on, where one does."""

    article: str
    origin: str
    outlet: str | None
    published: str | None
    sentence: str
    start: int
    end: int
    event: str | None


class Step(msgspec.Struct, frozen=True):
    """Is a rung that was reached, a flag that was raised, or a session to come.

    `first` and `last` are the days that it is dated to (ISO), the day of publication where `dated` is false, None where neither is known.
    `opinion` says that nobody but an author says so.
    """

    step: Rung | Flag | Literal["planned"]
    first: str | None
    last: str | None
    dated: bool
    when: str | None
    place: str | None
    opinion: bool
    sources: tuple[Source, ...]


class TrackName(msgspec.Struct, frozen=True):
    """Is what a track is called: `en` is None where only the articles name it; `forms` are those in the articles, the most usual first."""

    ar: str
    en: str | None
    forms: tuple[str, ...]


class Relation(msgspec.Struct, frozen=True):
    """Is a track that this one continues or widens; `source` is None where the knowledge says so."""

    track: str
    source: Source | None


class Track(msgspec.Struct, frozen=True):
    """Is a row of the board.

    `kind` is one of `ar/tracks.yaml`. `place` is the English name of its town, `since` the day from which the knowledge has it. `members`
    are units. `papers` are resolutions, agreements and statements that sentences tie to it. `activity` is the day of the last step,
    `silent` is true where that lies more than `Board.patience` days back. `told` counts origins.
    """

    id: str
    known: bool
    kind: str
    name: TrackName
    place: str | None
    since: str | None
    members: tuple[str, ...]
    rungs: tuple[Step, ...]
    flags: tuple[Step, ...]
    planned: tuple[Step, ...]
    papers: tuple[str, ...]
    continues: tuple[Relation, ...]
    activity: str | None
    silent: bool
    told: int
    support: Support


class Board(msgspec.Struct, frozen=True):
    """Is all tracks, last activity first. A rung isn't progress: a track may climb, stall and fall in any order.

    `named_only` counts the unknown ones that are left out since nothing is said of them but their name.
    """

    patience: int
    named_only: int
    tracks: tuple[Track, ...]
