"""Reads the status that a noun has by itself: what stands before it, its adjectives, whether it names a standing state."""

from tawazun.code.scenes import Scene
from tawazun.code.steps import FAR, Step, compose
from tawazun.model.entries import VERBAL_TYPES, Status
from tawazun.model.phrases import Predicate

_ADJECTIVES: tuple[tuple[Status, str], ...] = (
    ("planned", "next_adjective"),
    ("possible", "possible_adjective"),
    ("ongoing", "ongoing_adjective"),
)


def noun_status(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    """Reads what stands before a noun, its adjectives, and whether it names a standing state."""
    steps = [Step(predicate.start, predicate.end, "noun", "occurred")]
    phrase = scene.phrase(predicate.phrase)
    described = _described(scene, predicate)
    if described is not None:
        steps.append(described)
    elif _is_standing(scene, predicate):
        steps.append(Step(predicate.start, predicate.end, "standing process", "ongoing"))
    before = phrase.preposition_at if phrase.preposition_at >= 0 else phrase.start - 1
    if before >= scene.parse.start and scene.within(before, "still"):
        steps.append(Step(before, before + 1, "still", "ongoing"))
    if predicate.entry.type not in VERBAL_TYPES and (
        phrase.preposition in scene.lexicon.words["under"] or (before >= scene.parse.start and scene.within(before, "there_is"))
    ):
        steps.append(_there_is(scene, before))
    steps += _later(scene, predicate)
    if phrase.start < predicate.start and any(scene.within(index, "any") for index in range(phrase.start, predicate.start)):
        steps.append(Step(phrase.start, predicate.start, "any", "possible"))
    for index in range(predicate.end, min(scene.parse.end, phrase.end + 2)):
        tag = scene.tag(index)
        if tag.kind != "noun" or tag.preposition or tag.conjunction:
            break
        for status, words in _ADJECTIVES:
            if scene.within(index, words):
                steps.append(Step(index, index + 1, "adjective", compose(status, steps[-1].status)))
    before = phrase.start - 1
    if before >= scene.parse.start and scene.tag(before).kind == "negation":
        steps.append(Step(before, before + 1, "negation of a noun", "negated"))
    elif before >= scene.parse.start and scene.within(before, "without"):
        steps.append(Step(before, before + 1, "without", "negated"))
    return tuple(steps)


def _there_is(scene: Scene, at: int) -> Step:
    """Reads `there is` with its negation and its past (there was no fighting)."""
    for index in range(at - 1, max(scene.parse.start, at - 4) - 1, -1):
        if scene.tag(index).kind == "negation":
            return Step(index, at + 1, "there is not", "negated")
        if scene.within(index, "was") and not scene.within(at, "under"):
            return Step(index, at + 1, "there was", "occurred")
    return Step(at, at + 1, "there is", "ongoing")


def _later(scene: Scene, predicate: Predicate) -> list[Step]:
    """Reads `still` after a noun, and an adjective that stands after its complements (an exchange that still goes on, a visit by the
    minister expected soon).
    """
    phrase = scene.phrase(predicate.phrase)
    if predicate.entry.type in VERBAL_TYPES or predicate.entry.type is None:
        return []
    for index in range(phrase.end, min(scene.parse.end, phrase.end + FAR)):
        tag = scene.tag(index)
        still = scene.within(index, "still")
        if still and not phrase.article and (scene.tag(index - 1).kind == "negation" or scene.within(index - 1, "what")):
            return [Step(index - 1, index + 1, "still", "ongoing")]
        if tag.kind in ("mark", "complementiser", "subordinator") or (tag.kind == "verb" and not still):
            return []
        if index in scene.by_token or tag.preposition or tag.article or tag.conjunction or phrase.article:
            continue
        if scene.within(index, "next_adjective") and tag.kind == "noun" and phrase.construct < 0:
            return [Step(index, index + 1, "adjective", "planned")]
    return []


def _described(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads the tense of the relative clause right after a noun (the raids that it carried out, that it carries out)."""
    index = scene.phrase(predicate.phrase).end
    if predicate.entry.type == "COOPERATE":
        return None
    if index + 1 >= scene.parse.end or scene.tag(index).kind != "relative" or scene.tag(index).value == "what":
        return None
    verb = scene.verb_tokens.get(scene.clause_at(index), -1)
    if not index < verb <= index + 2:
        return None
    tag = scene.tag(verb)
    tenses = {form.tense for form in tag.forms}
    if scene.within(verb, "was") or tenses == {"past"}:
        return Step(index, verb + 1, "described in the past", "occurred")
    if tag.future or scene.tag(verb - 1).kind == "future":
        return Step(index, verb + 1, "described in the future", "planned")
    if tenses == {"present"} and scene.tag(verb - 1).kind == "relative" and predicate.entry.type not in VERBAL_TYPES:
        return Step(index, verb + 1, "described in the present", "ongoing")
    return None


def _is_standing(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a noun or participle names a standing state: the war, those detained, those opposed."""
    part = predicate.form.part if predicate.form is not None else "N"
    if part == "A":
        described = scene.parse.clauses[predicate.clause].opener != predicate.start
        return described and predicate.entry.type in ("REJECT", "AID", "SUPPORT", "PROTEST", "MOBILIZE")
    if scene.within(predicate.start, "punctual"):
        return False
    if part == "P":
        return predicate.entry.type in ("COERCE", "AID", "SUPPORT")
    if scene.within(predicate.start, "feeling") and predicate.end == predicate.start + 1 and part in ("M", "N"):
        return True
    if predicate.entry.type == "AID" and scene.within(predicate.start, "standing_plural"):
        return True
    if not scene.tag(predicate.start).article:
        return predicate.entry.type == "COOPERATE" and part in ("M", "N") and scene.within(predicate.start, "standing_noun")
    outer = scene.phrase(predicate.phrase).construct
    if predicate.entry.type == "AID" and outer >= 0 and scene.within(scene.phrase(outer).head, "arrival"):
        return False
    return predicate.entry.type in ("AID", "COOPERATE", "MOBILIZE") or scene.within(predicate.start, "standing_noun")
