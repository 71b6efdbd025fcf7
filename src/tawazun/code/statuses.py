"""Turns the chain of operators above a trigger into one of the seven statuses, from the innermost outwards."""

import msgspec

from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.model.entries import Status
from tawazun.model.phrases import Predicate

_VERBAL = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE", "CONCEDE"})
_STRONG: tuple[Status, ...] = ("negated", "called_for", "conditional", "possible", "planned")
_ADJECTIVES: tuple[tuple[Status, str], ...] = (
    ("planned", "next_adjective"),
    ("possible", "possible_adjective"),
    ("ongoing", "ongoing_adjective"),
)
_REACH = 3
_FAR = 8


class Step(msgspec.Struct, frozen=True):
    """Is one operator of the chain: the words it stands on, the rule, and the status after it."""

    start: int
    end: int
    rule: str
    status: Status


def compose(outer: Status | None, inner: Status) -> Status:
    """Composes an operator's status with that of the act in its scope."""
    if outer is None or outer == inner:
        return inner
    if outer == "conditional":
        return outer
    if inner == "negated":
        return "occurred" if outer == "negated" else "negated"
    if inner == "conditional" and outer in ("planned", "occurred", "ongoing", "possible", "called_for"):
        return "conditional"
    if inner in _STRONG and outer in ("occurred", "ongoing"):
        return inner
    if inner == "planned" and outer == "ongoing":
        return inner
    return outer


def _particles(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    """Reads the particles before a verb: negation, future, certainty, doubt."""
    steps: list[Step] = []
    position = predicate.start
    for index in range(position - 1, max(scene.parse.start, position - _REACH) - 1, -1):
        tag = scene.tag(index)
        if tag.kind == "negation":
            steps.append(Step(index, index + 1, "negation", "negated"))
            break
        if tag.kind == "future":
            steps.append(Step(index, index + 1, "future particle", "planned"))
        elif tag.kind == "certainty" and predicate.form is not None and predicate.form.tense == "present":
            steps.append(Step(index, index + 1, "doubt particle before a present", "possible"))
        elif tag.kind == "adverb" and tag.value == "rather" and scene.within(index, "doubt"):
            steps.append(Step(index, index + 1, "adverb of doubt", "possible"))
        elif tag.kind not in ("auxiliary", "adverb", "certainty"):
            break
    return tuple(steps)


def _verb_status(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    """Reads tense, particles and clause of a finite verb."""
    tense = predicate.form.tense if predicate.form else "past"
    base: Status = "occurred"
    if predicate.future:
        base = "planned"
    elif tense == "present":
        base = _present(scene, predicate)
    elif tense == "imperative":
        base = "called_for"
    if _is_imperative(scene, predicate):
        tense, base = "imperative", "called_for"
    steps = [Step(predicate.start, predicate.end, f"{tense or 'verbal'} form", base)]
    for step in (*_particles(scene, predicate), *_doubt_after(scene, predicate)):
        steps.append(Step(step.start, step.end, step.rule, compose(step.status, steps[-1].status)))
    return tuple(steps)


def _doubt_after(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    """Reads an adverb of doubt after the verb (was killed, most likely)."""
    for index in range(predicate.end, min(scene.parse.end, predicate.end + _FAR)):
        if scene.clause_at(index) == predicate.clause and scene.within(index, "doubt_after"):
            return (Step(index, index + 1, "adverb of doubt", "possible"),)
    return ()


def _is_imperative(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a form that may be an imperative opens a quotation (punish the killers!)."""
    if not any(form.tense == "imperative" for form in scene.tag(predicate.start).forms) or predicate.start == scene.parse.start:
        return False
    before = scene.tag(predicate.start - 1)
    return before.kind == "mark" and before.value in scene.lexicon.words["opening_marks"]


def _present(scene: Scene, predicate: Predicate) -> Status:
    """Reads a present tense: words said are a report, a meeting is scheduled, the rest (and what a relative clause says) goes on."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind == "relative":
        if scene.tag(clause.opener).kind == "relative":
            return "ongoing"
        if predicate.entry.type in _VERBAL or predicate.entry.type == "PROTEST":
            return "occurred"
    if predicate.entry.type in _VERBAL and predicate.start == scene.parse.start and predicate.conjunction:
        return "ongoing"
    if predicate.entry.type in _VERBAL:
        plural = predicate.form is not None and set(predicate.form.person.split()) <= {"3mp", "1p"}
        return "ongoing" if plural else "occurred"
    return "planned" if scene.within(predicate.start, "scheduled_present") else "ongoing"


def _noun_status(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    steps = [Step(predicate.start, predicate.end, "noun", "occurred")]
    phrase = scene.phrase(predicate.phrase)
    if _is_standing(scene, predicate):
        steps.append(Step(predicate.start, predicate.end, "standing process", "ongoing"))
    before = phrase.preposition_at if phrase.preposition_at >= 0 else phrase.start - 1
    if before >= scene.parse.start and scene.within(before, "still"):
        steps.append(Step(before, before + 1, "still", "ongoing"))
    if predicate.entry.type not in _VERBAL and (
        phrase.preposition in scene.lexicon.words["under"] or (before >= scene.parse.start and scene.within(before, "there_is"))
    ):
        steps.append(Step(before, before + 1, "there is", "ongoing"))
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


def _is_standing(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a noun or participle names a standing state: the war, those detained, those opposed."""
    part = predicate.form.part if predicate.form is not None else "N"
    if part == "A":
        described = scene.parse.clauses[predicate.clause].opener != predicate.start
        return described and predicate.entry.type in ("REJECT", "AID", "SUPPORT", "PROTEST", "MOBILIZE")
    if part == "P":
        return predicate.entry.type in ("COERCE", "AID", "SUPPORT")
    if predicate.entry.type == "AID" and scene.within(predicate.start, "standing_plural"):
        return True
    if not scene.tag(predicate.start).article:
        return predicate.entry.type == "COOPERATE" and part in ("M", "N") and scene.within(predicate.start, "standing_noun")
    return predicate.entry.type in ("AID", "COOPERATE", "COERCE", "MOBILIZE") or scene.within(predicate.start, "standing_noun")


def _future_object(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads the future or negation of a plain verb whose object a noun is (will move the talks, offered no concessions)."""
    verb = scene.verb_tokens.get(predicate.clause, -1)
    head = scene.heads.get(predicate.clause)
    if predicate.phrase < 0 or verb < 0 or verb >= predicate.start or predicate.start - verb > _FAR:
        return None
    if (head is not None and (head.phrase >= 0 or head.entry.type is not None)) or not _is_object(scene, predicate):
        return None
    if head is None:
        if not scene.tag(verb).future:
            return None
        conditional = any(other.kind == "condition" and other.parent == predicate.clause for other in scene.parse.clauses)
        return Step(verb, verb + 1, "object of a verb in the future", "conditional" if conditional else "planned")
    own = _own(scene, head)
    if own == "negated" and not scene.phrase(predicate.phrase).article:
        return Step(head.start, head.end, "indefinite object of a negated verb", own)
    return Step(head.start, head.end, "object of a verb in the future", own) if own in ("planned", "conditional", "possible") else None


def _is_object(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether an act stands as a bare object, by itself or as the genitive of a noun that is no act (the process of talks)."""
    phrase = scene.phrase(predicate.phrase)
    if phrase.preposition or (predicate.form is not None and predicate.form.part not in ("M", "N")):
        return False
    if phrase.construct < 0:
        return True
    outer = scene.phrase(phrase.construct)
    return phrase.construct not in scene.by_phrase and not outer.preposition and outer.construct < 0


def _future_subject(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads the future of the verb of which a noun that opens its clause is the subject (the sanctions will return)."""
    if predicate.phrase < 0 or scene.phrase(predicate.phrase).preposition or scene.phrase(predicate.phrase).construct >= 0:
        return None
    numbers = scene.phrases_in(predicate.clause)
    verb = scene.verb_tokens.get(predicate.clause, -1)
    if not numbers or numbers[0] != predicate.phrase or verb < predicate.end or verb - predicate.end > _FAR:
        return None
    if scene.tag(verb).future or scene.tag(verb - 1).kind == "future":
        return Step(verb, verb + 1, "subject of a verb in the future", "planned")
    doubt = scene.tag(verb - 1).kind == "certainty" and any(form.tense == "present" for form in scene.tag(verb).forms)
    return Step(verb - 1, verb + 1, "subject of a verb in doubt", "possible") if doubt else None


def _aim(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads an act within the aim of another (to take part in the talks): planned."""
    number = predicate.phrase
    for _ in range(2):
        phrase = scene.phrase(number)
        if phrase.construct >= 0:
            number = phrase.construct
        elif phrase.preposition in scene.lexicon.words["within_aim"] and number > 0 and scene.phrase(number - 1).end == phrase.start:
            number -= 1
        else:
            return None
        outer = scene.phrase(number)
        if number in scene.by_phrase and scene.by_phrase[number].entry.type is not None:
            return None
        if outer.preposition in scene.lexicon.words["purpose_preposition"] and scene.within(outer.head, "aim_noun"):
            return Step(outer.start, outer.end, "aim", "planned")
    return None


def _before_it(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads `before` and the like, after which a meeting or protest is still to come, and the future of the clause that it is an
    occasion in.
    """
    if predicate.entry.type not in ("CONSULT", "PROTEST") or predicate.phrase < 0:
        return None
    phrase = scene.phrase(predicate.phrase)
    if phrase.preposition in scene.lexicon.words["before"]:
        return Step(phrase.preposition_at, phrase.preposition_at + 1, "before it", "planned")
    head = scene.heads.get(predicate.clause)
    if head is None or head.index == predicate.index or not phrase.preposition or phrase.preposition in scene.lexicon.words["after"]:
        return None
    own = _own(scene, head)
    return Step(head.start, head.end, "occasion of a planned act", "planned") if own == "planned" else None


def _clause_step(scene: Scene, predicate: Predicate, last: Status) -> Step | None:
    """Reads what kind of clause the predicate stands in."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind == "condition":
        return Step(clause.opener, clause.opener + 1, "condition", compose("conditional", last))
    if clause.kind == "question":
        return Step(clause.opener, clause.opener + 1, "question", compose("possible", last))
    if clause.kind == "time" and clause.opener > scene.parse.start and scene.within(clause.opener - 1, "without"):
        return Step(clause.opener - 1, clause.opener + 1, "without", "negated")
    if clause.kind == "purpose" and last != "negated":
        return Step(clause.opener, clause.opener + 1, "purpose", compose("planned", last))
    present = predicate.form is not None and predicate.form.tense == "present"
    if last in ("planned", "ongoing") or (last == "occurred" and predicate.future) or (last == "negated" and present):
        for other in scene.parse.clauses:
            if other.kind == "condition" and other.parent == clause.index and scene.verb_tokens.get(other.index):
                return Step(other.opener, other.opener + 1, "consequence of a condition", "conditional")
    return None


def _is_purpose(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a word is a verbal noun without article after a preposition of purpose."""
    if predicate.phrase < 0 or predicate.form is None or predicate.form.part != "M" or scene.tag(predicate.start).article:
        return False
    return predicate.preposition in scene.lexicon.words["purpose_preposition"]


def _purpose(scene: Scene, predicate: Predicate, last: Status) -> Step | None:
    """Reads a verbal noun after the preposition of purpose that nothing governs (to question them): planned, unless it is an act of
    words.
    """
    if not _is_purpose(scene, predicate) or predicate.entry.type in _VERBAL or predicate.entry.type is None:
        return None
    return Step(predicate.start, predicate.end, "purpose", compose("planned", last))


def status_steps(scene: Scene, predicate: Predicate, governor_of: dict[int, Governor]) -> tuple[Step, ...]:
    """Returns the chain of steps for a predicate, innermost first; the status is that of the last one."""
    steps = list(_verb_status(scene, predicate) if predicate.phrase < 0 else _noun_status(scene, predicate))
    own = (
        _clause_step(scene, predicate, steps[-1].status) if predicate.phrase < 0 or scene.heads.get(predicate.clause) is predicate else None
    )
    if own is not None:
        steps.append(own)
    seen = {predicate.index}
    current = predicate
    if predicate.index not in governor_of:
        purpose = _purpose(scene, predicate, steps[-1].status)
        if purpose is not None:
            steps.append(purpose)
        elif steps[-1].status in ("occurred", "possible") and (future := _future_object(scene, predicate)) is not None:
            steps.append(future)
        elif steps[-1].status == "occurred" and predicate.phrase >= 0:
            found = _before_it(scene, predicate) or _future_subject(scene, predicate) or _aim(scene, predicate)
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
            *((c.opener, c.opener + 1) for c in scene.parse.clauses if c.kind == "condition" and c.parent == predicate.clause),
            *((p.start, p.end) for p in scene.parse.predicates if p.clause == predicate.clause and _is_condition(p)),
        )
        if start > predicate.start
    ][:1]


def _is_condition(predicate: Predicate) -> bool:
    content = predicate.entry.content
    return predicate.entry.type is None and content is not None and content.status == "conditional"


def _effect(scene: Scene, governor: Predicate, act: Predicate) -> Status | None:
    """Returns what a governor does to an act: refusing an accusation or a call doesn't undo that it was made."""
    status = governor.entry.content.status if governor.entry.content is not None else None
    if status == "negated" and act.phrase >= 0 and act.entry.type in _VERBAL and governor.entry.type == "REJECT":
        return None
    return status


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
    if content is not None and link.slot in (*content.at, "verb"):
        status = compose(_effect(scene, governor, act), status)
    if content is not None and content.denied is not None and _own(scene, governor) == "negated":
        return Step(governor.start, governor.end, entry.id + ", denied", content.denied)
    if entry.type is None and not entry.speech:
        own = _own(scene, governor)
        if own == "negated" and content is not None and content.status == "negated":
            return Step(governor.start, governor.end, entry.id, "occurred" if inner in ("occurred", "negated") else inner)
        if own is not None and not (content is not None and content.status in _STRONG and own == "planned"):
            status = compose(own, status)
    elif entry.type == "AGREE" and status == "planned":
        own = _own(scene, governor)
        status = own if own in ("negated", "conditional") else status
    elif entry.type is not None and content is not None and content.status == "negated" and _own(scene, governor) == "negated":
        status = inner
    return Step(governor.start, governor.end, entry.id, status)


def _own(scene: Scene, governor: Predicate) -> Status | None:
    """Returns the strong status that an operator has by its own form (shall begin, did not hold), or None."""
    steps = _verb_status(scene, governor) if governor.phrase < 0 else _noun_status(scene, governor)
    if governor.entry.type is None and governor.entry.speech is None and _is_purpose(scene, governor):
        return "planned"
    clause = _clause_step(scene, governor, steps[-1].status)
    last = clause.status if clause is not None else steps[-1].status
    if last in _STRONG:
        return last
    if last == "ongoing" and governor.phrase < 0 and governor.entry.light is not None:
        return "ongoing"
    return None
