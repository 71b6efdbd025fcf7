"""Turns the grounds of an event into a number between 0 and 1: how likely a careful reader would code it so, by type and trigger."""

from collections.abc import Sequence

from tawazun.code.steps import Step
from tawazun.model.dossier import Because, Participant, Span
from tawazun.model.phrases import Predicate
from tawazun.model.weights import Feature, Grounds, Scorer
from tawazun.scorers.tables import add_up, heaviest, probabilities, strongest, weights_of


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
    weights = weights_of(scorer, merits)
    confidence = round(min(max(probabilities(add_up(scorer, weights))[0], 0.01), 0.99), 2)
    return confidence, Because(rule="confidence", says=f"{confidence:.2f}", children=weights_because(heaviest(merits, weights)))


def sense_because(scorer: Scorer | None, predicate: Predicate, trigger: Span) -> tuple[Because, ...]:
    """Returns the step of a derivation that says what spoke for the act among those that its word may name, if that was weighed."""
    if scorer is None or not predicate.features:
        return ()
    grounds = strongest(predicate.features, weights_of(scorer, predicate.features), 1)
    return (Because("sense", predicate.entry.id, (trigger,), weights_because(grounds)),)


def weights_because(grounds: Grounds) -> tuple[Because, ...]:
    """Returns the steps of a derivation that say what each feature added."""
    return tuple([Because("weight: " + feature[0], f"{' · '.join(feature[1:])} {weight:+.2f}".lstrip()) for feature, weight in grounds])
