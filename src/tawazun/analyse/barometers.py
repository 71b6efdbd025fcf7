"""Turns contacts of two units into their relationship over time: attention and tone apart, never one line, and where either changed.

Breaks: PELT (Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational cost", 2012; library
ruptures) with squared error on sgn(S)·log(1 + |S|), S being the sum of scores in a window, divided by a robust standard deviation of
its steps. A break is one of tone where the 90 % bands of both sides part; else one of attention, which has no direction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import log, log1p
from statistics import median
from typing import Literal

from tawazun.analyse.days import iso_of
from tawazun.analyse.deeds import contacts_of, deeds_of
from tawazun.model.barometers import Barometer, Break, Reading, Relationship
from tawazun.model.evidence import Contact, Corpus, Support

Window = Literal["week", "month", "quarter"]
ENOUGH = 8
"""Is how many happenings of a window make it more than thin."""
_SHORTEST = 4
"""Is the least length of a stretch between breaks, in windows."""
_PENALTY = 3.0
_BAND = 0.05, 0.95
_TO_SIGMA = 1.4826
"""Makes the median distance from the median a standard deviation, for normal values."""
_MONTHS = {"month": 1, "quarter": 3}


def barometer(corpus: Corpus, pairs: Sequence[tuple[str, str]] = (), window: Window = "month", limit: int = 10) -> Barometer:
    """Measures the relationships of some pairs of units, or of the `limit` pairs with most happenings.

    What has no day counts in a relationship, and in none of its readings.
    """
    contacts: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in contacts_of(deeds_of(corpus)):
        if contact.deed.day is None or contact.deed.day <= corpus.as_of:
            contacts[contact.one, contact.other].append(contact)
    if pairs:
        wanted = list(dict.fromkeys((min(pair), max(pair)) for pair in pairs))
    else:
        wanted = sorted(contacts, key=lambda pair: (-len(contacts[pair]), pair))[:limit]
    return Barometer(window, tuple(_relationship(*pair, contacts[pair], window) for pair in wanted))


def _relationship(one: str, other: str, contacts: Sequence[Contact], window: Window) -> Relationship:
    days = [contact.deed.day for contact in contacts if contact.deed.day is not None]
    edges = _windows(min(days), max(days), window) if days else []
    readings = tuple(_reading(first, last, [c for c in contacts if c.deed.day and first <= c.deed.day <= last]) for first, last in edges)
    positive, negative = _signs(contacts)
    sums = [
        sum(contact.deed.score for contact in contacts if contact.deed.day and first <= contact.deed.day <= last) for first, last in edges
    ]
    return Relationship(
        one=one,
        other=other,
        happenings=len(contacts),
        positive=positive,
        negative=negative,
        tone=tone_of(positive, negative),
        low=_band(positive, negative)[0],
        high=_band(positive, negative)[1],
        support=support_of(len(contacts)),
        readings=readings,
        breaks=breaks_of(readings, sums),
    )


def support_of(happenings: int) -> Support:
    """Says whether so many happenings may be drawn."""
    return "enough" if happenings >= ENOUGH else "thin" if happenings else "none"


def tone_of(positive: int, negative: int) -> float:
    """Returns (P - N) / (P + N + 2), twice the mean of Beta(1 + P, 1 + N) less one: between -1 and +1, 0 where nothing is known."""
    return round((positive - negative) / (positive + negative + 2), 4)


def _band(positive: int, negative: int) -> tuple[float, float]:
    """Returns the 90 % band of the tone; importing SciPy takes a while, hence here."""
    from scipy.special import betaincinv

    low, high = (2 * float(betaincinv(1 + positive, 1 + negative, share)) - 1 for share in _BAND)
    return round(low, 4), round(high, 4)


def _signs(contacts: Iterable[Contact]) -> tuple[int, int]:
    signs = [contact.sign for contact in contacts]
    return signs.count(1), signs.count(-1)


def _reading(first: int, last: int, contacts: Sequence[Contact]) -> Reading:
    positive, negative = _signs(contacts)
    low, high = _band(positive, negative)
    return Reading(
        first=iso_of(first),
        last=iso_of(last),
        happenings=len(contacts),
        positive=positive,
        negative=negative,
        attention=round(log1p(len(contacts)), 4),
        tone=tone_of(positive, negative),
        low=low,
        high=high,
        support=support_of(len(contacts)),
        events=tuple(act.id for contact in contacts for act in contact.deed.acts),
    )


def _windows(first: int, last: int, window: Window) -> list[tuple[int, int]]:
    """Returns the windows from the one that holds the first day to the one that holds the last: weeks from Monday, calendar months."""
    begin = date.fromordinal(first)
    if window == "week":
        monday = begin - timedelta(begin.weekday())
        return [(day, day + 6) for day in range(monday.toordinal(), last + 1, 7)]
    months = _MONTHS[window]
    month = begin.year * 12 + (begin.month - 1) // months * months
    found = []
    while (start := _month(month)) <= last:
        found.append((start, _month(month + months) - 1))
        month += months
    return found


def _month(number: int) -> int:
    return date(number // 12, number % 12 + 1, 1).toordinal()


def breaks_of(readings: Sequence[Reading], sums: Sequence[float]) -> tuple[Break, ...]:
    """Finds where a relationship changed; `sums` are the sums of scores, one a reading. Too short a series has no breaks."""
    if len(readings) < 2 * _SHORTEST:
        return ()
    values = [(1 if total > 0 else -1) * log1p(abs(total)) for total in sums]
    steps = [later - earlier for earlier, later in pairwise(values)]
    middle = median(steps)
    sigma = _TO_SIGMA * median(abs(step - middle) for step in steps) / 2**0.5
    if sigma == 0:
        return ()
    import numpy
    from ruptures import Pelt

    series = numpy.array([[value / sigma] for value in values])
    ends = Pelt(model="l2", min_size=_SHORTEST, jump=1).fit(series).predict(pen=_PENALTY * log(len(values)))
    edges = [0, *ends]
    found = (_break(readings[edges[at] : edges[at + 1]], readings[edges[at + 1] : edges[at + 2]]) for at in range(len(edges) - 2))
    return tuple(found)


def _break(before: Sequence[Reading], after: Sequence[Reading]) -> Break:
    earlier, later = _summed(before), _summed(after)
    old, new = _band(*earlier), _band(*later)
    if old[1] < new[0] or new[1] < old[0]:
        tones = tone_of(*earlier), tone_of(*later)
        return Break(after[0].first, "tone", "warmer" if tones[0] < tones[1] else "colder", *tones)
    means = (round(sum(reading.attention for reading in some) / len(some), 4) for some in (before, after))
    return Break(after[0].first, "attention", None, *means)


def _summed(readings: Sequence[Reading]) -> tuple[int, int]:
    return sum(reading.positive for reading in readings), sum(reading.negative for reading in readings)
