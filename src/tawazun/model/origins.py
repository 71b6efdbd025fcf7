"""Holds what tells copies of an article: its signature, and the verdict on where it comes from."""

from typing import Literal

import msgspec

Rule = Literal["address", "copy", "shortened", "title", "new"]
"""Says by what an article belongs to an origin: its address; its wording; wording that is a part of the other's; title and some wording;
or nothing.
"""


class Signature(msgspec.Struct, frozen=True):
    """Is what of an article its copies share.

    `shingles` are 32-bit hashes of every three words in a row, `opening` those of the first lines; `figures` are the numbers, each with a
    hash of its neighbours; `minima` are those of MinHash; `keys` are signed 64-bit numbers of which copies share at least one; `title` and
    `address` are in canonical form, None where there is none or it says too little.
    """

    shingles: frozenset[int]
    opening: frozenset[int]
    figures: tuple[tuple[int, str], ...]
    minima: tuple[int, ...]
    keys: tuple[int, ...]
    title: str | None = None
    address: str | None = None


class Origin(msgspec.Struct, frozen=True):
    """Is the first article of an origin: what later ones are held against; `published` is an ISO date, a prefix of one or None."""

    article: str
    published: str | None
    signature: Signature


class Verdict(msgspec.Struct, frozen=True):
    """Says which origin an article belongs to (its own id where it is a new one), by which rule and how alike the two are.

    `estimate` is the MinHash estimate of the Jaccard likeness of the shingles, `jaccard` the exact one; `containment` is the share of the
    shorter one's shingles that the longer one has, `opening` the share of the longer one's opening that the shorter one has; `differing`
    are the numbers, here and there, that stand in the same surroundings.
    """

    origin: str
    rule: Rule
    estimate: float = 0.0
    jaccard: float = 0.0
    containment: float = 0.0
    opening: float = 0.0
    differing: tuple[tuple[str, str], ...] = ()
