"""Turns the speakers of a sentence into the one on whose word an act rests, by the weights where the rules waver."""

from collections.abc import Mapping, Sequence

import msgspec

from tawazun.code.attributions import Speakers
from tawazun.code.governors import Governor
from tawazun.code.holders import Holder
from tawazun.code.scenes import Scene
from tawazun.model.entries import VERBAL_TYPES
from tawazun.model.phrases import Predicate
from tawazun.model.referents import Referent
from tawazun.model.weights import Feature, Scorer
from tawazun.scorers.tables import add_up, probabilities, strongest, weights_of

_CLIMB = 6
_FAR = 4
Heard = tuple[Holder, list[Feature]]


class Voices:
    """Chooses the holders of a sentence's predicates."""

    __slots__ = ("_governors", "_held", "_referents", "_scene", "_scorer", "_speakers")

    def __init__(
        self,
        scene: Scene,
        speakers: Speakers,
        governor_of: Mapping[int, Governor],
        referents: Mapping[int, Referent],
        scorer: Scorer | None,
    ) -> None:
        self._scene, self._speakers, self._governors, self._referents, self._scorer = scene, speakers, governor_of, referents, scorer
        self._held: list[Holder] | None = None

    def of(self, predicate: Predicate, sources: Sequence[int]) -> tuple[Holder, ...]:
        """Returns the holders of a predicate, the innermost first; `sources` are the phrases of those who do the act."""
        if self._scorer is None:
            return self._speakers.of(predicate)
        chain, options = self.options(predicate, sources)
        if not options:
            return ()
        weights = [weights_of(self._scorer, features) for _, features in options]
        odds = [probabilities(add_up(self._scorer, found))[0] for found in weights]
        best = max(range(len(options)), key=odds.__getitem__)
        if odds[best] < self._scorer.thresholds[0]:
            return ()
        chosen = msgspec.structs.replace(options[best][0], grounds=strongest(options[best][1], weights[best], 1))
        at = next((n for n, holder in enumerate(chain) if holder.cue.index == chosen.cue.index), -1)
        outer = chain[at + 1 :] if at >= 0 else [holder for holder in chain if holder.cue.start < chosen.cue.start]
        return chosen, *outer

    def options(self, predicate: Predicate, sources: Sequence[int]) -> tuple[tuple[Holder, ...], list[Heard]]:
        """Returns the holders that the rules find, and each speaker that the act may rest on with its features."""
        chain, cues = self._speakers.of(predicate), self._cues()
        if not (chain or cues):
            return chain, []
        ranks = {holder.cue.index: str(min(rank, 2)) for rank, holder in enumerate(chain)}
        others = [h for h in cues if h.cue.index != predicate.index and h.cue.index not in ranks]
        path = self._path(predicate)
        nearest = max((h.cue.start for h in [*chain, *others] if h.cue.start < predicate.start), default=-1)
        found = []
        quoted = "quoted" if self._speakers.quoted(predicate) else "-"
        for holder in [*chain, *others]:
            rank = ranks.get(holder.cue.index, "none" if chain else "nobody")
            found.append((holder, self._features(predicate, holder, rank, path, nearest, sources, quoted)))
        return chain, found

    def _cues(self) -> list[Holder]:
        """Returns the speakers of the sentence's cues and acts of words."""
        if self._held is None:
            cues = [p for p in self._scene.parse.predicates if p.entry.speech is not None or p.entry.type in VERBAL_TYPES]
            found = (self._speakers.holder(cue) for cue in cues)
            self._held = [holder for holder in found if holder is not None]
        return self._held

    def _path(self, predicate: Predicate) -> dict[int, str]:
        """Returns how the predicates above an act govern it: by their slot, else by the clause it stands in; nearest first."""
        scene, found, current = self._scene, dict[int, str](), predicate
        for step in range(_CLIMB):
            governor = self._governors.get(current.index)
            if governor is None or governor.predicate in found:
                break
            found[governor.predicate] = f"{min(step, 2)} {governor.slot}"
            current = scene.parse.predicates[governor.predicate]
        return found

    def _clause(self, predicate: Predicate, cue: Predicate) -> str:
        """Says how the clause of a cue lies to that of an act."""
        clauses = self._scene.parse.clauses
        if predicate.clause == cue.clause:
            return "same"
        above, kinds = predicate.clause, []
        while above >= 0 and above != cue.clause:
            kinds.append(clauses[above].kind)
            above = clauses[above].parent
        if above >= 0:
            return "in " + kinds[-1] + ("/" + kinds[0] if len(kinds) > 1 else "")
        return "beside" if clauses[predicate.clause].parent == clauses[cue.clause].parent else "apart"

    def _features(
        self, predicate: Predicate, holder: Holder, rank: str, path: Mapping[int, str], nearest: int, sources: Sequence[int], quoted: str
    ) -> list[Feature]:
        scene, cue = self._scene, holder.cue
        type, part, saying = predicate.entry.type or "none", predicate.part, cue.entry.sort
        order = "before" if cue.start < predicate.start else "after"
        clause = self._clause(predicate, cue)
        governs = path.get(cue.index, "-")
        quotes = "quotes" if quoted == "quoted" and not self._speakers.quoted(cue) else "-"
        near = "nearest" if cue.start == nearest else "further" if order == "before" else "-"
        low, high = sorted((cue.start, predicate.start))
        between = sum([low < c.cue.start < high for c in self._cues()])
        doer = "doer" if holder.phrase >= 0 and holder.phrase in sources else "other" if sources else "nobody"
        verbal = "verbal" if type in VERBAL_TYPES else "deed"
        referent = self._referents.get(holder.phrase) if holder.phrase >= 0 else None
        who = (referent.kind if referent is not None else holder.voice) if holder.phrase >= 0 else "ending"
        own = scene.parse.clauses[predicate.clause].kind
        return [
            ("all",),
            ("rank", rank, saying),
            ("rank type", rank, type, doer),
            ("rank part", rank, part, saying),
            ("rank clause", rank, clause, order),
            ("rank entry", rank, cue.entry.id),
            ("rank act", rank, holder.act, part),
            ("rank article", rank, part, "definite" if scene.tag(predicate.start).article else "bare", governs),
            ("saying", saying, governs, part),
            ("saying clause", saying, clause, own, part),
            ("saying order", saying, order, near, str(min(between, _FAR))),
            ("saying verbal", saying, verbal, doer, governs),
            ("entry", cue.entry.id, order),
            ("entry clause", cue.entry.id, clause),
            ("entry verbal", cue.entry.id, verbal, doer),
            ("cue part", cue.part, saying, order, clause),
            ("quotes", quotes, quoted, saying, rank),
            ("who", who, holder.voice, saying),
            ("who rank", who, rank),
            ("act", predicate.entry.id, rank),
            ("near", near, rank, clause),
        ]
