"""Turns what is asked of a workspace into conditions of its tables; a value that nothing has is told with those that are near."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    union,
)

from tawazun.base.days import first_and_last
from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.entries import EVENT_TYPES, STATUSES
from tawazun.store.names import Names, near, within
from tawazun.store.queries import Part, Query, Term, Wording, fts5_of, tsquery_of, wording_of
from tawazun.store.tables import ACTORS, ARTICLES, EVENTS, PARTIES, SENTENCES, TOPICS

Condition = ColumnElement[bool]
Known = TypeVar("Known", bound=str)
SENTENCE: ColumnElement[int] = literal_column("(((events.number >> 20) << 20) + events.sentence + 1)")
"""Is the number of the sentence that an event stands in, as the index `events_sentence` has it."""
EVENT_ARTICLE: ColumnElement[int] = literal_column("(events.number >> 20)")
SENTENCE_ARTICLE: ColumnElement[int] = literal_column("(sentences.number >> 20)")
_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{2,4})?")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def known_values(connection: Connection, found: Column[Any]) -> list[str]:
    """Returns the values that a column has, by leaps through its index: the next above the last, so that only the different ones cost."""
    first = select(func.min(found).label("value")).cte("leaps", recursive=True)
    following = select(func.min(found)).where(found > first.c.value).scalar_subquery()
    leaps = first.union_all(select(following).where(first.c.value.is_not(None)))
    return [str(value) for value in connection.scalars(select(leaps.c.value).where(leaps.c.value.is_not(None)))]


def article_conditions(connection: Connection, query: Query, names: Names) -> list[Condition]:
    """Returns what must hold of an article: its outlet and its day of publication."""
    conditions: list[Condition] = []
    if query.outlets:
        outlets = known_values(connection, ARTICLES.c.outlet)
        conditions.append(ARTICLES.c.outlet.in_(_chosen(query.outlets, outlets, names, "outlet")))
    since, until = _span(query.published_since, query.published_until, "published")
    if since is not None:
        conditions.append((ARTICLES.c.published >= since) | ARTICLES.c.published.in_((since[:4], since[:7])))
    if until is not None:
        conditions.append(ARTICLES.c.published <= until)
    return conditions


def event_conditions(connection: Connection, query: Query, names: Names) -> list[Condition]:
    """Returns what must hold of an event itself; words are of its sentence, see `worded`."""
    conditions = [_part(connection, part, names) for part in query.parts]
    if query.types:
        conditions.append(or_(*(_type(given) for given in query.types)))
    if query.statuses:
        conditions.append(EVENTS.c.status.in_([_one_of(given.lower(), STATUSES, "status") for given in query.statuses]))
    if query.places:
        conditions.append(or_(*(_place(connection, given, names) for given in query.places)))
    if query.topics:
        topics = _chosen(query.topics, known_values(connection, TOPICS.c.topic), names, "topic")
        conditions.append(EVENTS.c.number.in_(select(TOPICS.c.event).where(TOPICS.c.topic.in_(topics))))
    since, until = _span(query.since, query.until, "date")
    if since is not None:
        conditions.append(EVENTS.c.day_to >= since)
    if until is not None:
        conditions.append(EVENTS.c.day_from <= until)
    if query.confidence:
        conditions.append(EVENTS.c.confidence >= query.confidence)
    return conditions


def worded(connection: Connection, query: Query, names: Names) -> Select[int]:
    """Selects the numbers of the sentences that say the words of a query."""
    return _saying(connection, wording_of(query.words, names.words), "sentence_words", SENTENCES.c.number, SENTENCES.c.words)


def _saying(connection: Connection, wording: Wording, index: str, number: Column[Any], words: Column[Any]) -> Select[int]:
    if connection.dialect.name == "sqlite":
        rowid: ColumnElement[int] = column("rowid")
        return select(rowid).select_from(table(index)).where(literal_column(index).op("MATCH")(fts5_of(wording)))
    simple: ColumnElement[str] = literal_column("'simple'")
    return select(number).where(func.to_tsvector(simple, words).op("@@")(func.to_tsquery(simple, tsquery_of(wording))))


def _part(connection: Connection, part: Part, names: Names) -> Condition:
    """Asks for the events in which one of some actors has a role, each by the index that finds it."""
    role = PARTIES.c.role == part.role if part.role else PARTIES.c.role != "holder"
    known = known_values(connection, PARTIES.c.code)
    wanted = [condition for name in part.names for condition in _actor(connection, name.strip(), known, names)]
    return EVENTS.c.number.in_(union(*(select(PARTIES.c.event).where(condition, role) for condition in wanted)))


def _actor(connection: Connection, name: str, known: Sequence[str], names: Names) -> list[Condition]:
    """Says which rows of parties are of an actor: by code (`EGY` has all of `EGY.GOV`), by Wikidata id, or by name."""
    if _CODE.fullmatch(name):
        coded = [code for code in known if has_code(code, name)]
        if coded or name in {country.iso3 for country in names.countries}:
            return [PARTIES.c.code.in_(coded)]
    if _WIKIDATA.fullmatch(name):
        return [PARTIES.c.actor.in_(select(ACTORS.c.number).where(ACTORS.c.wikidata == name))]
    meant = names.actor(name)
    if not meant.words:
        raise InputError(f"actor {name!r}: no letter in it; give a name, a code such as EGY.GOV, or a Wikidata id")
    if meant.codes:
        return [PARTIES.c.code.in_([code for code in known if any(has_code(code, one) for one in meant.codes)])]
    conditions: list[Condition] = []
    if meant.wikidata:
        conditions.append(PARTIES.c.actor.in_(select(ACTORS.c.number).where(ACTORS.c.wikidata.in_(meant.wikidata))))
    if not meant.whole:
        called = _saying(connection, Wording(((Term(meant.words),),), ()), "actor_words", ACTORS.c.number, ACTORS.c.words)
        if not conditions and connection.scalar(called.limit(1)) is None:
            raise _unknown("actor", name, [*near(name, known), *names.near_actors(name)])
        conditions.append(PARTIES.c.actor.in_(called))
    return conditions


def has_code(code: str, asked: str) -> bool:
    """Tells whether a code, or one of several joined by `+`, is the one that is asked for or below it."""
    return any(one == asked or one.startswith(asked + ".") for one in code.split("+"))


def _type(given: str) -> Condition:
    """Asks for a type, or for one of its modes after a slash."""
    name, _, mode = given.partition("/")
    type_ = _one_of(name.upper(), EVENT_TYPES, "type")
    if not mode:
        return EVENTS.c.type == type_
    modes = [known.mode for known in load_ontology().kinds[type_].modes]
    mode = _one_of(mode.lower(), modes, f"mode of {type_}")
    return and_(EVENTS.c.type == type_, EVENTS.c.mode == mode)


def _place(connection: Connection, given: str, names: Names) -> Condition:
    """Asks for a place: a GeoNames id, the code or name of a country with all that is in it, or the name of a place."""
    if given.isascii() and given.isdigit():
        return EVENTS.c.geonames == given
    if _CODE.fullmatch(given) and given in {country.iso3 for country in names.countries}:
        return EVENTS.c.country == given
    meant = names.place(given)
    if meant.codes:
        return EVENTS.c.country.in_(meant.codes)
    if meant.geonames:
        return EVENTS.c.geonames.in_(meant.geonames)
    called = [name for name in known_values(connection, EVENTS.c.place) if meant.words and within(meant.words, names.search_words(name))]
    if not called and not meant.whole:
        raise _unknown("place", given, names.near_places(given))
    return EVENTS.c.place.in_(called)


def _span(since: str | None, until: str | None, what: str) -> tuple[str | None, str | None]:
    """Returns first and last day of what lies between two dates, each a day, a month or a year."""
    first = first_and_last(check_date(since, f"{what} from"))[0] if since else None
    last = first_and_last(check_date(until, f"{what} to"))[1] if until else None
    if first is not None and last is not None and first > last:
        raise InputError(f"{what}: nothing lies between {since} and {until}; give the earlier one first")
    return first.isoformat() if first else None, last.isoformat() if last else None


def _chosen(given: Iterable[str], known: Sequence[str], names: Names, what: str) -> list[str]:
    """Returns the known values that are what is given or have its words in them."""
    chosen: list[str] = []
    for value in given:
        same = [one for one in known if one.casefold() == value.casefold()]
        words = names.search_words(value)
        found = same or [one for one in known if words and within(words, names.search_words(one))]
        if not found:
            raise _unknown(what, value, near(value, known))
        chosen += found
    return list(dict.fromkeys(chosen))


def _one_of(given: str, known: Iterable[Known], what: str) -> Known:
    values = {str(value): value for value in known}
    if given not in values:
        raise _unknown(what, given, near(given, values) or list(values))
    return values[given]


def _unknown(what: str, given: str, close: Sequence[str]) -> InputError:
    hint = f"did you mean {', '.join(repr(one) for one in dict.fromkeys(close))}?" if close else "see what there is with fewer filters"
    return InputError(f"{what} {given!r}: nothing of that name; {hint}")
