"""Turns slots, complements, light verbs and control into the fillers of every predicate's roles."""

from tawazun.code.complements import in_row, prepositional
from tawazun.code.governors import Governor
from tawazun.code.noun_slots import noun_slots
from tawazun.code.scenes import Filler, Scene, Slots
from tawazun.code.slots import relative_head, verb_slots
from tawazun.model.entries import Slot
from tawazun.model.phrases import Predicate

_NEAR = 4
_OWNED = ("planned", None)
_CONTENT_TARGET = {"ACCUSE": "source", "SUPPORT": "source", "REJECT": "source", "REQUEST": "source", "THREATEN": "target"}


def all_slots(scene: Scene) -> dict[int, Slots]:
    """Finds the slots of every predicate, verbs first so that circumstantial participles find their subject."""
    slots: dict[int, Slots] = {}
    subjects: dict[int, int] = {}
    for predicate in scene.parse.predicates:
        if predicate.phrase < 0:
            slots[predicate.index] = verb_slots(scene, predicate, subjects)
            if scene.heads.get(predicate.clause) is predicate:
                subjects[predicate.clause] = slots[predicate.index].subject
        else:
            slots[predicate.index] = noun_slots(scene, predicate, slots)
            if scene.heads.get(predicate.clause) is predicate:
                subjects[predicate.clause] = slots[predicate.index].subject
    return slots


class Fillers:
    """Computes and remembers the fillers of a sentence's predicates."""

    __slots__ = ("_governors", "_known", "_prepositional", "_scene", "slots")

    def __init__(self, scene: Scene, slots: dict[int, Slots], governor_of: dict[int, Governor]) -> None:
        self.slots = slots
        self._scene, self._governors = scene, governor_of
        self._prepositional = prepositional(scene)
        self._known: dict[int, tuple[Filler, ...]] = {}

    def of(self, index: int) -> tuple[Filler, ...]:
        """Returns the fillers of a predicate: its own, then those that its governor hands down."""
        if index not in self._known:
            self._known[index] = ()
            own = [*self.slots[index].fillers, *self._prepositional.get(index, ())]
            own += self._relative(index, own)
            found = own + self._handed(index, own)
            found += self._other_party(index, found)
            found += self._clause_subject(index, found)
            self._known[index] = tuple(_unique(found + self._through_content(index, found)))
        return self._known[index]

    def _through_content(self, index: int, found: list[Filler]) -> list[Filler]:
        """Returns the target that an act of words has only in what it is about: whose attack is condemned, who is to do what is
        asked, who is threatened.
        """
        predicate = self._scene.parse.predicates[index]
        wanted = _CONTENT_TARGET.get(predicate.entry.type or "")
        if wanted is None or any(filler.role == "target" for filler in found):
            return []
        for other, governor in self._governors.items():
            if governor.predicate == index and self._scene.parse.predicates[other].entry.type is not None:
                handed = [_as(f, "target", f"{wanted} of what it is about") for f in self._own(other) if f.role == wanted]
                return handed or self._first_named(predicate)
        return self._first_named(predicate)

    def _first_named(self, predicate: Predicate) -> list[Filler]:
        """Returns the actor right after what a request stresses (the need that the parties take steps) as its target."""
        if predicate.entry.type != "REQUEST" or predicate.entry.content is None or "genitive" not in predicate.entry.content.at:
            return []
        for number in self._scene.phrases_in(predicate.clause):
            phrase = self._scene.phrase(number)
            if phrase.start >= predicate.end:
                if phrase.preposition or phrase.start - predicate.end > _NEAR:
                    return []
                if phrase.kind == "actor":
                    return [Filler("target", phrase.start, phrase.end, number, "first actor in what is asked")]
        return []

    def _own(self, index: int) -> list[Filler]:
        """Returns the fillers that a predicate has by itself."""
        return [*self.slots[index].fillers, *self._prepositional.get(index, ())]

    def _clause_subject(self, index: int, found: list[Filler]) -> list[Filler]:
        """Returns the subject of the clause as the doer of a nominal act that names none."""
        predicate = self._scene.parse.predicates[index]
        if predicate.phrase < 0 or predicate.entry.frame.subject != "source" or any(filler.role == "source" for filler in found):
            return []
        purpose = predicate.preposition in self._scene.lexicon.words["purpose_preposition"] and not self._scene.tag(predicate.start).article
        if not purpose:
            return []
        subject = self._subject_around(predicate)
        if subject < 0 or self._scene.phrase(subject).kind != "actor" or any(filler.phrase == subject for filler in found):
            return []
        return [
            Filler("source", self._scene.phrase(n).start, self._scene.phrase(n).end, n, "subject of the clause")
            for n in in_row(self._scene, subject)
        ]

    def _subject_around(self, predicate: Predicate) -> int:
        """Returns the subject of the verb of the clause that a noun stands in, or -1."""
        head = self._scene.heads.get(predicate.clause)
        if head is None or head.index == predicate.index or head.index not in self.slots:
            return -1
        return self.slots[head.index].subject

    def _relative(self, index: int, own: list[Filler]) -> list[Filler]:
        """Returns the doer that a relative clause with a light verb gives an act (the raids that planes carried out)."""
        predicate = self._scene.parse.predicates[index]
        if predicate.phrase < 0 or any(filler.role == "source" for filler in own):
            return []
        for clause in self._scene.parse.clauses:
            if clause.kind != "relative" or clause.opener < predicate.end or relative_head(self._scene, clause.index) != predicate.phrase:
                continue
            verb = self._scene.heads.get(clause.index)
            if verb is None or verb.index not in self.slots:
                return []
            subject = self.slots[verb.index].subject
            role = (
                verb.entry.light.subject
                if verb.entry.light is not None
                else "source"
                if verb.entry.type == predicate.entry.type
                else "none"
            )
            if role == "none" and verb.entry.light is not None:
                return [_as(f, f.role, f"brought together by {verb.entry.id}") for f in self._own(verb.index) if f.role == "source"]
            if subject < 0 or subject == predicate.phrase or role in ("none", "content"):
                return []
            return [
                Filler(role, self._scene.phrase(n).start, self._scene.phrase(n).end, n, f"subject of {verb.entry.id} in a relative clause")
                for n in in_row(self._scene, subject)
            ]
        return []

    def _other_party(self, index: int, found: list[Filler]) -> list[Filler]:
        """Returns the subject of the clause as the other party of a mutual act that has one party by `with`."""
        predicate = self._scene.parse.predicates[index]
        parties = [filler for filler in found if filler.role == "source"]
        if (
            not predicate.entry.frame.mutual
            or predicate.phrase < 0
            or len(parties) != 1
            or not parties[0].rule.endswith(self._scene.lexicon.clitics.together)
        ):
            return []
        head = self._scene.heads.get(predicate.clause)
        if head is None or head.index == index or head.index not in self.slots:
            return []
        subject = self.slots[head.index].subject
        if subject < 0 or self._scene.phrase(subject).kind != "actor":
            return []
        phrase = self._scene.phrase(subject)
        return [Filler("source", phrase.start, phrase.end, subject, "subject of the clause, the other party")]

    def _handed(self, index: int, own: list[Filler]) -> list[Filler]:
        governor = self._governors.get(index)
        if governor is None:
            return []
        predicate = self._scene.parse.predicates[index]
        outer = self._scene.parse.predicates[governor.predicate]
        entry = outer.entry
        if entry.light is not None and governor.slot in entry.light.at and entry.light.subject not in ("none", "content"):
            role = entry.light.subject
            if any(filler.role == role for filler in own) and not predicate.entry.frame.mutual:
                return []
            return [
                *(
                    _as(filler, role, f"subject of {entry.id}")
                    for filler in self.of(outer.index) + self._subject(outer.index)
                    if filler.role in ("source", role)
                ),
                *self._recipient(predicate, outer, own),
            ]
        if entry.light is not None and governor.slot == "subject" and entry.frame.object == "source":
            return [_as(f, "source", f"brought together by {entry.id}") for f in self._own(outer.index) if f.role == "source"]
        control = _control(outer, governor.slot)
        if control == "none" or any(filler.role == "source" for filler in own) or predicate.entry.frame.subject != "source":
            return []
        if entry.speech is not None and predicate.entry.type == "ASSAULT":
            return []
        if entry.type is None and entry.light is None and control == "source":
            return [
                _as(f, "source", f"controlled by {entry.id}")
                for f in self.of(outer.index) + self._subject(outer.index)
                if f.role == "source"
            ]
        return [_as(f, "source", f"{control} of {entry.id}") for f in self.of(outer.index) if f.role == control]

    def _recipient(self, predicate: Predicate, outer: Predicate, own: list[Filler]) -> list[Filler]:
        """Returns who stands between a light verb and its noun as the target of what is given (granted Jordan a loan)."""
        objects, roles = self.slots[outer.index].objects, dict(predicate.entry.frame.prepositions)
        if any(filler.role == "target" for filler in own) or "target" not in roles.values():
            return []
        for number in self._scene.phrases_in(outer.clause):
            phrase = self._scene.phrase(number)
            if phrase.kind != "actor" or phrase.joined or not outer.end <= phrase.start < predicate.start:
                continue
            if phrase.preposition and phrase.construct < 0 and roles.get(phrase.preposition) == "target":
                return [Filler("target", phrase.start, phrase.end, number, "preposition " + phrase.preposition)]
            if objects[:2] == (number, predicate.phrase):
                return [Filler("target", phrase.start, phrase.end, number, "object")]
        return []

    def _subject(self, index: int) -> tuple[Filler, ...]:
        """Returns the subject of a light verb or operator as a filler, where its frame gives it no role."""
        subject = self.slots[index].subject
        if subject < 0 and self._scene.parse.predicates[index].phrase >= 0:
            subject = next((n for n in self.slots[index].objects if self._scene.phrase(n).kind == "actor"), -1)
        if subject < 0 or any(f.phrase == subject for f in self._known.get(index, ())):
            return ()
        phrase = self._scene.phrase(subject)
        if phrase.kind == "event":
            return ()
        return tuple(
            Filler("source", self._scene.phrase(n).start, self._scene.phrase(n).end, n, "subject") for n in in_row(self._scene, subject)
        )


def _control(outer: Predicate, slot: str) -> str:
    """Returns who of an outer predicate does the embedded act; the owner of a plan or decision does what it is for."""
    content = outer.entry.content
    if content is None:
        return "none"
    if content.control == "none" and outer.phrase >= 0 and slot != "genitive" and content.status in _OWNED:
        return "source" if outer.entry.type is None and outer.entry.speech is None else "none"
    return content.control


def _as(filler: Filler, role: Slot, rule: str) -> Filler:
    return Filler(role, filler.start, filler.end, filler.phrase, rule, filler.nationality)


def _unique(fillers: list[Filler]) -> list[Filler]:
    """Keeps the first filler for each stretch of words."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for filler in fillers:
        if (filler.start, filler.end) not in seen:
            seen.add((filler.start, filler.end))
            kept.append(filler)
    return kept
