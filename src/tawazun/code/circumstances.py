"""Turns the times and places of a sentence into those of its events: each goes to the act it stands with, and from there to the acts
told together with that one.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.code.sites import act_at_site, antecedent, is_act, is_site, is_unnamed
from tawazun.model.entries import VERBAL_TYPES
from tawazun.model.phrases import Phrase, Predicate

_CLOSE = 8
_FAR = 25
_FRONT = 2
_IN_WORDS = VERBAL_TYPES | {"CONSULT"}
_FIRST = frozenset({"1s", "1p"})
_HARM = frozenset({"ASSAULT", "COERCE"})


class Circumstances(msgspec.Struct, frozen=True):
    """Gives, for predicates by index, the number of their time mention and of their place phrase."""

    times: dict[int, int]
    places: dict[int, int]


def _acts(scene: Scene, clause: int) -> list[Predicate]:
    return [p for p in scene.parse.predicates if p.clause == clause and is_act(p)]


def _happening(scene: Scene, start: int) -> Predicate | None:
    """Returns the noun for an act that a word like `happened`, `held`, `due` right before token `start` takes up."""
    for at in range(start - 1, max(start - _CLOSE, scene.parse.start) - 1, -1):
        act = scene.by_token.get(at)
        if act is not None and is_act(act):
            return None
        if scene.within(at, "happen_word"):
            before = [p for p in scene.parse.predicates if is_act(p) and p.end <= at and p.phrase >= 0]
            return before[-1] if before and at - before[-1].end <= _FAR else None
    return None


def _nearest(scene: Scene, clause: int, start: int) -> Predicate | None:
    """Finds the act that a circumstance at token `start` belongs to."""
    taken_up = _happening(scene, start)
    if taken_up is not None:
        return taken_up
    acts = _acts(scene, clause)
    if not acts:
        record = scene.parse.clauses[clause]
        if record.kind == "circumstance" and record.parent >= 0:
            acts = _acts(scene, record.parent)
            clause = record.parent
        elif record.kind == "relative":
            return antecedent(scene, clause, start)
    if not acts:
        return None
    before = [p for p in acts if p.end <= start]
    head = scene.heads.get(clause)
    if before and start - before[-1].end <= _CLOSE and before[-1].phrase >= 0:
        return before[-1]
    if head is not None and head in acts:
        return head
    return before[-1] if before else acts[0]


def _is_main(scene: Scene, predicate: Predicate, governor_of: dict[int, Governor]) -> bool:
    """Tells whether an act is what its clause says: its verb, or the noun of its light verb."""
    if predicate.phrase < 0:
        return True
    governor = governor_of.get(predicate.index)
    return governor is not None and scene.parse.predicates[governor.predicate].entry.light is not None


def _sisters(scene: Scene, act: Predicate) -> set[int]:
    """Returns the clauses coordinated with that of an act, its own included."""
    clause = scene.parse.clauses[act.clause]
    found = {act.clause}
    for other in scene.parse.clauses:
        if other.parent == clause.parent and other.kind == clause.kind and other.opener == clause.opener:
            found.add(other.index)
        elif "circumstance" in (clause.kind, other.kind) and (other.parent == clause.index or clause.parent == other.index):
            inner = scene.heads.get(other.index if other.kind == "circumstance" else clause.index)
            if inner is not None and inner.form is not None and inner.form.tense == "past" and inner.entry.type in _HARM:
                found.add(other.index)
    return found


def _coordinated(scene: Scene, act: Predicate, governor_of: dict[int, Governor], freely: bool) -> Iterator[Predicate]:
    """Yields the acts coordinated with an act: the verbs of clauses beside its own, and nouns joined in its clause; `freely`, as times
    are shared, the verb of its clause too.
    """
    sisters = _sisters(scene, act)
    main = _is_main(scene, act, governor_of)
    for other in scene.parse.predicates:
        if not is_act(other) or other.clause not in sisters or other.index == act.index:
            continue
        if other.clause == act.clause and (other.phrase < 0) != (act.phrase < 0):
            verb, noun = (other, act) if other.phrase < 0 else (act, other)
            object_of = freely and not scene.phrase(noun.phrase).preposition
            if other is verb and verb.end <= noun.start and (object_of or verb.entry.type == noun.entry.type):
                yield other
        elif other.phrase < 0 or other.clause != act.clause:
            if main and _is_main(scene, other, governor_of):
                yield other
        elif other.entry.type == act.entry.type and act.phrase >= 0:
            later = max(other, act, key=lambda p: p.start)
            if scene.phrase(later.phrase).joined:
                yield other


def _harmed(scene: Scene, act: Predicate, governor_of: dict[int, Governor]) -> Iterator[Predicate]:
    """Yields the harm done in an attack or clash (killed in an attack; the attack led to the death), and the other way round."""
    for other in scene.parse.predicates:
        if other.index == act.index or other.entry.type != act.entry.type:
            continue
        first, second = sorted((act, other), key=lambda p: p.start)
        governor = governor_of.get(second.index)
        outer = scene.parse.predicates[governor.predicate] if governor is not None else None
        if outer is not None and outer.entry.light is not None and scene.lexicon.words["result"].intersection(outer.entry.light.at):
            causes = [p for p in scene.parse.predicates if is_act(p) and p.end <= outer.start]
            if causes and causes[-1] is first:
                yield other
        elif second.phrase < 0 and scene.parse.clauses[second.clause].kind == "relative":
            if antecedent(scene, second.clause, second.start) is first:
                yield other
        elif second.phrase >= 0 and second.clause == first.clause and second.start - first.end <= _FAR:
            phrase = scene.phrase(second.phrase)
            around = scene.phrase(phrase.construct) if phrase.construct >= 0 else phrase
            if around.preposition in scene.lexicon.words["in_course"]:
                yield other


def _is_accusative(scene: Scene, act: Predicate) -> bool:
    """Tells whether a noun stands as a circumstance of the verb (demanding, in protest at)."""
    if scene.within(act.start, "cause_noun"):
        return True
    participle = act.form is not None and act.form.part == "A" and "p" in act.form.person
    return participle and not scene.tag(act.start).article and not scene.phrase(act.phrase).preposition


def _attendant(scene: Scene, act: Predicate) -> Iterator[Predicate]:
    """Yields the acts that an act of words or a gathering is accompanied by: participles (they demonstrated, demanding)."""
    for other in scene.parse.predicates:
        if not is_act(other) or other.start < act.end or scene.heads.get(act.clause) is not act:
            continue
        clause = scene.parse.clauses[other.clause]
        inner = clause.kind == "circumstance" and clause.parent == act.clause and scene.heads.get(other.clause) is other
        if inner or (other.clause == act.clause and other.phrase >= 0 and _is_accusative(scene, other)):
            yield other


def _together(scene: Scene, act: Predicate, governor_of: dict[int, Governor], freely: bool) -> list[Predicate]:
    """Returns the acts that share the circumstances of an act, itself first."""
    found = {act.index: act}
    waiting = [act]
    while waiting:
        one = waiting.pop()
        others = [*_coordinated(scene, one, governor_of, freely), *(_harmed(scene, one, governor_of) if one.entry.type in _HARM else ())]
        for other in others:
            if other.index not in found:
                found[other.index] = other
                waiting.append(other)
    for one in list(found.values()):
        for other in (*_attendant(scene, one), *_when(scene, one.clause)):
            found.setdefault(other.index, other)
    return list(found.values())


def _modifies_noun(scene: Scene, number: int, act: Predicate) -> bool:
    """Tells whether a place belongs to the noun right before it (discussed the situation in Syria) and not to an act of words."""
    if number == 0 or act.entry.type not in _IN_WORDS:
        return False
    before, phrase = scene.phrase(number - 1), scene.phrase(number)
    if not before.start <= phrase.start or before.end not in (phrase.start, phrase.preposition_at):
        return False
    if act.entry.type != "CONSULT" and before.tail == number:
        return True
    return before.start >= act.end and before.kind in ("noun", "event") and not scene.within(before.head, "counterpart")


def _stands_in(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase has a preposition of place before it (in, near, above; on the edge of)."""
    words = scene.lexicon.words
    if phrase.preposition in words["in_place"] or phrase.preposition in words["near_place"]:
        return True
    return phrase.preposition in words["upon"] and scene.within(phrase.head, "edge_word")


def _follows_site(scene: Scene, number: int, used: set[int]) -> bool:
    """Tells whether a place only says where the place right before it lies (the town of X in the north)."""
    if number == 0:
        return False
    before, phrase = scene.phrase(number - 1), scene.phrase(number)
    start = phrase.preposition_at if 0 <= phrase.preposition_at < phrase.start else phrase.start
    return number - 1 in used and not is_unnamed(scene, before) and 0 <= start - before.end <= 1 and not phrase.joined


def _is_aside(scene: Scene, number: int, act: Predicate) -> bool:
    """Tells whether a place stands too loosely to be that of an act: before it inside another phrase, or far after an act of words."""
    phrase = scene.phrase(number)
    start = phrase.preposition_at if 0 <= phrase.preposition_at < phrase.start else phrase.start
    before = scene.tokens[start - 1].text if start else ""
    if scene.tokens[start].text in scene.lexicon.words["outside"] or before in scene.lexicon.words["such_as"]:
        return True
    if _belongs_to_name(scene, number, act):
        return True
    if phrase.preposition in scene.lexicon.words["in_clitic"] and is_unnamed(scene, phrase) and not phrase.article:
        return True
    if act.entry.type not in _IN_WORDS:
        return False
    if act.start > phrase.start:
        return not scene.parse.clauses[act.clause].start <= start <= scene.parse.clauses[act.clause].start + _FRONT
    return any(act.end <= p.start and p.end <= start and p.phrase >= 0 and is_act(p) for p in scene.parse.predicates)


def _belongs_to_name(scene: Scene, number: int, act: Predicate) -> bool:
    """Tells whether a place says where the people or body right before it are from: before the act, or after a body's own name."""
    if number == 0 or scene.phrase(number - 1).tail != number:
        return False
    before = scene.phrase(number - 1)
    if act.start > scene.phrase(number).start:
        return True
    return any(match.end == before.end and match.first("actor", "short") is not None for match in before.names)


def place_match(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase names a place: a known one, or a place word with a name."""
    if any(match.first("place", "capital", "country") is not None for match in phrase.names):
        return True
    return any(scene.within(index, name) for index in (phrase.start, phrase.head) for name in ("place_word", "site_word"))


def _only_bounds(scene: Scene, start: int, end: int) -> bool:
    """Tells whether a time only counts from something else (after six weeks of talks, hours before the vote)."""
    if scene.within(start, "after"):
        return True
    return scene.within(start, "before") and end < scene.parse.end and scene.within(end, "partitive")


def _spoken(scene: Scene, clause: int) -> Iterator[Predicate]:
    """Yields the acts of words that a speaker does by speaking (he said on Monday that they were ready, that he hopes)."""
    if not any(p.clause == clause and p.entry.speech is not None and p.phrase < 0 for p in scene.parse.predicates):
        return
    for act in scene.parse.predicates:
        inner = scene.parse.clauses[act.clause]
        if inner.kind != "content" or inner.parent != clause or not is_act(act) or act.form is None or act.entry.type not in VERBAL_TYPES:
            continue
        if act.form.part == "V":
            if act.form.person and set(act.form.person.split()) <= _FIRST:
                yield act
        elif act.form.part in ("A", "N") and act.phrase >= 0 and not scene.tag(act.start).article:
            if not scene.phrase(act.phrase).preposition and scene.heads.get(act.clause) in (None, act):
                yield act


def _when(scene: Scene, clause: int) -> Iterator[Predicate]:
    """Yields what happened `when` a clause says (it happened on Monday, when they stormed the camp)."""
    for inner in scene.parse.clauses:
        if inner.parent == clause and inner.kind == "time" and scene.within(inner.opener, "when_word"):
            head = scene.heads.get(inner.index)
            if head is not None and is_act(head):
                yield head


def _times(scene: Scene, governor_of: dict[int, Governor], times: Sequence[tuple[int, int]]) -> dict[int, int]:
    time_of: dict[int, int] = {}
    own: dict[int, int] = {}
    for number in sorted(range(len(times)), key=lambda number: _only_bounds(scene, *times[number])):
        start = times[number][0]
        act = _nearest(scene, scene.clause_at(start), start)
        for each in (act,) if act is not None else (*_spoken(scene, scene.clause_at(start)), *_when(scene, scene.clause_at(start))):
            own.setdefault(each.index, number)
    time_of.update(own)
    for index, number in own.items():
        for each in _together(scene, scene.parse.predicates[index], governor_of, freely=True):
            time_of.setdefault(each.index, number)
    return time_of


def _places(scene: Scene, governor_of: dict[int, Governor]) -> dict[int, int]:
    own: dict[int, int] = {}
    sites = [number for number, phrase in enumerate(scene.parse.phrases) if is_site(scene, phrase)]
    bound: set[int] = set()
    for number in sites:
        act = act_at_site(scene, number)
        if act is not None:
            own.setdefault(act.index, number)
            bound.add(number)
    for number in sites:
        phrase = scene.phrase(number)
        if number in bound or not _stands_in(scene, phrase):
            continue
        if _follows_site(scene, number, bound):
            bound.add(number)
            continue
        act = _nearest(scene, scene.clause_at(phrase.head), phrase.start)
        if act is not None and not _modifies_noun(scene, number, act) and not _is_aside(scene, number, act):
            unnamed = act.index in own and is_unnamed(scene, scene.phrase(own[act.index]))
            own[act.index] = number if unnamed else own.get(act.index, number)
            bound.add(number)
    place_of = dict(own)
    for index, number in own.items():
        for each in _together(scene, scene.parse.predicates[index], governor_of, freely=False):
            place_of.setdefault(each.index, number)
    return place_of


def circumstances(scene: Scene, governor_of: dict[int, Governor], times: Sequence[tuple[int, int]]) -> Circumstances:
    """Distributes time mentions (token ranges) and place phrases over the acts of a sentence."""
    return Circumstances(times=_times(scene, governor_of, times), places=_places(scene, governor_of))
