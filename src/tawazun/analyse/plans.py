"""Turns event mentions into mentions of plans: who is to do what, with or for whom, in which window of days.

A meeting that its own participants plan is one, and so is one dated after its article, however it is worded. Of other acts an
undertaking is one: what somebody binds himself to by a pledge, or says that he will do by a day. A hostile act is one, as a measure, only
with a day. What has no window binds nobody to a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tawazun.analyse.units import Units
from tawazun.analyse.words import folded_words, stem
from tawazun.model.agendas import EntryKind, LeftOut
from tawazun.model.due_words import DueWords, Every
from tawazun.model.entries import DONE, EventType
from tawazun.model.evidence import Act, Corpus, Piece, Side, Who
from tawazun.model.happenings import Affixes, Spot

BENEFITS: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
"""Are the types of which a planned act may be owed."""
MEASURES: frozenset[EventType] = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE"})
"""Are the hostile types that are announced for a day; an attack isn't."""
_DOING = frozenset({"source"})
_BESIDE = 60
"""Is how many characters before and after a trigger are looked at for words beside it."""
_BEFORE, _AFTER, _NEXT = 2, 3, 2
"""Are how many words before and after a trigger stand beside it, and how many right after it."""

Window = tuple[int, int | None]
"""Is a first and a last day; None where it has no end."""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Is one telling of a plan. `units` are those of both sides, `people` the keys of who does it; `told` is the day of publication."""

    act: Act
    kind: EntryKind
    by: tuple[str, ...]
    to: tuple[str, ...]
    units: frozenset[str]
    people: frozenset[str]
    spot: Spot | None
    window: Window | None
    told: int | None
    postponed: bool
    every: Every | None
    pledge: str | None


def plans_of(corpus: Corpus, reading: "Reading") -> tuple[tuple[Mention, ...], LeftOut]:
    """Finds the mentions of plans, in the order of the corpus, and counts what makes none."""
    words = reading.words
    pledges = _pledges(corpus.acts, words)
    found: list[Mention] = []
    left: Counter[str] = Counter()
    claimed: set[str] = set()
    alone: list[Act] = []
    for act in corpus.acts:
        if act.entry in words.undertakings and act.status in DONE:
            alone.append(act)
        elif act.status == "planned" or is_ahead(act) or (act.type == "CONSULT" and act.status == "ongoing"):
            pledge = _pledge(act, pledges.get((act.article, act.sentence), ()))
            made = reading.mention(act, pledge)
            if pledge is not None and not isinstance(made, str):
                claimed.add(pledge.id)
            found.extend([] if isinstance(made, str) else [made])
            left.update([made] if isinstance(made, str) else [])
    for act in alone:
        if act.id not in claimed:
            made = reading.pledged(act)
            found.extend([] if isinstance(made, str) else [made])
            left.update([made] if isinstance(made, str) else [])
    found.sort(key=lambda mention: (mention.told or 0, mention.act.article, mention.act.start))
    return tuple(found), LeftOut(left["past"], left["nameless"], left["intentions"])


def is_ahead(act: Act) -> bool:
    """Tells whether a meeting that is worded as a fact is dated wholly after its publication, which only a plan can be."""
    return (
        act.type == "CONSULT" and act.status in DONE and act.days is not None and act.published is not None and act.days[0] > act.published
    )


def _pledges(acts: Iterable[Act], words: DueWords) -> Mapping[tuple[str, int], list[Act]]:
    """Returns the acts that bind who does them, by article and sentence."""
    found: dict[tuple[str, int], list[Act]] = defaultdict(list)
    for act in acts:
        if act.entry in words.undertakings and act.status in DONE:
            found[act.article, act.sentence].append(act)
    return found


def _pledge(act: Act, pledges: Sequence[Act]) -> Act | None:
    """Returns the pledge whose content an act is: the nearest before it in its sentence by the same people, as far as both name any."""
    before = [pledge for pledge in pledges if pledge.start < act.start]
    if not before:
        return None
    nearest = max(before, key=lambda pledge: pledge.start)
    own, others = _coded(act), _coded(nearest)
    return nearest if not own or not others or own & others else None


def _coded(act: Act) -> set[str]:
    return {code for side in act.sides if side.role in _DOING for code in (side.code or "").split("+") if code}


class Reading:
    """Reads mentions with the words that date, move and repeat them; units and stems are worked out once for all mentions."""

    def __init__(self, corpus: Corpus, words: DueWords, affixes: Affixes) -> None:
        self.actors: Mapping[str, Who] = corpus.actors
        self.articles: Mapping[str, Piece] = corpus.articles
        self.words, self.affixes = words, affixes
        self._put_off = _by_first(tuple(stem(word, affixes) for word in phrase) for phrase in words.put_off)
        self._was_put_off = _by_first(words.was_put_off)
        self._recurring = [(every, _by_first(phrases)) for every, phrases in words.recurring.items()]
        self.units = Units(corpus.acts, corpus.actors)

    def mention(self, act: Act, pledge: Act | None) -> Mention | str:
        """Reads a planned act; says why where it is no entry: `past`, `nameless`, `intentions`, or `none` where it is no plan at all."""
        kind = _kind(act)
        if kind is None:
            return "none"
        bound = pledge is not None or (act.word is not None and act.word.act == "promise")
        if kind != "meeting" and act.days is None and not (kind == "undertaking" and bound):
            return "intentions"
        after = self._after(act)
        every = self._every(act, after)
        if act.status != "planned" and every is None and not self._is_plan(act):
            return "none"
        postponed = self._is_put_off(act, after)
        window = self._window(act, postponed)
        if isinstance(window, str):
            return window
        doing = act.sides if pledge is None or _names(act) else (*(side for side in pledge.sides if side.role == "source"), *act.sides)
        return self._made(act, kind, doing, window, postponed, every, pledge.id if pledge else None)

    def _is_plan(self, act: Act) -> bool:
        """Tells whether what is worded as a fact is a plan by its date, and that date isn't counted from another act."""
        return is_ahead(act) and not _begins(tuple(folded_words(act.when or "")), self.words.counted, self.affixes)

    def pledged(self, act: Act) -> Mention | str:
        """Reads a pledge whose content is no act that the reader knows; a day up to that of publication is the day of the pledge itself."""
        window = self._window(act, False)
        ahead = window if isinstance(window, tuple) and act.days and (act.published is None or act.days[0] > act.published) else None
        return self._made(act, "undertaking", act.sides, ahead, False, None, act.id)

    def _made(
        self,
        act: Act,
        kind: EntryKind,
        sides: Sequence[Side],
        window: Window | None,
        postponed: bool,
        every: Every | None,
        pledge: str | None,
    ) -> Mention | str:
        by = self._named(sides, _DOING)
        to = tuple(name for name in self._named(sides, {"target", "beneficiary"}) if name not in by)
        if not by and (kind == "undertaking" or not (to or act.spot)):
            return "nameless"
        units = frozenset(unit for side in sides for unit in self.units.of_side(side))
        people = frozenset(key for side in sides if side.role == "source" for key in side.keys if self.is_person(key))
        return Mention(act, kind, by, to, units, people, act.spot, window, act.published, postponed, every, pledge)

    def _named(self, sides: Iterable[Side], roles: Iterable[str]) -> tuple[str, ...]:
        """Returns the units on one side, and the words of participants that are none."""
        found: dict[str, None] = {}
        for side in sides:
            if side.role in roles:
                found.update(dict.fromkeys(self.units.of_side(side) or ((side.text,) if side.text else ())))
        return tuple(found)

    def _window(self, act: Act, postponed: bool) -> Window | str | None:
        """Returns when an act is due, not before it was told; `past` where all its days lie before that."""
        if act.days is None:
            return None
        first, last = act.days
        told = act.published
        if told is not None and last < told:
            return "past"
        phrase = tuple(folded_words(act.when or ""))
        begin = first if told is None else max(first, told)
        if _begins(phrase, self.words.after, self.affixes):
            return begin, None
        if not postponed and told is not None and _begins(phrase, self.words.by, self.affixes):
            return told, last
        return begin, last

    def _every(self, act: Act, following: Sequence[str]) -> Every | None:
        """Returns how often an act comes again, by the words right after its trigger or by what dates it."""
        after = tuple(self._bare(word) for word in following[:_NEXT])
        dated = tuple(self._bare(word) for word in folded_words(act.when)) if act.when and act.days is None else ()
        return next((every for every, phrases in self._recurring if _holds(phrases, after) or _holds(phrases, dated)), None)

    def postponed(self, act: Act) -> bool:
        """Tells whether words beside a trigger say that the act was put off."""
        return self._is_put_off(act, self._after(act))

    def is_person(self, key: str) -> bool:
        """Tells whether an actor is a person."""
        return key in self.actors and self.actors[key].kind == "person"

    def _is_put_off(self, act: Act, following: Sequence[str]) -> bool:
        before = tuple(stem(word, self.affixes) for word in self._before(act))
        return _holds(self._put_off, before) or _holds(self._was_put_off, following)

    def _before(self, act: Act) -> list[str]:
        piece = self.articles[act.article]
        start, _ = piece.sentences[act.sentence]
        return folded_words(piece.text[max(start, act.start - _BESIDE) : act.start])[-_BEFORE:]

    def _after(self, act: Act) -> list[str]:
        piece = self.articles[act.article]
        _, end = piece.sentences[act.sentence]
        return folded_words(piece.text[act.end : min(end, act.end + _BESIDE)])[:_AFTER]

    def _bare(self, word: str) -> str:
        """Takes the article off a word; its ending stays, which tells an adjective of time from its noun."""
        bare = word.removeprefix(self.affixes.conjunction)
        article = next((prefix for prefix in self.affixes.prefixes if bare.startswith(prefix) and len(bare) > len(prefix) + 1), "")
        return bare.removeprefix(article)


def _kind(act: Act) -> EntryKind | None:
    if act.type == "CONSULT":
        return "meeting"
    return "undertaking" if act.type in BENEFITS else "measure" if act.type in MEASURES else None


def _names(act: Act) -> bool:
    return any(side.role == "source" and (side.code or side.keys) for side in act.sides)


def _begins(words: tuple[str, ...], phrases: Iterable[tuple[str, ...]], affixes: Affixes) -> bool:
    """Tells whether words begin with one of some phrases, a conjunction before it or not."""
    bare = (words[0].removeprefix(affixes.conjunction), *words[1:]) if words else ()
    return any(some[: len(phrase)] == phrase for phrase in phrases for some in (words, bare))


def _by_first(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, list[tuple[str, ...]]]:
    """Returns phrases by their first word."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        found[phrase[0]].append(phrase)
    return found


def _holds(phrases: Mapping[str, list[tuple[str, ...]]], words: Sequence[str]) -> bool:
    """Tells whether one of some phrases stands among words, its own one after the other."""
    for at, word in enumerate(words):
        if word in phrases and any(tuple(words[at : at + len(phrase)]) == phrase for phrase in phrases[word]):
            return True
    return False
