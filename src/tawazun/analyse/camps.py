"""Turns contacts into signed ties, and ties into sides: who stands with whom, and which tie doesn't fit.

A pair has a sign where |p - n| / sqrt(p + n) reaches 1.96 over at least 8 happenings told by more than one origin; else it is mixed or
thin. It shows the pattern of hostility on what was asked for, not loyalty.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from random import Random

from tawazun.analyse.deeds import contacts_of, deeds_of
from tawazun.analyse.frustrations import Signed, Split, all_best, balanced_share, best_camps, chance, stability
from tawazun.model.camps import Camps, CampTie, Member, Optimum, Supposition
from tawazun.model.evidence import Contact, Corpus

LEAST, SURETY = 8, 1.96
_DRAWS, _REDRAWS = 500, 400
_CLEAR = 0.05
_SEED = 20200819
Pair = tuple[str, str]


def camps(
    corpus: Corpus, least: int = LEAST, surety: float = SURETY, only: Sequence[str] = (), what_if: Mapping[Pair, int] | None = None
) -> Camps:
    """Maps the units of a corpus, or `only` some; `what_if` gives pairs another sign (0 for none) and solves again."""
    ties, mixed, thin = ties_of(contacts_of(deeds_of(corpus)), least, surety, frozenset(only))
    return camps_of(ties, mixed, thin, what_if or {})


def ties_of(
    contacts: Iterable[Contact], least: int = LEAST, surety: float = SURETY, only: frozenset[str] = frozenset()
) -> tuple[tuple[CampTie, ...], int, int]:
    """Returns the pairs with a sign, how many have acts enough and no clear sign, and how many have too few."""
    found: dict[Pair, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.sign and (not only or (contact.one in only and contact.other in only)):
            found[contact.one, contact.other].append(contact)
    ties, mixed, thin = [], 0, 0
    for (one, other), some in sorted(found.items()):
        signs = Counter(contact.sign for contact in some)
        positive, negative = signs[1], signs[-1]
        origins = {origin for contact in some for origin in contact.deed.origins}
        if positive + negative < least or len(origins) < 2:
            thin += 1
        elif abs(positive - negative) / sqrt(positive + negative) < surety:
            mixed += 1
        else:
            events = tuple(act.id for contact in some for act in contact.deed.acts)
            ties.append(CampTie(one, other, 1 if positive > negative else -1, positive, negative, False, events))
    return tuple(ties), mixed, thin


def camps_of(ties: Sequence[CampTie], mixed: int = 0, thin: int = 0, what_if: Mapping[Pair, int] | None = None) -> Camps:
    """Maps ties that are known."""
    units = sorted({unit for tie in ties for unit in (tie.one, tie.other)})
    signed = [(units.index(tie.one), units.index(tie.other), tie.sign) for tie in ties]
    best = all_best(len(units), signed) if ties else ()
    if not best:
        return Camps((), mixed, thin, (), 0, 1.0, None, 1.0, 0, False, True, (), None, None)
    drawn, random = best[0], Random(_SEED)
    share = chance(len(units), signed, len(drawn.misfits), _DRAWS, random)
    steady = stability(len(units), signed, drawn.sides, _REDRAWS, random)
    many = best_camps(len(units), signed)
    misfits = {(units[one], units[other]) for one, other, _ in drawn.misfits}
    return Camps(
        ties=tuple(_marked(tie, (tie.one, tie.other) in misfits) for tie in ties),
        mixed=mixed,
        thin=thin,
        members=tuple(Member(unit, drawn.sides[at], None if many is None else many.sides[at], steady[at]) for at, unit in enumerate(units)),
        frustration=len(drawn.misfits),
        balance=_balance(drawn, signed),
        triads=balanced_share(signed),
        chance=round(share, 4),
        draws=_DRAWS,
        clear=share < _CLEAR,
        proven=drawn.proven,
        optima=tuple(_optimum(split, units) for split in best),
        camps=None if many is None else len(set(many.sides)),
        camp_misfits=None if many is None else len(many.misfits),
        supposed=_supposed(ties, best, units, what_if) if what_if else None,
    )


def _marked(tie: CampTie, misfit: bool) -> CampTie:
    return CampTie(tie.one, tie.other, tie.sign, tie.positive, tie.negative, misfit, tie.events)


def _balance(split: Split, ties: Sequence[Signed]) -> float:
    return round(1 - 2 * len(split.misfits) / len(ties), 4)


def _optimum(split: Split, units: Sequence[str]) -> Optimum:
    sides = tuple(tuple(unit for unit, side in zip(units, split.sides, strict=True) if side == which) for which in (0, 1))
    return Optimum((sides[0], sides[1]), tuple((units[one], units[other]) for one, other, _ in split.misfits))


def _supposed(ties: Sequence[CampTie], best: Sequence[Split], units: Sequence[str], what_if: Mapping[Pair, int]) -> Supposition | None:
    """Solves again with other signs; of equally good splits, the one that is most like one of the map's."""
    signs = {(tie.one, tie.other): tie.sign for tie in ties} | {(min(pair), max(pair)): sign for pair, sign in what_if.items()}
    after = sorted({*units, *(unit for pair in what_if for unit in pair)})
    changed = [(after.index(one), after.index(other), sign) for (one, other), sign in sorted(signs.items()) if sign]
    found = all_best(len(after), changed) if changed else ()
    if not found:
        return None
    where = [after.index(unit) for unit in units]
    choices = [(sorted(_moved(split, known, units, where)), at) for at, split in enumerate(found) for known in best]
    moved, at = min(choices, key=lambda choice: (len(choice[0]), choice[1], choice[0]))
    named = tuple(f"{one}-{other}={'+' if sign > 0 else '-' if sign < 0 else '0'}" for (one, other), sign in sorted(what_if.items()))
    return Supposition(named, len(found[at].misfits), _balance(found[at], changed), _optimum(found[at], after), tuple(moved))


def _moved(split: Split, known: Split, units: Sequence[str], where: Sequence[int]) -> list[str]:
    """Returns the units on another side than before; sides have no names, so the fewer of both ways to see it."""
    changed = [unit for unit, at, side in zip(units, where, known.sides, strict=True) if split.sides[at] != side]
    return changed if len(changed) * 2 <= len(units) else [unit for unit in units if unit not in changed]
