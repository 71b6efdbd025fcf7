"""Turns the phrases of a sentence into the places that its acts happen in: where they stand in, what they strike, take, leave or reach."""

from tawazun.code.scenes import Scene
from tawazun.code.slots import relative_head
from tawazun.model.phrases import Match, Phrase, Predicate

_NEAR = 2
_SPAN = 14
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST"})
_GATHERING = frozenset({"CONSULT", "PROTEST"})
_CLASS_OF = {
    "ASSAULT": "struck_place",
    "COERCE": "struck_place",
    "PROTEST": "struck_place",
    "RETREAT": "left_place",
    "MOBILIZE": "reached_place",
    "CONSULT": "reached_place",
    "AID": "reached_place",
}


def _at_head(phrase: Phrase) -> Match | None:
    for match in phrase.names:
        if match.start <= phrase.head < match.end:
            return match
    return None


def _is_place_word(scene: Scene, index: int) -> bool:
    return scene.within(index, "place_word") or scene.within(index, "site_word")


def is_placed(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether the head of a phrase is a place word (town, road, camp), whatever name follows."""
    if _is_place_word(scene, phrase.head) or (phrase.start != phrase.head and _is_place_word(scene, phrase.start)):
        match = _at_head(phrase)
        return match is None or match.first("actor", "short") is None
    return False


def is_unnamed(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase is a building or post without a name of its own (a checkpoint, the house of a commander)."""
    if any(match.first("place", "capital", "country") for match in phrase.names):
        return False
    if scene.within(phrase.head, "area_word"):
        endings = scene.lexicon.words["feminine_adjective"]
        return not phrase.article and phrase.end - phrase.head == _NEAR and scene.tokens[phrase.end - 1].text.endswith(tuple(endings))
    return scene.within(phrase.head, "facility_word")


def is_state(phrase: Phrase) -> bool:
    """Tells whether a phrase is the name of a state or capital alone, which may be a party instead of a place."""
    match = _at_head(phrase)
    return match is not None and match.first("country", "capital") is not None


def is_capital(phrase: Phrase) -> bool:
    """Tells whether a phrase is the name of a capital alone."""
    match = _at_head(phrase)
    return match is not None and match.first("capital") is not None and match.first("country") is None


def is_site(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase names a place and not somebody whose name or title has one in it (the leaders of Turkey)."""
    if phrase.kind in ("event", "pronoun"):
        return False
    if is_placed(scene, phrase):
        return True
    match = _at_head(phrase)
    return match is not None and match.first("place", "capital", "country") is not None


def is_act(predicate: Predicate) -> bool:
    """Tells whether a predicate is an act of one of the event types."""
    return predicate.entry.type is not None


def _before(scene: Scene, phrase: Phrase) -> Predicate | None:
    """Returns the nearest act before a phrase in its clause, at most a few phrases away."""
    clause = scene.clause_at(phrase.head)
    start = phrase.preposition_at if 0 <= phrase.preposition_at < phrase.start else phrase.start
    found = None
    for predicate in scene.parse.predicates:
        if is_act(predicate) and predicate.clause == clause and predicate.end <= start and start - predicate.end <= _SPAN:
            found = predicate
    return found


def _owned(scene: Scene, number: int) -> Predicate | None:
    """Returns the act whose name is made of a place (the battles of the city, the Geneva conference, their storming of the town)."""
    phrase = scene.phrase(number)
    if phrase.preposition and not phrase.joined:
        return None
    if phrase.construct >= 0:
        act = scene.by_phrase.get(phrase.construct)
        if act is not None and is_act(act) and act.entry.type in _FORCE | _GATHERING:
            return act if not is_state(phrase) or _meets_there(scene, number, act) or _is_visit(scene, phrase, act) else None
        return None
    act = _before(scene, phrase)
    if act is None or phrase.joined or not ((act.entry.type in _FORCE and not is_state(phrase)) or _is_visit(scene, phrase, act)):
        return None
    if act.phrase >= 0:
        return act if scene.tag(act.start).pronoun and phrase.start == act.end else None
    between = [p for p in scene.parse.phrases if act.end <= p.start < phrase.start]
    return act if len(between) <= _NEAR and not any(p.preposition for p in between) else None


def _is_visit(scene: Scene, phrase: Phrase, act: Predicate) -> bool:
    """Tells whether an act is a visit to a city or district; a visited country is a party, not a place."""
    country = is_state(phrase) and not is_capital(phrase)
    return act.entry.type == "CONSULT" and not country and scene.within(act.start, "visit_noun")


def _meets_there(scene: Scene, number: int, act: Predicate) -> bool:
    """Tells whether a state or capital after the noun for a meeting is where it is held: nobody is named beside it."""
    if act.entry.type != "CONSULT" or not scene.within(act.start, "held_noun"):
        return False
    after = scene.phrase(number + 1) if number + 1 < len(scene.parse.phrases) else None
    return after is None or not (after.joined or after.preposition == scene.lexicon.clitics.together)


def _aimed(scene: Scene, number: int) -> Predicate | None:
    """Returns the act that a place after a preposition is the aim or start of: an attack on it, a withdrawal from it, a visit to it."""
    phrase = scene.phrase(number)
    act = _before(scene, phrase)
    if act is None or act.entry.type not in _CLASS_OF or not phrase.preposition:
        return None
    if phrase.preposition not in scene.lexicon.words[_CLASS_OF[act.entry.type]]:
        return None
    if act.entry.type == "CONSULT" and not scene.within(act.start, "visit_noun"):
        return None
    if is_state(phrase) and not (act.entry.type == "RETREAT" or (act.entry.type == "CONSULT" and is_capital(phrase))):
        return None
    between = [p for p in scene.parse.phrases if act.end <= p.start < phrase.start]
    return act if len(between) <= _NEAR else None


def _words_between(scene: Scene, start: int, end: int) -> int:
    """Counts the words from `start` to `end` that are neither marks nor times."""
    return sum(scene.tag(index).kind not in ("mark", "time") for index in range(start, end))


def _seen(scene: Scene, number: int) -> Predicate | None:
    """Returns the act that a place sees or suffers: clashes that the town saw, a blast that shook it, the country sees violence."""
    phrase = scene.phrase(number)
    clause = scene.clause_at(phrase.head)
    witness = next(
        (k for k in range(phrase.start - 1, max(phrase.start - _NEAR - 1, scene.parse.start - 1), -1) if scene.within(k, "witness_verb")),
        -1,
    )
    if witness >= 0 and not phrase.preposition:
        if scene.parse.clauses[scene.clause_at(witness)].kind == "relative":
            return antecedent(scene, scene.clause_at(witness), witness)
        after = [p for p in scene.parse.predicates if is_act(p) and p.start >= phrase.end and p.phrase >= 0]
        if after and _words_between(scene, phrase.end, after[0].start) <= _NEAR:
            return after[0]
        before = [p for p in scene.parse.predicates if is_act(p) and p.end <= witness and p.phrase >= 0]
        reach = _SPAN if scene.within(witness, "witness_back") else _NEAR
        return before[-1] if before and witness - before[-1].end <= reach else None
    follows = next((k for k in range(phrase.end, min(phrase.end + _NEAR + 1, scene.parse.end)) if scene.within(k, "sees_verb")), -1)
    if follows >= 0 and not phrase.preposition and scene.clause_at(follows) == clause:
        after = [p for p in scene.parse.predicates if is_act(p) and p.start > follows and p.phrase >= 0]
        return after[0] if after and after[0].start - follows <= _NEAR else None
    return None


def _taken(scene: Scene, number: int) -> Predicate | None:
    """Returns the act of the relative clause after a place (the airport that they retook)."""
    phrase = scene.phrase(number)
    for clause in scene.parse.clauses:
        if clause.kind != "relative" or not phrase.end <= clause.opener <= phrase.end + 1:
            continue
        if scene.tag(clause.opener).kind != "relative":
            continue
        for act in scene.parse.predicates:
            if act.clause != clause.index or not is_act(act) or act.entry.type not in _FORCE:
                continue
            if act.start - clause.opener <= _NEAR if act.phrase < 0 else scene.tag(act.start).pronoun != "":
                return act
    return None


def antecedent(scene: Scene, clause: int, at: int) -> Predicate | None:
    """Returns the act that a relative clause around token `at` says something of: the noun it modifies, or the act that this is of."""
    head = relative_head(scene, clause)
    act = scene.by_phrase.get(head) if head >= 0 else None
    if act is not None and is_act(act):
        return act
    opener = scene.parse.clauses[clause].opener
    before = [p for p in scene.parse.predicates if is_act(p) and p.end <= opener and p.phrase >= 0]
    happens = any(scene.within(k, "happen_word") or scene.within(k, "witness_verb") for k in range(opener, min(opener + _NEAR + 1, at + 1)))
    return before[-1] if before and happens and opener - before[-1].end <= _SPAN else None


def act_at_site(scene: Scene, number: int) -> Predicate | None:
    """Returns the act that a place is bound to by its place in the sentence, without a preposition of place; None if there is none."""
    phrase = scene.phrase(number)
    if is_unnamed(scene, phrase) and (phrase.end - phrase.start > 1 or not phrase.article):
        return None
    return _owned(scene, number) or _aimed(scene, number) or _seen(scene, number) or _taken(scene, number)
