"""Turns units into names that people read, and names that people type into units."""

from collections.abc import Mapping

from tawazun.analyse.units import unit_named
from tawazun.base.errors import InputError
from tawazun.model.evidence import Who
from tawazun.present.labels import Labels


def name_of(unit: str, actors: Mapping[str, Who], labels: Labels) -> str:
    """Returns the name of a unit or actor: its own, else that of its country with its sector, else its code."""
    if (who := actors.get(unit)) is not None:
        return (who.names.en if labels.language == "en" else None) or who.names.ar
    country, _, sector = unit.partition(".")
    if sector and country in actors:
        return f"{name_of(country, actors, labels)} ({labels.of('sectors', sector)})"
    return labels.of("bodies", unit)


def unit_of(text: str, actors: Mapping[str, Who]) -> str:
    """Returns the unit that somebody names; raises `InputError` where nobody is called so."""
    found = unit_named(text.strip(), actors)
    if found is None:
        raise InputError(f"{text.strip()!r}: nobody of that name here; give a name, a code such as TUR or LBY.REB, or a Wikidata id")
    return found


def pair_of(text: str, actors: Mapping[str, Who]) -> tuple[str, str]:
    """Returns the two units that stand on both sides of a hyphen; raises `InputError` where they aren't two."""
    parts = [part for part in text.split("-") if part.strip()]
    if len(parts) != 2:
        raise InputError(f"{text!r}: expected two units with a hyphen between them, such as RUS-TUR; give them so")
    one, other = (unit_of(part, actors) for part in parts)
    if one == other:
        raise InputError(f"{text!r}: both are {one}; give two different units")
    return one, other
