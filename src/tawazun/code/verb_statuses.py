"""Reads the status that a finite verb has by itself: tense, the particles before it, the kind of its clause."""

from tawazun.code.scenes import Scene
from tawazun.code.steps import FAR, Step, compose
from tawazun.model.entries import VERBAL_TYPES, Status
from tawazun.model.phrases import Predicate

_REACH = 3
_HEADLINE = 14


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


def verb_status(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
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
    if base in ("ongoing", "planned") and tense == "present" and not predicate.future and (was := _was(scene, predicate)) >= 0:
        steps.append(Step(was, was + 1, "past of a present", "occurred"))
    for step in (*_particles(scene, predicate), *_doubt_after(scene, predicate)):
        if step.rule == "negation" and (only := _exception(scene, predicate)) is not None:
            steps.append(Step(only.start, only.end, only.rule, steps[-1].status if only.status == "occurred" else only.status))
            continue
        steps.append(Step(step.start, step.end, step.rule, compose(step.status, steps[-1].status)))
    return tuple(steps)


def _was(scene: Scene, predicate: Predicate) -> int:
    """Returns the past of `to be` before a present tense, at its side or before its subject (the rebels were fighting), or -1."""
    for index in range(predicate.start - 1, max(scene.parse.start, predicate.start - FAR) - 1, -1):
        tag = scene.tag(index)
        if scene.within(index, "was"):
            return index
        if tag.kind not in ("noun", "adverb", "demonstrative", "quantifier", "number"):
            return -1
    return -1


def _exception(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads `except` after a negated verb: it does take place so (opens fire only on ...), or only on a condition (only if, only after)."""
    for index in range(predicate.end, min(scene.parse.end - 1, predicate.end + FAR)):
        if scene.tag(index).kind == "mark":
            return None
        if scene.within(index, "except"):
            after = scene.tag(index + 1)
            if after.kind in ("complementiser", "negation", "verb", "mark"):
                return None
            bound = after.kind == "subordinator" or scene.within(index + 1, "only_after")
            return Step(index, index + 1, "only under a condition" if bound else "exception", "conditional" if bound else "occurred")
    return None


def _doubt_after(scene: Scene, predicate: Predicate) -> tuple[Step, ...]:
    """Reads an adverb of doubt after the verb (was killed, most likely)."""
    for index in range(predicate.end, min(scene.parse.end, predicate.end + FAR)):
        if scene.within(index, "doubt_after") and scene.clause_at(index) == predicate.clause:
            return (Step(index, index + 1, "adverb of doubt", "possible"),)
    return ()


def _is_imperative(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a form that may be an imperative opens a quotation (punish the killers!)."""
    if not any(form.tense == "imperative" for form in scene.tag(predicate.start).forms) or predicate.start == scene.parse.start:
        return False
    before = scene.tag(predicate.start - 1)
    return before.kind == "mark" and before.value in scene.lexicon.words["opening_marks"]


def _is_headline(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a verb after its subject stands in a headline, whose present tense tells what has happened."""
    parse = scene.parse
    last = scene.tag(parse.end - 1)
    if (
        parse.start
        or parse.end > _HEADLINE
        or (last.kind == "mark" and scene.tokens[parse.end - 1].text in scene.lexicon.words["sentence_end"])
    ):
        return False
    return any(p.kind == "actor" and p.end <= predicate.start and not p.preposition for p in parse.phrases)


def _present(scene: Scene, predicate: Predicate) -> Status:
    """Reads a present tense: words said are a report, a meeting is scheduled, the rest (and what a relative clause says) goes on."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind == "relative":
        if scene.tag(clause.opener).kind == "relative":
            return "ongoing"
        if predicate.entry.type in VERBAL_TYPES or predicate.entry.type == "PROTEST":
            return "occurred"
    if predicate.entry.type in VERBAL_TYPES and predicate.start == scene.parse.start and predicate.conjunction:
        return "ongoing"
    if predicate.entry.type in VERBAL_TYPES:
        plural = predicate.form is not None and set(predicate.form.person.split()) <= {"3mp"}
        return "ongoing" if plural or _plural_subject(scene, predicate) else "occurred"
    if _is_headline(scene, predicate):
        return "occurred"
    return "planned" if scene.within(predicate.start, "scheduled_present") else "ongoing"


def _plural_subject(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether the word after a verb is a sound plural that names people (the protesters demand): what they say goes on."""
    index = predicate.end
    if index >= scene.parse.end or scene.tag(index).kind != "noun" or scene.tag(index).preposition:
        return False
    number = scene.parse.phrase_of[index - scene.parse.start]
    endings = scene.lexicon.words["subject_plural_endings"]
    return number >= 0 and scene.phrase(number).kind == "actor" and any(scene.tokens[index].word.bare.endswith(e) for e in endings)


def clause_step(scene: Scene, predicate: Predicate, last: Status) -> Step | None:
    """Reads what kind of clause the predicate stands in."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind == "condition":
        return Step(clause.opener, clause.opener + 1, "condition", compose("conditional", last))
    if clause.kind == "question":
        return Step(clause.opener, clause.opener + 1, "question", compose("possible", last))
    unreal = (
        c for c in scene.parse.clauses if c.kind == "condition" and c.opener < predicate.start and scene.within(c.opener, "if_unreal")
    )
    if predicate.phrase < 0 and clause.kind == "main" and clause.opener == predicate.start and (c := next(unreal, None)) is not None:
        return Step(c.opener, c.opener + 1, "consequence of an unreal condition", "conditional")
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
