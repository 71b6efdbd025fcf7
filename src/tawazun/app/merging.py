"""Turns what a workspace took in into origins and happenings: copies count once, and mentions of one act are one."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import Connection

from tawazun.analyse.happenings import BUCKET, LONG, Happenings
from tawazun.analyse.origins import origin_of, signature_of
from tawazun.analyse.tellings import tellings_of
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.model.happenings import Happening, Joining, Telling
from tawazun.model.origins import Origin, Signature
from tawazun.store.articles import lines_of
from tawazun.store.merges import (
    Mention,
    Placed,
    happenings_near,
    keep_mentions,
    keyed,
    mentions_of,
    place,
    placed,
    unmerged,
    without_origin,
)
from tawazun.store.tables import article_of, index_of, number_in
from tawazun.store.workspaces import Workspace

_AT_ONCE = 256
"""Is how many articles are merged in one transaction."""
_REMEMBERED = 12_000
"""Is of how many articles what they tell is remembered; those forgotten are read from the workspace again."""
_REACH = 2 * BUCKET


class Merged(msgspec.Struct, frozen=True):
    """Is what a run did: articles merged, copies found, events joined with what was told before, and those told for the first time."""

    articles: int
    copies: int
    joined: int
    happenings: int


def merge(workspace: Workspace, joining: Joining, step: Callable[[int], None] = lambda articles: None) -> Merged:
    """Finds the origins of the articles that have none yet, then joins the events of those not yet merged; `step` is told of each batch."""
    copies = _find_origins(workspace)
    known = Tellings(joining)
    articles = joined = happenings = 0
    while True:
        with workspace.writing() as connection:
            some = unmerged(connection, _AT_ONCE)
            if not some:
                return Merged(articles, copies, joined, happenings)
            mentions, renamed = _joined(connection, some, known, joining)
            keep_mentions(connection, mentions, renamed, [item.number for item in some])
        articles += len(some)
        joined += sum(mention.nearest is not None for mention in mentions)
        happenings += sum(mention.nearest is None for mention in mentions)
        step(articles)


def _find_origins(workspace: Workspace) -> int:
    """Holds each article against the origins that share a key with it; returns how many are copies."""
    signatures: dict[int, Signature] = {}
    copies = 0
    while True:
        with workspace.writing() as connection:
            some = without_origin(connection, _AT_ONCE)
            if not some:
                return copies
            signatures.update(_signatures(connection, [item.number for item in some]))
            for item in some:
                copies += _find_origin(connection, item, signatures)
        while len(signatures) > _REMEMBERED:
            del signatures[next(iter(signatures))]


def _find_origin(connection: Connection, item: Placed, signatures: dict[int, Signature]) -> bool:
    """Finds the origin of one article; tells whether it is a copy."""
    own = signatures[item.number]
    candidates = placed(connection, keyed(connection, own.keys))
    signatures.update(_signatures(connection, [number for number in candidates if number not in signatures]))
    origins = [Origin(found.document, found.published, signatures[number]) for number, found in candidates.items()]
    verdict = origin_of(item.document, item.published, own, origins)
    numbers = {found.document: number for number, found in candidates.items()}
    new = verdict.rule == "new"
    origin = item.number if new else numbers[verdict.origin]
    place(connection, item.number, origin, msgspec.json.encode(verdict).decode(), own.keys if new else ())
    return not new


def _signatures(connection: Connection, numbers: Sequence[int]) -> dict[int, Signature]:
    found = {}
    for number, line in lines_of(connection, numbers):
        document = msgspec.json.decode(line, type=_Texts).document
        found[number] = signature_of(Article(document.text, title=document.title, url=document.url))
    return found


class _Text(msgspec.Struct):
    text: str
    title: str | None
    url: str | None


class _Texts(msgspec.Struct):
    document: _Text


class Tellings:
    """Remembers what articles tell, those looked at last the longest."""

    def __init__(self, joining: Joining) -> None:
        self.joining = joining
        self.tellings: dict[int, tuple[Telling, ...]] = {}
        self.decoder = msgspec.json.Decoder(Dossier)

    def of(self, connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Telling, ...]]:
        """Returns what articles tell, by their numbers."""
        wanted = sorted(set(numbers))
        missing = [number for number in wanted if number not in self.tellings]
        articles = placed(connection, missing)
        origins = placed(connection, sorted({item.origin or item.number for item in articles.values()}))
        found = {number: self.tellings.pop(number) for number in wanted if number in self.tellings}
        for number, line in lines_of(connection, missing):
            origin = origins[articles[number].origin or number].document
            found[number] = tellings_of(self.decoder.decode(line), origin, self.joining)
        self.tellings.update(found)
        while len(self.tellings) > max(_REMEMBERED, len(found)):
            del self.tellings[next(iter(self.tellings))]
        return found

    def texts(self, connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str | None, tuple[str, ...]]]:
        """Returns the outlet and the sentences of articles, by their numbers."""
        found = {}
        for number, line in lines_of(connection, numbers):
            dossier = self.decoder.decode(line)
            text = dossier.document.text
            found[number] = dossier.document.outlet, tuple(text[span.start : span.end] for span in dossier.sentences)
        return found


def _joined(connection: Connection, some: Sequence[Placed], known: Tellings, joining: Joining) -> tuple[list[Mention], dict[str, str]]:
    """Joins the events of some articles with those that tell of days near theirs; returns where they belong, and happenings renamed."""
    told = known.of(connection, [item.number for item in some])
    happenings = Happenings(joining)
    numbers = {}
    for happening, events in _near(connection, told, known):
        happenings.put(happening)
        numbers.update(events)
    found: dict[int, tuple[str, int | None]] = {}
    renamed: set[str] = set()
    for item in some:
        for index, telling in enumerate(told[item.number]):
            number = numbers[telling.id] = number_in(item.number, index)
            joined = happenings.add(telling)
            found[number] = joined.happening.id, None if joined.likeness is None else numbers[joined.likeness.other]
            renamed.update(joined.absorbed)
    mentions = [Mention(number, happenings.current(happening), nearest) for number, (happening, nearest) in found.items()]
    return mentions, {old: happenings.current(old) for old in sorted(renamed)}


def _near(connection: Connection, told: dict[int, tuple[Telling, ...]], known: Tellings) -> Iterable[tuple[Happening, dict[str, int]]]:
    """Yields the happenings of days near those that articles tell of, with the numbers of their events by id."""
    found: set[int] = set()
    for first, last in _stretches(told):
        found |= happenings_near(connection, _day(first), _day(last), _day(first - LONG))
    events: dict[str, list[int]] = {}
    for mention in mentions_of(connection, sorted(found)):
        events.setdefault(mention.happening, []).append(mention.event)
    articles = known.of(connection, {article_of(event) for numbers in events.values() for event in numbers})
    for id, numbers in events.items():
        by_id = {articles[article_of(event)][index_of(event)].id: event for event in numbers}
        tellings = [articles[article_of(event)][index_of(event)] for event in numbers]
        tellings.sort(key=lambda telling: (telling.published or "~", telling.article, telling.start))
        origins = tuple(dict.fromkeys(telling.origin for telling in tellings))
        yield Happening(id, tuple(tellings), origins), by_id


def _stretches(told: dict[int, tuple[Telling, ...]]) -> list[tuple[int, int]]:
    """Returns the stretches of days, as ordinals, that lie near those of articles and their events; none touches another."""
    days = {telling.told for tellings in told.values() for telling in tellings if telling.told}
    days |= {
        telling.days for tellings in told.values() for telling in tellings if telling.days and telling.days[1] - telling.days[0] <= LONG
    }
    found: list[tuple[int, int]] = []
    for first, last in sorted(days):
        if found and first - _REACH <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last + _REACH)
        else:
            found.append((first - _REACH, last + _REACH))
    return found


def _day(ordinal: int) -> str:
    return (date.min + timedelta(days=max(ordinal, 1) - 1)).isoformat()
