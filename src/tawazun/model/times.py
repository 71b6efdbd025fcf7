"""Holds the words that date an act, the expressions found in a text, and the dates that they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

TimeKind = Literal[
    "weekday",
    "weak_weekday",
    "relative_day",
    "weak_relative_day",
    "the_day",
    "month",
    "weak_month",
    "hijri_month",
    "shift",
    "recent",
    "this",
    "that",
    "same",
    "moment",
    "day_part",
    "vague_part",
    "the_part",
    "one",
    "one_day",
    "one_week",
    "one_month",
    "one_year",
    "day_pair",
    "month_pair",
    "year_pair",
    "the_week",
    "the_month",
    "the_year",
    "the_hour",
    "two",
    "the_two",
    "many",
    "the_many",
    "few",
    "few_after",
    "fraction",
    "about",
    "edge",
    "half",
    "quarter",
    "portion",
    "season",
    "the_season",
    "decade",
    "century",
    "era",
    "hijri_era",
    "equals",
    "zone",
    "every",
    "row",
    "in",
    "since",
    "until",
    "during",
    "within",
    "before",
    "after",
    "from",
    "between",
    "over",
    "with",
    "of",
    "upon",
    "and",
    "or",
    "slash",
    "dash",
    "open",
    "close",
    "comma",
    "colon",
    "the",
    "vague",
    "cardinal",
    "ordinal",
    "small",
    "number",
    "year",
    "round_year",
    "full_date",
    "prep",
]
TIME_KINDS: tuple[TimeKind, ...] = get_args(TimeKind)

LINK_KINDS: frozenset[TimeKind] = frozenset(
    (
        *("and", "or", "slash", "dash", "open", "close", "comma", "colon", "of", "upon", "the", "row", "equals"),
        *("era", "hijri_era", "zone"),
        *("in", "until", "before", "after", "with", "prep", "between", "about", "few", "few_after"),
        *("ordinal", "cardinal", "small", "number", "round_year"),
        *("this", "that", "same", "every", "fraction", "during", "since", "from", "over", "within"),
    )
)
"""Holds the kinds that make no expression by themselves."""

Granularity = Literal["day", "week", "month", "season", "year", "range", "time", "none"]
Unit = Literal["minute", "hour", "day", "week", "month", "year", "decade", "century"]
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class TimeWord:
    """Is one reading of a word, together with the words of `tail` after it, all folded.

    `value` counts from Monday 0 (weekdays), January or Muharram 1 (months), spring 1 (seasons), in days from today (relative days),
    in units from now (shifts), is the place in `UNITS` (units), or the number itself.
    """

    tail: tuple[str, ...]
    kind: TimeKind
    value: int


@dataclass(frozen=True, slots=True)
class TimeTable:
    """Is `ar/dates.yaml` made ready for reading: first words to readings, longest first, and what may be written on to them.

    `guards_before` names, per kind, the words after which it is no time; `guards_after` those before which it is none.
    """

    words: Mapping[str, tuple[TimeWord, ...]]
    conjunctions: tuple[str, ...]
    prepositions: tuple[str, ...]
    clitic_kinds: frozenset[TimeKind]
    never: frozenset[str]
    article: str
    to_definite: str
    guards_before: Mapping[str, frozenset[str]]
    guards_after: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TimePart:
    """Is one word of a mention with its value, see `TimeWord`."""

    kind: TimeKind
    value: int


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Is an expression that dates something: words `start` to `end`, half-open, in the sequence given.

    `text` joins the folded words; `pattern` names the rule that matched; of a range, `parts` is its beginning and `until` its end.
    """

    start: int
    end: int
    text: str
    pattern: str
    parts: tuple[TimePart, ...]
    until: "TimeMention | None" = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Is a date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class TimeValue:
    """Is what a mention stands for.

    `iso` is a day, month or year (`2020-08-17`, `2020-07`, `2011`), two of them with a slash between (both included), or None where
    it can't be computed.
    """

    iso: str | None
    granularity: Granularity
