"""Turns event mentions into happenings: mentions of one act, told by different articles, are one.

Each mention joins the happening whose mentions it is most like, or begins one of its own. Nothing that was joined is parted again, so that
articles come in without redoing old ones; which mention comes first therefore matters a little, and docs/explanation/merging.md has the
figure. The look-up by keys and the likeness need nothing but the mentions, so a store can do the one in a table and call the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tawazun.analyse.likeness import FAMILIES, likeness, odds
from tawazun.base.ids import make_id
from tawazun.model.dossier import Because
from tawazun.model.happenings import Happening, Joined, Joining, Telling

BUCKET = 4
"""Is how many days share a key; what lies further apart than twice that isn't held together."""
ANCHOR_WORDS = 8
LATEST = 40
"""Is how many happenings at most are looked at for one key, the latest: so time stays linear in the number of mentions."""
CANDIDATES = 12
COMPARED = 4
"""Is how many mentions of a happening a new one is held against: the first, and the latest of other origins."""
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
    return frozenset(_keys(telling, joining, _buckets(telling))) if joinable(telling) else frozenset()


def wanted_keys(telling: Telling, joining: Joining) -> frozenset[str]:
    """Returns the keys under which a mention's happening may be: those of `keys_of` with the neighbouring stretches of days."""
    near = {bucket + step for bucket in _buckets(telling) for step in (-1, 0, 1)}
    return frozenset(_keys(telling, joining, near)) if joinable(telling) else frozenset()


def _buckets(telling: Telling) -> set[int]:
    found = {telling.told[0] // BUCKET} if telling.told else set()
    if telling.days and telling.days[1] - telling.days[0] <= LONG:
        found |= {telling.days[0] // BUCKET, telling.days[1] // BUCKET}
    return found or {0}


def _keys(telling: Telling, joining: Joining, buckets: Iterable[int]) -> Iterator[str]:
    anchors = {"actor " + key for party in telling.parties for key in party.keys}
    if telling.spot:
        anchors.add("place " + telling.spot.key)
    rare = sorted(word for word in telling.words if word not in joining.words and not word.isdigit())
    anchors.update("word " + word for word in sorted(rare, key=lambda word: (-len(word), word))[:ANCHOR_WORDS])
    family = FAMILIES[telling.type]
    return (f"{family}|{bucket}|{anchor}" for bucket in buckets for anchor in anchors)


def join(telling: Telling, candidates: Sequence[Happening], joining: Joining) -> Joined:
    """Returns the happening that a mention belongs to, with the mention in it, and those that it shows to be the same happening.

    `candidates` are happenings that share a key with it; others do no harm. The result doesn't depend on their order.
    """
    fitting: list[tuple[float, Happening]] = []
    if joinable(telling):
        scored = ((_score(telling, candidate, joining), candidate) for candidate in candidates)
        fitting = sorted((each for each in scored if each[0] >= joining.threshold), key=lambda each: (-each[0], each[1].id))
    if not fitting:
        made = Happening(make_id("happening", telling.id), (telling,), (telling.origin,))
        return Joined(made, True, None, ())
    best = fitting[0][1]
    nearest = max(_compared(best, telling), key=lambda other: (odds(telling, other, joining), other.id))
    alike = [other for _, other in fitting[1:BRIDGED] if _alike(best, other, joining) >= joining.threshold]
    whole = united((best, *alike))
    absorbed = tuple(sorted(each.id for each in (best, *alike) if each.id != whole.id))
    return Joined(extended(whole, telling), False, likeness(telling, nearest, joining), absorbed)


def because_of(joined: Joined) -> Because:
    """Returns the derivation of a mention's place: which mention it was found most like, and what each likeness added, heaviest first."""
    found = joined.likeness
    if found is None:
        return Because("happening: new", joined.happening.id)
    children = tuple(Because("weight: " + ground.name, f"{ground.says} {ground.weight:+.2f}".lstrip()) for ground in found.grounds)
    return Because("happening: same", f"{joined.happening.id}, as {found.other} ({found.odds:+.2f})", (), children)


def united(happenings: Sequence[Happening]) -> Happening:
    """Returns one happening of several, under the id of the one that was told first."""
    ordered = sorted(happenings, key=lambda each: (each.tellings[0].published or "~", each.id))
    tellings = tuple(telling for each in ordered for telling in each.tellings)
    return Happening(ordered[0].id, tellings, tuple(dict.fromkeys(origin for each in ordered for origin in each.origins)))


def extended(happening: Happening, telling: Telling) -> Happening:
    """Returns a happening with one mention more."""
    origins = happening.origins if telling.origin in happening.origins else (*happening.origins, telling.origin)
    return msgspec.structs.replace(happening, tellings=(*happening.tellings, telling), origins=origins)


def _score(telling: Telling, happening: Happening, joining: Joining) -> float:
    """Returns half the best and half the mean log odds against the happening's mentions: near one of them, and not far from the others."""
    found = [odds(telling, other, joining) for other in _compared(happening, telling)]
    return (max(found) + sum(found) / len(found)) / 2


def _alike(one: Happening, other: Happening, joining: Joining) -> float:
    """Returns half the best and half the mean log odds between the mentions of two happenings."""
    found = [odds(a, b, joining) for a in _compared(one, other.tellings[0]) for b in _compared(other, one.tellings[0])]
    return (max(found) + sum(found) / len(found)) / 2


def _compared(happening: Happening, telling: Telling) -> list[Telling]:
    chosen = {happening.tellings[0].id: happening.tellings[0]}
    seen: set[tuple[str, int]] = set()
    for other in reversed(happening.tellings):
        place = (other.origin, other.sentence)
        if len(chosen) == COMPARED:
            break
        if place not in seen or other.article == telling.article:
            seen.add(place)
            chosen[other.id] = other
    return list(chosen.values())


class Happenings:
    """Is the happenings of a run in memory: the same look-up by keys that a store does in a table."""

    def __init__(self, joining: Joining) -> None:
        self.joining = joining
        self._found: dict[str, Happening] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._kept: dict[str, set[str]] = defaultdict(set)
        self._now: dict[str, str] = {}

    def add(self, telling: Telling) -> Joined:
        """Joins one mention and keeps the result."""
        joined = join(telling, self.candidates(telling), self.joining)
        happening = joined.happening
        self._found[happening.id] = happening
        for id in joined.absorbed:
            del self._found[id]
            self._now[id] = happening.id
            for key in self._kept.pop(id):
                self._keep(key, happening.id)
        for key in keys_of(telling, self.joining):
            self._keep(key, happening.id)
        return joined

    def put(self, happening: Happening) -> None:
        """Keeps a happening of an earlier run, so that mentions may join it."""
        self._found[happening.id] = happening
        for telling in happening.tellings:
            for key in keys_of(telling, self.joining):
                self._keep(key, happening.id)

    def _keep(self, key: str, id: str) -> None:
        if key not in self._kept[id]:
            self._kept[id].add(key)
            self._by_key[key].append(id)

    def candidates(self, telling: Telling) -> list[Happening]:
        """Returns the happenings that share the most keys with a mention."""
        counts: Counter[str] = Counter()
        for key in wanted_keys(telling, self.joining):
            counts.update({self.current(id) for id in self._by_key.get(key, ())[-LATEST:]})
        ranked = sorted(counts, key=lambda id: (-counts[id], id))
        return [self._found[id] for id in ranked[:CANDIDATES]]

    def current(self, id: str) -> str:
        """Returns the id under which the happening with an earlier id is kept now."""
        while id in self._now:
            id = self._now[id]
        return id

    def all(self) -> Mapping[str, Happening]:
        """Returns the happenings by their ids, in the order in which they began."""
        return self._found
