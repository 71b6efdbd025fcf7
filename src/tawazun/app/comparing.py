"""Turns two events of a workspace into why they are one happening or aren't, and two articles into why they share an origin or don't."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal

import msgspec
from sqlalchemy import Connection

from tawazun.analyse.happenings import join, joinable, keys_of, wanted_keys
from tawazun.analyse.likeness import FAMILIES, likeness
from tawazun.analyse.origins import LIKE, REWRITTEN, compare, signature_of
from tawazun.app.explaining import Explained, find_kept
from tawazun.app.merging import Tellings
from tawazun.app.reports import words_of
from tawazun.base.errors import InputError
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier, Event
from tawazun.model.happenings import Happening, Joining, Likeness, Telling
from tawazun.model.origins import Origin, Signature, Verdict
from tawazun.store.lookups import number_of
from tawazun.store.merges import Mention, Placed, because_of_origin, happening_number, mention_of, mentions_of, placed
from tawazun.store.tables import article_of, index_of, number_in
from tawazun.store.workspaces import Workspace

WhyHappening = Literal["joined", "chain", "united", "unmerged", "unjoinable", "kind", "keys", "unlike", "company", "order"]
"""Says why two events are one happening (one was joined as most like the other; by way of others; two happenings became one) or aren't: one
isn't merged, or says too little; they are acts of different kinds; nothing that they share made them be compared; they are too unlike; the
one is too unlike the others of the other's happening; or another happening was nearer when it came in.
"""
WhyOrigin = Literal["copy", "copies", "unmerged", "numbers", "unlike", "firsts", "keys", "order"]
"""Says why two articles share an origin (one is a copy of the other, or both of a third) or don't: one isn't merged; numbers in the same
surroundings differ; too little wording is shared; only first articles of origins are compared, and these aren't; nothing that they share
made them be compared; or another origin was nearer when it came in.
"""


class Teller(msgspec.Struct, frozen=True):
    """Is one of two events: where it is told, in which words, and its happening; None where it isn't merged."""

    event: str
    article: str
    outlet: str | None
    published: str | None
    status: str
    sentence: str
    happening: str | None


class EventPair(msgspec.Struct, frozen=True):
    """Is why two events are one happening or aren't.

    `held` holds the one against the other, `threshold` is the least of such odds that joins two that stand alone, `margin` what they have
    above it. `chain` leads from the one to the other by what each was joined to; it is empty where they aren't one, or were united.
    `instead` is what each was joined to where they aren't one, as far as it didn't begin a happening.
    """

    same: bool
    why: WhyHappening
    one: Teller
    other: Teller
    held: Likeness
    threshold: float
    margin: float
    chain: tuple[Likeness, ...]
    instead: tuple[Likeness, ...]


class Copy(msgspec.Struct, frozen=True):
    """Is one of two articles: where it was published, its origin's first article (None where it isn't merged), and the verdict on that."""

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    origin: str | None
    verdict: Verdict | None


class ArticlePair(msgspec.Struct, frozen=True):
    """Is why two articles share an origin or don't; `held` holds the later one against the earlier one."""

    same: bool
    why: WhyOrigin
    one: Copy
    other: Copy
    held: Verdict


def compare_kept(workspace: Workspace, joining: Joining, one: str, other: str) -> EventPair | ArticlePair:
    """Compares two events, or two articles, of a workspace, by their ids or the first letters of them; raises `InputError` for others."""
    with workspace.reading() as connection:
        first, second = (find_kept(connection, id, workspace.address.shown) for id in (one, other))
        if isinstance(first.finding, Event) and isinstance(second.finding, Event):
            return _Events(connection, joining).pair(first, second)
        if isinstance(first.finding, Dossier) and isinstance(second.finding, Dossier):
            return _articles(connection, first.dossier, second.dossier)
    raise InputError(f"{one} and {other}: give the ids of two events, or of two articles")


class _Events:
    """Compares two events with what the workspace keeps of them."""

    def __init__(self, connection: Connection, joining: Joining) -> None:
        self.connection, self.joining = connection, joining
        self.known = Tellings(joining)

    def pair(self, first: Explained, second: Explained) -> EventPair:
        one, other = self._number(first), self._number(second)
        if one == other:
            raise InputError(f"{first.finding.id}: the same event twice; give two")
        told, also = self._telling(one), self._telling(other)
        here, there = mention_of(self.connection, one), mention_of(self.connection, other)
        held = likeness(told, also, self.joining)
        same = here is not None and there is not None and here.happening == there.happening
        chain = self._chain(one, other, here.happening) if same and here is not None else ()
        if same:
            why: WhyHappening = "united" if not chain else "joined" if len(chain) == 1 else "chain"
        else:
            why = self._apart(told, also, held, here, there)
        instead = () if same else tuple(self._nearest(mention) for mention in (here, there) if mention is not None)
        threshold = self.joining.threshold
        tellers = (_teller(first, here), _teller(second, there))
        links = tuple(link for link in instead if link is not None)
        return EventPair(same, why, *tellers, held, threshold, round(held.odds - threshold, 3), chain, links)

    def _nearest(self, mention: Mention) -> Likeness | None:
        if mention.nearest is None:
            return None
        return likeness(self._telling(mention.event), self._telling(mention.nearest), self.joining)

    def _number(self, explained: Explained) -> int:
        article = number_of(self.connection, explained.dossier.document.id)
        assert article is not None
        return number_in(article, [event.id for event in explained.dossier.events].index(explained.finding.id))

    def _telling(self, number: int) -> Telling:
        return self.known.of(self.connection, [article_of(number)])[article_of(number)][index_of(number)]

    def _chain(self, one: int, other: int, happening: str) -> tuple[Likeness, ...]:
        """Returns the links from one event to another by what each was joined to, none where there is no such way."""
        nearest = {mention.event: mention.nearest for mention in mentions_of(self.connection, [happening_number(happening)])}
        here, there = list(_upwards(one, nearest)), list(_upwards(other, nearest))
        meeting = next((event for event in here if event in there), None)
        if meeting is None:
            return ()
        way = [*here[: here.index(meeting) + 1], *reversed(there[: there.index(meeting)])]
        return tuple(likeness(self._telling(a), self._telling(b), self.joining) for a, b in pairwise(way))

    def _apart(self, one: Telling, other: Telling, held: Likeness, here: Mention | None, there: Mention | None) -> WhyHappening:
        if here is None or there is None:
            return "unmerged"
        if not (joinable(one) and joinable(other)):
            return "unjoinable"
        if FAMILIES[one.type] != FAMILIES[other.type]:
            return "kind"
        if not (self._sought(one, other) or self._sought(other, one)):
            return "keys"
        if held.odds < self.joining.threshold:
            return "unlike"
        later, earlier = (one, there) if _when(one) > _when(other) else (other, here)
        return "company" if join(later, [self._whole(earlier.happening)], self.joining).new else "order"

    def _sought(self, one: Telling, other: Telling) -> bool:
        """Tells whether the happening of one event would be looked at when another comes in."""
        return not wanted_keys(one, self.joining).isdisjoint(keys_of(other, self.joining))

    def _whole(self, id: str) -> Happening:
        events = [mention.event for mention in mentions_of(self.connection, [happening_number(id)])]
        tellings = tuple(sorted((self._telling(event) for event in events), key=_when))
        return Happening(id, tellings, tuple(dict.fromkeys(telling.origin for telling in tellings)))


def _when(telling: Telling) -> tuple[str, str, int]:
    return telling.published or "~", telling.article, telling.start


def _upwards(event: int, nearest: Mapping[int, int | None]) -> Iterator[int]:
    """Yields an event, the one that it was joined to, the one that this was joined to, and so on."""
    seen: set[int] = set()
    at: int | None = event
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = nearest.get(at)


def _teller(explained: Explained, mention: Mention | None) -> Teller:
    document, event = explained.dossier.document, explained.finding
    assert isinstance(event, Event)
    sentence = words_of(document.text, explained.dossier.sentences[event.sentence])
    happening = mention.happening if mention is not None else None
    return Teller(event.id, document.id, document.outlet, document.published, event.status, sentence, happening)


def _articles(connection: Connection, one: Dossier, other: Dossier) -> ArticlePair:
    if one.document.id == other.document.id:
        raise InputError(f"{one.document.id}: the same article twice; give two")
    numbers = [number for dossier in (one, other) if (number := number_of(connection, dossier.document.id)) is not None]
    there = placed(connection, numbers)
    firsts = placed(connection, sorted({item.origin for item in there.values() if item.origin is not None}))
    here, yonder = (_copy(connection, dossier, there[number], firsts) for dossier, number in zip((one, other), numbers, strict=True))
    earlier, later = sorted((one, other), key=lambda each: (each.document.published or "~", each.document.id))
    signatures = [_signature(earlier), _signature(later)]
    origin = Origin(earlier.document.id, earlier.document.published, signatures[0])
    held = compare(signatures[1], later.document.published, origin)
    same = here.origin is not None and here.origin == yonder.origin
    if same:
        why: WhyOrigin = "copy" if here.origin in (here.article, yonder.article) else "copies"
    else:
        why = _apart(here, yonder, held, bool(set(signatures[0].keys) & set(signatures[1].keys)))
    return ArticlePair(same, why, here, yonder, held)


def _apart(here: Copy, yonder: Copy, held: Verdict, keyed: bool) -> WhyOrigin:
    if here.origin is None or yonder.origin is None:
        return "unmerged"
    if held.rule == "new":
        return "numbers" if held.differing and (held.jaccard >= LIKE or held.containment >= REWRITTEN) else "unlike"
    if here.origin != here.article or yonder.origin != yonder.article:
        return "firsts"
    return "order" if keyed else "keys"


def _signature(dossier: Dossier) -> Signature:
    document = dossier.document
    return signature_of(Article(document.text, title=document.title, url=document.url))


def _copy(connection: Connection, dossier: Dossier, item: Placed, firsts: Mapping[int, Placed]) -> Copy:
    document = dossier.document
    origin = firsts[item.origin].document if item.origin is not None else None
    verdict = verdict_of(connection, item.number)
    return Copy(document.id, document.outlet, document.published, document.title, origin, verdict)


def verdict_of(connection: Connection, article: int) -> Verdict | None:
    """Returns the verdict that was kept on where an article comes from, None where it isn't merged."""
    kept = because_of_origin(connection, article)
    return msgspec.json.decode(kept, type=Verdict) if kept is not None else None
