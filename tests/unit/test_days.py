"""Dates, months, years and ranges become their first and last day."""

from datetime import date

import pytest

from tawazun.analyse.days import days_of, gap
from tawazun.base.days import first_and_last


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020-08-19", "2020-08-19", "2020-08-19"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-08-30/2020-09-02", "2020-08-30", "2020-09-02"),
        ("2020-08/2021", "2020-08-01", "2021-12-31"),
        ("2020-08-19T10:00:00", "2020-08-19", "2020-08-19"),
        ("2020-08-19/", "2020-08-19", "2020-08-19"),
        ("/2020-08-19", None, "2020-08-19"),
        ("2020-08-19/some day", "2020-08-19", None),
        ("2020-13", None, None),
        ("2021-02-29", None, None),
        ("0000", None, None),
        ("20", None, None),
        ("2020-W34", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_the_first_and_the_last_day(iso: str | None, first: str | None, last: str | None) -> None:
    wanted = tuple(date.fromisoformat(day) if day else None for day in (first, last))
    assert first_and_last(iso) == wanted
    counted = tuple(day.toordinal() for day in wanted if day)
    assert days_of(iso) == (counted if len(counted) == 2 else None)


@pytest.mark.parametrize(("one", "other", "days"), [((1, 3), (5, 9), 2), ((5, 9), (1, 3), 2), ((1, 5), (5, 9), 0), ((1, 9), (3, 4), 0)])
def test_the_gap_between_two_stretches(one: tuple[int, int], other: tuple[int, int], days: int) -> None:
    assert gap(one, other) == days
