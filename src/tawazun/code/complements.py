"""Finds which act a phrase after a preposition belongs to, and as what: agents (by, at the hands of), addressees, parties."""

from tawazun.code.scenes import Filler, Scene
from tawazun.code.slots import is_agentive, is_seat, relative_head
from tawazun.model.entries import Slot
from tawazun.model.phrases import Phrase, Predicate

_GIVEN = ("ASSAULT", "CONSULT", "SUPPORT", "AID", "COOPERATE", "THREATEN", "AGREE", "REQUEST")


def _agent(scene: Scene, number: int) -> bool:
    """Tells whether a phrase is the agent of a passive or verbal noun (by, at the hands of)."""
    phrase = scene.phrase(number)
    if phrase.preposition and phrase.preposition_at > scene.parse.start and not scene.tag(phrase.start).preposition:
        before = phrase.preposition_at
        if (
            phrase.preposition in scene.lexicon.words["by_phrase"]
            and scene.tokens[before - 1].text in scene.lexicon.words["by_preposition"]
        ):
            return True
    if phrase.preposition in scene.lexicon.words["from"] and _presented(scene, phrase):
        return True
    if scene.within(phrase.start, "by_weapon"):
        return scene.tag(phrase.start).preposition != "" and phrase.end > phrase.start + 1
    return phrase.preposition in scene.lexicon.words["by_preposition"] and scene.within(phrase.start, "by_phrase")


def _presented(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a participle right before a phrase's preposition says whose an act is (the request submitted by)."""
    before = phrase.preposition_at - (phrase.preposition_at < phrase.start)
    return scene.parse.start <= before < phrase.start and scene.within(before, "presented")


def in_row(scene: Scene, number: int) -> list[int]:
    """Returns a phrase with those coordinated with it, whatever their kind."""
    found = [number]
    for other in range(number + 1, len(scene.parse.phrases)):
        phrase = scene.phrase(other)
        if phrase.construct >= 0:
            continue
        repeats = (
            phrase.preposition == scene.phrase(number).preposition and scene.tag(phrase.preposition_at).conjunction != ""
            if phrase.preposition_at >= 0
            else False
        )
        if (
            not (phrase.joined or repeats)
            or phrase.kind == "event"
            or scene.clause_at(phrase.head) != scene.clause_at(scene.phrase(number).head)
        ):
            break
        found.append(other)
    return found


def _host(scene: Scene, phrase: Phrase, agent: bool) -> tuple[Predicate, Slot] | None:
    """Finds the nearest predicate before a prepositional phrase, in its clause, that has a role for it."""
    clause = scene.clause_at(phrase.head)
    for predicate in reversed(scene.parse.predicates):
        if predicate.end > phrase.start or predicate.clause != clause:
            continue
        frame = predicate.entry.frame
        if agent:
            if frame.subject == "source" or frame.genitive != "none" or predicate.entry.type == "ASSAULT":
                return predicate, "source"
            continue
        role = _from_owner(scene, phrase, predicate) or dict(frame.prepositions).get(phrase.preposition)
        if role is not None:
            return predicate, _possessive(scene, phrase, predicate) or role
        if phrase.preposition in (predicate.entry.content.at if predicate.entry.content else ()):
            return None
    return _host_after(scene, phrase, clause) or _host_around(scene, phrase, clause) or _host_ahead(scene, phrase, clause)


def _host_ahead(scene: Scene, phrase: Phrase, clause: int) -> tuple[Predicate, Slot] | None:
    """Finds the mutual act right after a phrase of company (held with the minister talks)."""
    if phrase.preposition != scene.lexicon.clitics.together:
        return None
    for predicate in scene.parse.predicates:
        if predicate.clause == clause and phrase.end <= predicate.start <= phrase.end + 1 and predicate.phrase >= 0:
            role = dict(predicate.entry.frame.prepositions).get(phrase.preposition)
            bare = not scene.phrase(predicate.phrase).preposition and predicate.entry.frame.mutual
            return (predicate, role) if bare and role is not None else None
    return None


def _ownerless(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a noun for an act has nobody written on to it or in construct with it."""
    return (
        predicate.phrase >= 0
        and not predicate.pronoun
        and not any(scene.phrase(n).kind != "event" for n in scene.construct_of(predicate.phrase))
    )


def _from_owner(scene: Scene, phrase: Phrase, predicate: Predicate) -> Slot | None:
    """Reads `from` right after a noun for an act as whose it is (a request from the state, a letter of protest from the states)."""
    if phrase.preposition not in scene.lexicon.words["from"] or phrase.kind not in ("actor", "pronoun") or not _ownerless(scene, predicate):
        return None
    if phrase.preposition_at - (phrase.preposition_at < phrase.start) != scene.phrase(predicate.phrase).end - 1:
        return None
    if predicate.entry.type == "REQUEST" or scene.within(predicate.start, "document"):
        return "source"
    return "source" if predicate.entry.type in _GIVEN and phrase.preposition not in dict(predicate.entry.frame.prepositions) else None


def _possessive(scene: Scene, phrase: Phrase, predicate: Predicate) -> Slot | None:
    """Reads `of` after a noun for an act as whose it is, where a body that acts follows (a raid of the air force) or nobody else
    can be meant (a visit of the minister, a withdrawal of troops).
    """
    of = scene.lexicon.clitics.article_after_l[0]
    frame = predicate.entry.frame
    if phrase.preposition != of or not _ownerless(scene, predicate) or frame.subject != "source":
        return None
    if predicate.entry.mode == "visit":
        return "source" if phrase.kind == "actor" and not is_seat(scene, phrase, "country", "capital", "place") else "target"
    if frame.object == "none" and dict(frame.prepositions).get(of) is None:
        return "source" if phrase.kind == "actor" else None
    if scene.tag(predicate.start).article or frame.genitive != "source":
        return None
    return "source" if predicate.entry.type in ("ASSAULT", "CONSULT") and is_agentive(scene, phrase) else None


def _host_around(scene: Scene, phrase: Phrase, clause: int) -> tuple[Predicate, Slot] | None:
    """Finds the act that a relative clause with a light verb is about (the attack that they launched on the town)."""
    if scene.parse.clauses[clause].kind != "relative":
        return None
    head = relative_head(scene, clause)
    act = scene.by_phrase.get(head) if head >= 0 else None
    if act is None:
        return None
    role = dict(act.entry.frame.prepositions).get(phrase.preposition)
    return (act, role) if role is not None else None


def _is_where(scene: Scene, phrase: Phrase, role: Slot) -> bool:
    """Tells whether a phrase names a state, city or place after `in`, which is where an act is and never who does it."""
    return (
        role == "source" and phrase.preposition in scene.lexicon.words["in_place"] and is_seat(scene, phrase, "country", "capital", "place")
    )


def _host_after(scene: Scene, phrase: Phrase, clause: int) -> tuple[Predicate, Slot] | None:
    """Finds the clause's verb after a fronted prepositional phrase."""
    head = scene.heads.get(clause)
    if head is None or head.start < phrase.end or head.phrase >= 0:
        return None
    role = dict(head.entry.frame.prepositions).get(phrase.preposition)
    return (head, role) if role is not None else None


def prepositional(scene: Scene) -> dict[int, list[Filler]]:
    """Returns the fillers that stand after a preposition, by predicate."""
    found: dict[int, list[Filler]] = {}
    for number, phrase in enumerate(scene.parse.phrases):
        if not phrase.preposition or phrase.kind == "event" or (phrase.joined and not scene.tag(phrase.start).preposition):
            continue
        agent = _agent(scene, number)
        host = _host(scene, phrase, agent)
        if host is not None and phrase.kind == "pronoun" and scene.parse.clauses[host[0].clause].kind == "relative":
            head = relative_head(scene, host[0].clause)
            if head >= 0 and host[1] in ("source", "target"):
                item = scene.phrase(head)
                found.setdefault(host[0].index, []).append(Filler(host[1], item.start, item.end, head, "relative head, taken up"))
                continue
        if host is None or host[1] in ("none", "content", "topic", "place") or _is_where(scene, phrase, host[1]):
            continue
        predicate, role = host
        rule = "agent phrase" if agent else f"preposition {phrase.preposition}"
        for other in in_row(scene, number):
            item = scene.phrase(other)
            start = item.start + (agent and scene.within(item.start, "by_weapon"))
            found.setdefault(predicate.index, []).append(Filler(role, start, item.end, other, rule))
    return found
