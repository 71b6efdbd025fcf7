"""Turns event mentions into happenings: mentions of one act, told by different articles, are one.

Each mention joins the happening whose mentions it is most like, or begins one of its own. Nothing that was joined is parted again, so that
articles come in without redoing old ones; which mention comes first therefore matters a little, and docs/explanation/merging.md has the
figure. The look-up by keys and the likeness need nothing but the mentions, so a store can do the one in a table and call the other.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from math import fsum, log2
from types import MappingProxyType

from tawazun.analyse.likeness import FAMILIES, likeness, odds
from tawazun.base.ids import make_id
from tawazun.model.dossier import Because
from tawazun.model.happenings import Happening, Joined, Joining, Telling

Entry = tuple[str, str, int, str]
"""Names a mention in a list by its place among all mentions; its id comes last."""
Nearest = Mapping[str, Sequence[Telling]]
BUCKET = 4
"""Is how many days share a key; what lies further apart than twice that isn't held together."""
ANCHOR_WORDS = 8
LATEST = 20
"""Is how many mentions at most are looked at for one key, the latest: so time stays linear in the number of mentions."""
CANDIDATES = 6
COMPARED = 4
"""Is how many mentions of a happening a new one is held against: the first, the nearest by anchors, and the latest of other origins."""
NEAREST = 2
DOUBLED = 0.2
"""Is how much more the log odds must be for each doubling of a happening's mentions."""
BRIDGED = 4
"""Is how many happenings at most one mention may show to be the same."""
LONG = 31


def joinable(telling: Telling) -> bool:
    """Tells whether a mention says enough to be known again: who (a code or a known actor), where, or on which day."""
    return bool(telling.days or telling.spot or any(party.code or party.keys for party in telling.parties))


def keys_of(telling: Telling, joining: Joining) -> frozenset[str]:
    """Returns the keys under which a store keeps the happening of a mention: family, stretch of days, and an actor, place or rare word.

    Two mentions of one happening should share a key of one and a `wanted_keys` of the other. None for a mention that joins nothing.
    """
    return _keys(telling, joining, _buckets(telling))


def wanted_keys(telling: Telling, joining: Joining) -> frozenset[str]:
    """Returns the keys under which a mention's happening may be: those of `keys_of` with the neighbouring stretches of days."""
    return _keys(telling, joining, _near(telling))


def _keys(telling: Telling, joining: Joining, buckets: Iterable[int]) -> frozenset[str]:
    return frozenset(f"{bucket}|{anchor}" for bucket in buckets for anchor in _anchors(telling, joining))


def _buckets(telling: Telling) -> set[int]:
    found = {telling.told[0] // BUCKET} if telling.told else set()
    if telling.days and telling.days[1] - telling.days[0] <= LONG:
        found |= {telling.days[0] // BUCKET, telling.days[1] // BUCKET}
    return found or {0}


def _near(telling: Telling) -> set[int]:
    return {bucket + step for bucket in _buckets(telling) for step in (-1, 0, 1)}


def _anchors(telling: Telling, joining: Joining) -> list[str]:
    """Returns by what a mention is found again, within its family of types: its known actors, its place, its rarest words."""
    if not joinable(telling):
        return []
    family, common = FAMILIES[telling.type], joining.words
    found = [f"{family} actor {key}" for key in telling.cast.known]
    if telling.spot:
        found.append(f"{family} place {telling.spot.key}")
    rare = [(-len(word), word) for word in telling.words if word not in common and not word.isdigit()]
    found.extend(f"{family} word {word}" for _, word in nsmallest(ANCHOR_WORDS, rare))
    return found


def join(telling: Telling, candidates: Sequence[Happening], joining: Joining, nearest: Nearest = MappingProxyType({})) -> Joined:
    """Returns the happening that a mention belongs to, with the mention in it, and those that it shows to be the same happening.

    `candidates` are happenings that share anchors with it; others do no harm. `nearest` names those of their mentions, by the ids of the
    happenings, that share the most. The result doesn't depend on the order of the candidates.
    """
    fitting: list[tuple[float, Happening, Telling]] = []
    if joinable(telling):
        compared = ((each, _compared(each, telling, nearest.get(each.id, ()))) for each in candidates)
        scored = ((*_score([(telling, other) for other in others], joining), each) for each, others in compared)
        found = ((score - _bound(each, joining), each, other) for score, (_, other), each in scored)
        fitting = sorted((each for each in found if each[0] >= 0), key=lambda each: (-each[0], each[1].id))
    if not fitting:
        made = Happening(make_id("happening", telling.id), (telling,), (telling.origin,))
        return Joined(made, True, None, ())
    _, best, likest = fitting[0]
    alike = [other for _, other, _ in fitting[1:BRIDGED] if _alike(best, other, joining)]
    whole = united((best, *alike))
    absorbed = tuple(sorted(each.id for each in (best, *alike) if each.id != whole.id))
    return Joined(extended(whole, telling), False, likeness(telling, likest, joining), absorbed)


def because_of(joined: Joined) -> Because:
    """Returns the derivation of a mention's place: which mention it was found most like, and what each likeness added, heaviest first."""
    found = joined.likeness
    if found is None:
        return Because("happening: new", joined.happening.id)
    children = tuple(Because("weight: " + ground.name, f"{ground.says} {ground.weight:+.2f}".lstrip()) for ground in found.grounds)
    return Because("happening: same", f"{joined.happening.id}, as {found.other} ({found.odds:+.2f})", (), children)


def united(happenings: Sequence[Happening]) -> Happening:
    """Returns one happening of several, under the id of the one that was told first."""
    if len(happenings) == 1:
        return happenings[0]
    first = min(happenings, key=lambda each: (each.tellings[0].published or "~", each.id))
    return _whole(first.id, (telling for each in happenings for telling in each.tellings))


def extended(happening: Happening, telling: Telling) -> Happening:
    """Returns a happening with one mention more."""
    if telling.order < happening.tellings[-1].order:
        return _whole(happening.id, (*happening.tellings, telling))
    origins = happening.origins if telling.origin in happening.origins else (*happening.origins, telling.origin)
    return Happening(happening.id, (*happening.tellings, telling), origins)


def _whole(id: str, tellings: Iterable[Telling]) -> Happening:
    ordered = tuple(sorted(tellings, key=lambda telling: telling.order))
    return Happening(id, ordered, tuple(dict.fromkeys(telling.origin for telling in ordered)))


def _score(pairs: Sequence[tuple[Telling, Telling]], joining: Joining) -> tuple[float, tuple[Telling, Telling]]:
    """Returns half the best and half the mean log odds of pairs, and the best pair: what joins is near one, and not far from the others."""
    found = [odds(one, other, joining) for one, other in pairs]
    best = max(range(len(found)), key=lambda at: (found[at], pairs[at][1].id, pairs[at][0].id))
    return (found[best] + fsum(found) / len(found)) / 2, pairs[best]


def _alike(one: Happening, other: Happening, joining: Joining) -> bool:
    """Tells whether two happenings are the same, by their mentions."""
    first, second = _compared(one, other.tellings[0]), _compared(other, one.tellings[0])
    score, _ = _score([(a, b) for a in first for b in second], joining)
    return score >= max(_bound(one, joining), _bound(other, joining))


def _bound(happening: Happening, joining: Joining) -> float:
    """Returns the least score that joins: it grows with each doubling, as what joins wrongly is then wrong with so many more mentions."""
    return joining.threshold + DOUBLED * log2(len(happening.tellings))


def _compared(happening: Happening, telling: Telling, nearest: Iterable[Telling] = ()) -> list[Telling]:
    """Returns the first mention, those named, and the latest of other sentences."""
    chosen = {happening.tellings[0].id: happening.tellings[0], **{other.id: other for other in nearest}}
    seen = {(other.origin, other.sentence) for other in chosen.values()}
    for other in reversed(happening.tellings):
        place = (other.origin, other.sentence)
        if len(chosen) >= COMPARED:
            break
        if place not in seen or other.article == telling.article:
            seen.add(place)
            chosen[other.id] = other
    return list(chosen.values())


class Happenings:
    """Is the happenings of a run in memory, and the mentions by stretch of days and anchor.

    What is found for a mention depends on the mentions that were put in, not on the order in which they were.
    """

    def __init__(self, joining: Joining) -> None:
        self.joining = joining
        self._found: dict[str, Happening] = {}
        self._mentions: dict[int, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        self._tellings: dict[str, Telling] = {}
        self._of: dict[str, str] = {}
        self._now: dict[str, str] = {}

    def add(self, telling: Telling) -> Joined:
        """Joins one mention and keeps the result."""
        anchors = _anchors(telling, self.joining)
        nearest = self._nearest(telling, anchors)
        joined = join(telling, [self._found[each] for each in nearest], self.joining, nearest)
        id = joined.happening.id
        self._found[id] = joined.happening
        for other in joined.absorbed:
            del self._found[other]
            self._now[other] = id
        self._keep(telling, anchors, id)
        return joined

    def put(self, happening: Happening) -> None:
        """Keeps a happening of an earlier run, so that mentions may join it."""
        self._found[happening.id] = happening
        for telling in happening.tellings:
            self._keep(telling, _anchors(telling, self.joining), happening.id)

    def _keep(self, telling: Telling, anchors: Sequence[str], id: str) -> None:
        self._tellings[telling.id] = telling
        self._of[telling.id] = id
        entry = telling.order
        for bucket in _buckets(telling):
            table = self._mentions[bucket]
            for anchor in anchors:
                entries = table[anchor]
                if not entries or entries[-1] < entry:
                    entries.append(entry)
                else:
                    insort(entries, entry)
                if len(entries) > 2 * LATEST:
                    del entries[:-LATEST]

    def candidates(self, telling: Telling) -> list[Happening]:
        """Returns the happenings with the mentions that share the most anchors with a mention."""
        return [self._found[id] for id in self._nearest(telling, _anchors(telling, self.joining))]

    def _nearest(self, telling: Telling, anchors: Sequence[str]) -> dict[str, list[Telling]]:
        """Returns the mentions that share the most anchors with one, by their happenings: two, or one and the sense of the act."""
        shared: Counter[Entry] = Counter()
        tables = [table for bucket in _near(telling) if (table := self._mentions.get(bucket))]
        for anchor in anchors:
            shared.update({entry for table in tables for entry in table.get(anchor, ())[-LATEST:]})
        found: dict[str, list[Telling]] = {}
        for _, entry in sorted(((count, entry) for entry, count in shared.items()), reverse=True):
            other = self._tellings[entry[-1]]
            if shared[entry] > 1 or other.entry == telling.entry:
                id = self.current(self._of[other.id])
                if id not in found and len(found) < CANDIDATES:
                    found[id] = [other]
                elif id in found and len(found[id]) < NEAREST:
                    found[id].append(other)
        return found

    def current(self, id: str) -> str:
        """Returns the id under which the happening with an earlier id is kept now."""
        while id in self._now:
            id = self._now[id]
        return id

    def all(self) -> Mapping[str, Happening]:
        """Returns the happenings by their ids, in the order in which they began."""
        return self._found
