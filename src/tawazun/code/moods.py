"""Turns the steps of a status into the status that the weights bear out: happened, planned, asked for and the others."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.code.steps import Step
from tawazun.model.entries import STATUSES
from tawazun.model.phrases import Predicate
from tawazun.model.weights import Feature, Scorer
from tawazun.scorers.tables import add_up, strongest, weights_of

_MOST = 2
_MARGIN = 0.3
"""Is by how much, in log odds, another status has to be likelier than that of the rules."""


class Beside(NamedTuple):
    """Is what an act has beside it: how many participants, and whether a holder, a time, a place."""

    participants: int
    held: bool
    dated: bool
    placed: bool


def moods_of(
    scene: Scene, predicate: Predicate, governor_of: Mapping[int, Governor], steps: Sequence[Step], beside: Beside
) -> list[Feature]:
    """Returns the features of an act's status."""
    said, part, type = steps[-1].status, predicate.part, predicate.entry.type or "none"
    rule = steps[-1].rule
    before = scene.tokens[predicate.start - 1].text if predicate.start > scene.parse.start else "^"
    after = scene.tokens[predicate.end].text if predicate.end < scene.parse.end else "$"
    found: list[Feature] = [
        ("all",),
        ("status", said),
        ("status part", said, part),
        ("status type", said, type),
        ("status type part", said, type, part),
        ("rule", rule),
        ("rule part", rule, part),
        ("entry", predicate.entry.id, said),
        ("before", before, said),
        ("before part", before, part),
        ("after", after, said),
        ("participants", str(min(beside.participants, _MOST)), said, part),
        ("dated", "dated" if beside.dated else "-", said, part),
        ("placed", "placed" if beside.placed else "-", said, part),
        ("held", "held" if beside.held else "-", said, part),
    ]
    found += [("step", step.rule, said) for step in steps[:-1]]
    return found + _governed(scene, predicate, governor_of, said, part, type) + _nominal(scene, predicate, said, part, type)


def _governed(scene: Scene, predicate: Predicate, governor_of: Mapping[int, Governor], said: str, part: str, type: str) -> list[Feature]:
    """Returns the features that come from what governs an act, and from the verb of its clause."""
    found: list[Feature] = []
    governor = governor_of.get(predicate.index)
    if governor is None:
        found += [("free", said, part), ("free type", said, type, part)]
    else:
        outer = scene.parse.predicates[governor.predicate]
        effect = outer.entry.content.status or "own" if outer.entry.content else "-"
        kind, outer_part = outer.entry.sort, outer.part
        found += [
            ("governor", outer.entry.id, said),
            ("governor alone", outer.entry.id),
            ("governed", kind, governor.slot, effect, said),
            ("governed part", kind, outer_part, effect, part),
            ("governor part", outer_part, said, part),
        ]
    head = scene.heads.get(predicate.clause)
    if head is not None and head.index != predicate.index:
        tense = head.part + (" future" if head.future else "")
        found += [("verb", tense, part, said), ("verb type", head.entry.sort, tense, said), ("verb entry", head.entry.id, said)]
    return found


def _nominal(scene: Scene, predicate: Predicate, said: str, part: str, type: str) -> list[Feature]:
    """Returns the features of a noun that names an act."""
    if predicate.phrase < 0:
        return []
    preposition = scene.phrase(predicate.phrase).preposition or "-"
    article = "definite" if scene.tag(predicate.start).article else "bare"
    return [
        ("preposition", preposition, said),
        ("preposition type", preposition, article, type),
        ("article", article, said, part),
        ("article type", article, type, said),
    ]


def weighed(scorer: Scorer, features: Sequence[Feature], predicate: Predicate, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Adds the step to the likeliest status, where the weights overrule the rules."""
    weights = weights_of(scorer, features)
    odds = (0.0, *add_up(scorer, weights))
    best = max(range(len(odds)), key=odds.__getitem__)
    if odds[best] - odds[STATUSES.index(steps[-1].status)] <= _MARGIN:
        return steps
    grounds = strongest(features, weights, best) if best else ()
    return (*steps, Step(predicate.start, predicate.end, "weighed", STATUSES[best], grounds))
