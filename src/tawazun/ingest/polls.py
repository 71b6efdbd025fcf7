"""Turns a feed's address and what is remembered of it into what is new there and when to ask again, as politely as the web expects.

The clock and the waiting are the caller's: `poll` is told what time it is, and says in its state when the feed may be asked next.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.addresses import FEED_TYPES, Answer
from tawazun.ingest.feeds import Feed, parse_feed, read_entries
from tawazun.ingest.finds import Found
from tawazun.ingest.links import follower
from tawazun.ingest.visitors import Forbidden, Visitor

INTERVAL = timedelta(minutes=15)
"""Is how long a feed is left alone that doesn't say how long it wants to be."""

_LONGEST = timedelta(days=1)
_LONGEST_ASKED = timedelta(days=7)
_BUSY = (429, 503)


class State(msgspec.Struct, frozen=True):
    """Is what is remembered of a feed between polls: what its server calls the last version, when it may be asked again, how often in a
    row it failed, and whether its server said that it is gone for good.
    """

    etag: str | None = None
    last_modified: str | None = None
    next_at: datetime | None = None
    failures: int = 0
    gone: bool = False


class Polled(msgspec.Struct, frozen=True):
    """Is what came of a poll. `asked` is false where it was too early or the feed is gone; `found` is empty where nothing has changed.

    `problem` is why the feed couldn't be read.
    """

    state: State
    found: tuple[Found, ...] = ()
    asked: bool = True
    problem: str | None = None


def poll(
    address: str,
    state: State,
    now: datetime,
    visitor: Visitor,
    follow_links: bool = False,
    interval: timedelta = INTERVAL,
) -> Polled:
    """Asks a feed for what has changed since `state`; `now` carries its time zone.

    After a failure the next poll waits `interval`, doubled for each failure in a row up to a day; a busy server (429, 503) is given the
    time it asks for, up to a week; a feed that is gone (410) is never asked again, one that robots.txt forbids a day later.
    """
    if state.gone or (state.next_at is not None and now < state.next_at):
        return Polled(state, asked=False)
    headers = {"Accept": ",".join((*FEED_TYPES, "*/*;q=0.1"))}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    try:
        answer = visitor.visit(address, headers)
    except Forbidden as error:
        return _failed(state, now, str(error), _LONGEST)
    except InputError as error:
        return _failed(state, now, str(error), _backed_off(state, interval))
    if answer.status == 304:
        return Polled(msgspec.structs.replace(state, next_at=now + interval, failures=0))
    if answer.status == 410:
        return Polled(State(gone=True), problem=f"{address}: the server says that the feed is gone for good; take it off your list")
    if answer.status != 200:
        wait = max(_backed_off(state, interval), _retry_after(answer, now) if answer.status in _BUSY else timedelta(0))
        return _failed(state, now, f"{answer.url}: the server answers {answer.status} {answer.reason}", wait)
    try:
        feed = parse_feed(answer.data, address, answer.url)
    except InputError as error:
        return _failed(state, now, str(error), _backed_off(state, interval))
    follow = follower(visitor, now) if follow_links else None
    found = tuple(read_entries(feed, address, follow, now.astimezone(UTC)))
    return Polled(_changed(answer, feed, now, interval), found)


def _changed(answer: Answer, feed: Feed, now: datetime, interval: timedelta) -> State:
    """Returns the state after a feed was read; it is left alone for as long as it asks, up to a day."""
    wait = max(interval, min(timedelta(minutes=feed.minutes or 0), _LONGEST))
    return State(etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified"), next_at=now + wait)


def _failed(state: State, now: datetime, problem: str, wait: timedelta) -> Polled:
    return Polled(msgspec.structs.replace(state, next_at=now + wait, failures=state.failures + 1), problem=problem)


def _backed_off(state: State, interval: timedelta) -> timedelta:
    return min(interval * (1 << min(state.failures + 1, 20)), max(_LONGEST, interval))


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
