"""Turns the grounds of an event into a number between 0 and 1: how likely a careful reader would code it so, by type and trigger."""

from collections.abc import Sequence

from tawazun.code.steps import Step
from tawazun.model.dossier import Because, Participant
from tawazun.model.phrases import Predicate
from tawazun.model.weights import Feature, Scorer
from tawazun.scorers.tables import heaviest, log_odds, probabilities


def confidence_of(predicate: Predicate, participants: Sequence[Participant], steps: Sequence[Step], attributed: bool) -> float:
    """Adds up the grounds where nothing was learned: an actor with a code, a finite verb, no rival sense."""
    score = 0.5
    if any(participant.code for participant in participants):
        score += 0.2
    if len(participants) > 1:
        score += 0.08
    if predicate.phrase < 0 or predicate.form is None:
        score += 0.05
    if any(entry.type is not None for entry in predicate.alternatives):
        score -= 0.15
    if predicate.form is not None and predicate.form.part in ("A", "P"):
        score -= 0.1
    return round(min(max(score, 0.05), 0.95), 2)


def weighed_confidence(scorer: Scorer, merits: Sequence[Feature]) -> tuple[float, Because]:
    """Returns the share of events with such merits that are right, and the step of the derivation that says what weighed most."""
    confidence = round(min(max(probabilities(log_odds(scorer, merits))[0], 0.01), 0.99), 2)
    children = tuple(weight_because(feature, weight) for feature, weight in heaviest(scorer, merits))
    return confidence, Because(rule="confidence", says=f"{confidence:.2f}", children=children)


def weight_because(feature: Feature, weight: float) -> Because:
    """Makes the step of a derivation that says what one feature added."""
    return Because(rule="weight: " + feature[0], says=f"{' · '.join(feature[1:])} {weight:+.2f}".lstrip())
