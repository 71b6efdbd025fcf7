"""Turns two event mentions into how likely they tell of one happening: a sum of weighed likenesses, each with a name.

The sum is the logarithm of the odds of a log-linear model; `bench/stories.py` fits the weights on pairs marked by hand.
"""

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from tawazun.analyse.days import gap
from tawazun.analyse.words import mass_of
from tawazun.model.entries import DONE, EventType, Status
from tawazun.model.happenings import Ground, Joining, Likeness, Spot, Telling

Named = tuple[str, float]
"""Is a likeness: its name, and how much there is of it (1 where it is only there or not)."""

FAMILIES: dict[EventType, str] = {
    "CONSULT": "talk",
    "AGREE": "accord",
    "SUPPORT": "accord",
    "COOPERATE": "accord",
    "CONCEDE": "accord",
    "AID": "accord",
    "RETREAT": "accord",
    "REQUEST": "ask",
    "ACCUSE": "blame",
    "REJECT": "blame",
    "THREATEN": "blame",
    "PROTEST": "street",
    "SANCTION": "force",
    "MOBILIZE": "force",
    "COERCE": "force",
    "ASSAULT": "force",
}
"""Groups the types that readers and rules take for one another: only within a group are mentions compared."""
_HARM = "assault_kill"
"""Is the group of entries that say what became of people (killed, wounded), in the knowledge's own naming."""
_COPIED = 0.7
_LITTLE = 0.1
_MUCH = 60.0
_APART = "place: apart"
_NEAR = 40.0
_EARTH = 6371.0
_ASKED: frozenset[Status] = frozenset({"called_for", "conditional", "possible"})


def likeness(one: Telling, other: Telling, joining: Joining) -> Likeness:
    """Compares two mentions and says what speaks for and against one happening, the heaviest first."""
    weighed = [(name, amount, joining.weights.get(name, 0.0) * amount) for name, amount in likenesses(one, other, joining)]
    grounds = [Ground(name, "" if amount == 1.0 else f"{amount:.2f}", round(weight, 3)) for name, amount, weight in weighed]
    grounds.sort(key=lambda ground: (-abs(ground.weight), ground.name))
    return Likeness(one.id, other.id, sum(weight for _, _, weight in weighed), tuple(grounds))


def odds(one: Telling, other: Telling, joining: Joining) -> float:
    """Returns the log odds that two mentions tell of one happening, as `likeness` does, without the grounds."""
    weights = joining.weights
    return sum(weights.get(name, 0.0) * amount for name, amount in likenesses(one, other, joining))


def likenesses(one: Telling, other: Telling, joining: Joining) -> Iterator[Named]:
    """Yields what two mentions have in common and where they differ; it is the same whichever comes first."""
    yield "start", 1.0
    place = _place(one.spot, other.spot)
    yield place, 1.0
    together = one.article == other.article and one.sentence == other.sentence
    if together:
        yield "sentence: same", 1.0
    else:
        yield from _wording(one, other, joining, place == _APART)
    yield from _act(one, other, together)
    yield from _parties(one, other)
    yield _days(one, other), 1.0
    yield from _numbers(one, other)
    yield _status(one.status, other.status), 1.0
    if one.article == other.article:
        yield "article: same", 1.0
        if other.id in one.links or one.id in other.links:
            yield "article: told again", 1.0
    elif one.origin == other.origin:
        yield "article: copy", 1.0


def _wording(one: Telling, other: Telling, joining: Joining, apart: bool) -> Iterator[Named]:
    """Compares sentences; where one is a copy of the other, all they share says nothing on which of their acts are meant.

    One wording of two places is no copy but a way of telling such things.
    """
    shared = mass_of(one.words & other.words, joining)
    union = one.mass + other.mass - shared
    alike = shared / union if union else 0.0
    if alike >= _COPIED and not apart:
        yield ("sentence: copied, same word" if one.trigger == other.trigger else "sentence: copied, other word"), 1.0
    else:
        yield "wording: likeness", alike
        yield "wording: shared", min(shared, _MUCH) / 10
        if alike < _LITTLE and not _known(one) & _known(other):
            yield "wording: other, nobody known", 1.0
    if one.origin != other.origin:
        yield "heading: shared", min(mass_of(one.heading & other.heading, joining), _MUCH) / 10


def _known(telling: Telling) -> set[str]:
    return {key for party in telling.parties for key in party.keys}


def _act(one: Telling, other: Telling, together: bool) -> Iterator[Named]:
    yield ("type: same" if one.type == other.type else "type: other"), 1.0
    group, another = one.entry.partition(".")[0], other.entry.partition(".")[0]
    if one.entry == other.entry:
        yield ("act: same sense, same sentence" if together else "act: same sense"), 1.0
    elif one.type == other.type == "ASSAULT" and (group == _HARM) != (another == _HARM):
        yield "act: deed and harm", 1.0
    elif group == another == _HARM:
        yield "act: two harms", 1.0
    elif one.mode != other.mode:
        yield "act: other mode", 1.0
    if one.trigger == other.trigger:
        yield "act: same word", 1.0


def _parties(one: Telling, other: Telling) -> Iterator[Named]:
    first = {(party.role, key) for party in one.parties for key in party.keys}
    second = {(party.role, key) for party in other.parties for key in party.keys}
    known, there = {key for _, key in first}, {key for _, key in second}
    alike, shared = len(first & second), len(known & there)
    targets = {key for role, key in first & second if role == "target"}
    if targets and one.type == other.type:
        yield "actors: same target", 1.0
    if alike:
        yield ("actors: two the same" if alike > 1 else "actors: one the same"), 1.0
    elif shared:
        yield "actors: same, other role", 1.0
    elif known and there:
        yield "actors: others", 1.0
    common = 0
    for role in ("source", "target"):
        here = {key for part, key in first if part == role}
        yonder = {key for part, key in second if part == role}
        if here and yonder and not here & yonder:
            yield f"{role}: other actors", 1.0
        codes, others = _codes(one, role), _codes(other, role)
        common += len(codes & others)
        if codes and others and not codes & others:
            yield f"{role}: " + ("same country" if _countries(codes) & _countries(others) else "others"), 1.0
    if common:
        yield "codes: shared", float(min(common, 3))


def _codes(telling: Telling, role: str) -> set[str]:
    return {code for party in telling.parties if party.role == role for code in (party.code or "").split("+") if code}


def _countries(codes: set[str]) -> set[str]:
    return {code.partition(".")[0] for code in codes}


def _place(one: Spot | None, other: Spot | None) -> str:
    if one is None or other is None:
        return "place: not told" if one is None and other is None else "place: told once"
    if one.key == other.key:
        return "place: same" if one.lat is not None else "place: same country or name"
    if one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None:
        return "place: near" if _kilometres(one.lat, one.lon, other.lat, other.lon) <= _NEAR else _APART
    return "place: same country" if one.country and one.country == other.country else "place: other"


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Returns the great-circle distance in kilometres (haversine)."""
    a = sin(radians(other_lat - lat) / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(a))


def _days(one: Telling, other: Telling) -> str:
    if one.days and other.days:
        apart = gap(one.days, other.days)
        return "days: same" if apart == 0 else "days: one apart" if apart == 1 else "days: apart"
    if one.told and other.told:
        days, told = (one.days or other.days), (one.told if other.days else other.told)
        apart = gap(days, told) if days else gap(one.told, other.told)
        kind = "told and dated" if days else "told"
        return f"{kind}: same day" if apart == 0 else f"{kind}: one day apart" if apart == 1 else f"{kind}: days apart"
    return "days: not told"


def _numbers(one: Telling, other: Telling) -> Iterator[Named]:
    first, second = dict(one.magnitudes), dict(other.magnitudes)
    for kind in sorted(first.keys() & second.keys()):
        low, high = sorted((first[kind], second[kind]))
        yield ("numbers: same" if low == high else "numbers: close" if high <= 1.5 * low else "numbers: other"), 1.0


def _status(one: Status, other: Status) -> str:
    if one == other or {one, other} <= DONE:
        return "status: same" if one in DONE else "status: same, no fact"
    if {one, other} <= _ASKED:
        return "status: same, no fact"
    if "planned" in (one, other) and ({one, other} & DONE or "negated" in (one, other)):
        return "status: plan and outcome"
    return "status: other"
