"""Turns a verb's surroundings into slots and role fillers: VSO, SVO, passive and relative order."""

from tawazun.code.scenes import Filler, Scene, Slots, has_damma
from tawazun.model.entries import VERBAL_TYPES, Slot
from tawazun.model.lexicon import NameKind
from tawazun.model.phrases import Phrase, Predicate

_COLLECTIVE = frozenset({"MIL", "COP", "GOV", "REB", "UAF", "JUD", "LEG", "PTY", "OPP", "NGO", "MED", "BUS"})
_GIVING = frozenset({"AID", "COOPERATE", "AGREE"})
_Places = tuple[int, list[int], str]
"""Is the subject's phrase (or -1), the objects, and the order that was seen."""


def _bare(scene: Scene, number: int) -> bool:
    phrase = scene.phrase(number)
    if phrase.preposition or phrase.joined:
        return False
    if phrase.construct < 0:
        return True
    # an event noun after an indefinite actor is the verb's object (launched planes raids), not the actor's genitive
    return phrase.kind == "event" and scene.phrase(phrase.construct).kind == "actor" and not scene.phrase(phrase.construct).article


def with_joined(scene: Scene, number: int, clause: int) -> list[int]:
    """Returns a phrase with those coordinated with it."""
    found = [number]
    for other in range(number + 1, len(scene.parse.phrases)):
        phrase = scene.phrase(other)
        if phrase.construct >= 0 and not phrase.joined:
            continue
        if not phrase.joined or scene.clause_at(phrase.head) != clause or phrase.kind == "event" or scene.tag(phrase.start).preposition:
            break
        found.append(other)
    return found


def filler_of(scene: Scene, role: Slot, number: int, rule: str) -> Filler:
    """Makes a filler of a phrase."""
    phrase = scene.phrase(number)
    start = phrase.start
    return Filler(role=role, start=start, end=phrase.end, phrase=number, rule=rule)


def _candidates(scene: Scene, predicate: Predicate) -> tuple[list[int], list[int]]:
    """Returns the bare phrases of the verb's clause before it and after it."""
    before: list[int] = []
    after: list[int] = []
    for number in scene.phrases_in(predicate.clause):
        phrase = scene.phrase(number)
        if phrase.start < predicate.end and phrase.end > predicate.start:
            continue
        if phrase.end <= predicate.start and _separated(scene, phrase.end, predicate.start):
            before.clear()
            continue
        if not _bare(scene, number):
            continue
        if phrase.end <= predicate.start:
            if phrase.kind != "event" or _subject_act(predicate) or _is_document(scene, phrase):
                before.append(number)
        elif _speech_begins(scene, predicate, phrase):
            break
        else:
            after.append(number)
    return before, after


def _separated(scene: Scene, start: int, end: int) -> bool:
    """Tells whether a mark that ends a heading stands between two places."""
    return any(
        scene.tag(index).kind == "mark" and scene.tag(index).value in scene.lexicon.words["separator"] for index in range(start, end)
    )


def _is_document(scene: Scene, phrase: Phrase) -> bool:
    return scene.within(phrase.head, "document") or scene.within(phrase.head, "anonymous")


def _subject_act(predicate: Predicate) -> bool:
    """Tells whether an act may be the subject of a verb (talks began, a raid killed)."""
    entry = predicate.entry
    return entry.speech is None and (
        entry.light is not None or entry.type is not None or entry.content is None or "subject" in entry.content.at
    )


def _speech_begins(scene: Scene, predicate: Predicate, phrase: Phrase) -> bool:
    """Tells whether direct speech begins between a verb and a phrase after it."""
    marks = [scene.tag(index).value for index in range(predicate.end, phrase.start) if scene.tag(index).kind == "mark"]
    return ":" in marks or (predicate.entry.speech is not None and any(mark in scene.lexicon.words["opening_marks"] for mark in marks))


def relative_head(scene: Scene, clause: int) -> int:
    """Returns the phrase that a relative clause modifies, or -1."""
    opener = scene.parse.clauses[clause].opener
    best = -1
    for number, phrase in enumerate(scene.parse.phrases):
        if phrase.end > opener:
            break
        best = number
    if best < 0 or opener - scene.phrase(best).end > 2:
        return -1
    while scene.phrase(best).construct >= 0 and scene.phrase(best).kind == "noun":
        best = scene.phrase(best).construct
    return best


def _shared_subject(scene: Scene, clause: int, subjects: dict[int, int]) -> int:
    """Returns the subject that a clause without one takes from the clause before or around it."""
    own = scene.parse.clauses[clause]
    if own.kind == "relative":
        return relative_head(scene, clause)
    for other in range(clause - 1, -1, -1):
        before = scene.parse.clauses[other]
        if other == own.parent or before.parent == own.parent:
            if subjects.get(other, -1) >= 0:
                return subjects[other]
            if before.kind == "relative" and other == own.parent:
                return relative_head(scene, other)
    return -1


def _disagrees(scene: Scene, predicate: Predicate, number: int) -> bool:
    """Tells whether the noun right after a verb can't be its subject: their genders differ."""
    phrase = scene.phrase(number)
    if phrase.start != predicate.end or predicate.form is None or predicate.pronoun:
        return False
    persons = set(predicate.form.person.split())
    head = scene.tokens[phrase.head]
    feminine = (
        head.kind == "word" and head.text.endswith(tuple(scene.lexicon.words["feminine_endings"])) and not _masculine_name(scene, phrase)
    )
    if persons == {"3ms"}:
        return feminine and head.feminine and phrase.kind == "actor"
    return persons == {"3fs"} and not feminine and phrase.kind == "actor" and _is_man(scene, phrase)


def _masculine_name(scene: Scene, phrase: Phrase) -> bool:
    return any(match.first("actor", "short") is not None and match.start == phrase.head for match in phrase.names)


def _is_man(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase begins with a man's title."""
    for match in phrase.names[:1]:
        title = match.first("title")
        if title is not None and match.start == phrase.head:
            record = scene.lexicon.titles[title.ref]
            return record.kind == "person" and not record.plural
    return False


def _taken_up(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a relative clause takes its head up again by a preposition with a pronoun (over which, in it)."""
    return any(scene.phrase(n).kind == "pronoun" and scene.phrase(n).preposition for n in _later(scene, predicate))


def _pronominal(scene: Scene, opener: int) -> bool:
    """Tells whether a complementiser has a pronoun written on to it."""
    text = scene.tokens[opener].text
    return opener >= 0 and text.endswith(tuple(scene.lexicon.words["possessives"]))


def _resumed(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a conjunction with a pronoun written on to it stands before a verb (but he denied), which is its subject."""
    before = predicate.start - 1
    if before < scene.parse.start or scene.tag(before).kind not in ("conjunction", "subordinator"):
        return False
    return scene.within(before, "with_subject")


def _plural_only(predicate: Predicate) -> bool:
    """Tells whether a verb form has its subject in its ending (they said), so that no noun after it is the subject."""
    persons = predicate.form.person.split() if predicate.form else []
    return bool(persons) and all(person in ("3mp", "3fp", "1s", "1p", "2mp", "3md", "3fd", "2d", "2fp") for person in persons)


def is_agentive(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase names a body that acts (a force, a government) rather than a person or thing acted on."""
    if phrase.count or scene.within(phrase.head, "person_word"):
        return False
    for match in phrase.names:
        group = match.first("group")
        if group is not None:
            record = scene.lexicon.groups[group.ref]
            return record.sector in _COLLECTIVE and (record.number == "p" or record.kind not in ("people", "group"))
        title = match.first("title")
        if title is not None and scene.lexicon.titles[title.ref].kind == "office":
            return True
        actor = match.first("actor", "short")
        if actor is not None:
            return scene.lexicon.actors[actor.ref].kind != "person"
        if match.first("country") is not None:
            return True
    return False


def _is_passive(scene: Scene, predicate: Predicate, subject: int, objects: list[int], marked: bool) -> bool:
    """Decides the voice of a verb whose written form may be either."""
    frame = predicate.entry.frame
    if predicate.form is None or predicate.form.voice == "a" or frame.subject != "source":
        return False
    if predicate.form.voice == "p" or marked:
        return True
    if frame.object != "target" or objects or predicate.pronoun or subject < 0:
        return False
    if has_target_elsewhere(scene, predicate):
        return False
    return not is_agentive(scene, scene.phrase(subject)) and predicate.entry.type in ("ASSAULT", "COERCE", "RETREAT", "SANCTION")


def _later(scene: Scene, predicate: Predicate) -> list[int]:
    return [n for n in scene.phrases_in(predicate.clause) if scene.phrase(n).start >= predicate.end]


def _verb_places(scene: Scene, predicate: Predicate, subjects: dict[int, int]) -> _Places:
    """Finds the places of a verb's subject and objects."""
    before, after = _candidates(scene, predicate)
    clause = scene.parse.clauses[predicate.clause]
    if clause.kind == "relative" and (places := _relative_places(scene, predicate, after, subjects)) is not None:
        return places
    if (clause.kind == "content" and _pronominal(scene, clause.opener)) or _resumed(scene, predicate):
        subject = _shared_subject(scene, predicate.clause, subjects)
        if subject >= 0:
            return subject, after, "pronoun of the complementiser"
    if after and _asks_back(scene, predicate, after[0]):
        return after[0], after[1:], "verb before subject"
    if before and predicate.clause == scene.clause_at(scene.phrase(before[0]).head):
        return before[0], after, "subject before the verb"
    return _places_after(scene, predicate, after, subjects)


def _asks_back(scene: Scene, predicate: Predicate, number: int) -> bool:
    """Tells whether somebody named right after a verb and a pronoun that takes up what is before it is its subject (a call, in which the
    presidents discussed).
    """
    before, phrase = scene.phrase(number - 1), scene.phrase(number)
    pronoun = before.kind == "pronoun" and before.preposition != "" and before.start == predicate.end
    return number > 0 and pronoun and phrase.start == before.end and phrase.kind == "actor"


def _relative_places(scene: Scene, predicate: Predicate, after: list[int], subjects: dict[int, int]) -> _Places | None:
    """Places the phrase that a relative clause modifies; None where it must be placed like any other clause."""
    head = relative_head(scene, predicate.clause)
    if after and (predicate.pronoun or _taken_up(scene, predicate)):
        return after[0], [head] if head >= 0 and predicate.pronoun else [], "relative, head taken up by a pronoun"
    if head >= 0 and not after and _taken_up(scene, predicate):
        parent = scene.parse.clauses[predicate.clause].parent
        subject = subjects.get(parent, -1)
        return subject if subject >= 0 else _shared_subject(scene, parent, subjects), after, "subject of the clause around"
    return (head, after, "relative") if head >= 0 else None


def _places_after(scene: Scene, predicate: Predicate, after: list[int], subjects: dict[int, int]) -> _Places:
    """Places the phrases after a verb that has no subject before it."""
    if _plural_only(predicate):
        return _shared_subject(scene, predicate.clause, subjects), after, "subject in the verb's ending"
    actors = (
        [n for n in after if scene.phrase(n).kind != "event" or _is_document(scene, scene.phrase(n))]
        if predicate.entry.type or predicate.entry.light or predicate.entry.speech
        else after
    )
    if _visitor_last(scene, predicate, after):
        return after[1], [after[0], *after[2:]], "verb before object and subject"
    if after and _disagrees(scene, predicate, after[0]):
        return _shared_subject(scene, predicate.clause, subjects), after, "object of a verb that does not agree with it"
    if after and (after[0] in actors or (predicate.entry.light is not None and "subject" in predicate.entry.light.at)):
        return after[0], after[1:], "verb before subject"
    if after and scene.parse.clauses[predicate.clause].kind != "main" and _shared_subject(scene, predicate.clause, subjects) >= 0:
        return _shared_subject(scene, predicate.clause, subjects), after, "subject of the clause before"
    if not after:
        return _shared_subject(scene, predicate.clause, subjects), after, "subject of the clause before"
    if (
        scene.phrase(after[0]).kind == "event"
        and not _is_document(scene, scene.phrase(after[0]))
        and (predicate.entry.speech is not None or predicate.entry.type in VERBAL_TYPES)
    ):
        return -1, after, "no subject"
    return after[0], after[1:], "verb before subject"


def _in_apposition(scene: Scene, subject: int, objects: list[int]) -> bool:
    """Tells whether the first bare phrase after a named subject only says what it is (the front, an arm of the network, kidnapped five)."""
    first, head = scene.phrase(objects[0]), scene.phrase(subject)
    if (
        first.start != head.end
        or head.kind != "actor"
        or first.kind not in ("noun", "actor")
        or is_seat(scene, first, "country", "capital")
    ):
        return False
    end = scene.phrase(first.tail).end if first.tail >= 0 else first.end
    if _is_named(head) and _is_man(scene, first) and not _is_named(first):
        return scene.phrase(objects[1]).start == end
    return not first.article and scene.phrase(objects[1]).start == first.end


def _is_named(phrase: Phrase) -> bool:
    """Tells whether a phrase holds a person's name that the lexicon knows."""
    return any(match.first("actor", "short") is not None for match in phrase.names)


def _visitor_last(scene: Scene, predicate: Predicate, after: list[int]) -> bool:
    """Tells whether the place visited stands before the visitor (visits Cairo today a delegation)."""
    if predicate.entry.mode != "visit" or len(after) < 2:
        return False
    first, second = scene.phrase(after[0]), scene.phrase(after[1])
    kinds: tuple[NameKind, ...] = ("country", "capital", "place")
    return is_seat(scene, first, *kinds) and second.kind == "actor" and not is_seat(scene, second, *kinds)


def verb_slots(scene: Scene, predicate: Predicate, subjects: dict[int, int]) -> Slots:
    """Finds the subject, objects and fillers of a finite verb; `subjects` gives the subjects of the clauses before."""
    subject, objects, rule = _verb_places(scene, predicate, subjects)
    frame = predicate.entry.frame
    marked = scene.tokens[predicate.start].marked == "u" and not has_damma(predicate)
    passive = _is_passive(scene, predicate, subject, objects, marked)
    fillers: list[Filler] = []
    role = frame.object if passive and frame.object not in ("none", "content") else frame.subject
    if passive and frame.object in ("none", "content"):
        role = "none"
    if subject >= 0 and role != "none":
        fillers += [
            filler_of(scene, role, n, rule + (", passive" if passive else ""))
            for n in with_joined(scene, subject, scene.clause_at(scene.phrase(subject).head))
        ]
    if predicate.pronoun and frame.object not in ("none", "content") and not (objects and rule.startswith("relative")):
        fillers.append(Filler(frame.object, predicate.start, predicate.start + 1, -1, "attached pronoun"))
    if len(objects) > 1 and subject >= 0 and _in_apposition(scene, subject, objects):
        objects = objects[1:]
    if objects and not passive and frame.object not in ("none", "content"):
        fillers += [filler_of(scene, frame.object, n, "object") for n in with_joined(scene, objects[0], predicate.clause)]
    elif _gives(scene, predicate, objects):
        fillers += [filler_of(scene, "target", n, "object") for n in with_joined(scene, objects[0], predicate.clause)]
    return Slots(subject=subject, objects=tuple(objects), passive=passive, fillers=tuple(fillers))


def _gives(scene: Scene, predicate: Predicate, objects: list[int]) -> bool:
    """Tells whether the first of two objects is who gets the second (the bank granted Jordan a loan)."""
    frame = predicate.entry.frame
    if len(objects) < 2 or frame.object != "none" or predicate.entry.type not in _GIVING:
        return False
    first, second = scene.phrase(objects[0]), scene.phrase(objects[1])
    known = second.kind == "actor" and any(match.first("country", "capital", "actor", "short") for match in second.names)
    handed = second.kind != "actor" or not (second.article or known)
    return first.kind == "actor" and not second.joined and handed and "target" in dict(frame.prepositions).values()


def has_target_elsewhere(scene: Scene, predicate: Predicate) -> bool:
    """Tells whether one of the next phrases has the target by a preposition."""
    roles = dict(predicate.entry.frame.prepositions)
    return any(roles.get(scene.phrase(n).preposition) == "target" for n in _later(scene, predicate)[:3])


def is_seat(scene: Scene, phrase: Phrase, *kinds: NameKind) -> bool:
    """Tells whether a phrase begins with the bare name of a state or capital."""
    return len(phrase.names) == 1 and phrase.names[0].first(*kinds) is not None and phrase.names[0].start == phrase.start
