"""Reads the status that an act without a governor takes from what is around it: purpose, the verb whose object it is, an occasion."""

from tawazun.code.noun_statuses import noun_status
from tawazun.code.scenes import Scene
from tawazun.code.steps import FAR, STRONG, Step, compose
from tawazun.code.verb_statuses import clause_step, verb_status
from tawazun.model.entries import VERBAL_TYPES, Status
from tawazun.model.phrases import Predicate

_SPELL = 4
_AIMS = frozenset({"AID", "COERCE", "RETREAT", "MOBILIZE"})


def strong_status(scene: Scene, governor: Predicate) -> Status | None:
    """Returns the strong status that an operator has by its own form (shall begin, did not hold), or None."""
    steps = verb_status(scene, governor) if governor.phrase < 0 else noun_status(scene, governor)
    if governor.entry.type is None and governor.entry.speech is None and _is_purpose(scene, governor):
        return "planned"
    clause = clause_step(scene, governor, steps[-1].status)
    last = clause.status if clause is not None else steps[-1].status
    if last in STRONG:
        return last
    if last == "ongoing" and governor.phrase < 0 and governor.entry.light is not None:
        return "ongoing"
    return None


def _is_purpose(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a word is a verbal noun without article after a preposition of purpose."""
    if predicate.phrase < 0 or (predicate.form is not None and predicate.form.part != "M" and not _is_aimed(scene, predicate)):
        return False
    if scene.tag(predicate.start).article and (
        predicate.entry.type == "CONSULT" or (predicate.entry.light is None and predicate.entry.type in VERBAL_TYPES)
    ):
        return False
    if any(scene.tokens[predicate.start].word.bare.endswith(ending) for ending in scene.lexicon.words["feminine_plural"]):
        return False
    if predicate.form is None and predicate.phrase > 0 and scene.phrase(predicate.phrase - 1).end == scene.phrase(predicate.phrase).start:
        if scene.phrase(predicate.phrase - 1).construct >= 0:
            return False
    return predicate.preposition in scene.lexicon.words["purpose_preposition"]


def _is_aimed(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a noun that its entry lists by itself may be an aim: a bare singular that does something to somebody."""
    if predicate.form is None or predicate.form.part != "N" or not predicate.form.person.startswith("s"):
        return False
    if predicate.entry.type == "AID" and predicate.pronoun:
        return False
    return not scene.phrase(predicate.phrase).article and predicate.entry.type in _AIMS and not scene.within(predicate.start, "befalls")


def purpose_step(scene: Scene, predicate: Predicate, last: Status) -> Step | None:
    """Reads a verbal noun after the preposition of purpose that nothing governs (to question them): planned, unless it is an act of
    words.
    """
    if not _is_purpose(scene, predicate) or predicate.entry.type in VERBAL_TYPES or predicate.entry.type is None:
        return None
    return Step(predicate.start, predicate.end, "purpose", compose("planned", last))


def future_object(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads the future or negation of a plain verb whose object a noun is (will move the talks, offered no concessions)."""
    verb = scene.verb_tokens.get(predicate.clause, -1)
    head = scene.heads.get(predicate.clause)
    if predicate.phrase < 0 or verb < 0 or verb >= predicate.start or predicate.start - verb > FAR:
        return None
    if (head is not None and (head.phrase >= 0 or head.entry.type is not None)) or not _is_object(scene, predicate):
        return None
    if head is None:
        if not scene.tag(verb).future:
            return _doubted(scene, verb)
        conditional = any(other.kind == "condition" and other.parent == predicate.clause for other in scene.parse.clauses)
        return Step(verb, verb + 1, "object of a verb in the future", "conditional" if conditional else "planned")
    own = strong_status(scene, head)
    if own == "negated" and not scene.phrase(predicate.phrase).article:
        return Step(head.start, head.end, "indefinite object of a negated verb", own)
    return Step(head.start, head.end, "object of a verb in the future", own) if own in ("planned", "conditional", "possible") else None


def _doubted(scene: Scene, verb: int) -> Step | None:
    """Reads the particle of doubt before the present of a plain verb (may send warrants)."""
    doubt = verb > scene.parse.start and scene.tag(verb - 1).kind == "certainty"
    present = {form.tense for form in scene.tag(verb).forms} == {"present"}
    return Step(verb - 1, verb + 1, "object of a verb in doubt", "possible") if doubt and present else None


def dated_ahead(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads a date still to come after a noun (a visit in the coming weeks): planned."""
    if predicate.entry.type in VERBAL_TYPES:
        return None
    for index in range(predicate.end, min(scene.parse.end, predicate.end + FAR)):
        tag = scene.tag(index)
        if tag.kind in ("mark", "verb", "complementiser", "relative", "subordinator") or index in scene.by_token:
            return None
        if tag.kind == "time" and scene.within(index, "next_adjective"):
            return Step(index - 1, index + 1, "date to come", "planned")
    return None


def _is_object(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether an act stands as a bare object, by itself or as the genitive of a noun that is no act (the process of talks)."""
    phrase = scene.phrase(predicate.phrase)
    if phrase.preposition or (predicate.form is not None and predicate.form.part not in ("M", "N")):
        return False
    if phrase.construct < 0:
        return True
    outer = scene.phrase(phrase.construct)
    return phrase.construct not in scene.by_phrase and not outer.preposition and outer.construct < 0


def future_subject(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads the future of the verb of which a noun that opens its clause is the subject (the sanctions will return)."""
    if predicate.phrase < 0 or scene.phrase(predicate.phrase).preposition or scene.phrase(predicate.phrase).construct >= 0:
        return None
    numbers = scene.phrases_in(predicate.clause)
    verb = scene.verb_tokens.get(predicate.clause, -1)
    if not numbers or numbers[0] != predicate.phrase or verb < predicate.end or verb - predicate.end > FAR:
        return None
    if scene.tag(verb).future or scene.tag(verb - 1).kind == "future":
        return Step(verb, verb + 1, "subject of a verb in the future", "planned")
    present = any(form.tense == "present" for form in scene.tag(verb).forms)
    if scene.tag(verb - 1).kind == "certainty" and present:
        return Step(verb - 1, verb + 1, "subject of a verb in doubt", "possible")
    if not scene.within(verb, "under_way") or scene.tag(verb - 1).kind in ("negation", "auxiliary"):
        return None
    return Step(verb, verb + 1, "subject of a present verb", "ongoing")


def aim(scene: Scene, predicate: Predicate) -> Step | None:
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


def strengthened(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads cooperation that is to be strengthened or whose ways are looked for: planned."""
    if predicate.entry.type != "COOPERATE" or predicate.phrase < 0 or scene.phrase(predicate.phrase).construct < 0:
        return None
    outer = scene.phrase(scene.phrase(predicate.phrase).construct)
    if not scene.within(outer.head, "strengthening"):
        return None
    return Step(outer.start, outer.end, "to be strengthened", "planned")


def in_condition(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads a noun without governor in a clause of condition (if the truce holds)."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind != "condition" or scene.phrase(predicate.phrase).preposition:
        return None
    return Step(clause.opener, clause.opener + 1, "condition", "conditional")


def duty(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads an act that opens a clause with whose duty it is (it is up to the government to release them): called for."""
    numbers = scene.phrases_in(predicate.clause)
    at = numbers.index(predicate.phrase) if predicate.phrase in numbers else -1
    if at < 1 or predicate.form is None or predicate.form.part != "M" or scene.phrase(predicate.phrase).preposition:
        return None
    verb = scene.verb_tokens.get(predicate.clause, -1)
    whose = scene.phrase(numbers[0])
    if 0 <= verb < predicate.start or whose.preposition not in scene.lexicon.words["duty"] or whose.kind not in ("actor", "pronoun"):
        return None
    start = scene.parse.clauses[predicate.clause].start
    if whose.preposition_at > start + 1 or any(
        scene.phrase(n).preposition == "" and n not in scene.construct_of(numbers[0]) for n in numbers[1:at]
    ):
        return None
    return Step(whose.start, whose.end, "duty", "called_for")


def before_it(scene: Scene, predicate: Predicate) -> Step | None:
    """Reads `before` and the like, after which a meeting or protest is still to come, and the future of the clause that it is an
    occasion in.
    """
    if predicate.entry.type not in ("CONSULT", "PROTEST") or predicate.phrase < 0:
        return None
    phrase = scene.phrase(predicate.phrase)
    if not phrase.preposition and phrase.construct >= 0 and phrase.construct not in scene.by_phrase:
        phrase = scene.phrase(phrase.construct)
    if phrase.preposition in scene.lexicon.words["partitive"]:
        for index in range(phrase.start - 1, max(scene.parse.start, phrase.start - _SPELL) - 1, -1):
            if scene.within(index, "before") and scene.tag(index).kind in ("preposition", "time"):
                return Step(index, index + 1, "before it", "planned")
    if phrase.preposition in scene.lexicon.words["before"]:
        return Step(phrase.preposition_at, phrase.preposition_at + 1, "before it", "planned")
    head = scene.heads.get(predicate.clause)
    if head is None or head.index == predicate.index or not phrase.preposition or phrase.preposition in scene.lexicon.words["after"]:
        return None
    own = strong_status(scene, head)
    return Step(head.start, head.end, "occasion of a planned act", "planned") if own == "planned" else None
