"""Turns a feed's address and what is remembered of it into what is new there and when to ask again, as politely as the web expects.

The clock and the waiting are the caller's: `poll` is told what time it is, and says in its state when the feed may be asked next.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.addresses import FEED_TYPES, Answer, charset_of
from tawazun.ingest.feeds import Feed, Follow, entry_digest, link_of, parse_feed, read_entries
from tawazun.ingest.finds import Found
from tawazun.ingest.links import follower
from tawazun.ingest.visitors import Forbidden, Visitor

INTERVAL = timedelta(minutes=15)
"""Is how long a feed is left alone that doesn't say how long it wants to be."""

_LONGEST = timedelta(days=1)
_LONGEST_ASKED = timedelta(days=7)
_LONGEST_FRESH = timedelta(hours=1)
"""Is for how long an answer is taken to be fresh at most: many sites say the same of everything they have, pictures included."""
_BUSY = (429, 503)
_REMEMBERED = 500
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)


class State(msgspec.Struct, frozen=True):
    """Is what is remembered of a feed between polls: what its server calls the last version, when it may be asked again, how often in a
    row it failed, and whether its server said that it is gone for good.

    `minutes` is how long it asks to be left alone; `seen` are digests of the entries that were read.
    """

    etag: str | None = None
    last_modified: str | None = None
    next_at: datetime | None = None
    failures: int = 0
    gone: bool = False
    minutes: int | None = None
    seen: tuple[str, ...] = ()


class Polled(msgspec.Struct, frozen=True):
    """Is what came of a poll. `asked` is false where it was too early or the feed is gone; `found` is empty where nothing has changed.

    `problem` is why the feed couldn't be read.
    """

    state: State
    found: tuple[Found, ...] = ()
    asked: bool = True
    problem: str | None = None


def due(state: State, now: datetime) -> bool:
    """Tells whether a feed may be asked; a time further off than any wait is one that a wrong clock has written."""
    return not state.gone and (state.next_at is None or not now < state.next_at <= now + _LONGEST_ASKED)


def poll(
    address: str,
    state: State,
    now: datetime,
    visitor: Visitor,
    follow_links: bool = False,
    interval: timedelta = INTERVAL,
) -> Polled:
    """Asks a feed for what has changed since `state`; `now` carries its time zone, `interval` is at most a week.

    Only entries that are new or say something else than before are found, so no link is followed twice. After a failure the next poll
    waits `interval`, doubled for each failure in a row up to a day; a busy server (429, 503) is given the time it asks for, up to a week;
    a feed that is gone (410) is never asked again, one that robots.txt forbids a day later.
    """
    if not due(state, now):
        return Polled(state, asked=False)
    try:
        answer = visitor.visit(address, _headers(state))
    except Forbidden as error:
        return _failed(state, now, str(error), max(_LONGEST, interval))
    except InputError as error:
        return _failed(state, now, str(error), _backed_off(state, interval))
    if answer.status == 304:
        return Polled(_changed(state, answer, now, interval))
    if answer.status == 410:
        return Polled(State(gone=True), problem=f"{address}: the server says that the feed is gone for good; take it off your list")
    if answer.status != 200:
        wait = max(_backed_off(state, interval), _retry_after(answer, now) if answer.status in _BUSY else timedelta(0))
        return _failed(state, now, f"{answer.url}: the server answers {answer.status} {answer.reason}", wait)
    follow = follower(visitor, now) if follow_links else None
    try:
        feed = parse_feed(answer.data, address, answer.url, charset_of(answer))
        found = tuple(_new_entries(feed, address, state, follow, now))
    except InputError as error:
        return _failed(state, now, str(error), _backed_off(state, interval))
    except Exception as error:  # whatever an entry does to the libraries that read it, it costs this one feed
        problem = f"{address}: can't be read ({error!r:.300}); please report it with the feed"
        return _failed(state, now, problem, _backed_off(state, interval))
    return Polled(_changed(_read(state, answer, feed), answer, now, interval), found)


def _headers(state: State) -> dict[str, str]:
    headers = {"Accept": ",".join((*FEED_TYPES, "*/*;q=0.1"))}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _new_entries(feed: Feed, address: str, state: State, follow: Follow | None, now: datetime) -> Iterator[Found]:
    """Reads the entries that were not seen before; a problem names the entry by its link, for its place in the feed will be another's."""
    seen = set(state.seen)
    new = tuple(entry for entry in feed.entries if entry_digest(entry) not in seen)
    found = read_entries(msgspec.structs.replace(feed, entries=new), address, follow, now.astimezone(UTC))
    for entry, one in zip(new, found, strict=True):
        link = link_of(entry)
        problem = f"{link}: {one.problem.removeprefix(f'{link}: ')}" if one.problem and link else one.problem
        yield msgspec.structs.replace(one, line=None if link else one.line, problem=problem)


def _read(state: State, answer: Answer, feed: Feed) -> State:
    """Returns the state with what a feed says of itself, and its entries first among those seen: some come back after a while."""
    digests = [entry_digest(entry) for entry in feed.entries]
    seen = tuple(dict.fromkeys((*digests, *state.seen)))[: max(_REMEMBERED, len(digests))]
    return State(answer.headers.get("etag"), answer.headers.get("last-modified"), minutes=feed.minutes, seen=seen)


def _changed(state: State, answer: Answer, now: datetime, interval: timedelta) -> State:
    """Returns the state after an answer: a feed is left alone for as long as it asks, up to a day, or its server, up to an hour."""
    wait = max(interval, min(timedelta(minutes=state.minutes or 0), _LONGEST), min(_fresh(answer), _LONGEST_FRESH))
    etag, modified = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return msgspec.structs.replace(
        state, etag=etag or state.etag, last_modified=modified or state.last_modified, next_at=now + wait, failures=0
    )


def _failed(state: State, now: datetime, problem: str, wait: timedelta) -> Polled:
    return Polled(msgspec.structs.replace(state, next_at=now + wait, failures=state.failures + 1), problem=problem)


def _backed_off(state: State, interval: timedelta) -> timedelta:
    return min(interval * (1 << min(state.failures + 1, 20)), max(_LONGEST, interval))


def _fresh(answer: Answer) -> timedelta:
    """Returns for how long a cache would give the same answer again, by its Cache-Control and Age (RFC 9111, 4.2)."""
    lasting = _MAX_AGE.search(answer.headers.get("cache-control", ""))
    age = answer.headers.get("age", "0").strip()
    return timedelta(seconds=max(0, int(lasting[1] if lasting else 0) - (int(age[:9]) if age.isdecimal() else 0)))


def _retry_after(answer: Answer, now: datetime) -> timedelta:
    """Returns the time that a server asks for, in seconds or as a date; none where it says nothing that can be read."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(timedelta(seconds=min(int(value[:9]), 10**9)), _LONGEST_ASKED)
    try:
        at: datetime = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return timedelta(0)
    return max(timedelta(0), min((at if at.tzinfo else at.replace(tzinfo=UTC)) - now, _LONGEST_ASKED))
