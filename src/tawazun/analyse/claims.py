"""Turns a corpus into what sources disagree on: propositions with a position for each independent origin.

The origin of a statement is who said it first, not who carries it; copies and outlets that carry a speaker's words add none. Origins
are counted and not weighed: no proposition has a score of truth. What makes two statements ones of one proposition is named in its
`rule`.
"""

from collections import defaultdict
from collections.abc import Sequence

from tawazun.analyse.contradictions import contradictions
from tawazun.analyse.corrections import Corrections
from tawazun.analyse.counts import counts
from tawazun.analyse.denials import denials
from tawazun.analyse.propositions import Pages, proposition_of
from tawazun.model.claims import Claims, Label, Proposition
from tawazun.model.disputes import Vocabulary
from tawazun.model.evidence import Act, Corpus
from tawazun.model.happenings import Joining

_ORDER: tuple[Label, ...] = ("conflict", "forecast_or_denial", "different_scope", "update", "correction", "denial")


def claims(corpus: Corpus, vocabulary: Vocabulary, joining: Joining, labels: Sequence[Label] = (), limit: int | None = None) -> Claims:
    """Finds what sources disagree on; `labels` keeps some kinds of it, `limit` the clearest: those on which most origins speak, and of
    equals conflicts before others and later ones before earlier ones.
    """
    pages = Pages(corpus.acts)
    happenings = _happenings(corpus.acts)
    found = [
        *contradictions(corpus, happenings, pages, vocabulary, joining),
        *counts(corpus, happenings, vocabulary, joining.affixes),
        *Corrections(corpus, pages, vocabulary, joining.affixes).all(),
        *denials(corpus, pages, vocabulary, joining),
    ]
    whole = _ordered(_distinct(found))
    disputed = {event for one in whole for position in one.positions for event in position.events}
    several = [acts for acts in happenings if len({act.origin for act in acts}) > 1]
    agreed = sum(not any(act.id in disputed for act in acts) for acts in several)
    kept = [one for one in whole if not labels or one.label in labels]
    return Claims(tuple(kept[:limit]), agreed, len(kept) - len(kept[:limit]))


def _happenings(acts: Sequence[Act]) -> list[list[Act]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        found[act.happening].append(act)
    return [some for some in found.values() if len(some) > 1]


def _distinct(found: Sequence[Proposition]) -> list[Proposition]:
    """Puts together what copies of one text tell, and leaves out a denial that stands alone where its event is part of more."""
    same: dict[tuple[object, ...], list[Proposition]] = defaultdict(list)
    for one in found:
        said = frozenset((each.speaker, each.polarity, each.count) for each in one.positions)
        same[one.label, one.rule, one.what, one.kind, said].append(one)
    whole = [some[0] if len(some) == 1 else _together(some) for some in same.values()]
    within = {event for one in whole if one.support == "enough" for each in one.positions for event in each.events}
    return [
        one
        for one in whole
        if one.rule != "denies the report of" or not any(event in within for each in one.positions for event in each.events)
    ]


def _together(some: Sequence[Proposition]) -> Proposition:
    one = some[0]
    positions = [position for each in some for position in each.positions]
    return proposition_of(one.label, one.rule, one.what, positions, one.type, one.kind, one.place)


def _ordered(found: Sequence[Proposition]) -> list[Proposition]:
    by_day = sorted(found, key=lambda one: (one.last or "", one.id), reverse=True)
    return sorted(by_day, key=lambda one: (one.support != "enough", _ORDER.index(one.label), one.rule == "same words", -one.origins))
