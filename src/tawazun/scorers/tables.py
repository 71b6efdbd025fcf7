"""Turns features and a scorer's table into probabilities, and says which features weighed most."""

from collections.abc import Sequence
from math import exp

from tawazun.model.weights import Feature, Grounds, Scorer

_STRONGEST = 3


def log_odds(scorer: Scorer, features: Sequence[Feature]) -> tuple[float, ...]:
    """Returns the log odds of each class of a scorer against its first; features that the table lacks add nothing."""
    found = filter(None, map(scorer.table.get, features))
    if len(scorer.classes) > 2:
        return tuple(map(sum, zip(*found, strict=True))) or (0.0,) * (len(scorer.classes) - 1)
    total = 0.0
    for weights in found:
        total += weights[0]
    return (total,)


def probabilities(odds: Sequence[float]) -> tuple[float, ...]:
    """Turns log odds into the probability of each class of a scorer but the first."""
    powers = [exp(value) for value in odds]
    total = 1.0 + sum(powers)
    return tuple(power / total for power in powers)


def strongest(scorer: Scorer, features: Sequence[Feature], kind: int) -> Grounds:
    """Returns the features that spoke most for class number `kind` (1 is the first after the default), strongest first, with weights."""
    at, weigh = kind - 1, scorer.table.get
    ranked = sorted([(-weights[at], feature) for feature in features if (weights := weigh(feature)) and weights[at] > 0])
    return tuple([(feature, -weight) for weight, feature in ranked[:_STRONGEST]])


def heaviest(scorer: Scorer, features: Sequence[Feature]) -> Grounds:
    """Returns the features that weighed most for or against the class after the default, heaviest first, with weights."""
    weigh = scorer.table.get
    ranked = sorted([(-abs(weights[0]), feature, weights[0]) for feature in features if (weights := weigh(feature))])
    return tuple([(feature, weight) for _, feature, weight in ranked[:_STRONGEST]])
