"""Turns a time expression and the date it was written on into the date it stands for.

`toward` says which way an expression without a year, or a weekday without "last" or "next", is to be read; None is the past, except
for a span that begins now ("within two weeks"). A caller that knows the status of the event knows the way: planned, called for, conditional
and possible look ahead.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

from tawazun.model.times import UNITS, PartialDate, TimeKind, TimeMention, TimePart, TimeValue
from tawazun.resolve.calendars import Stretch, days_of, hijri_dates, months_of, shift_month, stretch_value, week_of, years_of

Toward = Literal["past", "future"] | None
Anchor = PartialDate
_PAST_LEADS: tuple[TimeKind, ...] = ("before", "since")
_MONTHS: frozenset[TimeKind] = frozenset({"month", "weak_month"})
_NUMBERS: frozenset[TimeKind] = frozenset({"small", "number", "year", "round_year"})
_COUNTS: frozenset[TimeKind] = frozenset({"small", "number", "cardinal", "year", "round_year"})
_UNITS: frozenset[TimeKind] = frozenset(
    {"two", "the_two", "year_pair", "many", "the_many", "one", "one_day", "one_week", "one_month", "one_year"}
)
_SEASON_MONTHS = {1: 3, 2: 6, 3: 9, 4: 12}


def _values(parts: Sequence[TimePart], *kinds: TimeKind) -> list[int]:
    return [part.value for part in parts if part.kind in kinds]


def _first(parts: Sequence[TimePart], *kinds: TimeKind) -> int | None:
    return next((part.value for part in parts if part.kind in kinds), None)


def _has(parts: Sequence[TimePart], *kinds: TimeKind) -> bool:
    return any(part.kind in kinds for part in parts)


def _day(anchor: Anchor | None) -> date | None:
    return date(anchor.year, anchor.month, anchor.day) if anchor and anchor.month and anchor.day else None


def _nearest(weekday: int, day: date) -> date:
    """Returns the day with that weekday at most three days from `day`."""
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)


def _weekday(weekday: int, day: date, shift: int | None, toward: Toward) -> date:
    """Returns the day that a weekday names: on or before `day`, after it where "next" or the future says so."""
    back, ahead = (day.weekday() - weekday) % 7, (weekday - day.weekday()) % 7
    if shift is None:
        return day + timedelta(ahead) if toward == "future" else day - timedelta(back)
    if shift == 0:
        return week_of(day)[0] + timedelta(weekday)
    return day + timedelta((ahead or 7) + 7 * (shift - 1)) if shift > 0 else day - timedelta((back or 7) + 7 * (-shift - 1))


def _weekdays(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    day, parts = _day(anchor), mention.parts
    if day is None:
        return None
    shift = _first(parts, "shift", "this")
    names = _values(parts, "weekday", "weak_weekday")
    if _has(parts, "the_week") and shift is not None:
        monday = week_of(day + timedelta(7 * shift))[0]
        found = [monday + timedelta(name) for name in names]
    else:
        found = [_weekday(names[0], day, shift, toward)]
        found += [found[0] + timedelta((name - names[0]) % 7) for name in names[1:]]
        if len(found) > 1 and shift is None and toward != "future" and found[-1] > day:
            found = [one - timedelta(7) for one in found]
    return days_of(min(found), max(found))


def _relative_days(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    """A weekday beside the adverb settles which day it is, since articles are dated a day early or late."""
    day = _day(anchor)
    if day is None:
        return None
    offsets: list[int] = []
    found: list[date] = []
    for part in mention.parts:
        if part.kind in ("the_day", "relative_day", "weak_relative_day"):
            offsets.append(0 if part.kind == "the_day" else part.value)
            found.append(day + timedelta(offsets[-1]))
        elif part.kind in ("weekday", "weak_weekday") and found:
            found[-1] = _nearest(part.value, found[-1])
    return days_of(min(found), max(found))


def _year_number(parts: Sequence[TimePart]) -> int | None:
    """Returns the year that stands in a mention; two digits ("the year 67") mean the last century."""
    year = _first(parts, "year", "round_year")
    if year is None and _has(parts, "one_year", "the_year", "year_pair", "hijri_era"):
        year = next((value for value in reversed(_values(parts, "number", "small"))), None)
    if year is not None and 31 < year < 100:
        return 1900 + year
    return year


def _year_of(parts: Sequence[TimePart], anchor: Anchor | None) -> int | None:
    """Returns the year given as a number or as "last year"."""
    year = _year_number(parts)
    if year is None and anchor and _has(parts, "the_year"):
        shift = _first(parts, "shift", "this")
        return anchor.year + shift if shift is not None else None
    return year


def _pick_year(month: int, day: int | None, shift: int | None, anchor: Anchor, toward: Toward) -> int:
    """Returns the year of a month or day that has none; the anchor's own month (day) is now unless "last" or "next" excludes it."""
    if shift == 0 or anchor.month is None:
        return anchor.year
    here = (anchor.month, anchor.day if day and anchor.day else 0)
    there = (month, day if day and anchor.day else 0)
    if (shift if shift is not None else 1 if toward == "future" else -1) > 0:
        later = there > here or (there == here and shift is None)
        return anchor.year + (not later) + max(0, (shift or 1) - 1)
    earlier = there < here or (there == here and shift is None)
    return anchor.year - (not earlier) - max(0, -(shift or -1) - 1)


def _split_date(parts: Sequence[TimePart]) -> tuple[list[int], list[int], list[TimePart]]:
    """Splits a date in words into days, months (twins counted once) and what follows the month."""
    at = next(k for k, part in enumerate(parts) if part.kind in _MONTHS or part.kind == "the_month")
    months = [part.value for part in parts if part.kind in _MONTHS]
    days = [part.value for part in parts[:at] if part.kind in ("small", "ordinal")]
    if not days and len(parts) > at + 1:
        days = [part.value for part in parts[at + 1 :] if part.kind == "small"][:1]
    return days, list(dict.fromkeys(months)), list(parts[at + 1 :])


def _gregorian(parts: Sequence[TimePart]) -> Sequence[TimePart]:
    """Leaves out the Hijri date that stands before its Gregorian equal."""
    at = next((k for k, part in enumerate(parts) if part.kind == "hijri_month"), None)
    if at is None or not any(part.kind in _MONTHS for part in parts[at:]):
        return parts
    return [part for part in parts[at + 1 :] if part.kind not in ("number", "hijri_era")]


def _year_by_weekday(parts: Sequence[TimePart], month: int, days: Sequence[int], anchor: Anchor | None) -> int | None:
    """Returns the year near the anchor in which the day falls on the weekday that stands beside it."""
    weekday = _first(parts, "weekday", "weak_weekday")
    if anchor is None or weekday is None or len(days) != 1 or _first(parts, "shift") is not None:
        return None
    near = (anchor.year, anchor.year - 1, anchor.year + 1)
    found = [year for year in near if days[0] <= monthrange(year, month)[1] and date(year, month, days[0]).weekday() == weekday]
    return found[0] if found else None


def _make_days(year: int, month: int, days: Sequence[int]) -> Stretch | None:
    try:
        found = [date(year, month, day) for day in days]
    except ValueError:
        return None
    return days_of(min(found), max(found))


def _numeric_date(parts: Sequence[TimePart], anchor: Anchor | None, toward: Toward) -> Stretch | None:
    """Reads day/month/year (month first only where the second number can't be a month) and year/month/day."""
    whole = _first(parts, "full_date")
    numbers = [whole // 10_000, whole // 100 % 100, whole % 100] if whole else _values(parts, *_NUMBERS)
    if len(numbers) == 2 and anchor:
        year = _pick_year(numbers[1], numbers[0], None, anchor, toward) if 1 <= numbers[1] <= 12 else 0
        return _make_days(year, numbers[1], numbers[:1]) if year else None
    if len(numbers) < 3:
        return None
    if len(numbers) > 5 and max(numbers[3:]) >= 1900:
        numbers = numbers[3:]
    first, second, third = numbers[:3]
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    if month > 12 >= day:
        month, day = day, month
    if 1300 <= year <= 1500:
        return hijri_dates(year, month, (day,))
    return _make_days(year + 2000 if year < 100 else year, month, (day,))


def _hijri(parts: Sequence[TimePart], anchor: Anchor | None, toward: Toward) -> Stretch | None:
    at = next(k for k, part in enumerate(parts) if part.kind == "hijri_month")
    days = tuple(_values(parts[:at], "small", "ordinal"))
    year = _first(parts[at:], "number", "small")
    if year is not None:
        return hijri_dates(year, parts[at].value, days)
    now = _day(anchor)
    if now is None:
        return None
    shift = _first(parts[at:], "shift")
    guess = (now.year - 622) * 33 // 32
    found = [stretch for stretch in (hijri_dates(guess + step, parts[at].value, days) for step in (-2, -1, 0, 1, 2)) if stretch]
    if (shift if shift is not None else 1 if toward == "future" else -1) > 0:
        return next((one for one in found if one.last >= now), None)
    before = [one for one in found if (one.first <= now if shift is None or shift == 0 else one.last < now)]
    return before[-1] if before else None


def _calendar_date(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    parts = mention.parts
    if not any(part.kind in _MONTHS or part.kind in ("the_month", "hijri_month", "shift") for part in parts) or _has(parts, "full_date"):
        return _numeric_date(parts, anchor, toward)
    if not any(part.kind in _MONTHS for part in parts) and _has(parts, "hijri_month"):
        return _hijri(parts, anchor, toward)
    if not any(part.kind in _MONTHS or part.kind == "the_month" for part in parts):
        parts = (*parts[:-1], TimePart("the_month", 0), parts[-1])
    days, months, after = _split_date(_gregorian(parts))
    if not months:
        shift = _first(parts, "shift", "this")
        if anchor is None or anchor.month is None or shift is None:
            return None
        return _make_days(*shift_month(anchor.year, anchor.month, shift), days)
    year = _year_of(after, anchor) or _year_by_weekday(parts, months[0], days, anchor)
    if year is None and anchor:
        year = _pick_year(months[0], max(days, default=None), _first(after, "shift", "this"), anchor, toward)
    return _make_days(year, months[0], days) if year else None


def _months(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    parts = mention.parts
    if _has(parts, "hijri_month"):
        return _hijri(parts, anchor, toward)
    months = list(dict.fromkeys(_values(parts, *_MONTHS)))
    year = _year_number(parts) or _year_of(parts, anchor)
    if year is None and anchor:
        year = _pick_year(months[-1], None, _first(parts, "shift"), anchor, toward)
    if year is None:
        return None
    first = year - 1 if months[0] > months[-1] else year
    return months_of((first, months[0]), (year, months[-1]))


def _season(year: int, season: int) -> Stretch:
    """Returns the three months of a season; a winter is named after the year that it ends in."""
    start = (year - 1, 12) if season == 4 else (year, _SEASON_MONTHS[season])
    return months_of(start, shift_month(*start, 2), "season")


def _within_year(year: int, parts: Sequence[TimePart], exact: bool) -> Stretch:
    """Narrows a year to its season, half, quarter; to its first or last month where the year is a number ("the end of 2010")."""
    season, half, quarter = _first(parts, "season", "the_season"), _first(parts, "half"), _first(parts, "quarter")
    if season is not None:
        return _season(year, season)
    if half is not None:
        return months_of((year, 6 * half - 5), (year, 6 * half), "range")
    if quarter is not None:
        return months_of((year, 3 * quarter - 2), (year, 3 * quarter), "range")
    edge = _first(parts, "edge")
    if exact and edge in (1, 5):
        month = 1 if edge == 1 else 12
        return months_of((year, month), (year, month))
    return years_of(year, year)


def _years(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    """A year after "before" or "after" bounds the time and doesn't say it."""
    parts = mention.parts
    if parts[0].kind in ("before", "after"):
        return None
    numbers = _values(parts, *_NUMBERS)
    if _has(parts, "hijri_era") and not _has(parts, "year"):
        return hijri_dates(numbers[0], None, ())
    year = _year_number(parts) or numbers[0]
    if len(numbers) == 1:
        return _within_year(year, parts, exact=True)
    last = numbers[1]
    if last < 100:
        last += year // 100 * 100
    first = numbers[0] if numbers[0] > 99 else 1900 + numbers[0]
    return years_of(first, last) if first <= last else None


def _relative_span(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    parts = mention.parts
    shift = _first(parts, "shift", "this")
    if anchor is None or shift is None or (parts[0].kind in ("before", "after") and not _has(parts, "edge")):
        return None
    day = _day(anchor)
    if _has(parts, "the_week"):
        return Stretch(*week_of(day + timedelta(7 * shift)), "day", "week") if day else None
    if _has(parts, "the_month"):
        month = shift_month(anchor.year, anchor.month, shift) if anchor.month else None
        return months_of(month, month) if month else None
    if _has(parts, "the_year"):
        return _within_year(anchor.year + shift, parts, exact=False)
    return _near_season(parts, anchor, shift)


def _near_season(parts: Sequence[TimePart], anchor: Anchor, shift: int) -> Stretch | None:
    """Returns the last season of a name that is over, the next that hasn't begun, or for "this" the one nearest."""
    season, day = _first(parts, "the_season"), _day(anchor)
    if season is None or day is None:
        return None
    near = [_season(anchor.year + step, season) for step in (-2, -1, 0, 1, 2)]
    if shift < 0:
        return [one for one in near if one.last < day][-1]
    if shift > 0:
        return next(one for one in near if one.first > day)
    return min(near, key=lambda one: abs((one.first - day).days + 45))


def _step(day: date, unit: str, steps: int) -> Stretch | None:
    """Returns the day, month or year that lies `steps` units from `day`, as exact as the unit is."""
    if unit in ("day", "week"):
        there = day + timedelta(steps * (7 if unit == "week" else 1))
        return days_of(there, there)
    if unit == "hour" and steps % 24 == 0:
        return _step(day, "day", steps // 24)
    if unit == "month":
        month = shift_month(day.year, day.month, steps)
        return months_of(month, month)
    if unit in ("year", "decade"):
        year = day.year + steps * (10 if unit == "decade" else 1)
        return years_of(year, year) if 1 <= year <= 9999 else None
    return None


def _count(parts: Sequence[TimePart]) -> tuple[int, str] | None:
    """Returns number and unit of a counted time; None where it is vague ("a few days", "about two years", "a year and a half")."""
    if _has(parts, "few", "few_after", "about", "fraction", "recent"):
        return None
    unit = next((part for part in parts if part.kind in _UNITS), None)
    if unit is None:
        return None
    number = sum(part.value for part in parts if part.kind in _COUNTS)
    if unit.kind in ("two", "the_two", "year_pair"):
        number = 2
    elif unit.kind.startswith("one") and not number:
        number = 1
    return (number, UNITS[unit.value]) if 0 < number < 1000 else None


def _reach(day: date, end: Stretch) -> Stretch:
    """Returns the range between `day` and a point before or after it."""
    month = (day.year, day.month)
    here = days_of(day, day) if end.unit == "day" else months_of(month, month) if end.unit == "month" else years_of(day.year, day.year)
    return Stretch(min(end.first, here.first), max(end.last, here.last), end.unit, "range")


def _counted(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    """Reads "ago" and "after" as points, "since", "within" and "the last" as ranges that begin or end now."""
    parts, day = mention.parts, _day(anchor)
    counted, shift = _count(parts), _first(parts, "shift")
    if day is None or counted is None or (shift is None and parts[0].kind in ("over", "until", "in")):
        return None
    number, unit = counted
    past = shift < 0 if shift is not None else _has(parts, *_PAST_LEADS) or (toward == "past" and not _has(parts, "after"))
    point = _step(day, unit, -number if past else number)
    if point is None:
        return None
    return point if shift is None and parts[0].kind in ("before", "after") else _reach(day, point)


def _decades(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    start = _first(mention.parts, "decade")
    return years_of(start, start + 9) if start else None


def _none(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    return None


_RULES: dict[str, Callable[[TimeMention, Anchor | None, Toward], Stretch | None]] = {
    "date": _calendar_date,
    "relative_day": _relative_days,
    "weekday": _weekdays,
    "month": _months,
    "relative_span": _relative_span,
    "year": _years,
    "bare_year": _years,
    "window": _counted,
    "distance": _counted,
    "decade": _decades,
}


def _stretch(mention: TimeMention, anchor: Anchor | None, toward: Toward) -> Stretch | None:
    try:
        return _RULES.get(mention.pattern, _none)(mention, anchor, toward)
    except (ValueError, OverflowError):
        return None


def _anchor_of(stretch: Stretch | None) -> Anchor | None:
    return PartialDate(stretch.last.year, stretch.last.month, stretch.last.day) if stretch else None


def resolve_time(mention: TimeMention, anchor: date | PartialDate | None, toward: Toward = None) -> TimeValue:
    """Returns the value of a mention in a text written on `anchor`; `iso` is None where the words or the anchor don't say enough."""
    here = PartialDate(anchor.year, anchor.month, anchor.day) if isinstance(anchor, date) else anchor
    if mention.until is None:
        found = _stretch(mention, here, toward)
        clock = found is None and mention.pattern in ("clock", "day_part")
        return stretch_value(found) if found else TimeValue(None, "time" if clock else "none")
    last = _stretch(mention.until, here, toward)
    exact = any(part.kind in ("year", "round_year") for part in mention.until.parts)
    first = _stretch(mention, _anchor_of(last) if exact else here, "past" if exact else toward)
    if first is None or last is None or first.first > last.last:
        return TimeValue(None, "none")
    unit = first.unit if first.unit == last.unit else "day"
    return stretch_value(Stretch(first.first, last.last, unit, "range"))
