"""Holds what was learned from coded sentences: for each scorer, what each feature adds to each class."""

from collections.abc import Callable, Hashable
from struct import calcsize

import msgspec

from tawazun.base.errors import InternalError

Feature = tuple[str, ...]
"""Is a template's name with its values, as in `("who", "GOV", "CONSULT", "before")`."""


Grounds = tuple[tuple[Feature, float], ...]
"""Are the features that weighed most for a decision, with their weights; empty where the rules alone decided."""

KEY: Callable[[Feature], Hashable] = hash if calcsize("n") >= 8 else tuple
"""Makes the key that a feature's weights are found by: its hash, for comparing it with a feature of the table, string by string in cold
memory, takes longer than all else. A feature that the table lacks meets the hash of one that it has in one of 10**14 cases; a shorter
hash would be too short for that, so there the feature is its own key.
"""


class Scorer(msgspec.Struct, frozen=True):
    """Is one log-linear scorer.

    `table` gives a feature's weight for each of `classes` but the first, whose weight is always 0, and `by_key` the same by the feature's
    key, which no other process understands; `thresholds` say from which probability on a class counts, in the order of `classes` but the
    first.
    """

    classes: tuple[str, ...]
    thresholds: tuple[float, ...]
    table: dict[Feature, tuple[float, ...]]
    by_key: dict[Hashable, tuple[float, ...]] = {}

    def __post_init__(self) -> None:
        by_key = {KEY(feature): weights for feature, weights in self.table.items()}
        if len(by_key) != len(self.table):
            raise InternalError("scorer: two features have one hash, as happens in one of 10**10 processes; start again")
        msgspec.structs.force_setattr(self, "by_key", by_key)

    def __reduce__(self) -> tuple[type["Scorer"], tuple[object, ...]]:
        return Scorer, (self.classes, self.thresholds, self.table)
