"""Turns the grounds of an event into a number between 0 and 1: how sure its type and trigger are."""

from collections.abc import Sequence

from tawazun.code.steps import Step
from tawazun.model.dossier import Participant
from tawazun.model.phrases import Predicate


def confidence_of(predicate: Predicate, participants: Sequence[Participant], steps: Sequence[Step], attributed: bool) -> float:
    """Adds up the grounds: an actor with a code, a finite verb, no rival sense."""
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
