"""Turns a predicate's surroundings into slots and role fillers: VSO, SVO, passive, relative and nominal order."""

from tawazun.code.scenes import Filler, Scene, Slots, has_damma
from tawazun.model.entries import Slot
from tawazun.model.lexicon import NameKind
from tawazun.model.phrases import Phrase, Predicate

_COLLECTIVE = frozenset({"MIL", "COP", "GOV", "REB", "UAF", "JUD", "LEG", "PTY", "OPP", "NGO", "MED", "BUS"})
_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE", "CONCEDE"})
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


def _with_joined(scene: Scene, number: int, clause: int) -> list[int]:
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


def _filler(scene: Scene, role: Slot, number: int, rule: str) -> Filler:
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
        head.kind == "word"
        and any(head.text.endswith(ending) for ending in scene.lexicon.words["feminine_endings"])
        and not _masculine_name(scene, phrase)
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
    return opener >= 0 and any(text.endswith(pronoun) for pronoun in scene.lexicon.words["possessives"])


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
    if _has_target_elsewhere(scene, predicate):
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
    if clause.kind == "content" and _pronominal(scene, clause.opener):
        subject = _shared_subject(scene, predicate.clause, subjects)
        if subject >= 0:
            return subject, after, "pronoun of the complementiser"
    if before and predicate.clause == scene.clause_at(scene.phrase(before[0]).head):
        return before[0], after, "subject before the verb"
    return _places_after(scene, predicate, after, subjects)


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
        and (predicate.entry.speech is not None or predicate.entry.type in _SAID)
    ):
        return -1, after, "no subject"
    return after[0], after[1:], "verb before subject"


def _in_apposition(scene: Scene, subject: int, objects: list[int]) -> bool:
    """Tells whether the first bare phrase after a named subject only says what it is (the front, an arm of the network, kidnapped five)."""
    first = scene.phrase(objects[0])
    return (
        first.start == scene.phrase(subject).end
        and scene.phrase(subject).kind == "actor"
        and first.kind in ("noun", "actor")
        and not first.article
        and scene.phrase(objects[1]).start == first.end
    )


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
            _filler(scene, role, n, rule + (", passive" if passive else ""))
            for n in _with_joined(scene, subject, scene.clause_at(scene.phrase(subject).head))
        ]
    if predicate.pronoun and frame.object not in ("none", "content") and not (objects and rule.startswith("relative")):
        fillers.append(Filler(frame.object, predicate.start, predicate.start + 1, -1, "attached pronoun"))
    if len(objects) > 1 and subject >= 0 and _in_apposition(scene, subject, objects):
        objects = objects[1:]
    if objects and not passive and frame.object not in ("none", "content"):
        fillers += [_filler(scene, frame.object, n, "object") for n in _with_joined(scene, objects[0], predicate.clause)]
    return Slots(subject=subject, objects=tuple(objects), passive=passive, fillers=tuple(fillers))


def _modified(scene: Scene, predicate: Predicate) -> int:
    """Returns the noun phrase that a participle with the article modifies, or -1."""
    number = predicate.phrase - 1
    if number < 0:
        return -1
    before = scene.phrase(number)
    return number if before.end == predicate.start and before.kind in ("actor", "noun", "place") else -1


def _genitive_roles(scene: Scene, predicate: Predicate, genitives: tuple[int, ...], following: int) -> list[Filler]:
    """Gives the genitive its role: the agent where the other participant stands elsewhere, else what the frame says."""
    frame = predicate.entry.frame
    actors = [n for n in genitives if scene.phrase(n).kind != "event"]
    if not actors or frame.genitive in ("none", "content"):
        return []
    role = frame.genitive
    if role == "source" and predicate.entry.mode == "visit" and _is_seat(scene, scene.phrase(actors[0]), "country", "capital"):
        return [_filler(scene, "target", n, "place visited") for n in actors]
    if role == "source" and predicate.entry.type == "CONSULT" and _is_seat(scene, scene.phrase(actors[0]), "capital"):
        return []
    if role == "target" and following >= 0 and frame.object == "target":
        own = [_filler(scene, "source", n, "genitive of the verbal noun, before its object") for n in actors]
        return own + [_filler(scene, "target", n, "object of the verbal noun") for n in _with_joined(scene, following, predicate.clause)]
    if role == "target" and is_agentive(scene, scene.phrase(actors[0])) and _has_target_elsewhere(scene, predicate):
        role = "source"
    return [_filler(scene, role, n, "genitive of the verbal noun") for n in actors]


def _is_seat(scene: Scene, phrase: Phrase, *kinds: NameKind) -> bool:
    """Tells whether a phrase begins with the bare name of a state or capital."""
    return len(phrase.names) == 1 and phrase.names[0].first(*kinds) is not None and phrase.names[0].start == phrase.start


def _has_target_elsewhere(scene: Scene, predicate: Predicate) -> bool:
    roles = dict(predicate.entry.frame.prepositions)
    return any(roles.get(scene.phrase(n).preposition) == "target" for n in _later(scene, predicate)[:3])


def noun_slots(scene: Scene, predicate: Predicate, slots: dict[int, Slots]) -> Slots:
    """Finds the fillers of a verbal noun, event noun, participle or fixed expression."""
    entry = predicate.entry
    phrase = scene.phrase(predicate.phrase)
    fillers: list[Filler] = []
    part = predicate.form.part if predicate.form else "N"
    if part in ("A", "P") and (role := entry.frame.subject if part == "A" else entry.frame.object) not in ("none", "content"):
        fillers += _participle(scene, predicate, role, slots)
    genitives = scene.construct_of(predicate.phrase)
    if part not in ("A", "P"):
        fillers += _genitive_roles(scene, predicate, genitives, _object_after(scene, predicate, genitives))
        if predicate.pronoun and entry.frame.genitive not in ("none", "content"):
            fillers += _attached(scene, predicate)
        fillers += [
            Filler("source", index, index + 1, -1, "nationality adjective", nationality)
            for index, nationality in phrase.nationality
            if index >= predicate.end and entry.frame.subject == "source"
        ]
    elif genitives and part == "A" and entry.frame.object not in ("none", "content"):
        fillers += [_filler(scene, entry.frame.object, n, "object of the participle") for n in genitives if scene.phrase(n).kind != "event"]
    return Slots(
        subject=fillers[0].phrase if fillers and fillers[0].role == "source" else -1,
        objects=genitives,
        passive=part == "P",
        fillers=tuple(fillers),
    )


def _attached(scene: Scene, predicate: Predicate) -> list[Filler]:
    """Gives the pronoun on a verbal noun its role: the agent where the object follows, else what the frame says."""
    role = predicate.entry.frame.genitive
    own = Filler(role, predicate.start, predicate.end, -1, "attached pronoun")
    if role != "target" or predicate.entry.frame.object != "target":
        return [own]
    number = predicate.phrase + 1
    if number < len(scene.parse.phrases):
        after = scene.phrase(number)
        if after.start == scene.phrase(predicate.phrase).end and not after.preposition and not after.joined and after.kind != "event":
            objects = [_filler(scene, "target", n, "object of the verbal noun") for n in _with_joined(scene, number, predicate.clause)]
            return [Filler("source", predicate.start, predicate.end, -1, "attached pronoun, before the object"), *objects]
    return [Filler("source" if _has_target_elsewhere(scene, predicate) else role, predicate.start, predicate.end, -1, "attached pronoun")]


def _participle(scene: Scene, predicate: Predicate, role: Slot, slots: dict[int, Slots]) -> list[Filler]:
    head = _modified(scene, predicate)
    if head >= 0 and scene.tag(predicate.start).article:
        return [_filler(scene, role, head, "participle on a noun")]
    clause = scene.parse.clauses[predicate.clause]
    if clause.opener == predicate.start and clause.parent >= 0:
        outer = scene.heads.get(clause.parent)
        if outer is not None and outer.index in slots and slots[outer.index].subject >= 0:
            return [_filler(scene, role, slots[outer.index].subject, "circumstantial participle, subject of its clause")]
    if head >= 0:
        return [_filler(scene, role, head, "participle after a noun")]
    return []


def _object_after(scene: Scene, predicate: Predicate, genitives: tuple[int, ...]) -> int:
    """Returns the bare phrase right after a verbal noun's genitive, which is its object, or -1."""
    if not genitives:
        return -1
    number = genitives[-1] + 1
    if number >= len(scene.parse.phrases):
        return -1
    phrase = scene.phrase(number)
    adjacent = phrase.start == scene.phrase(genitives[-1]).end
    return number if adjacent and not phrase.preposition and not phrase.joined and phrase.construct < 0 and phrase.kind != "event" else -1
