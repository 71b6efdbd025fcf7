"""Turns the addresses of feeds into articles of a workspace, as they appear.

What is remembered of a feed lies in the workspace. A poll first puts the feed's next turn off by the usual time, then asks, keeps what it
found, and only then what it remembers: killed at any moment it has lost nothing, and nobody asks again too early. So several may watch
the same feeds.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec.structs import replace

from tawazun.app.ingesting import Finding, Reading, Task, take_in
from tawazun.app.reading import reader
from tawazun.base.errors import InputError
from tawazun.ingest.inputs import is_address
from tawazun.ingest.polls import INTERVAL, due, poll
from tawazun.ingest.texts import mend
from tawazun.ingest.visitors import Visitor
from tawazun.pipeline.batches import Outcome, outcome_of
from tawazun.store.feeds import Subscription, forget_subscription, keep_subscription, subscription, subscriptions
from tawazun.store.workspaces import Workspace

_LOOKED = timedelta(minutes=1)
"""Is after how long the workspace is looked into again: a machine that slept, or somebody else, may have changed what is due."""

Told = Callable[["Watched"], None]


class Watched(msgspec.Struct, frozen=True):
    """Is what a poll did at a time: articles new and kept, kept before, met twice, refused, and kept without a part.

    `problem` is why the feed couldn't be read, for the `failures`th time in a row; `next_at` is when it may be asked again, None where it
    is gone for good.
    """

    address: str
    at: datetime
    new: int
    known: int
    repeated: int
    refused: int
    warned: int
    problem: str | None
    failures: int
    next_at: datetime | None


def _read_in_turn(tasks: Iterable[Task], processes: int) -> Generator[tuple[Finding, Outcome | None], None, None]:
    """Reads articles in this process, whose knowledge stays loaded from poll to poll."""
    for finding, article in tasks:
        yield finding, None if article is None else outcome_of(reader(), article)


class Watching(msgspec.Struct, frozen=True):
    """Is how feeds are watched: how long each is left alone, whether links of entries are followed, and whether only once.

    `clock` tells the time, with its zone; `sleep` waits for seconds; `reading` reads articles.
    """

    interval: timedelta = INTERVAL
    follow_links: bool = False
    once: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    reading: Reading = _read_in_turn


def watch(
    workspace: Workspace,
    addresses: Sequence[str],
    visitor: Visitor,
    watching: Watching | None = None,
    told: Told = lambda watched: None,
    merge: Callable[[], object] = lambda: None,
) -> None:
    """Polls feeds when they are due, until all are gone for good, or once those that are due now.

    `told` is told of each poll when all that it found is kept; `merge` is called after each round that found something, and at first: a
    run that was killed may have left something to merge. Raises `InputError` where an address is none.
    """
    how = watching or Watching()
    names = feed_addresses(addresses)
    news = True
    while True:
        for watched in _round(workspace, names, visitor, how):
            told(watched)
            news = news or watched.new > 0
        if news:
            merge()
        news = False
        turn = _next_turn(workspace, names, how.clock())
        if how.once or turn is None:
            return
        how.sleep(max(0.0, min(turn - how.clock(), _LOOKED).total_seconds()))


def feed_addresses(named: Sequence[str]) -> list[str]:
    """Returns the addresses that a user names, each once; raises `InputError` where one is none."""
    names = list(dict.fromkeys(mend(address.strip()) for address in named))
    for name in names:
        if not is_address(name):
            raise InputError(f"{name}: not an address; feeds that are watched have http(s) addresses")
    return names


def _subscriptions(workspace: Workspace, names: Sequence[str]) -> list[Subscription]:
    with workspace.reading() as connection:
        there = {item.address: item for item in subscriptions(connection)}
    return [there.get(name) or Subscription(name) for name in names]


def _next_turn(workspace: Workspace, names: Sequence[str], now: datetime) -> datetime | None:
    """Returns when the first of the feeds is due; None where all are gone."""
    return min((item.state.next_at or now for item in _subscriptions(workspace, names) if not item.state.gone), default=None)


def _round(workspace: Workspace, names: Sequence[str], visitor: Visitor, how: Watching) -> Iterator[Watched]:
    """Polls the feeds that are due, one after the other."""
    now = how.clock()
    for item in _subscriptions(workspace, names):
        before = _claimed(workspace, item.address, how) if due(item.state, now) else None
        if before is not None:
            yield _poll(workspace, before, visitor, how)


def _claimed(workspace: Workspace, address: str, how: Watching) -> Subscription | None:
    """Puts the next turn of a feed off and returns what was remembered of it; None where another program was faster."""
    now = how.clock()
    with workspace.writing() as connection:
        before = subscription(connection, address)
        if not due(before.state, now):
            return None
        keep_subscription(connection, replace(before, asked_at=now, state=replace(before.state, next_at=now + how.interval)))
    return before


def _poll(workspace: Workspace, before: Subscription, visitor: Visitor, how: Watching) -> Watched:
    """Polls one feed, keeps what is new in it, and then what is to be remembered."""
    now = how.clock()
    polled = poll(before.address, replace(before.state, next_at=None), now, visitor, how.follow_links, how.interval)
    done = take_in(workspace, polled.found, reading=how.reading)
    state = polled.state
    with workspace.writing() as connection:
        there = subscription(connection, before.address)
        past = {"read_at": now} if polled.problem is None else {"failed_at": now, "problem": polled.problem}
        keep_subscription(connection, replace(there, state=state, taken_in=there.taken_in + done.new, **past))
    numbers = (done.new, done.known, done.repeated, done.refused, done.warned)
    return Watched(before.address, now, *numbers, problem=polled.problem, failures=state.failures, next_at=state.next_at)


class Standing(msgspec.Struct, frozen=True):
    """Is how a feed stands: when it was last asked, when that last went well, when it may be asked again, how often in a row it failed,
    when it last failed and why, whether it is gone for good, and how many articles came from it.
    """

    address: str
    asked_at: datetime | None
    read_at: datetime | None
    next_at: datetime | None
    failures: int
    failed_at: datetime | None
    problem: str | None
    gone: bool
    taken_in: int


def feeds_of(workspace: Workspace) -> list[Standing]:
    """Returns how the feeds stand that were ever watched, by address."""
    with workspace.reading() as connection:
        there = subscriptions(connection)
    return [
        Standing(
            item.address,
            item.asked_at,
            item.read_at,
            item.state.next_at,
            item.state.failures,
            item.failed_at,
            item.problem,
            item.state.gone,
            item.taken_in,
        )
        for item in there
    ]


def forget_feeds(workspace: Workspace, addresses: Sequence[str]) -> None:
    """Forgets what is remembered of feeds; their articles stay. Raises `InputError` where one was never watched, and forgets none."""
    with workspace.writing() as connection:
        for address in addresses:
            if not forget_subscription(connection, address):
                raise InputError(f"{mend(address)}: no feed of {workspace.address.shown}; `tawazun feeds` lists them")
