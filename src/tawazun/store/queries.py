"""Turns what somebody asks of a workspace into a record, and the words they typed into terms that any engine can be asked for."""

import re
from typing import Literal, get_args

import msgspec

from tawazun.base.errors import InputError
from tawazun.model.entries import ParticipantRole
from tawazun.read.search_words import search_words
from tawazun.read.words import Words

Order = Literal["newest", "oldest", "latest", "surest"]
ORDERS: tuple[Order, ...] = get_args(Order)
Kind = Literal["events", "sentences"]
MOST = 1000
"""Is how many hits a page may have."""
_WORDS, _LETTERS = 64, 200
_PIECE = re.compile(r'(?P<out>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')


class Part(msgspec.Struct, frozen=True):
    """Asks that one of some actors has a part: names, codes or Wikidata ids; a `role` of None is any but that of the holder."""

    names: tuple[str, ...]
    role: ParticipantRole | Literal["holder"] | None = None


class Query(msgspec.Struct, frozen=True):
    """Is what is asked; all that is given must hold, of several values of one field any, but each of the `parts`.

    Dates are ISO days, months or years: `since` and `until` are those of the event, `published_since` and `published_until` of the
    article. `kind` of None is sentences where only words, outlets and dates of publication are given, else events. Newest and oldest go by
    the day of publication, latest by the event's own. With `once`, of the articles found that share an origin only one counts.
    """

    words: str = ""
    parts: tuple[Part, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    confidence: float = 0.0
    once: bool = False
    kind: Kind | None = None
    order: Order = "newest"
    limit: int = 20
    offset: int = 0


def narrows_events(query: Query) -> bool:
    """Tells whether something is asked of the events themselves, not only of sentences and articles."""
    return any((query.parts, query.types, query.statuses, query.places, query.topics, query.since, query.until, query.confidence))


def asks_for_events(query: Query) -> bool:
    """Tells whether events are asked for, not sentences."""
    if query.kind is not None:
        return query.kind == "events"
    return not query.words or narrows_events(query) or query.order in ("latest", "surest")


class Term(msgspec.Struct, frozen=True):
    """Is search words that stand together; with `begins` the last may go on."""

    words: tuple[str, ...]
    begins: bool = False


class Wording(msgspec.Struct, frozen=True):
    """Is what a sentence must say, one term of each group, and what it must not say."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...]


def wording_of(typed: str, words: Words) -> Wording:
    """Reads words, "phrases", -excluded ones, beginnings* and OR; raises `InputError` where nothing that can be looked for is left."""
    groups: list[list[Term]] = []
    without: list[Term] = []
    joined = False
    for piece in _PIECE.finditer(typed):
        word = piece["word"]
        if word == "OR" and not piece["out"]:
            joined = bool(groups)
            continue
        said = word if word is not None else piece["phrase"]
        term = Term(tuple(search_words(said, words)), begins=said.endswith("*"))
        if not term.words:
            continue
        if max(map(len, term.words)) > _LETTERS:
            raise InputError(f"{said[:20]}…: a word of over {_LETTERS} letters; give the words that are to be found")
        if piece["out"]:
            without.append(term)
        elif joined:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    if not groups:
        what = "only words to leave out" if without else "no word in it"
        raise InputError(f"{typed!r}: {what}; give a word that is to be found, such as one from a headline")
    if sum(len(term.words) for group in [*groups, without] for term in group) > _WORDS:
        raise InputError(f"{typed[:40]!r}…: over {_WORDS} words; give those that matter")
    return Wording(tuple(tuple(group) for group in groups), tuple(without))


def fts5_of(wording: Wording) -> str:
    """Writes a wording in the language of SQLite's FTS5; search words hold letters and digits only, so each is quoted whole."""
    asked = " AND ".join("(" + " OR ".join(_fts5_term(term) for term in group) + ")" for group in wording.groups)
    unasked = " OR ".join(_fts5_term(term) for term in wording.without)
    return f"({asked}) NOT ({unasked})" if unasked else asked


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.begins else "")


def tsquery_of(wording: Wording) -> str:
    """Writes a wording in the language of PostgreSQL's to_tsquery."""
    asked = " & ".join("(" + " | ".join(_tsquery_term(term) for term in group) + ")" for group in wording.groups)
    return " & ".join([asked, *(f"!({_tsquery_term(term)})" for term in wording.without)])


def _tsquery_term(term: Term) -> str:
    quoted = [f"'{word}'" for word in term.words]
    return " <-> ".join(quoted) + (":*" if term.begins else "")
