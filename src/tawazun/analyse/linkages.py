"""Turns two crises into how they hang together, in three kinds kept apart: by assertion, by shared actors, and by their weeks.

Structure: the hypergeometric chance of sharing as many units (SciPy). Timing: weekly happenings less what the attention to everything
else leads one to expect, as Pearson residuals, weeks without any news left out; the strongest correlation at any lag against the same
after the weeks of one crisis were shuffled in blocks of four, so that its own persistence stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from tawazun.analyse.copies import once
from tawazun.analyse.days import iso_or_none
from tawazun.analyse.deeds import deeds_of
from tawazun.analyse.units import unit_named
from tawazun.analyse.voices import Voices
from tawazun.analyse.wordings import find
from tawazun.analyse.words import folded_words
from tawazun.base.errors import InputError
from tawazun.base.letters import fold_word
from tawazun.model.evidence import Corpus, Deed, Support
from tawazun.model.scenarios import Assertion, Linkage, Structure, Timing
from tawazun.model.wordings import ConditionWords

ENOUGH, THIN = 8, 4
"""Are how many happenings of either crisis make its structure more than thin, and drawn at all."""
_WEEKS, _FEW_WEEKS = 52, 26
_LAGS = 8
_BLOCK = 4
_DRAWS = 500
_SEED = 2020


def assertions_of(corpus: Corpus, voices: Voices, words: ConditionWords) -> tuple[Assertion, ...]:
    """Returns the sentences in which somebody holds crises to hang together, the last first; copies count once."""
    told = once(_asserted(corpus, voices, words), lambda one: tuple(folded_words(one.sentence)))
    return tuple(sorted(told, key=lambda one: (one.published or "", one.article), reverse=True))


def _asserted(corpus: Corpus, voices: Voices, words: ConditionWords) -> Iterator[Assertion]:
    for found in find(words.links, corpus.articles.values()):
        piece = corpus.articles[found.article]
        begin, end = piece.sentences[found.sentence]
        yield Assertion(
            article=piece.id,
            outlet=piece.outlet,
            published=iso_or_none(piece.published),
            voice=voices.voice(piece, found.sentence, found.start),
            units=tuple(dict.fromkeys(unit for one in voices.named(piece, begin, end) for unit in one.units)),
            sentence=piece.text[begin:end],
            origins=(piece.origin,),
        )


def linkages_of(names: Sequence[str], corpus: Corpus, assertions: Sequence[Assertion]) -> tuple[Linkage, ...]:
    """Measures how each two of some crises hang together; each is a unit (a country by its code or name), a place or a topic.

    Raises `InputError` for a name under which nothing happens.
    """
    deeds = [deed for deed in deeds_of(corpus) if deed.day is None or deed.day <= corpus.as_of]
    for name in names:
        if unit_named(name, corpus.actors) is None and not any(_is_at(deed, _folded(name)) for deed in deeds):
            raise InputError(f"--crises: nothing here happens in or about {name!r}; give a country's code, a place or a topic")
    return tuple(_linkage(one, other, corpus, deeds, assertions) for one, other in combinations(names, 2))


def _linkage(one: str, other: str, corpus: Corpus, deeds: Sequence[Deed], assertions: Iterable[Assertion]) -> Linkage:
    chosen = [{deed.id for deed in _lying_in(name, deeds, corpus)} for name in (one, other)]
    shared = chosen[0] & chosen[1]
    apart = [[deed for deed in deeds if deed.id in some - shared] for some in chosen]
    units = [unit_named(name, corpus.actors) for name in (one, other)]
    either = chosen[0] | chosen[1]
    rest = [deed for deed in deeds if deed.id not in either]
    return Linkage(
        one=one,
        other=other,
        one_happenings=len(chosen[0]),
        other_happenings=len(chosen[1]),
        both_happenings=len(shared),
        asserted=tuple(
            item for item in assertions if all(_names(item, name, unit) for name, unit in zip((one, other), units, strict=True))
        ),
        structure=_structure(apart[0], apart[1], deeds, {unit for unit in units if unit}),
        timing=_timing(apart[0], apart[1], rest),
    )


def _folded(name: str) -> str:
    return fold_word(name).casefold()


def _lying_in(name: str, deeds: Iterable[Deed], corpus: Corpus) -> list[Deed]:
    unit = unit_named(name, corpus.actors)
    if unit is None:
        return [deed for deed in deeds if _is_at(deed, _folded(name))]
    return [
        deed
        for deed in deeds
        if unit in deed.sources + deed.targets
        or any(one.startswith(f"{unit}.") for one in deed.sources + deed.targets)
        or any(act.spot is not None and act.spot.country == unit for act in deed.acts)
    ]


def _is_at(deed: Deed, name: str) -> bool:
    """Tells whether a mention of a deed has a place or topic whose name has another name in it."""
    return any(
        (act.spot is not None and name in _folded(act.spot.name)) or any(name in _folded(topic) for topic in act.topics)
        for act in deed.acts
    )


def _names(item: Assertion, name: str, unit: str | None) -> bool:
    return unit in item.units if unit else _folded(name) in _folded(item.sentence)


def support_of(least: int, enough: int, thin: int) -> Support:
    """Says whether so little may be drawn."""
    return "enough" if least >= enough else "thin" if least >= thin else "none"


def _structure(one: Sequence[Deed], other: Sequence[Deed], deeds: Iterable[Deed], own: set[str]) -> Structure:
    """Compares who takes part; the units that the crises are named by are nobody's share."""
    sets = [{unit for deed in some for unit in deed.sources + deed.targets} - own for some in (one, other)]
    everybody = {unit for deed in deeds for unit in deed.sources + deed.targets} - own
    shared = sets[0] & sets[1]
    support = support_of(min(len(one), len(other)), ENOUGH, THIN)
    chance = None
    if support != "none" and all(sets):
        from scipy.stats import hypergeom

        chance = float(hypergeom.sf(len(shared) - 1, len(everybody), len(sets[0]), len(sets[1])))
        chance = float(f"{chance:.3g}")
    return Structure(len(sets[0]), len(sets[1]), tuple(sorted(shared)), len(everybody), chance, support)


def _timing(one: Sequence[Deed], other: Sequence[Deed], rest: Sequence[Deed]) -> Timing:
    """Compares weeks; importing NumPy takes a while, hence below the gate."""
    days = [[deed.day for deed in some if deed.day is not None] for some in (one, other, rest)]
    if not all(days):
        return Timing(0, None, None, None, 0, "none")
    first = max(min(some) for some in days) // 7
    last = min(max(some) for some in days) // 7
    weeks = max(0, last - first + 1)
    support = support_of(weeks, _WEEKS, _FEW_WEEKS)
    if support == "none" or min(len(some) for some in days[:2]) < ENOUGH:
        return Timing(weeks, None, None, None, 0, "none")
    import numpy

    counts = [numpy.bincount([day // 7 - first for day in some if first <= day // 7 <= last], minlength=weeks) for some in days]
    expected = [counts[2] * some.sum() / max(1, counts[2].sum()) for some in counts[:2]]
    covered = counts[2] > 0
    weeks = int(covered.sum())
    support = support_of(weeks, _WEEKS, _FEW_WEEKS)
    if support == "none":
        return Timing(weeks, None, None, None, 0, "none")
    series = [
        numpy.where(covered, (some - mean) / numpy.sqrt(numpy.maximum(mean, 0.5)), numpy.nan)
        for some, mean in zip(counts, expected, strict=False)
    ]
    lag, strongest = _strongest(series[0], series[1])
    generator = numpy.random.default_rng(_SEED)
    blocks = [series[1][start : start + _BLOCK] for start in range(0, len(covered), _BLOCK)]
    reached = 0
    for _ in range(_DRAWS):
        shuffled = numpy.concatenate([blocks[at] for at in generator.permutation(len(blocks))])
        reached += abs(_strongest(series[0], shuffled)[1]) >= abs(strongest)
    return Timing(weeks, lag, round(strongest, 3), round((reached + 1) / (_DRAWS + 1), 4), _DRAWS, support)


def _strongest(one: Any, other: Any) -> tuple[int, float]:
    """Returns the lag in weeks by which the second follows the first where they correlate most, with the correlation there."""
    best = 0, 0.0
    for lag in range(-_LAGS, _LAGS + 1):
        left, right = (one[: len(one) - lag], other[lag:]) if lag >= 0 else (one[-lag:], other[: len(other) + lag])
        known = ~(left != left) & ~(right != right)
        left, right = left[known], right[known]
        deviations = float(left.std() * right.std()) if len(left) >= _FEW_WEEKS // 2 else 0.0
        if deviations > 0:
            found = float(((left - left.mean()) * (right - right.mean())).mean()) / deviations
            if abs(found) > abs(best[1]):
                best = lag, found
    return best
