"""Turns ISO dates, their prefixes and ranges into whole days, counted as `date.toordinal` does."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=20_000)
def days_of(iso: str | None) -> tuple[int, int] | None:
    """Returns the first and the last day of a date, month, year or `first/last`; None where there is none or it isn't a date."""
    if not iso:
        return None
    first, _, last = iso.partition("/")
    try:
        return _bounds(first)[0], _bounds(last or first)[1]
    except ValueError:
        return None


def _bounds(iso: str) -> tuple[int, int]:
    year, *rest = (int(part) for part in iso[:10].split("-"))
    if not rest:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    month = rest[0]
    if len(rest) == 1:
        return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
    day = date(year, month, rest[1]).toordinal()
    return day, day


def gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Returns how many days lie between two stretches; 0 where they overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)
