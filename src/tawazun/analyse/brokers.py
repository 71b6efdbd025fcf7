"""Turns contacts into possible go-betweens of two units: those with cooperative contacts to both, and pairs that reach both together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tawazun.analyse.barometers import ENOUGH, tone_of
from tawazun.analyse.deeds import contacts_of, deeds_of
from tawazun.analyse.units import Units
from tawazun.model.brokers import Chain, GoBetween, GoBetweens
from tawazun.model.evidence import Contact, Corpus, Support

_CONVENING = frozenset({"mediator", "host"})
Contacts = dict[tuple[str, str], list[Contact]]


def go_betweens(corpus: Corpus, one: str, other: str, limit: int = 10) -> GoBetweens:
    """Ranks the units that might go between two by the lesser of their numbers of cooperative happenings with either."""
    found: Contacts = defaultdict(list)
    for contact in contacts_of(deeds_of(corpus)):
        found[contact.one, contact.other].append(contact)
        found[contact.other, contact.one].append(contact)
    convened = _convened(corpus, one, other)
    near = {unit for first, unit in found if first in (one, other)} - {one, other}
    ranked = [_go_between(unit, one, other, found, convened.get(unit, ())) for unit in sorted(near)]
    ranked = sorted((item for item in ranked if item.reach), key=lambda item: (-item.reach, -item.with_one - item.with_other, item.unit))
    chains = sorted(_chains(one, other, found, near), key=lambda chain: (-chain.reach, chain.first, chain.second))
    return GoBetweens(one, other, len(_kind(found[one, other])), tuple(ranked[:limit]), tuple(chains[:limit]))


def _kind(contacts: Sequence[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.sign > 0]


def _tone(contacts: Sequence[Contact]) -> float:
    signs = [contact.sign for contact in contacts]
    return tone_of(signs.count(1), signs.count(-1))


def _events(contacts: Sequence[Contact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act.id for contact in contacts for act in contact.deed.acts))


def _support(reach: int) -> Support:
    return "enough" if reach >= ENOUGH else "thin" if reach else "none"


def _go_between(unit: str, one: str, other: str, found: Contacts, convened: Sequence[str]) -> GoBetween:
    first, second = found.get((unit, one), []), found.get((unit, other), [])
    kind = _kind(first), _kind(second)
    reach = min(map(len, kind))
    lean = round(_tone(first) - _tone(second), 4)
    events = _events(kind[0]) + _events(kind[1])
    return GoBetween(unit, reach, len(kind[0]), len(kind[1]), lean, _support(reach), tuple(convened), events)


def _chains(one: str, other: str, found: Contacts, near: set[str]) -> Iterator[Chain]:
    """Yields the pairs of units that are in contact, of which the first reaches one side and the second the other."""
    for first in sorted(near):
        for second in sorted(near - {first}):
            links = [_kind(found.get(pair, [])) for pair in ((one, first), (first, second), (second, other))]
            if reach := min(map(len, links)):
                yield Chain(first, second, reach, _support(reach), tuple(id for link in links for id in _events(link)))


def _convened(corpus: Corpus, one: str, other: str) -> dict[str, list[str]]:
    """Returns, by unit, the mentions in which it hosted or mediated for one of two units."""
    found: dict[str, list[str]] = defaultdict(list)
    units = Units(corpus.acts, corpus.actors)
    for act in corpus.acts:
        convening = [side for side in act.sides if side.role in _CONVENING]
        others = {unit for side in act.sides if side.role not in _CONVENING for unit in units.of_side(side)} if convening else set()
        if others & {one, other}:
            for unit in dict.fromkeys(unit for side in convening for unit in units.of_side(side)):
                found[unit].append(act.id)
    return found
