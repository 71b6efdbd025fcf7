"""Turns articles and acts into cards: if something, then something, on whose word, how sure, and what later articles tell of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from unicodedata import lookup

import msgspec

from tawazun.analyse.conditions import halves_of
from tawazun.analyse.copies import once
from tawazun.analyse.days import iso_of, iso_or_none
from tawazun.analyse.voices import Voices
from tawazun.analyse.wordings import Found, any_of, find
from tawazun.analyse.words import folded_words
from tawazun.model.entries import DONE, ParticipantRole
from tawazun.model.evidence import Act, Corpus, Piece
from tawazun.model.scenarios import Card, Certainty, Outcome, Part, Voice
from tawazun.model.wordings import ConditionWords, Cue

_LONGEST = 180
"""Is for how many days a card is watched."""
_SERVILE = frozenset(
    lookup("ARABIC LETTER " + name) for name in ("ALEF", "WAW", "YEH", "HEH", "TEH", "SEEN", "MEEM", "NOON", "LAM", "FEH", "BEH")
)
"""Are the letters that stand before, within and after roots."""
_HOSTILE = frozenset({"THREATEN", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
_ANNOUNCED = frozenset({"planned"})
_SIDES: tuple[ParticipantRole, ...] = ("source", "target")
_SHORT = 2
_HEAD, _LATER_HEAD = 2, 6
"""Are within how many words of its half a trigger must begin to be what is set as a condition, or to follow, not only mentioned."""


def cards_of(corpus: Corpus, voices: Voices, words: ConditionWords, limit: int | None = None) -> tuple[Card, ...]:
    """Returns the conditions that a corpus' articles set, the last first, watched against what was published later."""
    pieces = [piece for piece in corpus.articles.values() if piece.published is None or piece.published <= corpus.as_of]
    told = find(words.cues, sorted(pieces, key=lambda piece: (piece.published or 0, piece.id)))
    made = (_card(found, corpus.articles[found.article], voices, words) for found in told)
    cards = once(
        (card for card in made if card is not None), lambda card: tuple(folded_words(f"{card.condition.text} {card.consequence.text}"))
    )
    cards.sort(key=lambda card: (card.published or "", card.article, card.start), reverse=True)
    watching = _Watching(corpus, voices, words, pieces)
    return tuple(watching.watched(card) for card in cards[:limit])


def _card(found: Found[Cue], piece: Piece, voices: Voices, words: ConditionWords) -> Card | None:
    halves = halves_of(found, piece, words)
    if halves is None:
        return None
    start, end = piece.sentences[found.sentence]
    near = _HEAD, _LATER_HEAD
    condition, consequence = (
        _part(piece, voices.acts_in(piece, found.sentence, *half), half, most) for half, most in zip(halves, near, strict=True)
    )
    voice = voices.voice(piece, found.sentence, found.start)
    acts = voices.acts_in(piece, found.sentence, *halves.consequence)
    return Card(
        article=piece.id,
        outlet=piece.outlet,
        published=iso_or_none(piece.published),
        kind=found.entry.kind,
        cue=piece.text[found.start : found.end],
        voice=voice,
        certainty=_certainty(found.entry, consequence.text, piece.text[start:end], acts, voice, voices, words),
        condition=condition,
        consequence=consequence,
        sentence=piece.text[start:end],
        start=start,
        end=end,
        origins=(piece.origin,),
    )


def _part(piece: Piece, acts: Sequence[Act], half: tuple[int, int], near: int) -> Part:
    head = next((act for act in acts if len(piece.text[half[0] : act.start].split()) < near), None)
    return Part(
        piece.text[half[0] : half[1]], tuple(act.id for act in acts), head.id if head else None, "open" if head else "unwatched", ()
    )


def _certainty(
    cue: Cue, consequence: str, sentence: str, acts: Sequence[Act], voice: Voice, voices: Voices, words: ConditionWords
) -> Certainty:
    """Says how sure a consequence is: unreal, possible by its words, threatened where it is hostile, promised by who would do it."""
    if cue.kind == "unreal":
        return "unreal"
    if any_of(words.possible, consequence) or any(act.status == "possible" for act in acts):
        return "possible"
    if any_of(words.threatened, sentence) or any(act.type in _HOSTILE for act in acts):
        return "threatened"
    doers = {unit for act in acts for unit in voices.units.in_role(act, "source")}
    return "promised" if doers & set(voice.units) or any_of(words.own, consequence) else "expected"


class _Watching:
    """Holds what later articles tell, by type, mode and word of the act."""

    def __init__(self, corpus: Corpus, voices: Voices, words: ConditionWords, pieces: Iterable[Piece]) -> None:
        self.corpus, self.voices = corpus, voices
        self.acts = {act.id: act for act in corpus.acts}
        self.kin: dict[tuple[str, str | None, str], list[Act]] = defaultdict(list)
        for act in corpus.acts:
            if act.published is not None and act.status in DONE | _ANNOUNCED:
                self.kin[_kind(act)].append(act)
        self.first: dict[str, int] = {}
        for act in corpus.acts:
            if act.published is not None:
                self.first[act.happening] = min(self.first.get(act.happening, act.published), act.published)
        self.sayings = [(corpus.articles[found.article], found) for found in find(words.met, pieces)]

    def watched(self, card: Card) -> Card:
        """Returns a card with what came of its halves."""
        condition = self._outcome(card, card.condition)
        consequence = self._outcome(card, card.consequence)
        if condition.outcome != "met" and (said := self._said(card)) is not None:
            condition = msgspec.structs.replace(condition, outcome="met", said=said)
        return msgspec.structs.replace(card, condition=condition, consequence=consequence)

    def _outcome(self, card: Card, part: Part) -> Part:
        asked = self.acts.get(part.watched or "")
        if asked is None or asked.published is None or card.kind == "unreal":
            return msgspec.structs.replace(part, outcome="unwatched", watched=None)
        later = [act for act in self.kin[_kind(asked)] if self._answers(act, asked)]
        done = [act for act in later if act.status in DONE]
        outcome: Outcome = "matched" if done else "announced" if later else "open"
        return msgspec.structs.replace(part, outcome=outcome, later=tuple(act.id for act in done or later))

    def _answers(self, act: Act, asked: Act) -> bool:
        """Tells whether a later act is what was asked for: every side and place that is known agrees, two at
        least; both are of one type, mode and word.
        """
        assert act.published is not None and asked.published is not None
        if not asked.published < act.published <= asked.published + _LONGEST or self.first[act.happening] <= asked.published:
            return False
        if act.days is not None and act.days[1] < asked.published:
            return False
        agreed = [_agree(self._units(asked, role), self._units(act, role)) for role in _SIDES]
        agreed += [_agree(_known(asked.spot and asked.spot.country), _known(act.spot and act.spot.country))]
        return False not in agreed and agreed.count(True) >= 2

    def _units(self, act: Act, role: ParticipantRole) -> set[str]:
        return set(self.voices.units.in_role(act, role))

    def _said(self, card: Card) -> str | None:
        """Returns the first later sentence that says the condition of one of its holder's cards was met, naming the holder."""
        watched = self.acts.get(card.consequence.watched or "")
        setters = {*card.voice.units, *(self._units(watched, "source") if watched else ())}
        if not setters or card.published is None or card.kind == "unreal":
            return None
        published = date.fromisoformat(card.published).toordinal()
        for piece, found in self.sayings:
            if piece.published is None or not published < piece.published <= published + _LONGEST:
                continue
            begin, end = piece.sentences[found.sentence]
            named = {unit for one in self.voices.named(piece, begin, end) for unit in one.units}
            if named & setters and _alike(card, piece.text[begin:end]):
                outlet = piece.outlet or piece.id
                return f"{outlet} · {iso_of(piece.published)}: {piece.text[begin:end]}"
        return None


def _kind(act: Act) -> tuple[str, str | None, str]:
    return act.type, act.mode, _stem(act.trigger)


@lru_cache(maxsize=50_000)
def _stem(trigger: str) -> str:
    """Returns the rarer letters of a trigger's first long word, or all of it where it has fewer than two."""
    word = next((word for word in folded_words(trigger) if len(word) > _SHORT), trigger)
    kept = "".join(letter for letter in word if letter not in _SERVILE)
    return kept if len(kept) > 1 else word


def _known(value: str | None) -> set[str]:
    return {value} if value else set()


def _agree(asked: set[str], told: set[str]) -> bool | None:
    """Tells whether what is asked and what is told have something in common; None where nothing is asked."""
    if not asked:
        return None
    return bool(asked & told)


def _alike(card: Card, sentence: str) -> bool:
    """Tells whether a sentence shares two words with the consequence, by their first letters."""
    asked, told = ({word[:5] for word in folded_words(text) if len(word) > _SHORT + 1} for text in (card.consequence.text, sentence))
    return len(asked & told) > 1
