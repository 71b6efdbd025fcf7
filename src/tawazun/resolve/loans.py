"""Turns the country that a sentence is about into the one that people or a body without a country get, by what they are."""

from collections import Counter
from collections.abc import Callable, Mapping

_ARMED = frozenset({"REB", "UAF"})
_OF_A_PEOPLE = frozenset({"CVL", "OPP"})
# fmt: off
_EMBATTLED = frozenset({
    "AFG", "AGO", "AZE", "BDI", "BFA", "BHR", "BIH", "CAF", "CIV", "CMR", "COD", "COG", "COL", "DZA", "EGY", "ETH",
    "GEO", "IDN", "IND", "IRN", "IRQ", "JOR", "KEN", "LBN", "LBY", "LKA", "MLI", "MMR", "MOZ", "MRT", "NER", "NGA",
    "NPL", "PAK", "PHL", "PSE", "RUS", "RWA", "SAU", "SDN", "SEN", "SOM", "SSD", "SYR", "TCD", "THA", "TJK", "TUN",
    "TUR", "UGA", "UKR", "UZB", "YEM",
})
# fmt: on
"""Are the states within which armed groups have fought since about 1990."""
_ABROAD = frozenset({"TUR", "IRN", "SAU", "RUS", "JOR"})
"""Are those of them that news more often shows dealing with the armed groups of others."""
_POWERS = frozenset({"USA", "GBR", "FRA", "DEU", "ITA", "CHE"})
"""Are states that act, speak or host talks where the news is about the people of another."""
_NO_ARMY = {"PSE": "ISR"}
_BEFORE = {"SSD": ("2011-07-09", "SDN")}


def lent(
    sector: str | None, local: str | None, named: Callable[[], Counter[str]], day: str | None, occupied: Mapping[str, str]
) -> str | None:
    """Returns the country of people or a body of a sector in a sentence about `local`; None where that can't be told.

    `named` counts the countries that the sentence names; `occupied` gives, where it speaks of an occupation, whose people stand against
    the occupier. Armed groups belong where such groups fight, civilians and opposition to another country where the sentence is about a
    power, soldiers to a state that has an army.
    """
    if local is None:
        return None
    if local in _BEFORE and day is not None and day < _BEFORE[local][0]:
        local = _BEFORE[local][1]
    if sector == "MIL":
        return _NO_ARMY.get(local, local)
    if sector in _ARMED and (local not in _EMBATTLED or local in _ABROAD):
        fought = _most(named(), _EMBATTLED - _ABROAD)
        return fought or (local if local in _EMBATTLED else None)
    if sector in _OF_A_PEOPLE and local in _POWERS:
        counts = named()
        return _most(counts, frozenset(counts) - {local}) or local
    return occupied.get(local, local)


def _most(counts: Counter[str], allowed: frozenset[str]) -> str | None:
    """Returns the country named most among those allowed, of several the first."""
    return max((code for code in counts if code in allowed), key=lambda code: counts[code], default=None)
