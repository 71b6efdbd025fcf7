"""Turns features and a scorer's table into probabilities, and says which features weighed most."""

from collections.abc import Sequence
from math import exp

from tawazun.model.weights import Feature, Scorer

_STRONGEST = 3


def probabilities(scorer: Scorer, features: Sequence[Feature]) -> tuple[float, ...]:
    """Returns the probability of each class of a scorer but the first; features that the table lacks add nothing."""
    table = scorer.table
    found = [weights for feature in features if (weights := table.get(feature)) is not None]
    odds = [exp(sum(column)) for column in zip(*found, strict=True)] if found else [1.0] * (len(scorer.classes) - 1)
    total = 1.0 + sum(odds)
    return tuple(odd / total for odd in odds)


def strongest(scorer: Scorer, features: Sequence[Feature], kind: int) -> tuple[tuple[Feature, float], ...]:
    """Returns the features that spoke most for class number `kind` (1 is the first after the default), strongest first, with weights."""
    found = ((feature, scorer.table[feature][kind - 1]) for feature in features if feature in scorer.table)
    ranked = sorted(found, key=lambda item: (-item[1], item[0]))
    return tuple(item for item in ranked[:_STRONGEST] if item[1] > 0)


def heaviest(scorer: Scorer, features: Sequence[Feature]) -> tuple[tuple[Feature, float], ...]:
    """Returns the features that weighed most for or against the class after the default, heaviest first, with weights."""
    found = ((feature, scorer.table[feature][0]) for feature in features if feature in scorer.table)
    return tuple(sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:_STRONGEST])
