"""Turns mentions of plans into matters: mentions of one plan, told by different articles, are one, with its windows in turn.

Mentions of one happening are one matter, and so are those of the same parties and place whose windows meet. A later window, told while the
earlier one still lay ahead, moves the matter where words or several origins say so; told afterwards, it begins another.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from tawazun.analyse.plans import Mention, Window
from tawazun.model.entries import EventType
from tawazun.model.happenings import Spot

WIDE = 31
"""Is of how many days a window may be at most to tell one meeting from the next."""
_NARROW = 7
"""Is of how many days windows are at most, of which one is told to take the place of another without words that say so."""
_ALIKE = 30
"""Is how many days may lie between the mentions of one plan without a window."""
_LATEST = 16
"""Is how many matters of a unit at most are looked at, the latest: so time stays linear in the number of mentions."""


_Told = tuple[Window, tuple[Mention, ...]]
"""Is a window with the mentions that say it."""


class Matter(msgspec.Struct, frozen=True, gc=False):
    """Is one plan: its mentions in the order in which they were told, and its windows in turn, each with the mentions that say it."""

    mentions: tuple[Mention, ...]
    windows: tuple[tuple[Window, tuple[Mention, ...]], ...]
    units: frozenset[str]
    people: frozenset[str]
    spot: Spot | None

    @property
    def type(self) -> EventType:
        """Is the type of its first mention, which all others share."""
        return self.mentions[0].act.type

    @property
    def window(self) -> Window | None:
        """Is the window that it has now."""
        return self.windows[-1][0] if self.windows else None


def matters_of(mentions: Iterable[Mention]) -> tuple[Matter, ...]:
    """Groups mentions, given in the order in which they were told, into matters in the order of their first mentions."""
    by_happening: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_happening[mention.act.happening, mention.kind, mention.act.type].append(mention)
    matters = [matter for some in by_happening.values() for matter in _parted(some)]
    merged = _merged(sorted(matters, key=_told_first))
    return tuple(sorted(merged, key=_told_first))


def _told_first(matter: Matter) -> tuple[int, str, int]:
    first = matter.mentions[0]
    return first.told or 0, first.act.article, first.act.start


def _parted(mentions: Sequence[Mention]) -> list[Matter]:
    """Parts the mentions of a happening where a new window was told only after the one before it had passed."""
    parts: list[list[Mention]] = [[]]
    last: int | None = None
    for mention in mentions:
        window = mention.window
        if window is not None and window[1] is not None:
            if last is not None and mention.told is not None and mention.told > last and window[0] > last and not mention.postponed:
                parts.append([])
            last = window[1]
        parts[-1].append(mention)
    return [matter(part) for part in parts]


def matter(mentions: Sequence[Mention]) -> Matter:
    """Makes a matter of mentions in the order in which they were told."""
    spots = [mention.spot for mention in mentions if mention.spot is not None]
    return Matter(
        mentions=tuple(mentions),
        windows=_windows(mentions),
        units=frozenset().union(*(mention.units for mention in mentions)),
        people=frozenset().union(*(mention.people for mention in mentions)),
        spot=max(spots, key=lambda spot: (sum(spot.key == other.key for other in spots), -len(spot.name))) if spots else None,
    )


def _windows(mentions: Sequence[Mention]) -> tuple[tuple[Window, tuple[Mention, ...]], ...]:
    """Returns the windows in turn: those that meet are one, the narrowest; of others the one that most origins tell stands, with those
    that it was moved from or to. What else is told is an error of somebody's.
    """
    told: list[_Told] = []
    for mention in mentions:
        if mention.window is None:
            continue
        at = next((at for at, (window, _) in enumerate(told) if meet(window, mention.window)), None)
        if at is None:
            told.append((mention.window, (mention,)))
        else:
            window, said = told[at]
            told[at] = (_narrowed(window, mention.window), (*said, mention))
    if len(told) < 2:
        return tuple(told)
    best = max(told, key=lambda one: (any(mention.postponed for mention in one[1]), _origins(one)))
    chain = [best]
    for one in reversed(told[: told.index(best)]):
        if _moves(one, chain[0]):
            chain.insert(0, one)
    for one in told[told.index(best) + 1 :]:
        if _moves(chain[-1], one):
            chain.append(one)
    return tuple(chain)


def _moves(old: _Told, new: _Told) -> bool:
    """Tells whether a window took the place of another: words say so, or several origins tell it, and the old one isn't told any more."""
    if max(mention.told or 0 for mention in old[1]) > min(mention.told or 0 for mention in new[1]):
        return False
    if any(mention.postponed for mention in new[1]):
        return True
    narrow = max(width(old[0]), width(new[0])) <= _NARROW
    return narrow and abs(new[0][0] - old[0][0]) > 1 and min(_origins(old), _origins(new)) > 1


def _origins(one: _Told) -> int:
    return len({mention.act.origin for mention in one[1]})


def meet(one: Window, other: Window) -> bool:
    """Tells whether two windows have a day in common."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def _narrowed(one: Window, other: Window) -> Window:
    """Returns the narrower of two windows that meet; of equals, the first."""
    return other if width(other) < width(one) else one


def width(window: Window) -> int:
    """Returns how many days lie between the ends of a window, very many where it has none."""
    return 10**6 if window[1] is None else window[1] - window[0]


def _merged(matters: Sequence[Matter]) -> list[Matter]:
    """Joins matters of different happenings that are one plan, each with the first that it is like."""
    joined: list[Matter] = []
    by_unit: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in matters:
        # Without window or place nothing is known again
        named = sorted(each.units) or [" ".join(each.mentions[0].by)]
        keys = [(each.type, name) for name in named] if each.windows or each.spot else []
        candidates = sorted({at for key in keys for at in by_unit[key][-_LATEST:]})
        at = next((at for at in candidates if _one(joined[at], each)), None)
        if at is None:
            at = len(joined)
            joined.append(each)
        else:
            joined[at] = _together(joined[at], each)
        for key in keys:
            if not by_unit[key] or by_unit[key][-1] != at:
                by_unit[key].append(at)
    return joined


def _together(one: Matter, other: Matter) -> Matter:
    mentions = sorted((*one.mentions, *other.mentions), key=lambda mention: (mention.told or 0, mention.act.article, mention.act.start))
    return matter(mentions)


def _one(one: Matter, other: Matter) -> bool:
    """Tells whether two matters are one plan: its parties the same as far as both name them, its places and windows agreeing."""
    first, second = one.window, other.window
    if first is not None and second is not None and not meet(first, second):
        return False
    if not one.units and not other.units:
        return first is not None and second is not None and _worded_alike(one.mentions[0], other.mentions[0])
    shared = one.units & other.units
    if one.mentions[0].kind != other.mentions[0].kind or shared not in (one.units, other.units):
        return False
    if one.people and other.people and not one.people & other.people:
        return False
    if not agree(one.spot, other.spot):
        return False
    there = same(one.spot, other.spot)
    if first is not None and second is not None:
        return max(width(first), width(second)) <= WIDE and (len(shared) > 1 or there)
    apart = abs((one.mentions[-1].told or 0) - (other.mentions[0].told or 0))
    return len(shared) > 1 and there and apart <= _ALIKE


def _worded_alike(one: Mention, other: Mention) -> bool:
    """Tells whether two mentions of nobody known have the same words for who, what and when."""
    return one.kind == other.kind and (one.by, one.act.trigger, one.act.when) == (other.by, other.act.trigger, other.act.when)


def agree(one: Spot | None, other: Spot | None) -> bool:
    """Tells whether two places may be one: they are the same, one isn't known, or one is the country that the other lies in."""
    if one is None or other is None or one.key == other.key or not _known(one) or not _known(other):
        return True
    return one.country == other.country and (one.lat is None or other.lat is None)


def same(one: Spot | None, other: Spot | None) -> bool:
    """Tells whether two places are known and the same; words such as "the capital" are no place."""
    return one is not None and other is not None and one.key == other.key and _known(one)


def _known(spot: Spot) -> bool:
    return spot.country is not None or spot.lat is not None
