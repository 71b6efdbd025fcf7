"""Turns an ISO date, a month, a year or a range of them into the first and the last day that it covers."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=20_000)
def first_and_last(iso: str | None) -> tuple[date | None, date | None]:
    """Returns the first and the last day of `2020-08-19`, `2020-08`, `2020` or `first/last`; None for an end that is none or no date."""
    if not iso:
        return None, None
    first, _, last = iso.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(iso: str, last: bool) -> date | None:
    parts = iso[:10].split("-")
    if len(parts) > 3 or len(parts[0]) != 4 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    try:
        if len(parts) == 1:
            month = 12 if last else 1
        if len(parts) < 3:
            day = monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        return None
