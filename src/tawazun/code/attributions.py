"""Turns cues, content clauses and quotations into holders: on whose word an event rests, the chain of speakers with it."""

from collections.abc import Sequence

import msgspec

from tawazun.base.letters import fold_word
from tawazun.code.governors import Governor, is_aside, takes_clause
from tawazun.code.holders import Holder, Speaker, holder_of
from tawazun.code.scenes import Scene, Slots
from tawazun.model.entries import VERBAL_TYPES
from tawazun.model.phrases import Predicate
from tawazun.model.readings import Quotation

__all__ = ["Holder", "Speaker", "Speakers"]

_POSTPOSED = 2
_NEAR = 2


def _is_plan(predicate: Predicate) -> bool:
    return predicate.entry.content is not None and predicate.entry.content.status == "planned"


def _takes(cue: Predicate, slot: str) -> bool:
    content = cue.entry.content
    if cue.entry.type == "ACCUSE" and content is not None and slot in content.at:
        return True
    return content is not None and content.holder and (slot in content.at or cue.entry.speech is not None)


class Speakers:
    """Finds the holders of a sentence's predicates."""

    __slots__ = ("_free", "_governors", "_heard", "_last", "_quotations", "_scene", "_slots")

    def __init__(
        self,
        scene: Scene,
        slots: dict[int, Slots],
        governor_of: dict[int, Governor],
        quotations: Sequence[Quotation],
        last: Speaker | None,
    ) -> None:
        self._scene, self._slots, self._governors, self._last = scene, slots, governor_of, last
        self._quotations = [q for q in quotations if q.start < scene.parse.end and q.end > scene.parse.start]
        self._free: list[Predicate] | None = None
        self._heard: dict[int, Holder | None] = {}

    def _quoting(self) -> list[Predicate]:
        """Returns the cues that may stand beside what they report, worked out once."""
        if self._free is None:
            cues = [p for p in self._scene.parse.predicates if p.entry.speech is not None]
            holding = [p for p in cues if p.entry.content is not None and p.entry.content.holder]
            self._free = [p for p in holding if self._may_quote(p) and not is_aside(self._scene, p)]
        return self._free

    def _may_quote(self, cue: Predicate) -> bool:
        """Tells whether a cue may stand beside what it reports: a prepositional cue, or a verb of saying without a content clause
        of its own.
        """
        if cue.entry.content is not None and "clause" in cue.entry.content.at:
            return True
        quoting = self._scene.lexicon.words["quoting_lemma"]
        return any(fold_word(verb.lemma) in quoting for verb in cue.entry.verbs) and not self._opens_content(cue)

    def _opens_content(self, cue: Predicate) -> bool:
        return any(c.kind == "content" and c.parent == cue.clause and c.opener >= cue.end for c in self._scene.parse.clauses)

    def holder(self, cue: Predicate) -> Holder | None:
        """Returns the speaker of a cue, or None where it has none in its sentence or the one before; worked out once."""
        if cue.index not in self._heard:
            self._heard[cue.index] = holder_of(self._scene, cue, self._slots, False, self._last)
        return self._heard[cue.index]

    def last_cue(self) -> Holder | None:
        """Returns the speaker of the last cue with a subject of its own in the sentence; what follows may go on in his words."""
        for cue in reversed(self._scene.parse.predicates):
            if cue.entry.speech is None or cue.entry.content is None or not cue.entry.content.holder or cue.phrase >= 0:
                continue
            holder = self.holder(cue)
            if holder is not None and (holder.phrase >= 0 or holder.before is not None):
                return holder
        return None

    def of(self, predicate: Predicate) -> tuple[Holder, ...]:
        """Returns the holders of a predicate, the innermost first; none where the outlet itself says it."""
        found: list[Holder] = []
        seen: set[int] = {predicate.index}
        current: Predicate | None = predicate
        while current is not None:
            current = self._up(current, found, seen)
        seen.add(self._aside(predicate, found))
        reaching = [cue for cue in self._quoting() if cue.index not in seen and self._reaches(cue, predicate)]
        if predicate.entry.type in VERBAL_TYPES and (predicate.phrase < 0 or (predicate.form is not None and predicate.form.part == "A")):
            reaching = [cue for cue in reaching if not self._restates(cue)]
        reaching.sort(key=lambda cue: -cue.start if self._introduces(cue, predicate) else 1)
        before = len(found)
        for cue in reaching:
            self._add(cue, found, self.quoted(predicate))
            if len(found) > before:
                break
        if predicate.entry.type in VERBAL_TYPES and found and self._own(predicate, found[0]):
            found.pop(0)
        return tuple(found)

    def _own(self, predicate: Predicate, holder: Holder) -> bool:
        """Tells whether an act of words is the speaker's own: with his pronoun (he said that he was ready, announced his refusal)."""
        if predicate.form is None:
            return False
        clause = self._scene.parse.clauses[predicate.clause]
        if (
            holder.cue.entry.type is None
            and clause.kind == "content"
            and 0 < predicate.start - clause.opener <= _NEAR
            and self._scene.within(clause.opener, "that_with_pronoun")
        ):
            return predicate.phrase < 0 or predicate.form.part in ("A", "N")
        if predicate.phrase < 0:
            return False
        governor = self._governors.get(predicate.index)
        return bool(predicate.pronoun) and governor is not None and governor.predicate == holder.cue.index

    def _aside(self, predicate: Predicate, found: list[Holder]) -> int:
        """Puts first whom the speaker quotes (the channel said, quoting officials, that ...); returns the cue's index or -1."""
        if not found or found[0].cue.phrase >= 0:
            return -1
        outer = found[0].cue
        for cue in self._scene.parse.predicates:
            content = cue.entry.content
            if content is None or "clause" not in content.at or not any(role == "source" for _, role in cue.entry.frame.prepositions):
                continue
            if cue.entry.speech == "quote" and cue.clause == outer.clause and outer.end <= cue.start <= predicate.start:
                holder = holder_of(self._scene, cue, self._slots, found[0].quoted, None)
                if holder is not None and holder.phrase != found[0].phrase:
                    found.insert(0, holder)
                return cue.index
        return -1

    def _up(self, current: Predicate, found: list[Holder], seen: set[int]) -> Predicate | None:
        """Takes one step up: to the governor, or to the cue whose content clause the predicate stands in."""
        scene = self._scene
        governor = self._governors.get(current.index)
        if governor is not None and governor.predicate not in seen:
            outer = scene.parse.predicates[governor.predicate]
            seen.add(outer.index)
            if _takes(outer, governor.slot) or self._speaks_for(outer, current):
                self._add(outer, found, self.quoted(current))
            return outer
        reporting = self._around_report(current)
        if reporting is not None and reporting.index not in seen:
            seen.add(reporting.index)
            self._add(reporting, found, self.quoted(current))
            return reporting
        clause = scene.parse.clauses[current.clause]
        while clause.parent >= 0:
            cue = self._cue_of(clause.index)
            if cue is not None and cue.index not in seen:
                seen.add(cue.index)
                apart = current.phrase >= 0 and any(
                    scene.within(i, "that_was") and scene.tag(i + 1).value == "time" for i in range(clause.opener, current.start)
                )
                if _takes(cue, scene.lexicon.that) and not apart:
                    self._add(cue, found, self.quoted(current))
                return cue
            clause = scene.parse.clauses[clause.parent]
        return None

    def _speaks_for(self, outer: Predicate, current: Predicate) -> bool:
        """Tells whether the subject of a light verb voices the act of somebody else (he voiced the kingdom's dismay)."""
        if (
            outer.entry.light is None
            or outer.entry.light.subject != "source"
            or current.entry.type not in VERBAL_TYPES
            or current.phrase < 0
        ):
            return False
        whose = self._scene.construct_of(current.phrase)
        if not whose or self._scene.phrase(whose[0]).kind != "actor" or self._slots[outer.index].subject < 0:
            return False
        after = whose[-1] + 1
        targets = {preposition for preposition, role in current.entry.frame.prepositions if role in ("target", "content")}
        return after < len(self._scene.parse.phrases) and self._scene.phrase(after).preposition in targets

    def _around_report(self, current: Predicate) -> Predicate | None:
        """Returns the cue whose reported act a noun belongs to as its occasion (announced the death of three in an operation)."""
        scene = self._scene
        if current.phrase < 0 or not scene.phrase(current.phrase).preposition or scene.parse.clauses[current.clause].kind == "relative":
            return None
        for p in reversed(scene.parse.predicates):
            if p.clause != current.clause or p.end > current.start or p.entry.speech is None or p.entry.content is None:
                continue
            if not p.entry.content.holder or p.entry.type is not None or not (p.phrase < 0 or (p.form is not None and p.form.part == "A")):
                continue
            reported = [scene.parse.predicates[index] for index, g in self._governors.items() if g.predicate == p.index]
            reported = [q for q in reported if q.entry.type is not None or q.entry.light is not None or _is_plan(q)]
            between = any(p.end <= q.start < current.start and q.clause == p.clause for q in reported)
            apart = any(scene.within(index, "that_was") for index in range(p.end, current.start))
            return p if between and not apart else None
        return None

    def _cue_of(self, clause: int) -> Predicate | None:
        """Returns the predicate whose content a clause is."""
        record = self._scene.parse.clauses[clause]
        if record.kind != "content":
            return None
        before = [
            p
            for p in self._scene.parse.predicates
            if p.end <= record.opener
            and p.clause == record.parent
            and takes_clause(p.entry, self._scene.lexicon.that)
            and not is_aside(self._scene, p)
        ]
        return before[-1] if before else None

    def _add(self, cue: Predicate, found: list[Holder], quoted: bool) -> None:
        if cue.phrase < 0 and cue.start > self._scene.parse.start and self._scene.tag(cue.start - 1).kind == "negation":
            return  # what somebody did not say is not on his word
        holder = self.holder(cue)
        if holder is not None:
            found.append(msgspec.structs.replace(holder, quoted=True) if quoted else holder)

    def quoted(self, predicate: Predicate) -> bool:
        """Tells whether a predicate stands in quotation marks."""
        return any(q.start < predicate.start and predicate.end <= q.end for q in self._quotations)

    def _restates(self, cue: Predicate) -> bool:
        """Tells whether a cue only refers back to the statement or source itself (as the statement put it)."""
        if cue.entry.content is None or "clause" not in cue.entry.content.at:
            return False
        holder = holder_of(self._scene, cue, self._slots, False, None)
        if holder is None or holder.phrase < 0:
            return False
        phrase = self._scene.phrase(holder.phrase)
        return phrase.article and phrase.end - phrase.head == 1 and phrase.start == phrase.head and holder.voice != "named"

    def _introduces(self, cue: Predicate, predicate: Predicate) -> bool:
        """Tells whether a cue stands right before the direct speech that a predicate is part of."""
        if cue.start > predicate.start or (cue.entry.content is not None and "clause" in cue.entry.content.at):
            return False
        if self._scene.parse.clauses[cue.clause].kind == "relative" or (cue.phrase < 0 and cue.pronoun):
            return False
        return any(cue.end <= q.start <= predicate.start < q.end for q in self._quotations)

    def _reaches(self, cue: Predicate, predicate: Predicate) -> bool:
        """Tells whether a cue without a content clause still covers a predicate: by colon, quotation, or standing after it or aside."""
        if "clause" in (cue.entry.content.at if cue.entry.content else ()):
            return True
        if cue.phrase >= 0 and (cue.form is None or cue.form.part != "A"):
            return False
        for quotation in self._quotations:
            inside = quotation.start < predicate.start < quotation.end
            if inside and not quotation.start < cue.start < quotation.end:
                return True
        if predicate.start < cue.start:
            return cue.phrase < 0 and self._postposed(cue)
        return any(
            self._scene.tag(index).value == ":" for index in range(cue.end, predicate.start) if self._scene.tag(index).kind == "mark"
        )

    def _postposed(self, cue: Predicate) -> bool:
        """Tells whether a cue stands after what it reports: after a comma, or after `as`."""
        for index in range(cue.start - 1, max(self._scene.parse.start, cue.start - 1 - _POSTPOSED) - 1, -1):
            if self._scene.within(index, "as") or (self._scene.tag(index).kind == "mark" and not cue.conjunction):
                return True
        return False
