"""Turns articles into evidence sheets of ripeness: what speaks for and against each element, of whom and on whose word.

The elements are Zartman's ("The timing of peace initiatives", 2001). Nothing is added up. Reports of fighting are counted by month with
the Jeffreys band of a Poisson rate; two stretches of three months are compared by the exact binomial test of two rates.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tawazun.analyse.copies import once
from tawazun.analyse.days import iso_of, iso_or_none
from tawazun.analyse.deeds import deeds_of
from tawazun.analyse.voices import Voices
from tawazun.analyse.wordings import Found, find
from tawazun.analyse.words import folded_words
from tawazun.model.evidence import Corpus, Deed, Piece, Support
from tawazun.model.sheets import Fighting, Ripeness, Sheet, Statement, Trend
from tawazun.model.wordings import Ground, RipenessWords

ENOUGH = 3
"""Is how many independent origins make the statements on a unit more than thin."""
_FEW = 8
"""Is how many reports of fighting two stretches need together to be compared."""
_STRETCH = 3
_SURE = 0.05
_BAND = 0.05, 0.95


def ripeness(corpus: Corpus, voices: Voices, words: RipenessWords, units: Sequence[str] = (), limit: int = 10) -> Ripeness:
    """Lays out the evidence on some units, or on the `limit` units that most is said of."""
    by_unit: dict[str | None, list[Statement]] = defaultdict(list)
    said = sorted(_said(corpus, voices, words), key=lambda one: (one.published or "", one.article))
    for statement in once(said, lambda one: (one.element, one.direction, one.unit, *folded_words(one.sentence))):
        by_unit[statement.unit].append(statement)
    wanted: Iterable[str | None] = units or sorted(by_unit, key=lambda unit: (unit is None, -len(by_unit[unit]), unit or ""))[:limit]
    fights = [deed for deed in deeds_of(corpus) if deed.type == "ASSAULT" and deed.day is not None and deed.day <= corpus.as_of]
    return Ripeness(tuple(_sheet(unit, by_unit.get(unit, ()), fights, corpus.as_of) for unit in dict.fromkeys(wanted)))


def _said(corpus: Corpus, voices: Voices, words: RipenessWords) -> Iterable[Statement]:
    """Yields what sentences say, once for each unit that they say it of."""
    for found in find(words.grounds, corpus.articles.values()):
        piece = corpus.articles[found.article]
        begin, end = piece.sentences[found.sentence]
        voice = voices.voice(piece, found.sentence, found.start)
        for unit in _of_whom(found, piece, voices, voice.units, author=not voice.name) or (None,):
            yield Statement(
                element=found.entry.element,
                direction=found.entry.direction,
                unit=unit,
                voice=voice,
                words=piece.text[found.start : found.end],
                sentence=piece.text[begin:end],
                article=piece.id,
                outlet=piece.outlet,
                published=iso_or_none(piece.published),
                origins=(piece.origin,),
            )


def _of_whom(found: Found[Ground], piece: Piece, voices: Voices, holder: tuple[str, ...], *, author: bool) -> tuple[str, ...]:
    """Returns whom a statement is about: its holder, who is named nearest before it, or both parties that are named."""
    begin, end = piece.sentences[found.sentence]
    if found.entry.whose == "holder" and not author:
        return holder[:1]
    if found.entry.whose == "both":
        return _parties(piece, voices, begin, end, holder)[: 1 if found.entry.element == "moment" else None]
    named = voices.named(piece, begin, end)
    before = [one for one in named if one.start < found.end]
    return (before[-1] if before else named[0]).units[:1] if named else holder[:1]


def _parties(piece: Piece, voices: Voices, begin: int, end: int, holder: tuple[str, ...]) -> tuple[str, ...]:
    """Returns up to two units that a sentence names besides its speaker, or its article most, the second half as often at least."""
    told = [unit for one in voices.named(piece, begin, end) for unit in one.units if unit not in holder]
    if told:
        return tuple(dict.fromkeys(told))[:2]
    counts: dict[str, int] = {}
    for one in voices.named(piece, 0, len(piece.text)):
        for unit in one.units:
            if unit not in holder:
                counts[unit] = counts.get(unit, 0) + 1
    ranked = sorted(counts, key=lambda unit: -counts[unit])[:2]
    return tuple(unit for unit in ranked if 2 * counts[unit] >= counts[ranked[0]])


def _sheet(unit: str | None, statements: Sequence[Statement], fights: Sequence[Deed], as_of: int) -> Sheet:
    own = [deed for deed in fights if unit is not None and _takes_part(unit, deed)]
    months: dict[str, list[Deed]] = {}
    for deed in own:
        assert deed.day is not None
        months.setdefault(iso_of(deed.day)[:7], []).append(deed)
    before, after = _stretches(months, as_of)
    trend, chance = _trend(before, after)
    origins = {origin for one in statements for origin in one.origins}
    opinions = all(one.voice.opinion for one in statements)
    support: Support = "none" if not statements else "enough" if len(origins) >= ENOUGH and not opinions else "thin"
    return Sheet(unit, tuple(statements), _fighting(months), trend, before, after, chance, support)


def _takes_part(unit: str, deed: Deed) -> bool:
    """Tells whether a unit, or a group of a country, fights, is attacked, or has the place where it happens."""
    named = (*deed.sources, *deed.targets)
    return any(one == unit or one.startswith(f"{unit}.") for one in named) or any(
        act.spot and act.spot.country == unit for act in deed.acts
    )


def _fighting(months: Mapping[str, Sequence[Deed]]) -> tuple[Fighting, ...]:
    """Returns every month from the first with fighting to the last; importing SciPy takes a while, hence here."""
    if not months:
        return ()
    from scipy.stats import gamma

    found = []
    for month in _months(min(months), max(months)):
        deeds = months.get(month, ())
        low, high = (float(gamma.ppf(share, len(deeds) + 0.5)) for share in _BAND)
        found.append(Fighting(month, len(deeds), round(low, 1), round(high, 1), tuple(deed.acts[0].id for deed in deeds)))
    return tuple(found)


def _months(first: str, last: str) -> list[str]:
    (year, month), found = map(int, first.split("-")), [first]
    while found[-1] < last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year:04}-{month:02}")
    return found


def _stretches(months: Mapping[str, Sequence[Deed]], as_of: int) -> tuple[int, int]:
    """Returns the reports of the three whole months before the last three, and of these; the month of `as_of` is the last."""
    end = date.fromordinal(as_of)
    last = end.year * 12 + end.month - 1
    numbers = {int(month[:4]) * 12 + int(month[5:]) - 1: len(deeds) for month, deeds in months.items()}
    later = sum(numbers.get(last - back, 0) for back in range(_STRETCH))
    return sum(numbers.get(last - back, 0) for back in range(_STRETCH, 2 * _STRETCH)), later


def _trend(before: int, after: int) -> tuple[Trend | None, float | None]:
    if before + after < _FEW:
        return None, None
    from scipy.stats import binomtest

    chance = float(binomtest(after, before + after).pvalue)
    trend: Trend = "unclear" if chance >= _SURE else "fewer" if after < before else "more"
    return trend, round(chance, 4)
