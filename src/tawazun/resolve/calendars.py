"""Turns years, months and days, Gregorian and Hijri, into stretches of days, and stretches into ISO values."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hijridate import Hijri

from tawazun.model.times import Granularity, TimeValue

Precision = Literal["day", "month", "year"]


class Stretch(NamedTuple):
    """Is the time from `first` to `last`, both included, known to the `unit`."""

    first: date
    last: date
    unit: Precision
    granularity: Granularity


def days_of(first: date, last: date) -> Stretch:
    """Returns a day, or a range of days."""
    return Stretch(first, last, "day", "day" if first == last else "range")


def months_of(first: tuple[int, int], last: tuple[int, int], granularity: Granularity | None = None) -> Stretch:
    """Returns a month, or a range of months, given as (year, month)."""
    end = date(*last, monthrange(*last)[1])
    return Stretch(date(*first, 1), end, "month", granularity or ("month" if first == last else "range"))


def years_of(first: int, last: int) -> Stretch:
    """Returns a year, or a range of years."""
    return Stretch(date(first, 1, 1), date(last, 12, 31), "year", "year" if first == last else "range")


def week_of(day: date) -> tuple[date, date]:
    """Returns the Monday and the Sunday of the week of a day."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def shift_month(year: int, month: int, steps: int) -> tuple[int, int]:
    """Returns the (year, month) that lies `steps` months from another."""
    index = year * 12 + month - 1 + steps
    return index // 12, index % 12 + 1


def hijri_dates(year: int, month: int | None, days: Sequence[int]) -> Stretch | None:
    """Turns a Hijri year, month or days of a month into Gregorian days (Umm al-Qura); None outside 1343 to 1500."""
    try:
        if days:
            found = [Hijri(year, month or 1, day).to_gregorian() for day in days]
            return days_of(date(*min(found).datetuple()), date(*max(found).datetuple()))
        first = Hijri(year, month or 1, 1)
        end = Hijri(year, month or 12, 1)
        last = Hijri(year, end.month, end.month_length())
    except (ValueError, OverflowError):
        return None
    start, stop = date(*first.to_gregorian().datetuple()), date(*last.to_gregorian().datetuple())
    return Stretch(start, stop, "day" if month else "month", "range")


def _write(day: date, unit: Precision) -> str:
    text = day.isoformat()
    return text if unit == "day" else text[:7] if unit == "month" else text[:4]


def stretch_value(stretch: Stretch) -> TimeValue:
    """Writes a stretch as exactly as it is known; both ends where they differ."""
    first, last = _write(stretch.first, stretch.unit), _write(stretch.last, stretch.unit)
    return TimeValue(first if first == last else f"{first}/{last}", stretch.granularity)
