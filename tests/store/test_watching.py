"""Feeds are watched: each poll comes when it is due, keeps what is new, and is remembered, whatever ends the program."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from own_articles import article, read_quickly, write_articles
from own_feeds import FEED, Outlet, feed, outlet
from sqlalchemy import select
from wholeness import assert_whole

from tawazun.app.backups import back_up, restore
from tawazun.app.ingesting import ingest
from tawazun.app.merging import merge
from tawazun.app.watching import Standing, Watched, Watching, feeds_of, forget_feeds, watch
from tawazun.base.errors import InputError, SetupError
from tawazun.ingest.addresses import ask
from tawazun.ingest.polls import INTERVAL, State
from tawazun.ingest.visitors import Visitor
from tawazun.scorers.joining import load_joining
from tawazun.store.feeds import Subscription, keep_subscription, subscription, subscriptions
from tawazun.store.tables import ARTICLES, REJECTS
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """Is a clock that only sleeping moves; the program that watches is stopped when it would sleep past `end`."""

    def __init__(self, now: datetime = START, minutes: float = 0) -> None:
        self.time, self.end = now, now + timedelta(minutes=minutes)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        if self.time > self.end:
            raise KeyboardInterrupt


@pytest.fixture
def site() -> Iterator[Outlet]:
    with outlet() as there:
        yield there


def watching(clock: Clock, **how: Any) -> Watching:
    return Watching(clock=clock.now, sleep=clock.sleep, reading=read_quickly, **how)


def visitor() -> Visitor:
    return Visitor(allow_private=True, pause=0)


def once(workspace: Workspace, addresses: list[str], now: datetime = START, **how: Any) -> list[Watched]:
    """Polls what is due at a time."""
    done: list[Watched] = []
    watch(workspace, addresses, visitor(), watching(Clock(now), once=True, **how), done.append)
    return done


def for_minutes(workspace: Workspace, addresses: list[str], minutes: float, now: datetime = START, **how: Any) -> list[Watched]:
    """Watches until it is interrupted after some minutes."""
    done: list[Watched] = []
    with pytest.raises(KeyboardInterrupt):
        watch(workspace, addresses, visitor(), watching(Clock(now, minutes), **how), done.append)
    return done


def documents(workspace: Workspace) -> set[str]:
    with workspace.reading() as connection:
        return set(connection.scalars(select(ARTICLES.c.document)))


def test_what_appears_in_a_feed_is_taken_in(workspace: Workspace, site: Outlet) -> None:
    site.give([1, 2], '"v1"')
    address = site.address + FEED
    (first,) = once(workspace, [address])
    assert (first.new, first.known, first.refused, first.warned, first.problem) == (2, 0, 0, 0, None)
    assert first.at == START and first.next_at == START + INTERVAL
    assert once(workspace, [address], START + INTERVAL - timedelta(seconds=1)) == []
    (unchanged,) = once(workspace, [address], START + INTERVAL)
    assert unchanged.new == unchanged.known == 0 and unchanged.problem is None
    assert site.asked[-1][1]["if-none-match"] == '"v1"'
    site.give([3, 2, 1], '"v2"')
    (third,) = once(workspace, [address], START + 2 * INTERVAL)
    assert (third.new, third.known) == (1, 0), "what was seen before isn't even looked up"
    assert documents(workspace) == {"a1", "a2", "a3"} and len(assert_whole(workspace)) == 3
    with workspace.reading() as connection:
        titles = set(connection.scalars(select(ARTICLES.c.title)))
        assert titles == {article(number)["title"] for number in (1, 2, 3)}
        assert set(connection.scalars(select(ARTICLES.c.source))) == {address}
    assert [(feed.address, feed.taken_in, feed.read_at) for feed in feeds_of(workspace)] == [(address, 3, START + 2 * INTERVAL)]


def test_each_feed_has_its_turn_until_the_user_ends_it(workspace: Workspace, site: Outlet) -> None:
    site.give([1], '"a"')
    site.pages["/slow"] = 200, {}, feed([2]).replace(b"<channel>", b"<channel><ttl>60</ttl>")
    merged = []
    done: list[Watched] = []
    clock = Clock(minutes=65)
    addresses = [site.address + FEED, site.address + "/slow", site.address + FEED]
    with pytest.raises(KeyboardInterrupt):
        watch(workspace, addresses, visitor(), watching(clock), done.append, lambda: merged.append(clock.time))
    minutes = [(watched.address.rpartition("/")[2], (watched.at - START).total_seconds() / 60) for watched in done]
    assert minutes == [("feed", 0), ("slow", 0), ("feed", 15), ("feed", 30), ("feed", 45), ("feed", 60), ("slow", 60)]
    assert merged == [START], "there is something to merge once, after the first round"
    assert documents(workspace) == {"a1", "a2"}


def test_new_articles_are_merged_with_what_was_there(workspace: Workspace, site: Outlet, tmp_path: Path) -> None:
    ingest(workspace, [str(write_articles(tmp_path / "in.jsonl", [1]))], 1, reading=read_quickly)
    site.give([1, 2], '"a"')
    found = []
    how = watching(Clock(), once=True)
    watch(workspace, [site.address + FEED], visitor(), how, merge=lambda: found.append(merge(workspace, load_joining())))
    assert [(merged.articles, merged.copies) for merged in found] == [(3, 1)]


@pytest.mark.parametrize(
    ("page", "problem", "waits"),
    [
        ((500, {}, b""), "500", (30, 60, 120)),
        ((429, {"Retry-After": "7200"}, b""), "429", (120, 120, 120)),
        ((503, {"Retry-After": "Tue, 24 Nov 2026 15:00:00 GMT"}, b""), "503", (180, 60, 120)),
        ((404, {}, b""), "404", (30, 60, 120)),
        ((200, {}, b"<html><body>gone fishing</body></html>"), "no feed in it", (30, 60, 120)),
        ((200, {}, b"<rss"), "no feed in it", (30, 60, 120)),
        ((200, {}, b""), "empty", (30, 60, 120)),
        ((302, {"Location": "ftp://marfa.example/feed"}, b""), "only http", (30, 60, 120)),
    ],
)
def test_a_failure_is_kept_with_its_reason_and_the_feed_left_alone(
    workspace: Workspace, site: Outlet, page: Any, problem: str, waits: tuple[int, ...]
) -> None:
    site.pages[FEED] = page
    address, now = site.address + FEED, START
    for number, wait in enumerate(waits, 1):
        (failed,) = once(workspace, [address], now)
        assert problem in (failed.problem or "") and failed.failures == number and failed.new == 0
        assert failed.next_at == now + timedelta(minutes=wait)
        (standing,) = feeds_of(workspace)
        assert (standing.problem, standing.failed_at, standing.failures, standing.read_at) == (failed.problem, now, number, None)
        now = failed.next_at
    site.give([1], '"a"')
    (well,) = once(workspace, [address], now)
    (standing,) = feeds_of(workspace)
    assert well.new == 1 and standing.failures == 0 and standing.read_at == now
    assert problem in (standing.problem or "") and standing.failed_at != now, "what went wrong last can still be looked up"


def test_a_feed_that_is_cut_off_gives_what_it_has(workspace: Workspace, site: Outlet) -> None:
    whole = feed([1, 2, 3])
    site.pages[FEED] = 200, {}, whole[: whole.rindex(b"<item>") + 40]
    (done,) = once(workspace, [site.address + FEED])
    assert done.problem is None and done.new == 2 and {"a1", "a2"} <= documents(workspace)


def test_entries_that_are_refused_are_kept_with_their_reason_once(workspace: Workspace, site: Outlet) -> None:
    english = b"<item><guid>e%d</guid><link>https://marfa.example/e%d</link><description>Ministers met in the capital</description></item>"
    for number in (1, 2, 3):
        more = b"".join(english % (each, each) for each in range(number, 0, -1))
        site.pages[FEED] = 200, {}, feed([1]).replace(b"<item>", more + b"<item>")
        (done,) = once(workspace, [site.address + FEED], START + number * INTERVAL)
        assert (done.refused, done.new) == (1, int(number == 1))
    with workspace.reading() as connection:
        reasons = [reason.partition(": ")[0] for reason in connection.scalars(select(REJECTS.c.reason).order_by(REJECTS.c.reason))]
    assert reasons == [f"https://marfa.example/e{number}" for number in (1, 2, 3)]


def test_a_feed_that_is_gone_ends_the_watch(workspace: Workspace, site: Outlet) -> None:
    site.pages[FEED] = 410, {}, b""
    done: list[Watched] = []
    watch(workspace, [site.address + FEED], visitor(), watching(Clock(minutes=60)), done.append)
    assert len(done) == 1 and done[0].next_at is None and "gone for good" in (done[0].problem or "")
    assert once(workspace, [site.address + FEED], START + timedelta(days=30)) == [] and site.times() == 1
    forget_feeds(workspace, [site.address + FEED])
    assert len(once(workspace, [site.address + FEED])) == 1 and site.times() == 2


def test_what_robots_forbid_is_not_asked(workspace: Workspace, site: Outlet) -> None:
    site.give([1], '"a"')
    site.pages["/robots.txt"] = 200, {}, f"User-agent: *\nDisallow: {FEED}".encode()
    (forbidden,) = once(workspace, [site.address + FEED])
    assert "robots.txt" in (forbidden.problem or "") and site.times() == 0
    assert forbidden.next_at == START + timedelta(days=1)


def test_a_redirect_to_a_private_address_is_refused(workspace: Workspace, site: Outlet) -> None:
    """The first address is a public one by its name; its packets are led to the server of the test."""

    class Detour(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            request.url = request.url.copy_with(host="127.0.0.1", port=site.port)
            return super().handle_request(request)

    site.give([1], '"a"', "/secret")
    site.pages[FEED] = 302, {"Location": f"{site.address}/secret"}, b""

    def lookup(host: str, port: int) -> list[str]:
        return [host] if host[0].isdigit() else ["93.184.215.14"]

    public: Any = partial(ask, transport=Detour(), resolve=lookup)
    done: list[Watched] = []
    address = "http://marfa.example" + FEED
    watch(workspace, [address], Visitor(pause=0, ask=lambda *a, **k: public(*a[:2], **k)), watching(Clock(), once=True), done.append)
    assert site.times() == 1 and site.times("/secret") == 0
    assert "127.0.0.1 is an address of a private network" in (done[0].problem or "") and documents(workspace) == set()


@pytest.mark.parametrize("named", ["feed.xml", "/tmp/feed.xml", "-", ""])
def test_what_is_no_address_is_refused(workspace: Workspace, named: str) -> None:
    with pytest.raises(InputError, match="not an address"):
        once(workspace, [named])
    assert feeds_of(workspace) == []


def test_one_host_is_asked_with_pauses(workspace: Workspace, site: Outlet) -> None:
    site.give([1], '"a"')
    site.give([2], '"b"', "/other")
    clock = Clock(minutes=1)
    polite = Visitor(allow_private=True, clock=lambda: (clock.time - START).total_seconds(), sleep=clock.sleep)
    watch(workspace, [site.address + FEED, site.address + "/other"], polite, watching(clock, once=True))
    assert [path for path, _ in site.asked] == ["/robots.txt", FEED, "/other"]
    assert clock.time == START + timedelta(seconds=6)


def test_two_programs_never_poll_a_feed_at_once(address: str, site: Outlet) -> None:
    with open_workspace(address) as one, open_workspace(address) as other:
        meanwhile: list[list[Watched]] = []
        body = feed([1])

        def answer(headers: dict[str, str]) -> Any:
            meanwhile.append(once(other, [site.address + FEED]))
            return 200, {}, body

        site.pages[FEED] = answer
        (done,) = once(one, [site.address + FEED])
    assert done.new == 1 and meanwhile == [[]] and site.times() == 1


def test_a_killed_watch_loses_nothing_and_asks_no_earlier(address: str, site: Outlet) -> None:
    """Killed while articles are being kept: after some, before what is remembered of the feed."""
    site.give(range(150), '"a"')
    url = site.address + FEED
    child = os.fork()
    if not child:
        try:
            with open_workspace(address) as workspace:

                def dying(tasks: Any, processes: int) -> Any:
                    for number, outcome in enumerate(read_quickly(tasks, processes)):
                        if number == 100:
                            os.kill(os.getpid(), signal.SIGKILL)
                        yield outcome

                watch(workspace, [url], visitor(), Watching(clock=lambda: START, once=True, reading=dying))
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with open_workspace(address) as workspace:
        kept = len(assert_whole(workspace))
        assert 0 < kept < 150
        assert once(workspace, [url], START + timedelta(minutes=5)) == [] and site.times() == 1, "it isn't due yet"
        (done,) = for_minutes(workspace, [url], 10, START + timedelta(minutes=10))
        assert done.at == START + INTERVAL and (done.new, done.known) == (150 - kept, kept)
        assert len(assert_whole(workspace)) == 150 and [feed.taken_in for feed in feeds_of(workspace)] == [150 - kept]
        (last,) = once(workspace, [url], START + 2 * INTERVAL)
        assert last.new == 0 and site.asked[-1][1]["if-none-match"] == '"a"'


def test_a_watch_that_is_killed_while_the_server_thinks(address: str, site: Outlet) -> None:
    started = []

    def hang(headers: dict[str, str]) -> Any:
        started.append(time.monotonic())
        time.sleep(1)
        return 200, {"ETag": '"a"'}, feed([1])

    site.pages[FEED] = hang
    url = site.address + FEED
    child = os.fork()
    if not child:
        try:
            with open_workspace(address) as workspace:
                watch(workspace, [url], visitor(), Watching(clock=lambda: START, once=True, reading=read_quickly))
        finally:
            os._exit(0)
    while not started:
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    site.give([1], '"a"')
    with open_workspace(address) as workspace:
        assert documents(workspace) == set() and once(workspace, [url], START + timedelta(minutes=1)) == []
        (done,) = once(workspace, [url], START + INTERVAL)
        assert done.new == 1


def test_a_workspace_that_fails_ends_the_watch_and_the_feed_is_read_again(workspace: Workspace, site: Outlet) -> None:
    site.give([1, 2], '"a"')

    def full(tasks: Any, processes: int) -> Any:
        yield from read_quickly(tasks, processes)
        raise SetupError("the disk is full")

    with pytest.raises(SetupError):
        watch(workspace, [site.address + FEED], visitor(), Watching(clock=lambda: START, once=True, reading=full))
    (done,) = once(workspace, [site.address + FEED], START + INTERVAL)
    assert done.new == 2 and "if-none-match" not in site.asked[-1][1]


def test_all_that_is_remembered_comes_back(workspace: Workspace) -> None:
    state = State('W/"é"', "Tue, 24 Nov 2026 11:00:00 GMT", START, 3, False, 60, ("entry-0", "entry-1"))
    given = Subscription("https://marfa.example/تغذية", state, START, None, START, "لا جواب", 2**40)
    with workspace.writing() as connection:
        keep_subscription(connection, given)
        keep_subscription(connection, Subscription("https://marfa.example/b"))
        assert subscription(connection, given.address) == given
        assert subscription(connection, "https://nowhere.example") == Subscription("https://nowhere.example")
        assert [item.address[-1] for item in subscriptions(connection)] == ["b", "ة"]
    forget_feeds(workspace, ["https://marfa.example/b"])
    with pytest.raises(InputError, match=r"https://marfa\.example/b: no feed of"):
        forget_feeds(workspace, [given.address, "https://marfa.example/b"])
    assert feeds_of(workspace) == [Standing(given.address, START, None, START, 3, START, "لا جواب", False, 2**40)]


def test_feeds_are_in_a_backup(workspace: Workspace, site: Outlet, place: Callable[[], str], tmp_path: Path) -> None:
    site.give([1, 2], '"a"')
    once(workspace, [site.address + FEED])
    back_up(workspace, tmp_path / "b.zip")
    named = place()
    create_workspace(named)
    with open_workspace(named) as other:
        restore(other, tmp_path / "b.zip")
        assert feeds_of(other) == feeds_of(workspace) and once(other, [site.address + FEED]) == []


def test_a_workspace_of_the_version_before_is_brought_up_to_date(place: Callable[[], str], tmp_path: Path, site: Outlet) -> None:
    named = place()
    create_workspace(named)
    source = write_articles(tmp_path / "in.jsonl", range(20))
    with open_workspace(named) as workspace:
        ingest(workspace, [str(source)], 1, reading=read_quickly)
        before = assert_whole(workspace)
        with workspace.writing() as connection:
            connection.exec_driver_sql("DROP TABLE feeds")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(SetupError, match="of version 0003; bring it to"), open_workspace(named):
        pass
    assert not create_workspace(named)
    site.give([1], '"a"')
    with open_workspace(named) as workspace:
        assert assert_whole(workspace) == before and once(workspace, [site.address + FEED])[0].new == 1
