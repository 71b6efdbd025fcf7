"""Turns the publication date that a user or a row gives into an ISO date or its prefix."""

import re
from datetime import date

from tawazun.base.errors import InputError

_PREFIX = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T ][0-9]{2}:[0-9]{2}[0-9:.,]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?", re.ASCII
)


def check_date(value: str, where: str) -> str:
    """Returns `2020-08-19`, `2020-08` or `2020`; the time of day of an ISO timestamp is left out, anything else raises `InputError`."""
    match = _PREFIX.fullmatch(value.strip())
    if match is None or (not match[3] and ":" in value):
        raise _unusable(value, where)
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _unusable(value, where) from None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _unusable(value: str, where: str) -> InputError:
    return InputError(f"{where}: date {value[:40]!r} isn't a day, month or year; write it as 2020-08-19, 2020-08 or 2020")
