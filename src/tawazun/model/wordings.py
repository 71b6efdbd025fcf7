"""Holds phrases that analyses look for in sentences: those of conditions, of ripeness, and of who speaks."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

CueKind = Literal["real", "unreal", "unless"]
Order = Literal["either", "last", "first"]
Element = Literal["stalemate", "way_out", "valid_spokesman", "looming_shock", "moment"]
Direction = Literal["for", "against"]
Whose = Literal["holder", "named", "both"]
CUE_KINDS: tuple[CueKind, ...] = get_args(CueKind)
ORDERS: tuple[Order, ...] = get_args(Order)
ELEMENTS: tuple[Element, ...] = get_args(Element)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
WHOSE: tuple[Whose, ...] = get_args(Whose)


class Wording(msgspec.Struct, frozen=True):
    """Is an entry that a sentence has where one of `words` stands in it outside of what `excepts` cover.

    A phrase is folded; in it `…` stands for up to three words, `a|b` for either, `+` for letters written on to a word.
    """

    id: str
    words: tuple[str, ...]
    excepts: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]


class Cue(Wording, frozen=True):
    """Sets a condition: in `order` of condition and consequence; `needs` are words of which the condition has one, if there are any."""

    kind: CueKind
    order: Order
    needs: tuple[str, ...]


class ConditionWords(msgspec.Struct, frozen=True):
    """Is how sentences set conditions, say that one was met, and hold crises to hang together."""

    cues: tuple[Cue, ...]
    answers: Mapping[Literal["real", "unreal"], tuple[str, ...]]
    openers: tuple[str, ...]
    possible: tuple[str, ...]
    threatened: tuple[str, ...]
    own: tuple[str, ...]
    met: tuple[Wording, ...]
    links: tuple[Wording, ...]


class Ground(Wording, frozen=True):
    """Speaks for or against one element of ripeness, of whom `whose` tells."""

    element: Element
    direction: Direction
    whose: Whose


class RipenessWords(msgspec.Struct, frozen=True):
    """Is what speaks for or against the moment being ripe."""

    grounds: tuple[Ground, ...]


class VoiceWords(msgspec.Struct, frozen=True):
    """Is how sentences without acts tell who speaks in them."""

    speech: tuple[str, ...]
    goes_on: tuple[str, ...]
    clauses: tuple[str, ...]
    analysts: tuple[str, ...]
    opinions: tuple[str, ...]
