"""Turns the publication date that a user, a row, a page, a feed or a letter gives into an ISO date or its prefix."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from email.utils import parsedate
from typing import NamedTuple

from tawazun.base.errors import InputError
from tawazun.base.letters import fold_word

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Are the years between which a date of publication is believed."""

_AHEAD = timedelta(days=2)
_HIJRI_YEARS = range(1343, 1501)
_LONGEST = 200
_PREFIX = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T ][0-9]{2}:[0-9]{2}[0-9:.,]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?", re.ASCII
)
_YEAR_FIRST = re.compile(r"(?<![0-9:])([0-9]{4})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})(?![0-9])", re.ASCII)
_DAY_FIRST = re.compile(r"(?<![0-9:])([0-9]{1,2})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4})(?![0-9])", re.ASCII)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ENGLISH_MONTHS = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept"),
    *("october oct", "november nov", "december dec"),
)
_ENGLISH = {name: number for number, names in enumerate(_ENGLISH_MONTHS, 1) for name in names.split()}
_LONGEST_GAP = 3


class _Month(NamedTuple):
    """Is a name of a month in a list of words: where it starts and ends, its number, and whether it is one of the Hijri year."""

    start: int
    end: int
    number: int
    hijri: bool


def check_date(value: str, where: str, now: datetime | None = None) -> str:
    """Returns `2020-08-19`, `2020-08` or `2020`; the time of day of an ISO timestamp is left out, anything else raises `InputError`.

    With `now` a day that lies more than two days after it is refused, too.
    """
    match = _PREFIX.fullmatch(value.strip())
    if match is None or (not match[3] and ":" in value):
        raise _unusable(value, where)
    year, month, day = match.groups()
    return _believed(value, where, (int(year), int(month) if month else None, int(day) if day else None), now)


def read_date(value: str, where: str, now: datetime | None = None) -> str:
    """Reads a date as outlets write it: ISO, as in mail and feeds, in digits (the day before the month where both are possible), and in
    Arabic or English words; Hijri dates (Umm al-Qura) are turned into Gregorian ones. Raises `InputError` like `check_date`.
    """
    text = " ".join(fold_word(value[:_LONGEST]).casefold().split())
    match = _PREFIX.fullmatch(text.upper())
    if match is not None and not (not match[3] and ":" in text):
        return check_date(text.upper(), where, now) if int(match[1]) not in _HIJRI_YEARS else _in_digits(value, where, text, now)
    tokens = _TOKEN.findall(text)
    months = list(_months(tokens))
    if months:
        return _in_words(value, where, tokens, months, now)
    return _in_digits(value, where, text, now)


def _in_digits(value: str, where: str, text: str, now: datetime | None) -> str:
    match = _YEAR_FIRST.search(text)
    if match:
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif match := _DAY_FIRST.search(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _COMPACT.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise _unusable(value, where)
    if month > 12 >= day:
        day, month = month, day
    if year in _HIJRI_YEARS:
        return _believed(value, where, _gregorian(value, where, (year, month, day), _weekdays(_TOKEN.findall(text))), now)
    return _believed(value, where, (year, month, day), now)


def _months(tokens: Sequence[str]) -> Iterator[_Month]:
    """Yields the names of months among folded words; two names of one month side by side are one."""
    from tawazun.lexicon.load import load_times  # a twentieth of a second, which articles with ISO dates do without

    words = load_times().words
    found: list[_Month] = []
    position = 0
    while position < len(tokens):
        step = 1
        number, hijri = _ENGLISH.get(tokens[position]), False
        for word in words.get(tokens[position], ()):
            if (
                word.kind in ("month", "weak_month", "hijri_month")
                and tuple(tokens[position + 1 : position + 1 + len(word.tail)]) == word.tail
            ):
                number, hijri, step = word.value, word.kind == "hijri_month", 1 + len(word.tail)
                break
        if number is not None:
            last = found[-1] if found else None
            if last is not None and last.end == position and (last.number, last.hijri) == (number, hijri):
                found[-1] = last._replace(end=position + step)
            else:
                found.append(_Month(position, position + step, number, hijri))
        position += step
    yield from found


def _in_words(value: str, where: str, tokens: Sequence[str], months: Sequence[_Month], now: datetime | None) -> str:
    """Reads the first date whose month is named, a Gregorian one before a Hijri one."""
    for month in sorted(months, key=lambda month: month.hijri):
        year, day = _around(tokens, month)
        if year is None:
            continue
        if not month.hijri:
            return _believed(value, where, (year, month.number, day), now, _weekdays(tokens))
        if day is not None:
            return _believed(value, where, _gregorian(value, where, (year, month.number, day), _weekdays(tokens)), now)
    parts = parsedate(value)
    if parts is None:
        raise _unusable(value, where)
    return _believed(value, where, (parts[0], parts[1], parts[2]), now)


def _around(tokens: Sequence[str], month: _Month) -> tuple[int | None, int | None]:
    """Returns the year and the day that stand around the name of a month."""
    before = tokens[month.start - 1] if month.start else ""
    after = list(tokens[month.end : month.end + _LONGEST_GAP])
    day = int(before) if before.isdigit() and len(before) <= 2 else None
    if day is None and after and after[0].isdigit() and len(after[0]) <= 2:
        day = int(after[0])
    year = next((int(token) for token in after if token.isdigit() and len(token) == 4), None)
    return year, day


def _weekdays(tokens: Sequence[str]) -> frozenset[int]:
    """Returns the days of the week that are named in Arabic, Monday 0; those of feeds in English are wrong too often to count."""
    from tawazun.lexicon.load import load_times  # see above

    words = load_times().words
    return frozenset(word.value for token in tokens for word in words.get(token, ()) if word.kind == "weekday" and not word.tail)


def _gregorian(value: str, where: str, parts: tuple[int, int, int], weekdays: frozenset[int]) -> tuple[int, int, int]:
    """Turns a Hijri day into a Gregorian one; where the day of the week is given it decides between the neighbours, as the moon does."""
    from hijridate import Hijri

    try:
        computed = date(*Hijri(*parts).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        raise _unusable(value, where) from None
    near = (computed, computed - timedelta(1), computed + timedelta(1))
    day = next((day for day in near if day.weekday() in weekdays), computed)
    return day.year, day.month, day.day


def _believed(
    value: str,
    where: str,
    parts: tuple[int, int | None, int | None],
    now: datetime | None,
    weekdays: frozenset[int] = frozenset(),
) -> str:
    year, month, day = parts
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise _unusable(value, where) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(f"{where}: date {value[:40]!r} isn't between {FIRST_YEAR} and {LAST_YEAR}; give the day of publication")
    if now is not None and first > now.date() + _AHEAD:
        raise InputError(f"{where}: date {value[:40]!r} lies after today, {now.date()}; give the day of publication")
    if weekdays and day is not None and first.weekday() not in weekdays:
        raise InputError(f"{where}: date {value[:40]!r} isn't on the day of the week that it names; give the day of publication")
    return first.isoformat() if day is not None else f"{year:04}-{month:02}" if month is not None else f"{year:04}"


def _unusable(value: str, where: str) -> InputError:
    return InputError(f"{where}: date {value[:40]!r} isn't a day, month or year; write it as 2020-08-19, 2020-08 or 2020")
