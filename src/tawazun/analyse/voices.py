"""Turns a place in an article into who speaks there and whom its sentence names, also where no act was read."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tawazun.analyse.units import Units
from tawazun.analyse.wordings import any_of, spans_of
from tawazun.model.dossier import Actor
from tawazun.model.evidence import Act, Piece, Who
from tawazun.model.scenarios import Voice
from tawazun.model.wordings import VoiceWords

_NEAR = 60
"""Is how many characters behind a word of speech its speaker is named at most."""
_BACK = 3


class Named(NamedTuple):
    """Is a mention of units, with its offsets in the article."""

    start: int
    end: int
    units: tuple[str, ...]


class Voices:
    """Knows the acts and names of articles, and tells who speaks."""

    def __init__(self, acts: Iterable[Act], actors: Mapping[str, Who], words: VoiceWords) -> None:
        self.words = words
        acts = tuple(acts)
        self.units = Units(acts, actors)
        self.by_sentence: dict[tuple[str, int], list[Act]] = {}
        for act in acts:
            self.by_sentence.setdefault((act.article, act.sentence), []).append(act)

    def acts_in(self, piece: Piece, sentence: int, start: int, end: int) -> list[Act]:
        """Returns the acts of a sentence whose triggers begin in a stretch of the article."""
        return [act for act in self.by_sentence.get((piece.id, sentence), ()) if start <= act.start < end]

    def named(self, piece: Piece, start: int, end: int) -> list[Named]:
        """Returns the mentions of units in a stretch of an article, in order."""
        found = [
            Named(mention.start, mention.end, self._units(actor))
            for actor in piece.named
            for mention in actor.mentions
            if start <= mention.start < end
        ]
        return sorted(one for one in found if one.units)

    def _units(self, actor: Actor) -> tuple[str, ...]:
        keys = (actor.wikidata,) if actor.wikidata else ()
        return self.units.of(actor.code, keys)

    def voice(self, piece: Piece, sentence: int, start: int) -> Voice:
        """Returns who says what begins at `start`: the holder of the nearest act, who is named after a word of speech, or, where the
        sentence only goes on, who spoke before; else the author.
        """
        for index in range(sentence, max(-1, sentence - _BACK), -1):
            told = self._holder(piece, index, start)
            if told is not None:
                return told
            if not self._goes_on(piece, index):
                break
        return Voice("", (), True)

    def _goes_on(self, piece: Piece, index: int) -> bool:
        begin = piece.sentences[index][0]
        opening = " ".join(piece.text[begin : begin + 80].split()[:3])
        return any_of(self.words.goes_on, opening)

    def _holder(self, piece: Piece, index: int, start: int) -> Voice | None:
        spoken = [act for act in self.by_sentence.get((piece.id, index), ()) if act.word is not None]
        for act in sorted(spoken, key=lambda act: abs(act.start - start)):
            assert act.word is not None
            codes = "+".join(act.word.codes)
            units = self.units.of(codes or None, act.word.keys)
            if units or act.word.voice == "named":
                return Voice(act.word.text, units or self._named_in(piece, index, act.word.text), self._judges(act.word.text))
        return self._named_speaker(piece, index)

    def _named_in(self, piece: Piece, index: int, text: str) -> tuple[str, ...]:
        at = piece.text.find(text, *piece.sentences[index])
        return tuple(unit for one in self.named(piece, at, at + len(text)) for unit in one.units) if at >= 0 else ()

    def _named_speaker(self, piece: Piece, index: int) -> Voice | None:
        begin, end = piece.sentences[index]
        for _, behind in sorted(spans_of(self.words.speech, piece.text[begin:end])):
            silent = any_of(self.words.clauses, " ".join(piece.text[begin + behind : begin + behind + _NEAR].split()[:1]))
            first, last = (begin, begin + behind) if silent else (begin + behind, begin + behind + _NEAR)
            found = [(one.start, one.end, actor) for actor in piece.named for one in actor.mentions if first <= one.start < last]
            for first, last, actor in sorted(found, key=lambda one: one[:2]):
                name = piece.text[first:last]
                return Voice(name, self._units(actor), self._judges(name))
        return None

    def _judges(self, name: str) -> bool:
        return any_of((f"+{word}" for word in self.words.analysts), name)
