"""Turns ISO dates, their prefixes and ranges into whole days, counted as `date.toordinal` does."""

from datetime import date

from tawazun.base.days import first_and_last


def days_of(iso: str | None) -> tuple[int, int] | None:
    """Returns the first and the last day of a date, month, year or `first/last`; None where there is none or it isn't a date."""
    first, last = first_and_last(iso)
    return None if first is None or last is None else (first.toordinal(), last.toordinal())


def gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Returns how many days lie between two stretches; 0 where they overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def iso_of(day: int) -> str:
    """Returns a day as an ISO date."""
    return date.fromordinal(day).isoformat()


def iso_or_none(day: int | None) -> str | None:
    """Returns a day as an ISO date, None where there is none."""
    return None if day is None else iso_of(day)
