"""Turns participants into the units whose relations are analysed: states, international bodies, and known groups within states.

A state's government, army, services, parliament and courts act for it, and so does a participant of its name alone. Armed groups, parties
and other bodies with a name of their own are units of their own; those without one go by their code, and so do international bodies.
Citizens, gunmen and whoever is only described are none: they stand with nobody for long.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from tawazun.base.letters import fold_word
from tawazun.model.entries import DONE, ParticipantRole
from tawazun.model.evidence import Act, Side, Who

_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{3})?")
_STATE = frozenset({"", "GOV", "MIL", "SPY", "LEG", "JUD", "COP"})
_BODIES = frozenset({"REB", "PTY", "OPP", "PRM", "SEP", "INS"})
_OWN = frozenset({"armed_group", "party", "organisation"})
_ROLES = ("source", "target")
_RIVALS = frozenset({"GOV", "MIL"})
_ENOUGH = 8
_COUNTRYLESS = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})


class Units:
    """Tells which units participants are or belong to; what was asked once is remembered, since most come again and again.

    A country whose government and army act against each other in at least eight happenings is divided: each of its sectors is a unit.
    """

    def __init__(self, acts: Iterable[Act], actors: Mapping[str, Who]) -> None:
        self._actors, self._divided = actors, divided_countries(acts)
        self._known: dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]] = {}

    def of(self, code: str | None, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Returns the units of a code and actors, in their order: an ISO code (`TUR`), a code (`LBY.REB`, `IGO.UNO`) or an actor's key."""
        asked = code, keys
        if asked not in self._known:
            own = [key for key in keys if key in self._actors and _stands_alone(self._actors[key])]
            found = own or (unit for unit in _coded(code or "", self._divided) if unit[:3] in self._actors or unit[:3] in _COUNTRYLESS)
            self._known[asked] = tuple(dict.fromkeys(found))
        return self._known[asked]

    def of_side(self, side: Side) -> tuple[str, ...]:
        """Returns the units of a participant, in their order."""
        return self.of(side.code, side.keys)

    def in_role(self, act: Act, role: ParticipantRole) -> tuple[str, ...]:
        """Returns the units that have a role in an act, in alphabetical order."""
        return tuple(sorted({unit for side in act.sides if side.role == role for unit in self.of_side(side)}))


def divided_countries(acts: Iterable[Act]) -> frozenset[str]:
    """Returns the countries of which one official sector acts against another in at least eight happenings."""
    against: dict[str, set[str]] = {}
    for act in acts:
        if len(act.sides) < 2 or act.score >= 0 or act.status not in DONE:
            continue
        codes = {role: {one for side in act.sides if side.role == role for one in (side.code or "").split("+")} for role in _ROLES}
        for one, other in product(codes["source"], codes["target"]):
            if one[:3] == other[:3] and one != other and one[4:] in _RIVALS and other[4:] in _RIVALS:
                against.setdefault(one[:3], set()).add(act.happening)
    return frozenset(country for country, happenings in against.items() if len(happenings) >= _ENOUGH)


def _stands_alone(who: Who) -> bool:
    """Tells whether a body is known by name, neither acts for a state nor is told by its code."""
    if who.kind not in _OWN or not (who.wikidata or who.names.en):
        return False
    country, _, sector = (who.code or "").partition(".")
    return country not in _COUNTRYLESS and (not country or sector not in _STATE)


def _coded(code: str, divided: frozenset[str]) -> Iterator[str]:
    for one in code.split("+"):
        country, _, sector = one.partition(".")
        if not country:
            continue
        if country in _COUNTRYLESS:
            if sector:
                yield one
        elif sector in _STATE:
            yield one if country in divided else country
        elif sector in _BODIES:
            yield one


def unit_named(name: str, actors: Mapping[str, Who]) -> str | None:
    """Returns the unit that somebody means by its code, key, or name in Arabic or English; None where there is none."""
    if name in actors or _CODE.fullmatch(name):
        return name
    folded = fold_word(name).casefold()
    return next((key for key, who in sorted(actors.items()) if folded in _called(who)), None)


def _called(who: Who) -> frozenset[str]:
    return frozenset(fold_word(name).casefold() for name in (who.names.ar, who.names.en) if name)
