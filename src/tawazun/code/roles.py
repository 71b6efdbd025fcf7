"""Turns the fillers that the rules propose, and every other phrase of the sentence, into the participants that the weights bear out."""

from collections.abc import Collection, Mapping

from tawazun.code.governors import Governor
from tawazun.code.participants import Fillers
from tawazun.code.scenes import Filler, Scene
from tawazun.code.slots import is_seat
from tawazun.code.surroundings import Surroundings
from tawazun.model.entries import Slot
from tawazun.model.phrases import Phrase, Predicate
from tawazun.model.referents import Referent
from tawazun.model.weights import Scorer
from tawazun.scorers.tables import add_up, probabilities, strongest, weights_of

ROLES: tuple[Slot, ...] = ("source", "target")
"""Are the roles that are weighed, in the order of the scorer's classes after `none`; others stay with the rules."""

_PLAIN = ("noun", "pronoun", "place")
_NEAR = 3
_SHARED = 0.2
_PROPOSED = 0.1
"""Are the probabilities from which on a phrase has a role by the phrase it is coordinated with, or as the object that the rules propose."""
_FAR = 8
_HOPELESS = -3.5
"""Are the log odds after the first features below which the others are not asked: at -3.0 every hundredth participant was lost, at -4.0
hardly more are found than here.
"""
_ASIDE = ("topic", "place")


class Roles:
    """Chooses the fillers of a sentence's predicates."""

    __slots__ = ("_fillers", "_referents", "_scene", "_scorer", "surroundings")

    def __init__(
        self,
        scene: Scene,
        fillers: Fillers,
        governor_of: Mapping[int, Governor],
        referents: Mapping[int, Referent],
        scorer: Scorer | None,
    ) -> None:
        self._scene, self._fillers, self._referents, self._scorer = scene, fillers, referents, scorer
        proposed = {predicate.index: fillers.of(predicate.index) for predicate in scene.parse.predicates}
        self.surroundings = Surroundings(scene, fillers.slots, governor_of, proposed, referents)

    def of(self, predicate: Predicate) -> tuple[Filler, ...]:
        """Returns the fillers of a predicate; without a scorer, those that the rules propose."""
        proposed = self._fillers.of(predicate.index)
        if self._scorer is None:
            return proposed
        rules = {filler.phrase: filler for filler in proposed if filler.phrase >= 0}
        chosen: list[Filler] = []
        for number in candidates(self._scene, predicate, self._fillers, self._referents):
            with_it = self._role_beside(chosen, number) if chosen and self._scene.phrase(number).joined else None
            filler = self._weigh(self._scorer, predicate, number, rules.get(number), with_it)
            if filler is not None:
                chosen.append(filler)
        chosen = self._with_its_subject(predicate, chosen)
        taken = {filler.phrase for filler in chosen}
        kept = [f for f in proposed if f.phrase < 0 or (f.role not in ROLES and f.phrase not in taken)]
        return tuple(sorted([*chosen, *kept], key=lambda filler: (filler.start, filler.end)))

    def _role_beside(self, chosen: list[Filler], number: int) -> Slot | None:
        """Returns the role of the last filler that a phrase is coordinated with."""
        return next((filler.role for filler in reversed(chosen) if self._coordinated(filler.phrase, number)), None)

    def _is_object(self, predicate: Predicate, rule: Filler | None, role: Slot) -> bool:
        """Tells whether the rules propose an actor as the object of a verb right after its subject (the minister met his counterpart)."""
        if rule is None or rule.role != role or predicate.phrase >= 0 or not rule.rule.startswith("object"):
            return False
        subject = self._fillers.slots[predicate.index].subject
        referent = self._referents.get(rule.phrase)
        known = referent is not None and referent.code is not None
        return known and subject >= 0 and self._scene.phrase(subject).end == rule.start

    def _with_its_subject(self, predicate: Predicate, chosen: list[Filler]) -> list[Filler]:
        """Leaves out other sources where a verb's own subject stands right after it (Athens condemned), but for those joined to it."""
        subject = self._fillers.slots[predicate.index].subject
        own = next((f for f in chosen if f.phrase == subject and f.role == "source" and f.start == predicate.end), None)
        if predicate.phrase >= 0 or own is None or predicate.entry.frame.mutual:
            return chosen
        joined = {own.phrase}
        for filler in chosen:
            if filler.phrase > own.phrase and any(self._coordinated(number, filler.phrase) for number in joined):
                joined.add(filler.phrase)
        return [filler for filler in chosen if filler.role != "source" or filler.phrase in joined]

    def _coordinated(self, first: int, number: int) -> bool:
        """Tells whether a phrase that names somebody is coordinated with an earlier one."""
        before, phrase = self._scene.phrase(first), self._scene.phrase(number)
        alike = phrase.joined and phrase.construct == before.construct and number in self._referents and phrase.kind != "pronoun"
        return alike and self._scene.clause_at(before.head) == self._scene.clause_at(phrase.head)

    def _weigh(self, scorer: Scorer, predicate: Predicate, number: int, rule: Filler | None, with_it: Slot | None) -> Filler | None:
        """Returns a phrase with the role that the weights give it, or None; `with_it` is the role of the phrase it is coordinated with."""
        pair = self.surroundings.pair(predicate, number)
        features = self.surroundings.first(predicate, number, pair)
        weights = weights_of(scorer, features)
        odds = add_up(scorer, weights)
        if with_it is None and max(odds) < _HOPELESS:
            return None
        further = self.surroundings.further(predicate, number, pair)
        more = weights_of(scorer, further)
        found = probabilities([a + b for a, b in zip(odds, add_up(scorer, more), strict=True)])
        best = ROLES.index(with_it) if with_it is not None else max(range(len(ROLES)), key=found.__getitem__)
        least = _SHARED if with_it is not None else _PROPOSED if self._is_object(predicate, rule, ROLES[best]) else scorer.thresholds[best]
        if found[best] < least:
            return None
        phrase, role = self._scene.phrase(number), ROLES[best]
        said = rule.rule if rule is not None and rule.role == role else "weighed"
        start = phrase.start if rule is None else rule.start  # a rule may know that the first word is no part of it (by the bullets of)
        return Filler(role, start, phrase.end, number, said, grounds=strongest(features + further, weights + more, best + 1))


def candidates(scene: Scene, predicate: Predicate, fillers: Fillers, referents: Collection[int]) -> list[int]:
    """Returns the phrases that may fill a role of a predicate: those that the rules propose, those that name somebody, and plain nouns
    near it in its clause; not those that stand where its frame has a topic or place.
    """
    proposed = {filler.phrase for filler in fillers.of(predicate.index) if filler.role not in _ASIDE}
    at, found = _at(scene, predicate), []
    for number, phrase in enumerate(scene.parse.phrases):
        if number in proposed:
            found.append(number)
        elif (abs(number - at) <= _FAR and (number in referents or phrase.kind == "actor")) or (
            abs(number - at) <= _NEAR and phrase.kind in _PLAIN and scene.clause_at(phrase.head) == predicate.clause
        ):
            object = fillers.slots[predicate.index].objects[:1] == (number,)
            if not (_is_nobody(scene, phrase) or _is_aside(predicate, phrase, object)):
                found.append(number)
    return [number for number in found if number != predicate.phrase]


def _is_nobody(scene: Scene, phrase: Phrase) -> bool:
    """Tells whether a phrase that no rule proposes can be no party to an act: money, goods, borders, a bare number, a thing or state
    after `in`, what stands before or near a place.
    """
    if scene.within(phrase.head, "no_party") or (phrase.kind == "noun" and scene.tag(phrase.head).kind == "number" and not phrase.count):
        return True
    words = scene.lexicon.words
    if phrase.preposition not in words["in_place"]:
        return False
    inside = phrase.preposition in words["in_clitic"] or phrase.preposition in words["in_word"]
    return not inside or phrase.kind in ("noun", "place") or is_seat(scene, phrase, "country", "capital", "place")


def _is_aside(predicate: Predicate, phrase: Phrase, object: bool) -> bool:
    """Tells whether a phrase stands where the frame of a predicate has what the act is about, or where it happens."""
    frame = predicate.entry.frame
    if phrase.preposition:
        return dict(frame.prepositions).get(phrase.preposition) in _ASIDE
    return object and predicate.phrase < 0 and frame.object in _ASIDE


def _at(scene: Scene, predicate: Predicate) -> int:
    """Returns the number of a predicate's own phrase, for a verb that of the phrase before it."""
    if predicate.phrase >= 0:
        return predicate.phrase
    before = scene.parse.phrase_of[: predicate.start - scene.parse.start]
    return next((number for number in reversed(before) if number >= 0), -1)
