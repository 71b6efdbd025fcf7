"""Holds what is said for and against the moment being ripe, of whom, on whose word, and reports of fighting: no total, no index."""

from typing import Literal

import msgspec

from tawazun.model.evidence import Support
from tawazun.model.scenarios import Voice
from tawazun.model.wordings import Direction, Element

Trend = Literal["fewer", "more", "unclear"]


class Statement(msgspec.Struct, frozen=True):
    """Is a sentence that speaks for or against an element, and on whose word it is said.

    `words` are those that say so; `origins` are the independent texts that tell it.
    """

    element: Element
    direction: Direction
    unit: str | None
    voice: Voice
    words: str
    sentence: str
    article: str
    outlet: str | None
    published: str | None
    origins: tuple[str, ...]


class Fighting(msgspec.Struct, frozen=True):
    """Is a month's reports of fighting: distinct happenings, with the 90 % band of their Poisson rate."""

    month: str
    happenings: int
    low: float
    high: float
    events: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True):
    """Is what speaks of one unit's moment. `unit` is None for what names nobody.

    `trend` compares the last three months with the three before: `fewer`, `more`, or `unclear` where chance could do it; None where
    there is too little. `support` is that of the statements.
    """

    unit: str | None
    statements: tuple[Statement, ...]
    fighting: tuple[Fighting, ...]
    trend: Trend | None
    before: int
    after: int
    chance: float | None
    support: Support


class Ripeness(msgspec.Struct, frozen=True):
    """Is a sheet for every unit that something is said of, those with most statements first."""

    sheets: tuple[Sheet, ...]
