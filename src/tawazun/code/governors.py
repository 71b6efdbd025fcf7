"""Turns a parse into government: for each predicate, the predicate in whose complement it stands, and in which slot."""

import msgspec

from tawazun.code.scenes import Scene
from tawazun.model.entries import Entry
from tawazun.model.phrases import Predicate

_STRONG = ("called_for", "planned", "possible", "negated")
_SCOPE = 10
_STOPS = ".!?\u061f\u2026"
_NO_PURPOSE = frozenset({"CONSULT", "REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE"})


class Governor(msgspec.Struct, frozen=True, gc=False):
    """Is the predicate that governs another, by index, and the slot."""

    predicate: int
    slot: str


def slots_of(entry: Entry) -> frozenset[str]:
    """Returns the slots in which an entry takes acts: as content or as the noun of a light verb."""
    found = set(entry.content.at) if entry.content else set()
    if entry.light:
        found.update(entry.light.at)
    return frozenset(found)


def takes_clause(entry: Entry, that: str) -> bool:
    """Tells whether an entry may govern a clause with `that`; a cue that only stands aside (according to) doesn't."""
    if entry.content is None or (entry.speech is not None and "clause" in entry.content.at):
        return False
    return entry.speech is not None or that in entry.content.at


def is_aside(scene: Scene, cue: Predicate) -> bool:
    """Tells whether a nominal cue only says where a verb before it was said (he said in a tweet that ...), or is part of a name."""
    if cue.entry.speech is None or cue.phrase < 0 or cue.form is None or cue.form.part not in ("M", "N") or cue.pronoun:
        return False
    phrase = scene.phrase(cue.phrase)
    verbs = [p for p in _before(scene, cue.clause, cue.start) if p.entry.speech is not None and p.phrase < 0]
    if verbs and verbs[0].end == phrase.start and not phrase.preposition:
        return True
    if not phrase.start <= cue.start <= phrase.head or (
        phrase.construct < 0 and phrase.preposition not in scene.lexicon.words["aside_preposition"]
    ):
        return not phrase.start <= cue.start <= phrase.head
    return bool(verbs)


def _before(scene: Scene, clause: int, position: int) -> list[Predicate]:
    """Returns the predicates of a clause that stand before a position, nearest first."""
    return [p for p in reversed(scene.parse.predicates) if p.clause == clause and p.end <= position]


def is_past_stop(scene: Scene, start: int, end: int) -> bool:
    """Tells whether a full stop within a quotation parts two words (I want it to act. We discuss ...)."""
    return any(scene.tag(index).kind == "mark" and scene.tokens[index].text[0] in _STOPS for index in range(start, end))


def _of_clause(scene: Scene, clause: int, position: int) -> Governor | None:
    """Finds what governs a content clause: the nearest predicate before its opener that takes such a clause."""
    record = scene.parse.clauses[clause]
    if record.kind != "content" or record.opener < 0 or is_past_stop(scene, record.opener, position):
        return None
    outer = record.parent
    while outer >= 0:
        for candidate in _before(scene, outer, record.opener):
            if takes_clause(candidate.entry, scene.lexicon.that) and not is_aside(scene, candidate):
                return Governor(candidate.index, scene.lexicon.that)
        outer = scene.parse.clauses[outer].parent
    return None


def _asyndetic(scene: Scene, predicate: Predicate) -> Governor | None:
    """Finds the raising or aspect verb right before a verb (began to shell)."""
    clause = scene.parse.clauses[predicate.clause]
    if clause.parent < 0:
        return None
    outer = scene.heads.get(clause.parent)
    if outer is None or outer.entry.type or outer.entry.content is None or outer.phrase >= 0:
        return None
    for asked in scene.parse.predicates:
        content = asked.entry.content
        if outer.end <= asked.start < predicate.start and asked.form is None and content is not None and content.status == "possible":
            return Governor(asked.index, "verb")
    near = [p for p in scene.parse.phrases if outer.end <= p.start and p.end <= predicate.start]
    if len(near) <= 2 and predicate.start - outer.end <= 12 and "object" in outer.entry.content.at:
        return Governor(outer.index, "verb")
    return None


def _of_noun(scene: Scene, predicate: Predicate, number: int, found: dict[int, Governor]) -> Governor | None:
    """Finds what governs the nominal predicate whose phrase (or the phrase it is the genitive of) is `number`."""
    phrase = scene.phrase(number)
    if phrase.construct >= 0:
        head = scene.by_phrase.get(phrase.construct)
        if head is not None and "genitive" in slots_of(head.entry):
            return Governor(head.index, "genitive")
        if head is not None and head.form is not None and head.form.part == "M" and "object" in slots_of(head.entry):
            return Governor(head.index, "object")
        if head is None and scene.within(scene.phrase(phrase.construct).head, "topic_noun"):
            return None
        if head is None or not head.entry.type:
            outer = _of_noun(scene, predicate, phrase.construct, found)
            if outer is not None:
                return outer
        return None if head is not None else _as_object(scene, predicate, phrase.construct)
    if phrase.joined and not scene.tag(phrase.start).preposition:
        shared = _joined(scene, number, found)
        if shared is not None or (not phrase.preposition and _is_full(scene, predicate.clause)):
            return shared or _past_relative(scene, number, found)
    if phrase.preposition in scene.lexicon.words["partitive"] and number > 0:
        whole = scene.phrase(number - 1)
        if whole.end == phrase.preposition_at and scene.within(whole.head, "partitive_noun"):
            return _of_noun(scene, predicate, number - 1, found)
    if phrase.preposition:
        return _by_preposition(scene, predicate, phrase.preposition, phrase.start) or _asked_purpose(scene, predicate, number, found)
    return _as_object(scene, predicate, number)


def _joined(scene: Scene, number: int, found: dict[int, Governor]) -> Governor | None:
    """Finds the governor shared with the nearest event noun before, in the same clause."""
    clause = scene.clause_at(scene.phrase(number).head)
    for other in range(number - 1, -1, -1):
        before = scene.by_phrase.get(other)
        if before is None or before.clause != clause:
            continue
        asked = _asks(scene, before)
        if asked is not None:
            return asked
        if before.index in found and found[before.index].slot != scene.lexicon.that:
            return found[before.index]
    return _after_plain_noun(scene, number) or _after_plain_aim(scene, number)


def _asks(scene: Scene, noun: Predicate) -> Governor | None:
    """Returns a noun of asking or planning as governor of what follows its complement, where that is no act (his hope of finding and
    releasing them).
    """
    content, after = noun.entry.content, noun.phrase + 1
    if content is None or content.status not in ("called_for", "planned") or after >= len(scene.parse.phrases):
        return None
    complement = scene.phrase(after)
    plain = after not in scene.by_phrase and complement.kind == "event" and complement.preposition in content.at
    return Governor(noun.index, complement.preposition) if plain else None


def _is_full(scene: Scene, clause: int) -> bool:
    """Tells whether a clause describes something that its verb takes up with a pronoun, so that the verb has its object."""
    head = scene.heads.get(clause)
    return scene.parse.clauses[clause].kind == "relative" and head is not None and head.phrase < 0 and bool(head.pronoun)


def _past_relative(scene: Scene, number: int, found: dict[int, Governor]) -> Governor | None:
    """Finds the governor shared with the noun that a relative clause before describes (to stop the crimes that it commits and try them)."""
    record = scene.parse.clauses[scene.clause_at(scene.phrase(number).head)]
    for other in range(number - 1, -1, -1):
        before = scene.by_phrase.get(other)
        if before is not None and before.clause == record.parent and before.end <= record.opener:
            return found.get(before.index)
    return None


def _after_plain_aim(scene: Scene, number: int) -> Governor | None:
    """Finds what asks for or plans a verbal noun coordinated with one after a preposition that is no act (called on them to sit down and
    release the prisoners).
    """
    predicate = scene.by_phrase.get(number)
    if predicate is None or (predicate.form is not None and predicate.form.part != "M"):
        return None
    clause = scene.clause_at(scene.phrase(number).head)
    for other in range(number - 1, -1, -1):
        phrase = scene.phrase(other)
        if scene.clause_at(phrase.head) != clause or (other in scene.by_phrase and scene.by_phrase[other].entry.type is not None):
            return None
        if phrase.kind != "event" or not phrase.preposition:
            continue
        for candidate in _before(scene, clause, phrase.start):
            content = candidate.entry.content
            if content is not None and content.status in ("called_for", "planned") and phrase.preposition in content.at:
                return Governor(candidate.index, phrase.preposition)
            if candidate.entry.type is not None:
                return None
    return None


def _after_plain_noun(scene: Scene, number: int) -> Governor | None:
    """Finds the operator of a coordinated verbal noun whose first member is no act (can show will and bring them to the table)."""
    phrase = scene.phrase(number)
    for candidate in _before(scene, scene.clause_at(phrase.head), phrase.start):
        content = candidate.entry.content
        if (
            candidate.phrase < 0
            and candidate.entry.type is None
            and content is not None
            and content.status in _STRONG
            and "object" in content.at
        ):
            return Governor(candidate.index, "object")
        if candidate.entry.type is not None or candidate.phrase < 0:
            return None
    return None


def _asked_purpose(scene: Scene, predicate: Predicate, number: int, found: dict[int, Governor]) -> Governor | None:
    """Finds what asks for an act whose purpose another is (called on them to cooperate to destroy the cell): it is asked for too."""
    phrase = scene.phrase(number)
    if (
        predicate.entry.type is None
        or predicate.entry.type in _NO_PURPOSE
        or phrase.preposition not in scene.lexicon.words["purpose_preposition"]
    ):
        return None
    if predicate.form is not None and predicate.form.part != "M":
        return None
    before = _before(scene, predicate.clause, phrase.start)
    if not before or phrase.start - before[0].end > _SCOPE:
        return None
    near = before[0]
    asker = near if near.index not in found or near.entry.type == "REQUEST" else scene.parse.predicates[found[near.index].predicate]
    content = asker.entry.content
    return Governor(asker.index, content.at[0]) if content is not None and content.status == "called_for" else None


def _in_scope(scene: Scene, predicate: Predicate, preposition: str, position: int) -> Governor | None:
    """Finds what governs an act that is the aim of what is asked or planned (the need to take steps towards a ceasefire)."""
    if preposition not in scene.lexicon.words["towards"]:
        return None
    for candidate in _before(scene, predicate.clause, position):
        content = candidate.entry.content
        if content is not None and content.status in _STRONG and position - candidate.end <= _SCOPE:
            return Governor(candidate.index, content.at[0])
        if candidate.entry.type is not None:
            return None
    return None


def _by_preposition(scene: Scene, predicate: Predicate, preposition: str, position: int) -> Governor | None:
    for candidate in _before(scene, predicate.clause, position):
        if preposition in slots_of(candidate.entry):
            return Governor(candidate.index, preposition)
        if candidate.end >= position - 1 and candidate.phrase >= 0 and candidate.entry.type is not None:
            return None
        if dict(candidate.entry.frame.prepositions).get(preposition) in ("source", "target") and candidate.entry.type:
            return None
    return _in_scope(scene, predicate, preposition, position)


def _as_object(scene: Scene, predicate: Predicate, number: int) -> Governor | None:
    """Finds the verb (or nominal operator) of which a bare event noun is subject or object."""
    position = scene.phrase(number).start
    for candidate in _before(scene, predicate.clause, position):
        slots = slots_of(candidate.entry)
        if candidate.phrase < 0:
            if "object" in slots:
                return Governor(candidate.index, "object")
            if "subject" in slots:
                return Governor(candidate.index, "subject")
            return None
        if candidate.form is not None and candidate.form.part == "A" and "object" in slots:
            return Governor(candidate.index, "object")
        if candidate.pronoun and candidate.entry.type is None and candidate.end == position and "genitive" in slots:
            return Governor(candidate.index, "genitive")
        if candidate.form is None and candidate.entry.type is None and candidate.end == position and candidate.entry.speech is None:
            slot = next((slot for slot in ("subject", "object", "clause", "genitive") if slot in slots), None)
            if slot is not None:
                return Governor(candidate.index, slot)
    head = scene.heads.get(predicate.clause)
    if head is not None and head.start > position and any("subject" in slots_of(entry) for entry in (head.entry, *head.alternatives)):
        return Governor(head.index, "subject")
    return None


def _modifier(scene: Scene, predicate: Predicate) -> Governor | None:
    """Finds the operator participle that modifies an event noun (the meeting scheduled to be held)."""
    after = scene.by_phrase.get(predicate.phrase + 1)
    if (
        after is None
        or after.entry.type
        or after.entry.content is None
        or after.entry.speech
        or after.start != scene.phrase(predicate.phrase).end
    ):
        return None
    participle = after.form is None or after.form.part in ("A", "P")
    return Governor(after.index, after.entry.content.at[0]) if participle and not after.preposition and not after.conjunction else None


def _denied(scene: Scene, predicate: Predicate) -> Governor | None:
    """Finds who denies the report whose content a clause gives (denied reports that said that ...)."""
    clause = scene.parse.clauses[predicate.clause]
    if predicate.entry.speech is None or clause.kind != "relative":
        return None
    head = scene.heads.get(clause.parent)
    content = head.entry.content if head is not None else None
    if head is None or content is None or head.entry.type != "REJECT" or content.status != "negated" or head.end > predicate.start:
        return None
    return Governor(head.index, scene.lexicon.that)


def _is_ongoing(scene: Scene, modifier: Governor) -> bool:
    """Tells whether a modifier only says that the act goes on (the continuing raids), so that it leaves the act its governor."""
    content = scene.parse.predicates[modifier.predicate].entry.content
    return content is not None and content.status == "ongoing"


def governors(scene: Scene) -> dict[int, Governor]:
    """Finds the governor of every predicate that has one."""
    found: dict[int, Governor] = {}
    adjectives: set[int] = set()
    for predicate in scene.parse.predicates:
        governor = None
        modifier = _modifier(scene, predicate) if predicate.phrase >= 0 else None
        if modifier is not None and _is_ongoing(scene, modifier):
            adjectives.add(modifier.predicate)
            governor = _of_noun(scene, predicate, predicate.phrase, found) or modifier
        elif modifier is not None:
            governor = modifier
        elif predicate.index in adjectives:
            continue
        elif predicate.phrase >= 0 and scene.parse.clauses[predicate.clause].opener != predicate.start:
            governor = _of_noun(scene, predicate, predicate.phrase, found)
        elif predicate.phrase < 0 and scene.heads.get(predicate.clause) is predicate:
            governor = _of_clause(scene, predicate.clause, predicate.start) or _asyndetic(scene, predicate) or _denied(scene, predicate)
        if governor is not None and governor.predicate != predicate.index:
            found[predicate.index] = governor
    return found
