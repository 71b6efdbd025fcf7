"""Turns features and a scorer's table into probabilities, and says which features weighed most."""

from collections.abc import Sequence
from math import exp

from tawazun.model.weights import KEY, Feature, Grounds, Scorer

_STRONGEST = 3


Weights = list[tuple[float, ...] | None]
"""Are the weights of features in their order; None for one that the table lacks."""


def weights_of(scorer: Scorer, features: Sequence[Feature]) -> Weights:
    """Looks the weights of features up: a look into a large table is dear, so whoever asks more than one thing of them does it once."""
    return list(map(scorer.by_key.get, map(KEY, features)))


def add_up(scorer: Scorer, found: Weights) -> tuple[float, ...]:
    """Returns the log odds of each class of a scorer against its first; features that the table lacks add nothing."""
    known = filter(None, found)
    total = other = 0.0
    match len(scorer.classes):  # a loop over the few classes that most scorers have takes half as long as turning rows into columns
        case 2:
            for (weight,) in known:
                total += weight
            return (total,)
        case 3:
            for weight, beside in known:
                total += weight
                other += beside
            return total, other
        case several:
            return tuple(map(sum, zip(*known, strict=True))) or (0.0,) * (several - 1)


def log_odds(scorer: Scorer, features: Sequence[Feature]) -> tuple[float, ...]:
    """Returns the log odds that the weights of features add up to."""
    return add_up(scorer, weights_of(scorer, features))


def probabilities(odds: Sequence[float]) -> tuple[float, ...]:
    """Turns log odds into the probability of each class of a scorer but the first."""
    powers = [exp(value) for value in odds]
    total = 1.0 + sum(powers)
    return tuple([power / total for power in powers])


def strongest(features: Sequence[Feature], found: Weights, kind: int) -> Grounds:
    """Returns the features that spoke most for class number `kind` (1 is the first after the default), strongest first, with weights."""
    at = kind - 1
    pairs = zip(features, found, strict=True)
    ranked = sorted([(-weights[at], feature) for feature, weights in pairs if weights and weights[at] > 0])
    return tuple([(feature, -weight) for weight, feature in ranked[:_STRONGEST]])


def heaviest(features: Sequence[Feature], found: Weights) -> Grounds:
    """Returns the features that weighed most for or against the class after the default, heaviest first, with weights."""
    pairs = zip(features, found, strict=True)
    ranked = sorted([(-abs(weights[0]), feature, weights[0]) for feature, weights in pairs if weights])
    return tuple([(feature, weight) for _, feature, weight in ranked[:_STRONGEST]])
