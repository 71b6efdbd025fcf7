"""Holds what was learned from coded sentences: for each scorer, what each feature adds to each class."""

import msgspec

Feature = tuple[str, ...]
"""Is a template's name with its values, as in `("who", "GOV", "CONSULT", "before")`."""


Grounds = tuple[tuple[Feature, float], ...]
"""Are the features that weighed most for a decision, with their weights; empty where the rules alone decided."""


class Scorer(msgspec.Struct, frozen=True):
    """Is one log-linear scorer.

    `table` gives a feature's weight for each of `classes` but the first, whose weight is always 0; `thresholds` say from which probability
    on a class counts, in the order of `classes` but the first.
    """

    classes: tuple[str, ...]
    thresholds: tuple[float, ...]
    table: dict[Feature, tuple[float, ...]]
