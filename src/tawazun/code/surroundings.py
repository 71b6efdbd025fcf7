"""Turns a predicate and a phrase of its sentence into the features by which the phrase's role is weighed."""

from collections.abc import Mapping, Sequence

import msgspec

from tawazun.code.governors import Governor
from tawazun.code.scenes import Filler, Scene, Slots
from tawazun.model.phrases import Predicate
from tawazun.model.referents import Referent
from tawazun.model.weights import Feature

_NUMBERS = ("0", "1", "2", "3", "4", "5", "6+")
_FAR = 6
_CLIMB = 4


def _number(value: int, most: int = _FAR) -> str:
    return _NUMBERS[min(value, most)]


class _Act(msgspec.Struct, frozen=True, gc=False):
    """Is what features ask of a predicate, by its words in a frame; `climb` are the predicates above it, nearest first."""

    type: str
    part: str
    persons: str
    subject: str
    object: str
    open: str
    climb: tuple[Predicate, ...]
    government: tuple[str, str, str]


class _Party(msgspec.Struct, frozen=True, gc=False):
    """Is what features ask of a phrase, whatever the predicate."""

    kind: str
    who: str
    preposition: str
    gender: str
    following: str
    preceding: str
    joined: bool
    actor: int


class Pair(msgspec.Struct, frozen=True, gc=False):
    """Is how a phrase lies to a predicate: before or after, how their clauses lie, of what it is the genitive, the how-manieth actor it is,
    and what the rules propose.
    """

    order: str
    clause: str
    construct: str
    rank: str
    role: str
    rule: str


def _rule_of(filler: Filler) -> str:
    rule = filler.rule.split(" of ")[0]
    return filler.role + "/" + ("preposition" if rule.startswith("preposition") else rule)


class Surroundings:
    """Knows one sentence: its slots, governors, and the fillers that the rules propose, by predicate."""

    __slots__ = (
        "_actor_of",
        "_acts",
        "_ends",
        "_feminine",
        "_filled",
        "_governors",
        "_parties",
        "_proposed",
        "_referents",
        "_roles",
        "_rules",
        "_scene",
        "_slots",
        "_starts",
        "_verbs",
    )

    def __init__(
        self,
        scene: Scene,
        slots: Mapping[int, Slots],
        governor_of: Mapping[int, Governor],
        proposed: Mapping[int, Sequence[Filler]],
        referents: Mapping[int, Referent],
    ) -> None:
        self._scene, self._slots, self._governors, self._proposed, self._referents = scene, slots, governor_of, proposed, referents
        self._rules: dict[tuple[int, int], str] = {}
        self._roles: dict[tuple[int, int], str] = {}
        self._filled: dict[int, list[tuple[int, str]]] = {}
        for index, fillers in proposed.items():
            for filler in fillers:
                if filler.phrase >= 0:
                    if (index, filler.phrase) not in self._roles:
                        self._filled.setdefault(filler.phrase, []).append((index, filler.role))
                    self._rules.setdefault((index, filler.phrase), _rule_of(filler))
                    self._roles.setdefault((index, filler.phrase), filler.role)
        actors = [n for n, phrase in enumerate(scene.parse.phrases) if n in referents or phrase.kind == "actor"]
        self._starts = [scene.parse.phrases[number].start for number in actors]
        self._ends = [scene.parse.phrases[number].end for number in actors]
        self._feminine = tuple(scene.lexicon.words["feminine_endings"])
        self._verbs = [at for at, tag in enumerate(scene.parse.tags, scene.parse.start) if tag.kind == "verb"]
        self._actor_of = {number: at for at, number in enumerate(actors)}
        self._parties: dict[int, _Party] = {}
        self._acts: dict[int, _Act] = {}

    def _party(self, number: int) -> _Party:
        """Returns what features ask of a phrase, worked out once."""
        known = self._parties.get(number)
        if known is None:
            known = self._parties[number] = self._describe(number)
        return known

    def _describe(self, number: int) -> _Party:
        scene = self._scene
        phrase, referent, parse = scene.phrase(number), self._referents.get(number), scene.parse
        after = scene.tag(phrase.end) if phrase.end < parse.end else None
        feminine = (referent is not None and (referent.feminine or referent.kind == "state")) or scene.tokens[phrase.head].text.endswith(
            self._feminine
        )
        unknown = phrase.kind + ("#" if phrase.count else "")
        return _Party(
            kind=unknown if referent is None else phrase.kind[0] + ":" + referent.kind,
            who=unknown if referent is None else (referent.sector or "").split(".")[0] or referent.kind,
            preposition=phrase.preposition or "-",
            gender=("f" if feminine else "m") + ("p" if referent is not None and referent.number == "p" else ""),
            following="end" if after is None else after.kind + (after.value if after.kind == "mark" else after.preposition),
            preceding=scene.tag(phrase.start - 1).kind if phrase.start > parse.start else "begin",
            joined=phrase.joined,
            actor=self._actor_of.get(number, -1),
        )

    def _act(self, predicate: Predicate) -> _Act:
        """Returns what features ask of a predicate, worked out once."""
        known = self._acts.get(predicate.index)
        if known is None:
            form, frame, part = predicate.form, predicate.entry.frame, predicate.part
            if predicate.index in self._slots and self._slots[predicate.index].passive:
                part += "-passive"
            roles = {filler.role for filler in self._proposed.get(predicate.index, ())}
            known = self._acts[predicate.index] = _Act(
                type=predicate.entry.type or "none",
                part=part,
                persons="+".join(sorted(set(form.person.split()))) if form is not None and form.part == "V" else "-",
                subject=frame.subject,
                object=frame.object,
                open=("s" if "source" not in roles else "") + ("t" if "target" not in roles else ""),
                climb=tuple(self._above(predicate)),
                government=self._government(predicate),
            )
        return known

    def _government(self, predicate: Predicate) -> tuple[str, str, str]:
        """Returns the kind of a predicate's governor, the slot there, and whom it makes the embedded doer."""
        governor = self._governors.get(predicate.index)
        if governor is None:
            return "none", "-", "-"
        entry = self._scene.parse.predicates[governor.predicate].entry
        control = entry.content.control if entry.content else entry.light.subject if entry.light else "-"
        return entry.sort, governor.slot, control

    def _above(self, predicate: Predicate) -> list[Predicate]:
        """Returns the governors of a predicate, else the verbs of the clauses around it, nearest first."""
        found: list[Predicate] = []
        current = predicate
        while len(found) < _CLIMB:
            governor = self._governors.get(current.index)
            outer = self._scene.parse.predicates[governor.predicate] if governor is not None else self._verb_around(current.clause)
            if outer is None or outer.index == predicate.index or outer in found:
                break
            found.append(outer)
            current = outer
        return found

    def _verb_around(self, clause: int) -> Predicate | None:
        parent = self._scene.parse.clauses[clause].parent
        while parent >= 0:
            if parent in self._scene.heads:
                return self._scene.heads[parent]
            parent = self._scene.parse.clauses[parent].parent
        return None

    def _clause(self, predicate: Predicate, number: int) -> str:
        """Says how the clause of a phrase lies to that of a predicate."""
        clauses = self._scene.parse.clauses
        own, other = predicate.clause, self._scene.clause_at(self._scene.phrase(number).head)
        if own == other:
            return "same"
        if clauses[own].parent == other:
            return "parent:" + clauses[own].kind
        if clauses[other].parent == own:
            return "child:" + clauses[other].kind
        if clauses[own].parent == clauses[other].parent:
            return "sister:" + clauses[own].kind
        above = clauses[own].parent
        while above >= 0 and above != other:
            above = clauses[above].parent
        return "around" if above >= 0 else "apart"

    def _construct(self, predicate: Predicate, number: int) -> str:
        """Says of what a phrase is the genitive."""
        phrase = self._scene.phrase(number)
        if phrase.construct < 0:
            return "-"
        if phrase.construct == predicate.phrase:
            return "own"
        head = self._scene.phrase(phrase.construct)
        return ("own+" if head.construct >= 0 and head.construct == predicate.phrase else "") + head.kind

    def _between(self, predicate: Predicate, number: int) -> tuple[str, str, str]:
        """Says how many phrases and verbs stand between a predicate and a phrase, and which marks and particles."""
        scene, phrase = self._scene, self._scene.phrase(number)
        low, high = (phrase.end, predicate.start) if phrase.end <= predicate.start else (predicate.end, phrase.start)
        if low >= high:
            return "0", "0", ""
        tags = scene.parse.tags[low - scene.parse.start : high - scene.parse.start]
        kinds = {tag.kind for tag in tags}
        numbers = set(scene.parse.phrase_of[low - scene.parse.start : high - scene.parse.start])
        marks = "," if "mark" in kinds else ""
        if marks and any(tag.kind == "mark" and tag.value == ":" for tag in tags):
            marks = ":"
        marks += "".join([kind for kind in ("complementiser", "relative", "subordinator") if kind in kinds])
        verbs = sum([low <= at < high for at in self._verbs])
        return _number(len(numbers - {-1, predicate.phrase})), _number(verbs, 2), marks

    def _rank(self, predicate: Predicate, number: int, order: str) -> str:
        """Says the how-manieth actor before or after the predicate a phrase is."""
        at = self._actor_of.get(number, -1)
        if at < 0:
            return "none"
        if order == "before":
            return _number(sum([end <= predicate.start for end in self._ends[at + 1 :]]), 4)
        return _number(sum([start >= predicate.end for start in self._starts[:at]]), 4)

    def _slot(self, predicate: Predicate, number: int) -> str:
        slots = self._slots[predicate.index]
        return "subject" if slots.subject == number else "object" if number in slots.objects else "-"

    def of(self, predicate: Predicate, number: int) -> list[Feature]:
        """Returns the features of a phrase as a filler of a predicate."""
        pair = self.pair(predicate, number)
        return self.first(predicate, number, pair) + self.further(predicate, number, pair)

    def pair(self, predicate: Predicate, number: int) -> Pair:
        """Says how a phrase lies to a predicate."""
        phrase = self._scene.phrase(number)
        order = "before" if phrase.end <= predicate.start else "after" if phrase.start >= predicate.end else "in"
        return Pair(
            order=order,
            clause=self._clause(predicate, number),
            construct=self._construct(predicate, number),
            rank=self._rank(predicate, number, order),
            role=self._roles.get((predicate.index, number), "-"),
            rule=self._rules.get((predicate.index, number), "-"),
        )

    def further(self, predicate: Predicate, number: int, pair: Pair) -> list[Feature]:
        """Returns the features that come from where the phrase stands and from other predicates."""
        return self._place(predicate, number, pair) + self._connected(predicate, number, pair)

    def first(self, predicate: Predicate, number: int, pair: Pair) -> list[Feature]:
        """Returns the features that come from what the rules propose and from who the phrase is."""
        act, party = self._act(predicate), self._party(number)
        joined = self._roles.get((predicate.index, number - 1), "-") if party.joined and number else "no"
        return [
            ("all",),
            ("rule", pair.rule),
            ("rule part", pair.rule, act.part),
            ("rule where", pair.rule, pair.order, pair.clause),
            ("role entry", pair.role, predicate.entry.id),
            ("role open", pair.role, act.open, act.part),
            ("role who", pair.role, party.who, act.type),
            ("kind", party.kind, pair.construct, pair.order),
            ("who", party.who, act.type, pair.order),
            ("who preposition", party.who, act.part, party.preposition),
            ("joined", joined, party.preposition, pair.order),
            ("agrees", act.persons, party.gender, pair.order, pair.rank),
            ("agrees role", act.persons, party.gender, pair.order, pair.role),
        ]

    def _place(self, predicate: Predicate, number: int, pair: Pair) -> list[Feature]:
        """Returns the features that come from where the phrase stands."""
        phrase, frame = self._scene.phrase(number), predicate.entry.frame
        act, party = self._act(predicate), self._party(number)
        order, rank = pair.order, pair.rank
        phrases, verbs, marks = self._between(predicate, number)
        wanted = dict(frame.prepositions).get(phrase.preposition, "-") if phrase.preposition else "-"
        near = str(phrase.start - predicate.end) if 0 <= phrase.start - predicate.end < 3 else "-"
        return [
            ("order", order, rank, act.part, act.subject, act.object, act.open),
            ("preposition", party.preposition, act.type, order),
            ("preposition frame", party.preposition, wanted, phrases),
            ("marks", marks, order, verbs, rank),
            ("following", party.following, order, rank, act.part),
            ("preceding", party.preceding, order, party.preposition, rank),
            ("near", near, act.part, party.kind, party.following),
        ]

    def _connected(self, predicate: Predicate, number: int, pair: Pair) -> list[Feature]:
        """Returns the features that come from other predicates: those above, the clause's verb, those that have the phrase too."""
        act, party = self._act(predicate), self._party(number)
        role, order, clause = pair.role, pair.order, pair.clause
        above, slot, control = act.government
        found: list[Feature] = [
            ("governor", above, order, clause, pair.rank),
            ("slot", self._slot(predicate, number), role, act.subject, act.object),
        ]
        if above != "none":
            outer = self._scene.parse.predicates[self._governors[predicate.index].predicate]
            there, at = self._roles.get((outer.index, number), "-"), self._slot(outer, number)
            found.append(("governed", above, slot, control, there, at))
        head = self._scene.heads.get(predicate.clause)
        if head is not None and head.index != predicate.index:
            there = self._roles.get((head.index, number), "-")
            found.append(("verb", head.entry.sort, self._slot(head, number), there, act.type))
        for item in self._elsewhere(predicate, number):
            found += [("elsewhere", item, role), ("elsewhere kind", item, party.kind, act.type)]
        climbed, speaker = self._climbed(act, number)
        found += [
            ("climb part", climbed, act.part),
            ("climb kind", climbed, act.subject, party.kind),
            ("first", "first" if party.actor == 0 else "-", order, act.part, speaker),
        ]
        return found

    def _elsewhere(self, predicate: Predicate, number: int) -> list[str]:
        """Says which roles a phrase has with the other acts of the sentence."""
        found = set()
        for index, there in self._filled.get(number, ()):
            other = self._scene.parse.predicates[index]
            if index != predicate.index and other.entry.type:
                same = "same" if other.entry.type == predicate.entry.type else "other"
                place = "clause" if other.clause == predicate.clause else "-"
                found.add(f"{there} {same} {place} {'before' if other.index < predicate.index else 'after'}")
        return sorted(found) or ["nowhere"]

    def _climbed(self, act: _Act, number: int) -> tuple[str, str]:
        """Says of which predicate above an act a phrase is subject or object, and whether that one speaks."""
        for depth, outer in enumerate(act.climb, 1):
            slot, there = self._slot(outer, number), self._roles.get((outer.index, number), "-")
            kind = "event" if outer.entry.type else outer.entry.sort
            if slot == "subject" or there == "source":
                return f"{min(depth, 3)} {kind} subject", "speaker" if outer.entry.speech else "-"
            if slot == "object" or there == "target":
                return f"{min(depth, 3)} {kind} object", "-"
        return "-", "-"
