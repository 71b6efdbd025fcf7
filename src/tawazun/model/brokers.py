"""Holds who might go between two units: whoever is in contact with both, which is access, not willingness or success."""

import msgspec

from tawazun.model.evidence import Support


class GoBetween(msgspec.Struct, frozen=True):
    """Is a unit in contact with both sides: `reach` is the lesser number of cooperative happenings with either.

    `lean` is the tone towards the first less that towards the second, from -2 to +2; `convened` are the mentions in which it hosted or
    mediated for one of them.
    """

    unit: str
    reach: int
    with_one: int
    with_other: int
    lean: float
    support: Support
    convened: tuple[str, ...]
    events: tuple[str, ...]


class Chain(msgspec.Struct, frozen=True):
    """Is two units that reach the sides together: the first reaches one, the second the other, and they are in contact; `reach` is the
    least.
    """

    first: str
    second: str
    reach: int
    support: Support
    events: tuple[str, ...]


class GoBetweens(msgspec.Struct, frozen=True):
    """Is who might go between two units, those with most reach first."""

    one: str
    other: str
    direct: int
    go_betweens: tuple[GoBetween, ...]
    chains: tuple[Chain, ...]
