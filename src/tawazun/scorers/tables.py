"""Turns features and a scorer's table into probabilities, and says which features weighed most."""

from collections.abc import Sequence
from heapq import nsmallest
from math import exp

from tawazun.model.weights import Feature, Scorer

_STRONGEST = 3


def log_odds(scorer: Scorer, features: Sequence[Feature]) -> tuple[float, ...]:
    """Returns the log odds of each class of a scorer against its first; features that the table lacks add nothing."""
    found = [weights for feature in features if (weights := scorer.table.get(feature)) is not None]
    return tuple(map(sum, zip(*found, strict=True))) if found else (0.0,) * (len(scorer.classes) - 1)


def probabilities(odds: Sequence[float]) -> tuple[float, ...]:
    """Turns log odds into the probability of each class of a scorer but the first."""
    powers = [exp(value) for value in odds]
    total = 1.0 + sum(powers)
    return tuple(power / total for power in powers)


def strongest(scorer: Scorer, features: Sequence[Feature], kind: int) -> tuple[tuple[Feature, float], ...]:
    """Returns the features that spoke most for class number `kind` (1 is the first after the default), strongest first, with weights."""
    found = ((feature, scorer.table[feature][kind - 1]) for feature in features if feature in scorer.table)
    ranked = nsmallest(_STRONGEST, found, key=lambda item: (-item[1], item[0]))
    return tuple(item for item in ranked if item[1] > 0)


def heaviest(scorer: Scorer, features: Sequence[Feature]) -> tuple[tuple[Feature, float], ...]:
    """Returns the features that weighed most for or against the class after the default, heaviest first, with weights."""
    found = ((feature, scorer.table[feature][0]) for feature in features if feature in scorer.table)
    return tuple(nsmallest(_STRONGEST, found, key=lambda item: (-abs(item[1]), item[0])))
