"""Holds the relationship of two units over time: how much happens between them, in which tone, and where that changed."""

from typing import Literal

import msgspec

from tawazun.model.evidence import Support


class Reading(msgspec.Struct, frozen=True):
    """Is one window, from `first` to `last` (ISO days).

    `attention` is log(1 + happenings); `tone` lies between -1 and +1, with its 90 % band from `low` to `high`; happenings that lean neither
    way count for attention only. `events` are the mentions it rests on.
    """

    first: str
    last: str
    happenings: int
    positive: int
    negative: int
    attention: float
    tone: float
    low: float
    high: float
    support: Support
    events: tuple[str, ...]


class Break(msgspec.Struct, frozen=True):
    """Is a change at the beginning of a window: of `tone` or of `attention`; only a change of tone has a direction."""

    first: str
    kind: Literal["tone", "attention"]
    direction: Literal["warmer", "colder"] | None
    before: float
    after: float


class Relationship(msgspec.Struct, frozen=True):
    """Is the relationship of two units, named in alphabetical order."""

    one: str
    other: str
    happenings: int
    positive: int
    negative: int
    tone: float
    low: float
    high: float
    support: Support
    readings: tuple[Reading, ...]
    breaks: tuple[Break, ...]


class Barometer(msgspec.Struct, frozen=True):
    """Is a number of relationships, those with most happenings first; `window` is how long a reading covers."""

    window: Literal["week", "month", "quarter"]
    relationships: tuple[Relationship, ...]
