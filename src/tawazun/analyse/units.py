"""Turns participants into the units whose relations are analysed: states, international bodies, and known groups within states.

A state's government, army, services, parliament and courts act for it, and so does a participant of its name alone. Armed groups, parties
and other bodies with a name of their own are units of their own; those without one go by their code, and so do international bodies.
Citizens, gunmen and whoever is only described are none: they stand with nobody for long.
"""

import re
from collections.abc import Iterator, Mapping

from tawazun.base.letters import fold_word
from tawazun.model.evidence import Side, Who

_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{3})?")
_STATE = frozenset({"", "GOV", "MIL", "SPY", "LEG", "JUD", "COP"})
_BODIES = frozenset({"REB", "PTY", "OPP", "PRM", "SEP", "INS"})
_OWN = frozenset({"armed_group", "party", "organisation"})
_COUNTRYLESS = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})


def units_of(side: Side, actors: Mapping[str, Who], divided: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Returns the units that a participant is or belongs to, in their order: an ISO code (`TUR`), a code (`LBY.REB`, `IGO.UNO`) or an
    actor's key. Of `divided` countries each sector is a unit of its own (`LBY.GOV`, `LBY.MIL`).
    """
    own = [key for key in side.keys if key in actors and _stands_alone(actors[key])]
    if own:
        return tuple(dict.fromkeys(own))
    return tuple(dict.fromkeys(unit for unit in _coded(side.code or "", divided) if unit[:3] in actors or unit[:3] in _COUNTRYLESS))


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
