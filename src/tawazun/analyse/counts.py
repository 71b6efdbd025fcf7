"""Turns the numbers that are told of a happening, or of an article's subject, into propositions on which they differ.

Two numbers differ where they can't both be right: a lower bound and a larger number can. Those of one day are in conflict; a larger one
told on a later day takes the place of the earlier one; one that covers more than the happening has another scope.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from tawazun.analyse.days import gap
from tawazun.analyse.figures import compatible, figures_in, words_and_figures
from tawazun.analyse.propositions import proposition_of
from tawazun.analyse.speakers import position_of, speaker_of
from tawazun.analyse.words import folded_words
from tawazun.model.claims import Bound, Label, Proposition
from tawazun.model.disputes import Vocabulary
from tawazun.model.evidence import Act, Corpus
from tawazun.model.happenings import Affixes

_WITHIN = 3
"""Is within how many days of publication numbers are held to be of the same happening."""
_TIMES = 2.0
"""Is how many times as large a number may be: one that is larger still is mostly told of something else."""


class Told(msgspec.Struct, frozen=True):
    """Is how many of what an act tells; `places` are where its article has the happening."""

    act: Act
    kind: str
    count: int
    bound: Bound
    places: frozenset[str]


def counts(corpus: Corpus, happenings: Sequence[Sequence[Act]], vocabulary: Vocabulary, affixes: Affixes) -> Iterator[Proposition]:
    """Yields the happenings of which several numbers are told."""
    for acts in happenings:
        by_kind: dict[str, list[Told]] = defaultdict(list)
        places: dict[str, set[str]] = defaultdict(set)
        for act in acts:
            if act.spot is not None and act.spot.lat is not None:
                places[act.article].add(act.spot.key)
        for act in acts:
            if act.type in ("ASSAULT", "COERCE") and act.status in ("occurred", "ongoing"):
                for told in _told(act, frozenset(places[act.article]), corpus, vocabulary, affixes):
                    by_kind[told.kind].append(told)
        for kind, some in sorted(by_kind.items()):
            if len({told.count for told in some}) > 1 and (found := _differing(kind, some, corpus)) is not None:
                yield found


def _told(act: Act, places: frozenset[str], corpus: Corpus, vocabulary: Vocabulary, affixes: Affixes) -> Iterator[Told]:
    """Yields how many of what an act tells: the reader's numbers, else that in the words for who suffered it. Two numbers of one kind in
    one act are parts, or of several happenings.
    """
    if act.magnitudes:
        kinds = Counter(kind for kind, _ in act.magnitudes)
        bounds = _bounds(act, corpus, vocabulary, affixes)
        for kind, count in act.magnitudes:
            if kinds[kind] == 1:
                yield Told(act, kind, count, bounds.get(count, "exact"), places)
        return
    became = next((vocabulary.kinds[word] for word in folded_words(act.trigger) if word in vocabulary.kinds), None)
    if became is not None:
        suffering = [folded_words(side.text) for side in act.sides if side.role == "target"]
        found = [figure for words in suffering for figure in figures_in(words, vocabulary, affixes)]
        if len(found) == 1:
            bounds = _bounds(act, corpus, vocabulary, affixes)
            yield Told(act, became, found[0].value, bounds.get(found[0].value, found[0].bound), places)


def _bounds(act: Act, corpus: Corpus, vocabulary: Vocabulary, affixes: Affixes) -> dict[int, Bound]:
    _, found = words_and_figures(corpus.articles[act.article].sentence(act.sentence), vocabulary, affixes)
    return {figure.value: figure.bound for figure in found}


def _differing(kind: str, some: Sequence[Told], corpus: Corpus) -> Proposition | None:
    """Returns how the numbers differ that are held to be of one happening: those that fit with the one with which most others fit."""
    groups = [[other for other in some if other is one or _fits(one, other)] for one in _one_an_article(some)]
    group = _one_an_article(max(groups, key=lambda each: len({told.act.origin for told in each}), default=[]))
    labels = {label for one, other in combinations(group, 2) if (label := _label(one, other)) is not None}
    if not labels:
        return None
    first = group[0].act
    place = next((told.act.spot.name for told in group if told.act.spot), None)
    positions = [position_of(told.act, corpus, told.count, told.bound) for told in group]
    return proposition_of("conflict" if "conflict" in labels else "update", "count", first.trigger, positions, first.type, kind, place)


def _one_an_article(some: Sequence[Told]) -> list[Told]:
    """Leaves out articles that give several numbers: they are parts, or of several happenings."""
    given: dict[str, set[int]] = defaultdict(set)
    for told in some:
        given[told.act.article].add(told.count)
    return [told for told in some if len(given[told.act.article]) == 1]


def _fits(one: Told, other: Told) -> bool:
    """Tells whether two numbers are of one happening, as far as can be told: published within days, in one place, of people alike, and
    not too far apart. The happening itself was joined by less.
    """
    first, second = one.act, other.act
    if first.origin == second.origin or max(one.count, other.count) > _TIMES * min(one.count, other.count):
        return False
    if first.published is None or second.published is None or abs(first.published - second.published) > _WITHIN:
        return False
    if not one.places & other.places:
        return False
    if first.days and second.days and gap(first.days, second.days) > 1:
        return False
    suffering = [{side.code for side in act.sides if side.role == "target" and side.code} for act in (first, second)]
    return not (suffering[0] and suffering[1] and not suffering[0] & suffering[1])


def _label(one: Told, other: Told) -> Label | None:
    """Says how two numbers differ; None where both can be right, or one origin gives both on one day."""
    if compatible(one.count, one.bound, other.count, other.bound):
        return None
    speakers = {speaker_of(told.act.word, told.act.origin)[0] for told in (one, other)}
    earlier, later = sorted((one, other), key=lambda told: told.act.published or 0)
    if earlier.act.published == later.act.published:
        return "conflict" if len(speakers) > 1 else None
    return "update" if later.count > earlier.count or len(speakers) == 1 else "conflict"
