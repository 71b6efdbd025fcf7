"""Turns positions into a proposition, and acts into the pages that they stand on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tawazun.base.ids import make_id
from tawazun.model.claims import Label, Position, Proposition, Rule
from tawazun.model.entries import EventType
from tawazun.model.evidence import Act


class Pages:
    """Finds the acts of a sentence, in order."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self._found: dict[str, dict[int, list[Act]]] = defaultdict(lambda: defaultdict(list))
        for act in acts:
            self._found[act.article][act.sentence].append(act)

    def of(self, article: str) -> Mapping[int, Sequence[Act]]:
        """Returns the acts of an article by the indexes of their sentences."""
        return self._found.get(article, {})

    def acts(self, article: str, sentence: int) -> Sequence[Act]:
        """Returns the acts of a sentence."""
        return self.of(article).get(sentence, ())


def proposition_of(
    label: Label,
    rule: Rule,
    what: str,
    positions: Sequence[Position],
    type_: EventType | None = None,
    kind: str | None = None,
    place: str | None = None,
) -> Proposition:
    """Returns a proposition with one position for each thing that an origin says, those published first before others.

    Somebody known only from another's denial isn't counted as speaking.
    """
    whole = merged(positions)
    days = sorted(position.published for position in whole if position.published)
    origins = len({position.speaker for position in whole if position.voice != "reported"})
    return Proposition(
        id=make_id("proposition", label, rule, what, *(one for position in whole for one in position.events or (position.article,))),
        label=label,
        rule=rule,
        what=what,
        type=type_,
        kind=kind,
        place=place,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        origins=origins,
        support="enough" if origins > 1 else "thin",
        positions=whole,
    )


def merged(positions: Sequence[Position]) -> tuple[Position, ...]:
    """Puts together what one origin says in several articles or mentions: one polarity and number is one position."""
    found: dict[tuple[str, str, int | None], Position] = {}
    for position in sorted(positions, key=lambda one: (one.published or "~", one.voice != "reported")):
        key = (position.speaker, position.polarity, position.count)
        if (known := found.get(key)) is not None:
            carriers = tuple(dict.fromkeys((*known.carriers, *position.carriers)))
            events = tuple(dict.fromkeys((*known.events, *position.events)))
            found[key] = msgspec.structs.replace(known, carriers=carriers, events=events)
        else:
            found[key] = position
    return tuple(found.values())
