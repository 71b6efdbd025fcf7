"""Turns the times and places of a sentence into those of its events: each goes to the nearest act of its clause."""

from collections.abc import Sequence

import msgspec

from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.model.entries import EVENT_TYPES
from tawazun.model.phrases import Phrase, Predicate

_CLOSE = 8
_IN_WORDS = frozenset({"CONSULT", "REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE", "CONCEDE"})


class Circumstances(msgspec.Struct, frozen=True):
    """Gives, for predicates by index, the number of their time mention and of their place phrase."""

    times: dict[int, int]
    places: dict[int, int]


def _acts(scene: Scene, clause: int) -> list[Predicate]:
    return [p for p in scene.parse.predicates if p.clause == clause and p.entry.type in EVENT_TYPES]


def _nearest(scene: Scene, clause: int, start: int, end: int, governor_of: dict[int, Governor]) -> Predicate | None:
    """Finds the act that a circumstance at tokens `start` to `end` belongs to."""
    acts = _acts(scene, clause)
    if not acts:
        return None
    before = [p for p in acts if p.end <= start]
    head = scene.heads.get(clause)
    if before and start - before[-1].end <= _CLOSE and before[-1].phrase >= 0:
        return before[-1]
    if head is not None and head in acts:
        return head
    if before:
        return before[-1]
    return acts[0]


def _shared(scene: Scene, act: Predicate) -> list[Predicate]:
    """Returns the acts that share a circumstance with an act: those of its type in its clause, and the verbs of the clauses
    coordinated with it.
    """
    clause = scene.parse.clauses[act.clause]
    sisters = {
        other.index
        for other in scene.parse.clauses
        if other.index == act.clause or (other.parent == clause.parent and other.kind == clause.kind and other.opener == clause.opener)
    }
    return [
        p
        for p in scene.parse.predicates
        if p.entry.type in EVENT_TYPES
        and p.clause in sisters
        and p.index != act.index
        and (p.phrase < 0 or (p.clause == act.clause and p.entry.type == act.entry.type))
    ]


def _modifies_noun(scene: Scene, number: int, act: Predicate) -> bool:
    """Tells whether a place belongs to the noun right before it (discussed the situation in Syria) and not to an act of words."""
    if number == 0 or act.entry.type not in _IN_WORDS:
        return False
    before, phrase = scene.phrase(number - 1), scene.phrase(number)
    adjacent = before.end in (phrase.start, phrase.preposition_at)
    return adjacent and before.start >= act.end and before.kind in ("noun", "event")


def place_match(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase names a place: a known one, or a place word with a name."""
    if any(match.first("place", "capital", "country") is not None for match in phrase.names):
        return True
    return any(scene.within(index, "place_word") for index in (phrase.start, phrase.head))


def circumstances(scene: Scene, governor_of: dict[int, Governor], times: Sequence[tuple[int, int]]) -> Circumstances:
    """Distributes time mentions (token ranges) and place phrases over the acts of a sentence."""
    time_of: dict[int, int] = {}
    place_of: dict[int, int] = {}
    for number, (start, end) in enumerate(times):
        act = _nearest(scene, scene.clause_at(start), start, end, governor_of)
        if act is not None:
            for each in (act, *_shared(scene, act)):
                time_of.setdefault(each.index, number)
    places = scene.lexicon.words["in_place"]
    for number, phrase in enumerate(scene.parse.phrases):
        if phrase.preposition not in places or phrase.kind == "event" or not place_match(scene, phrase):
            continue
        act = _nearest(scene, scene.clause_at(phrase.head), phrase.start, phrase.end, governor_of)
        if act is not None and not _modifies_noun(scene, number, act):
            for each in (act, *_shared(scene, act)):
                place_of.setdefault(each.index, number)
    return Circumstances(times=time_of, places=place_of)
