"""Turns the chain of operators above a trigger into one of the seven statuses, from the innermost outwards."""

from tawazun.code.contexts import (
    aim,
    before_it,
    dated_ahead,
    duty,
    future_object,
    future_subject,
    in_condition,
    purpose_step,
    strengthened,
    strong_status,
)
from tawazun.code.governors import Governor
from tawazun.code.noun_statuses import noun_status
from tawazun.code.scenes import Scene
from tawazun.code.steps import STRONG, Step, compose
from tawazun.code.verb_statuses import clause_step, verb_status
from tawazun.model.entries import VERBAL_TYPES, Status
from tawazun.model.phrases import Clause, Predicate

__all__ = ["Step", "status_steps"]


def status_steps(scene: Scene, predicate: Predicate, governor_of: dict[int, Governor]) -> tuple[Step, ...]:
    """Returns the chain of steps for a predicate, innermost first; the status is that of the last one."""
    steps = list(verb_status(scene, predicate) if predicate.phrase < 0 else noun_status(scene, predicate))
    own = (
        clause_step(scene, predicate, steps[-1].status) if predicate.phrase < 0 or scene.heads.get(predicate.clause) is predicate else None
    )
    if own is not None:
        steps.append(own)
    seen = {predicate.index}
    current = predicate
    if predicate.index not in governor_of:
        purpose = purpose_step(scene, predicate, steps[-1].status)
        if purpose is not None:
            steps.append(purpose)
        elif steps[-1].status in ("occurred", "possible") and (future := future_object(scene, predicate)) is not None:
            steps.append(future)
        elif predicate.phrase >= 0 and (found := strengthened(scene, predicate)) is not None:
            steps.append(found)
        elif steps[-1].status == "occurred" and predicate.phrase >= 0:
            found = (
                in_condition(scene, predicate)
                or duty(scene, predicate)
                or before_it(scene, predicate)
                or future_subject(scene, predicate)
                or aim(scene, predicate)
                or dated_ahead(scene, predicate)
            )
            steps += [found] if found is not None else []
    while current.index in governor_of and governor_of[current.index].predicate not in seen:
        governor = scene.parse.predicates[governor_of[current.index].predicate]
        seen.add(governor.index)
        steps.append(_through(scene, governor, governor_of[current.index], steps[-1].status, predicate, governor_of))
        if governor.entry.type is not None and not governor.entry.light:
            break
        current = governor
    if steps[-1].status in ("planned", "possible") and (len(steps) > 1 or predicate.future):
        steps += _hanging_condition(scene, predicate)
    return tuple(steps)


def _hanging_condition(scene: Scene, predicate: Predicate) -> list[Step]:
    """Reads a condition after the act that it is set for (they threaten to shell if ...)."""
    return [
        Step(start, end, "under a condition", "conditional")
        for start, end in (
            *((c.opener, c.opener + 1) for c in scene.parse.clauses if c.kind == "condition" and _hangs(scene, c, predicate.clause)),
            *((p.start, p.end) for p in scene.parse.predicates if p.clause == predicate.clause and _is_condition(p) and not p.conjunction),
        )
        if start > predicate.start
    ][:1]


def _hangs(scene: Scene, condition: Clause, clause: int) -> bool:
    """Tells whether a condition hangs on a clause, perhaps over clauses that only describe something in it."""
    at = condition.parent
    while at >= 0 and at != clause and scene.parse.clauses[at].kind in ("relative", "circumstance"):
        at = scene.parse.clauses[at].parent
    return at == clause


def _is_condition(predicate: Predicate) -> bool:
    content = predicate.entry.content
    return predicate.entry.type is None and content is not None and content.status == "conditional"


def _effect(scene: Scene, governor: Predicate, act: Predicate) -> Status | None:
    """Returns what a governor does to an act: refusing an accusation or a call doesn't undo that it was made."""
    status = governor.entry.content.status if governor.entry.content is not None else None
    if status == "planned" and governor.entry.type == "AGREE" and act.phrase >= 0:
        if act.entry.type == "REJECT" or scene.within(act.start, "already_done"):
            return None
    if status == "negated" and act.phrase >= 0 and act.entry.type in VERBAL_TYPES and governor.entry.type == "REJECT":
        return None
    return status


def _by_speech(scene: Scene, governor: Predicate, link: Governor, status: Status, act: Predicate) -> Status:
    """Applies a verb of saying to the act that it has as object: not announced, to be announced, or announced as still to come."""
    content = governor.entry.content
    if link.slot in (scene.lexicon.that, "verb") or content is None:
        return status
    said = verb_status(scene, governor)[-1].status
    if said in ("negated", "planned") and content.denied is None:
        return said
    if scene.within(act.start, "pledged") and link.slot in scene.lexicon.words["announced_slot"]:
        return "planned"
    return "planned" if status == "occurred" and _announces(scene, link, act) else status


def _announces(scene: Scene, link: Governor, act: Predicate) -> bool:
    """Tells whether an indefinite protest or meeting is announced (announced a strike): it is still to come."""
    if act.entry.type not in ("PROTEST", "CONSULT") or act.phrase < 0 or link.slot not in scene.lexicon.words["announced_slot"]:
        return False
    phrase = scene.phrase(act.phrase)
    return not phrase.article and not act.pronoun and phrase.construct < 0


def _goes_on(scene: Scene, governor: Predicate) -> bool:
    """Tells whether an operator that keeps what it governs is itself in a plain present (takes part in)."""
    content = governor.entry.content
    if governor.phrase >= 0 or governor.entry.type is not None or governor.entry.speech is not None or content is None:
        return False
    return content.status is None and verb_status(scene, governor)[-1].status == "ongoing"


def _yet_to_stop(scene: Scene, governor: Predicate, governor_of: dict[int, Governor]) -> bool:
    """Tells whether the end of something is only asked for, planned or possible, so that it still goes on."""
    return status_steps(scene, governor, governor_of)[-1].status in ("called_for", "planned", "possible", "conditional")


def _through(scene: Scene, governor: Predicate, link: Governor, inner: Status, act: Predicate, governor_of: dict[int, Governor]) -> Step:
    """Applies one governor: what its entry says of its complement, and, for operators and light verbs, its own tense and particles."""
    entry = governor.entry
    content = entry.content
    status = inner
    if (
        content is not None
        and content.status == "negated"
        and entry.type in ("RETREAT", "COERCE", None)
        and _yet_to_stop(scene, governor, governor_of)
    ):
        return Step(
            governor.start, governor.end, entry.id + ", yet to be stopped", "ongoing" if inner in ("occurred", "ongoing") else inner
        )
    if entry.light is not None and governor.form is not None and governor.form.tense == "past" and status == "ongoing":
        status = "occurred"
    if status == "occurred" and link.slot != "subject" and _goes_on(scene, governor):
        status = "ongoing"
    if content is not None and link.slot in (*content.at, "verb"):
        status = compose(_effect(scene, governor, act), status)
    if content is not None and content.denied is not None and strong_status(scene, governor) == "negated":
        return Step(governor.start, governor.end, entry.id + ", denied", content.denied)
    if entry.speech is not None and status in ("occurred", "ongoing") and governor.phrase < 0:
        status = _by_speech(scene, governor, link, status, act)
    if entry.type is None and not entry.speech:
        strong = strong_status(scene, governor)
        if strong == "negated" and content is not None and content.status == "negated":
            return Step(governor.start, governor.end, entry.id, "occurred" if inner in ("occurred", "negated") else inner)
        if strong is not None and not (content is not None and content.status in STRONG and strong == "planned"):
            status = compose(strong, status)
    elif entry.type == "AGREE" and status == "planned":
        strong = strong_status(scene, governor)
        status = strong if strong in ("negated", "conditional") else status
    elif entry.type is not None and content is not None and content.status == "negated" and strong_status(scene, governor) == "negated":
        status = inner
    return Step(governor.start, governor.end, entry.id, status)
