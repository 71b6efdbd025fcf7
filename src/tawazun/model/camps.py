"""Holds who stands with whom: signed ties, the sides that fit them best, and the ties that fit none."""

import msgspec


class CampTie(msgspec.Struct, frozen=True):
    """Is a tie of two units, `sign` +1 or -1, with the happenings for either sign; `misfit` where the drawn sides make it the exception."""

    one: str
    other: str
    sign: int
    positive: int
    negative: int
    misfit: bool
    events: tuple[str, ...]


class Member(msgspec.Struct, frozen=True):
    """Is a unit with its side (0 or 1), its camp where there may be more than two, and the share of redraws that leave it on its side."""

    unit: str
    side: int
    camp: int | None
    steadiness: float


class Optimum(msgspec.Struct, frozen=True):
    """Is one best way to part the units in two, with the pairs that don't fit it."""

    sides: tuple[tuple[str, ...], tuple[str, ...]]
    misfits: tuple[tuple[str, str], ...]


class Supposition(msgspec.Struct, frozen=True):
    """Is what the map would be with other ties: a consequence of the drawn map, not a forecast. `moved` are units that change sides."""

    ties: tuple[str, ...]
    frustration: int
    balance: float
    optimum: Optimum
    moved: tuple[str, ...]


class Camps(msgspec.Struct, frozen=True):
    """Is a map of camps.

    `mixed` pairs have acts enough but no clear sign, `thin` ones too few. `frustration` L is the number of misfits of the best two sides,
    `balance` F = 1 - 2L/m, `triads` T the share of balanced triangles. `chance` is how often shuffled signs fit as well, over `draws`;
    `clear` says whether camps may be drawn (below 0.05). `proven` says that no split is better; `optima` are all best splits (up to
    eight). `camps` counts those of the parting into any number, None for too many units, and `camp_misfits` its exceptions.
    """

    ties: tuple[CampTie, ...]
    mixed: int
    thin: int
    members: tuple[Member, ...]
    frustration: int
    balance: float
    triads: float | None
    chance: float
    draws: int
    clear: bool
    proven: bool
    optima: tuple[Optimum, ...]
    camps: int | None
    camp_misfits: int | None
    supposed: Supposition | None = None
