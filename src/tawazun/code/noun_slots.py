"""Turns the surroundings of a verbal noun, event noun, participle or fixed expression into slots and role fillers."""

from tawazun.code.scenes import Filler, Scene, Slots
from tawazun.code.slots import filler_of, has_target_elsewhere, is_agentive, is_seat, relative_head, with_joined
from tawazun.model.entries import Slot
from tawazun.model.phrases import Predicate


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
    if role == "source" and predicate.entry.mode == "visit" and is_seat(scene, scene.phrase(actors[0]), "country", "capital"):
        return [filler_of(scene, "target", n, "place visited") for n in actors]
    if role == "source" and predicate.entry.type == "CONSULT" and is_seat(scene, scene.phrase(actors[0]), "capital"):
        return []
    if role == "target" and following >= 0 and frame.object == "target":
        own = [filler_of(scene, "source", n, "genitive of the verbal noun, before its object") for n in actors]
        return own + [filler_of(scene, "target", n, "object of the verbal noun") for n in with_joined(scene, following, predicate.clause)]
    if role == "target" and is_agentive(scene, scene.phrase(actors[0])) and has_target_elsewhere(scene, predicate):
        role = "source"
    if role == "source":
        actors = [n for n in actors if scene.phrase(n).kind != "noun" or scene.phrase(n).count]
    return [filler_of(scene, role, n, "genitive of the verbal noun") for n in actors]


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
        fillers += [
            filler_of(scene, entry.frame.object, n, "object of the participle") for n in genitives if scene.phrase(n).kind != "event"
        ]
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
    head = _passed_over(scene, predicate)
    if head >= 0:
        return [filler_of(scene, "target", head, "relative head, taken up by the verbal noun")]
    number = predicate.phrase + 1
    if number < len(scene.parse.phrases):
        after = scene.phrase(number)
        if after.start == scene.phrase(predicate.phrase).end and not after.preposition and not after.joined and after.kind != "event":
            objects = [filler_of(scene, "target", n, "object of the verbal noun") for n in with_joined(scene, number, predicate.clause)]
            return [Filler("source", predicate.start, predicate.end, -1, "attached pronoun, before the object"), *objects]
    return [Filler("source" if has_target_elsewhere(scene, predicate) else role, predicate.start, predicate.end, -1, "attached pronoun")]


def _passed_over(scene: Scene, predicate: Predicate) -> int:
    """Returns the head of a relative clause that says passively what was done to it (prisoners whose arrest took place), or -1."""
    verb = scene.heads.get(predicate.clause)
    if scene.parse.clauses[predicate.clause].kind != "relative" or verb is None or verb.entry.light is None:
        return -1
    passive = "subject" in verb.entry.light.at and verb.end == predicate.start
    return relative_head(scene, predicate.clause) if passive else -1


def _participle(scene: Scene, predicate: Predicate, role: Slot, slots: dict[int, Slots]) -> list[Filler]:
    head = _modified(scene, predicate)
    if head >= 0 and scene.tag(predicate.start).article:
        return [filler_of(scene, role, head, "participle on a noun")]
    clause = scene.parse.clauses[predicate.clause]
    if clause.opener == predicate.start and clause.parent >= 0:
        outer = scene.heads.get(clause.parent)
        if outer is not None and outer.index in slots and slots[outer.index].subject >= 0:
            return [filler_of(scene, role, slots[outer.index].subject, "circumstantial participle, subject of its clause")]
    if head >= 0:
        return [filler_of(scene, role, head, "participle after a noun")]
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
