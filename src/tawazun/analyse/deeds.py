"""Turns event mentions into deeds, each counted once however many tell of it, and deeds into contacts of two units."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import TypeVar

from tawazun.analyse.units import Units
from tawazun.base.garbage import kept_garbage
from tawazun.model.entries import DONE, EventType, Status
from tawazun.model.evidence import Act, Contact, Corpus, Deed

Value = TypeVar("Value")

_TOGETHER: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"})
"""Are the types of what those named did with, or in a fight to, one another where nobody else is named."""
_FINEST = 31
"""Is of how many days a date may be at most to say when a deed was done."""


def deeds_of(corpus: Corpus, statuses: frozenset[Status] | None = DONE) -> tuple[Deed, ...]:
    """Returns the deeds of a corpus whose status is one of these (any with None), in the order in which they were first told.

    A deed has the status, type and units that most of its origins give it; a mention without units doesn't vote on them.
    """
    by_happening: dict[str, list[Act]] = {}
    for act in corpus.acts:
        by_happening.setdefault(act.happening, []).append(act)
    units = Units(corpus.acts, corpus.actors)
    with kept_garbage():
        return tuple(_deed(id, *counted, acts, units) for id, acts in by_happening.items() if (counted := _counted(acts, statuses)))


def _counted(acts: list[Act], statuses: frozenset[Status] | None) -> tuple[EventType, Status, list[Act]] | None:
    """Returns type and status of a happening and the mentions of that type; None where the status isn't wanted."""
    type_ = _most([(act.type, act.origin) for act in acts])
    alike = [act for act in acts if act.type == type_]
    status = _most([(act.status, act.origin) for act in alike])
    return (type_, status, alike) if statuses is None or status in statuses else None


def _deed(id: str, type_: EventType, status: Status, alike: list[Act], acts: list[Act], units: Units) -> Deed:
    sides = [(units.in_role(act, "source"), units.in_role(act, "target"), act.origin) for act in alike]
    told = [side for side in sides if side[0] or side[1]]
    fullest = [side for side in told if side[0] and side[1]] or told
    return Deed(
        id=id,
        type=type_,
        status=status,
        score=round(sum(act.score for act in alike) / len(alike), 2),
        sources=_most([(side[0], side[2]) for side in fullest]) if fullest else (),
        targets=_most([(side[1], side[2]) for side in fullest]) if fullest else (),
        day=_day(acts),
        origins=tuple(dict.fromkeys(act.origin for act in acts)),
        acts=tuple(acts),
    )


def _most(votes: Sequence[tuple[Value, str]]) -> Value:
    """Returns what most origins say, each with one vote a value; of equals what was said first."""
    if len(votes) == 1:
        return votes[0][0]
    once = list(dict.fromkeys(votes))
    return Counter(value for value, _ in once).most_common(1)[0][0]


def _day(acts: Iterable[Act]) -> int | None:
    """Returns the day that the finest date of the mentions ends on, else the first day of publication."""
    dated = [(act.days[1] - act.days[0], act.days[1]) for act in acts if act.days and act.days[1] - act.days[0] < _FINEST]
    if dated:
        return min(dated)[1]
    return min((act.published for act in acts if act.published is not None), default=None)


def contacts_of(deeds: Iterable[Deed]) -> Iterator[Contact]:
    """Yields what deeds say of two units: who did it and to whom; where nobody is named to whom, and it is a deed that is done together
    (talks, an agreement, a fight), those who did it.
    """
    for deed in deeds:
        sign = (deed.score > 0) - (deed.score < 0)
        pairs = {_pair(one, other): True for one, other in product(deed.sources, deed.targets) if one != other}
        if not deed.targets and deed.type in _TOGETHER:
            for one, other in combinations(deed.sources, 2):
                pairs.setdefault(_pair(one, other), False)
        for (one, other), aimed in sorted(pairs.items()):
            yield Contact(one, other, sign, aimed, deed)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
