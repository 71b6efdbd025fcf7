"""Holds the grammar of time expressions: patterns over the kinds of words, compiled to regular expressions over one character a word.

A pattern is a regular expression whose letters are names of kinds (`TimeKind`); a name in capitals stands for another pattern. The longest
match wins, of equal ones the first in the list.
"""

import re
from typing import NamedTuple, cast

from tawazun.model.times import LINK_KINDS, TIME_KINDS, TimeKind

OTHER = "."
"""Stands for a word that dates nothing."""

CODES: dict[TimeKind, str] = {kind: chr(0x100 + number) for number, kind in enumerate(TIME_KINDS)}
"""Gives each kind its character."""

_MACROS = {
    # what may stand before an expression and belongs to it
    "LEAD": "in? (?: since | until | during | within | before | after | from | over | prep | about | between"
    " | with (?= prep? (?: edge | day_part | portion | half | vague_part )) ){0,3}",
    "CLOCK": "(?: in | prep | about )* the_hour (?: ordinal | small | cardinal ) (?: (?: colon | comma ) (?: small | number )"
    " )? (?: and? fraction )?",
    "PART": "(?: CLOCK of? )? (?: prep? (?: day_part | vague_part | the_part ) (?: of | in )? ){0,3}",
    "PARTAFTER": "(?: comma? prep? day_part (?! one_day | the_day | relative_day | weekday ) )? (?: prep? in? CLOCK day_part? )?",
    "WEEKDAY": "(?: weekday | (?<= [ one_day day_part day_pair ] ) weak_weekday )",
    "RELATIVE": "(?: the_day | relative_day | (?<= [ one_day day_part prep in until and ] ) weak_relative_day )",
    "NAME": "(?: month | weak_month )",
    # the same month named twice: a slash, brackets, or nothing between
    "TWIN": "(?: (?: slash | dash )? NAME | slash? open NAME close? | slash hijri_month )",
    "STRONG": "(?: (?: one_month | the_month ) prep? (?: NAME TWIN? | hijri_month ) | month TWIN? | weak_month (?: slash | open"
    " )? NAME close? )",
    "MONTH": "(?: STRONG | weak_month | hijri_month )",
    "YEARNUMBER": "(?: year | round_year | number | small (?= hijri_era ) )",
    "ERA": "(?: era | hijri_era )",
    "YEAR": "(?: of? (?: one_year | the_year ) of? YEARNUMBER ERA? | of? (?: year | round_year ) ERA? | of? number ERA )",
    "RELATIVEYEAR": "(?: of? this? the_year shift | of? this the_year | of? the_year this | shift )",
    "TAIL": "(?: YEAR | (?<= HIJRI ) of? number | RELATIVEYEAR )?",
    "HIJRI": "hijri_month",
    "DAY": "the? (?: small | ordinal )",
    "DAYS": "DAY (?: (?: and | dash | until | slash | or | comma and? | and until ) prep? DAY ){0,3}",
    "MONTHOF": "(?: MONTH TAIL | the_month shift | this the_month | the_month this )",
    "DATE": "(?: one_day | the_day | day_pair )? DAYS (?: of? MONTHOF | of shift | (?<= [ small ] ) shift )",
    "DIGITS": "(?: small (?: slash | dash ) small (?: slash | dash ) (?: YEARNUMBER | small ) ERA? | YEARNUMBER (?: slash |"
    " dash ) small (?: slash | dash ) small ERA? | full_date )",
    "MONTHFIRST": "NAME TWIN? small comma? year",
    "FULL": "(?: DATE | (?: one_day )? DIGITS | (?: one_day )? MONTHFIRST | one_day small slash small )",
    "BESIDE": "(?: slash WEEKDAY slash? | open WEEKDAY close | (?: comma | dash )? one_day? WEEKDAY )",
    "NAMED": "(?: one_day? RELATIVE BESIDE? | one_day? WEEKDAY )",
    "GAP": "(?: comma | open | close | slash | dash | equals | prep )",
    "EDGE": "(?: (?: edge | half | quarter | portion ) of? )",
    "SPAN": "(?: the_week | the_month | the_year | the_season )",
    "COUNT": "(?: the? (?: small | number | year | round_year ) | cardinal | few )",
    "COUNTED": "(?: many | the_many | one | one_day | one_week | one_month | one_year )",
    "SIZE": "(?: COUNT (?: and cardinal )? COUNTED | two | (?: one | one_day | one_week | one_month | one_year ) | few? many"
    " | year_pair ) (?: few_after | few )? (?: and? fraction )?",
    "FORWARD": "(?: before | after | since | during | within | over | until | prep | about )",
}

_PATTERNS = (
    (
        "date",
        "LEAD PART (?: NAMED GAP{0,3} )? (?: EDGE prep? )? FULL (?: GAP{0,2} equals prep? FULL )? (?: open FULL close |"
        " slash FULL slash? )? PARTAFTER",
    ),
    (
        "relative_day",
        "LEAD PART one_day? RELATIVE BESIDE? PARTAFTER (?: (?: and | or | slash ) LEAD PART one_day? RELATIVE WEEKDAY? )?",
    ),
    (
        "weekday",
        "LEAD PART (?: one_day | day_pair )? WEEKDAY (?: (?: and | until | slash | dash | and until ) (?: one_day | prep )? WEEKDAY )*"
        " (?: of (?: the_week shift | this the_week ) | shift )? PARTAFTER",
    ),
    ("month", "LEAD EDGE? STRONG (?: (?: and | until | dash | slash ) LEAD STRONG )* TAIL"),
    (
        "month",
        "(?: in | since | until | during | within | before | after | from | edge of? | portion of? | half of? | of? (?="
        " weak_month until ) ) weak_month TAIL",
    ),
    ("month", "LEAD EDGE? (?: hijri_month | weak_month ) (?: YEAR | RELATIVEYEAR | number )"),
    ("month", "(?: in | since | until | during | within | before | after | from | edge of? | portion of? | half of? ) hijri_month TAIL"),
    ("month", "LEAD (?: month_pair | edge | portion )? month_pair MONTH (?: and | dash | slash | until )+ MONTH TAIL"),
    ("relative_span", "LEAD PART (?: season of? | EDGE ) ? (?: EDGE )? (?: this SPAN | SPAN (?: shift | this ) )"),
    (
        "year",
        "LEAD (?: season of? | EDGE )? (?: (?: one_year | the_year ) of? YEARNUMBER ERA?"
        " (?: (?: slash | dash | until | and ) (?: one_year | prep )? (?: year | small | number ) ERA? )?"
        " | year_pair YEARNUMBER (?: and | until | dash | slash )+ prep? YEARNUMBER )",
    ),
    (
        "year",
        "(?: in | since | until | during | within | before | after | from | LEAD season of? | LEAD EDGE | in prep ) year"
        " ERA? (?: (?: slash | dash ) (?: year | small ) )?",
    ),
    ("year", "LEAD number hijri_era"),
    ("year", "between year and year ERA?"),
    ("bare_year", "year ERA? (?: (?: slash | dash | until ) year )? (?: and? until year )?"),
    (
        "window",
        "LEAD (?: the_many (?: cardinal | COUNT | few_after )* | the_two | year_pair | the? COUNT (?: and cardinal )?"
        " COUNTED few_after? | many few_after? ) (?: shift | recent )",
    ),
    ("distance", "in? FORWARD+ SIZE"),
    (
        "duration",
        "(?: over | prep | about )* (?: COUNT (?: and cardinal )? many few_after? | (?: small | number ) (?: one_day |"
        " one_month | one_year ) | two few_after? ) (?: and? fraction )?",
    ),
    ("clock", "LEAD CLOCK (?: of? prep? (?: day_part | the_part ) )* (?: open zone [.]? close | zone [.]? )?"),
    ("decade", "LEAD EDGE? decade (?: of? century )?"),
    ("ordinal_span", "LEAD (?: the_day | SPAN ) ordinal row?"),
    ("season", "LEAD (?: in | during ) the_season"),
    ("day_part", "LEAD (?: in | during | with | prep ) the_part | this the_part | the_part this | LEAD the_part shift"),
    ("vague", "LEAD (?: vague | vague_part | century )"),
    ("vague", "LEAD (?: that | this ) (?: moment | the_day | the_many | the_two | SPAN | the_hour | the_part )"),
    ("vague", "LEAD (?: the_day | SPAN | the_part ) same"),
    ("vague", "in shift"),
    ("vague", "LEAD every (?: one_day WEEKDAY? | one | one_week | one_month | one_year | weekday | cardinal many | two )"),
)

_NAME = re.compile(r"[A-Z]+|[a-z][a-z_]*")


def _expand(pattern: str) -> str:
    """Puts macros in place of capitals and characters in place of kinds."""

    def put(match: re.Match[str]) -> str:
        name = match[0]
        if name in _MACROS:
            return f"(?:{_expand(_MACROS[name])})"
        return CODES[cast(TimeKind, name)]

    return _NAME.sub(put, pattern)


class TimePattern(NamedTuple):
    """Is a named, compiled pattern."""

    name: str
    regex: re.Pattern[str]


PATTERNS = tuple(TimePattern(name, re.compile(_expand(pattern).replace(" ", ""))) for name, pattern in _PATTERNS)

LINKS = frozenset(CODES[kind] for kind in LINK_KINDS)
"""Holds the characters that make no expression by themselves."""
