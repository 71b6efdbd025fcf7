from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from page_samples import PAGES, SENTENCES
from servers import serving
from test_ingest_feeds import WHOLE, item, rss

from tawazun.base.errors import InputError
from tawazun.ingest.addresses import Answer
from tawazun.ingest.polls import INTERVAL, Polled, State, poll
from tawazun.ingest.visitors import Forbidden, Visitor, parse_rules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = rss(item(1, WHOLE)).replace("<ttl>60</ttl>", "").encode()
URL = "https://sahel.example/feed"


class Site:
    """Is a site that answers from a list, with a clock that only sleeping moves; `asked` are the addresses with their headers."""

    def __init__(self, *answers, robots=(404, b"")):
        self.answers, self.robots, self.asked, self.time, self.times = list(answers), robots, [], 0.0, []

    def ask(self, url, headers=None, allow_private=False, *, permit=None):
        if permit is not None:
            permit(url)
        self.times.append(self.time)
        if url.endswith("/robots.txt"):
            if isinstance(self.robots, Exception):
                raise self.robots
            return Answer(url, self.robots[0], "", {}, self.robots[1])
        self.asked.append((url, dict(headers or {})))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Answer(url, answer[0], "", answer[1], answer[2] if len(answer) > 2 else b"")

    def sleep(self, seconds):
        self.time += seconds

    def visitor(self):
        return Visitor(ask=self.ask, clock=lambda: self.time, sleep=self.sleep)


def polled(*answers, state=None, now=NOW, robots=(404, b"")) -> tuple[Polled, Site]:
    site = Site(*answers, robots=robots)
    return poll(URL, state or State(), now, site.visitor()), site


def test_a_feed_is_read_and_its_version_kept():
    first, site = polled((200, {"etag": '"a"', "last-modified": "Tue, 24 Nov 2026 11:00:00 GMT"}, FEED))
    assert [found.article.text.splitlines() for found in first.found] == [list(SENTENCES)] and first.asked and first.problem is None
    assert (
        first.state == State('"a"', "Tue, 24 Nov 2026 11:00:00 GMT", NOW + INTERVAL, seen=first.state.seen) and len(first.state.seen) == 1
    )
    assert "If-None-Match" not in site.asked[0][1]
    second, site = polled((304, {}), state=first.state, now=NOW + INTERVAL)
    assert site.asked[0][1]["If-None-Match"] == '"a"' and site.asked[0][1]["If-Modified-Since"].startswith("Tue")
    assert second.found == () and second.problem is None and second.state.etag == '"a"' and second.state.next_at == NOW + 2 * INTERVAL


def test_it_is_not_asked_before_its_time():
    early, site = polled(state=State(next_at=NOW + timedelta(seconds=1)))
    assert not early.asked and site.times == [] and early.state.next_at == NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("minutes", "wait"), [("5", INTERVAL), ("60", timedelta(hours=1)), ("999999", timedelta(days=1)), ("x", INTERVAL), ("-1", INTERVAL)]
)
def test_the_feed_says_how_long_it_wants_to_be_left_alone(minutes, wait):
    result, _ = polled((200, {}, FEED.replace(b"<channel>", f"<channel><ttl>{minutes}</ttl>".encode())))
    assert result.state.next_at == NOW + wait


def test_the_time_that_a_feed_asks_for_lasts_while_nothing_changes():
    first, _ = polled((200, {}, FEED.replace(b"<channel>", b"<channel><ttl>120</ttl>")))
    second, _ = polled((304, {"etag": '"b"'}), state=first.state, now=first.state.next_at)
    assert second.state.next_at - first.state.next_at == timedelta(hours=2) and second.state.etag == '"b"' and second.found == ()


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"cache-control": "public, max-age=1800"}, timedelta(minutes=30)),
        ({"cache-control": "max-age=1800", "age": "600"}, timedelta(minutes=20)),
        ({"cache-control": "max-age=1800", "age": "9999"}, INTERVAL),
        ({"cache-control": "max-age=31536000"}, timedelta(hours=1)),
        ({"cache-control": "max-age=60, must-revalidate"}, INTERVAL),
        ({"cache-control": "s-max-age=1800, no-cache"}, INTERVAL),
        ({"cache-control": "max-age=soon", "age": "x"}, INTERVAL),
    ],
)
@pytest.mark.parametrize("status", [200, 304])
def test_an_answer_that_is_fresh_is_not_asked_for_again(status, headers, wait):
    result, _ = polled((status, headers, FEED))
    assert result.state.next_at == NOW + wait


def test_only_entries_that_say_something_new_are_found():
    one, two = item(1, WHOLE), item(2, WHOLE)
    first, _ = polled((200, {}, rss(one).encode()))
    now = first.state.next_at
    second, _ = polled((200, {}, rss(two, one).encode()), state=first.state, now=now)
    assert [found.article.id for found in second.found] == ["sahel-2"]
    again, _ = polled((200, {}, rss(two, one).encode()), state=second.state, now=second.state.next_at)
    assert again.found == () and again.problem is None
    edited, _ = polled(
        (200, {}, rss(two, one.replace(" 1</title>", " 1 b</title>")).encode()), state=second.state, now=second.state.next_at
    )
    assert [found.article.title[-3:] for found in edited.found] == ["1 b"]
    emptied, _ = polled((200, {}, rss().encode()), state=second.state, now=second.state.next_at)
    back, _ = polled((200, {}, rss(two, one).encode()), state=emptied.state, now=emptied.state.next_at)
    assert emptied.found == back.found == ()


def test_what_is_remembered_of_entries_has_a_bound():
    state = State(seen=tuple(f"entry-{number}" for number in range(500)))
    result, _ = polled((200, {}, FEED), state=state)
    assert len(result.state.seen) == 500 and result.state.seen[1:] == state.seen[:-1]


def test_a_link_is_followed_once():
    page = PAGES["breaks only"]
    html = (200, {"content-type": f"text/html; charset={page.encoding}"}, page.data)
    one, two = item(1), item(2)
    site = Site((200, {}, rss(one).encode()), html, (200, {}, rss(two, one).encode()), html)
    visitor = site.visitor()
    first = poll(URL, State(), NOW, visitor, follow_links=True)
    second = poll(URL, first.state, first.state.next_at, visitor, follow_links=True)
    assert [url for url, _ in site.asked] == [URL, "https://sahel.example/1", URL, "https://sahel.example/2"]
    assert len(second.found) == 1 and SENTENCES[0] in second.found[0].article.text


def test_a_problem_names_the_entry():
    result, _ = polled((200, {}, rss(item(1), item(2, "<p>English words only, none of them Arabic</p>")).encode()))
    told = [(found.line, found.problem.partition(": ")[0], found.article is not None) for found in result.found]
    assert told == [(None, "https://sahel.example/1", True), (None, "https://sahel.example/2", False)]


def test_the_encoding_that_the_server_names():
    feed = FEED.decode().replace(' encoding="utf-8"', "").encode("mac-arabic")
    result, _ = polled((200, {"content-type": "application/rss+xml; charset=mac-arabic"}, feed))
    assert result.found[0].article.text.splitlines() == list(SENTENCES)


def test_a_library_that_fails_costs_one_feed(monkeypatch):
    def fail(*_):
        raise RecursionError("too deep")

    monkeypatch.setattr("tawazun.ingest.polls.read_entries", fail)
    result, _ = polled((200, {"etag": '"b"'}, FEED), state=State(etag='"a"'))
    assert "RecursionError('too deep')" in result.problem and result.state.failures == 1 and result.state.etag == '"a"'


def test_a_time_that_a_wrong_clock_wrote_is_not_waited_for():
    result, site = polled((304, {}), state=State(next_at=NOW + timedelta(days=8)))
    assert result.asked and result.state.next_at == NOW + INTERVAL and len(site.asked) == 1


def test_failures_double_the_wait_up_to_a_day():
    state, waits = State(etag='"a"'), []
    for number in range(12):
        answer = InputError("no answer") if number % 2 else (500, {})
        result, _ = polled(answer, state=msgspec.structs.replace(state, next_at=None))
        state = result.state
        waits.append(state.next_at - NOW)
        assert result.problem and state.failures == number + 1 and state.etag == '"a"'
    assert waits[:4] == [2 * INTERVAL, 4 * INTERVAL, 8 * INTERVAL, 16 * INTERVAL]
    assert waits[-1] == waits[-2] == timedelta(days=1)
    well, _ = polled((200, {}, FEED), state=msgspec.structs.replace(state, next_at=None))
    assert well.state.failures == 0 and well.state.next_at == NOW + INTERVAL


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("after", "wait"),
    [
        ("7200", timedelta(hours=2)),
        ("60", 2 * INTERVAL),
        ("99999999999999999999", timedelta(days=7)),
        ("Tue, 24 Nov 2026 15:00:00 GMT", timedelta(hours=3)),
        ("Mon, 23 Nov 2026 15:00:00 GMT", 2 * INTERVAL),
        ("soon", 2 * INTERVAL),
        ("", 2 * INTERVAL),
        ("-5", 2 * INTERVAL),
    ],
)
def test_a_busy_server_is_given_the_time_it_asks_for(status, after, wait):
    result, _ = polled((status, {"retry-after": after}))
    assert result.state.next_at == NOW + wait and str(status) in result.problem


def test_a_feed_that_is_gone_is_never_asked_again():
    gone, _ = polled((410, {}))
    assert gone.state.gone and "gone for good" in gone.problem
    again, site = polled(state=gone.state, now=NOW + timedelta(days=400))
    assert not again.asked and site.times == []


def test_what_is_no_feed_is_a_failure():
    result, _ = polled((200, {}, b"<html><body>nothing</body></html>"))
    assert result.state.failures == 1 and "no feed" in result.problem and result.found == ()


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, b"User-agent: *\nDisallow: /private"), True),
        ((200, b"User-agent: *\nDisallow: /"), False),
        ((200, b"User-agent: tawazun\nDisallow: /feed\n\nUser-agent: *\nAllow: /"), False),
        ((200, b"User-agent: other\nDisallow: /"), True),
        ((200, b"User-agent: *\nDisallow: http://[\n"), False),
        ((200, b"\xff\xfe\x00 nonsense"), True),
        ((404, b""), True),
        ((403, b""), False),
    ],
)
def test_the_rules_of_the_site_are_kept(robots, allowed):
    result, site = polled((200, {}, FEED), robots=robots)
    assert bool(result.found) == allowed and len(site.asked) == allowed
    if not allowed:
        assert "robots.txt" in result.problem and result.state.next_at == NOW + timedelta(days=1)


@pytest.mark.parametrize("robots", [InputError("no answer"), (500, b""), (503, b""), (429, b"")])
def test_rules_that_can_not_be_fetched_are_a_failure_and_are_asked_for_again(robots):
    site = Site((200, {}, FEED), robots=robots)
    visitor = site.visitor()
    failed = poll(URL, State(), NOW, visitor)
    assert failed.state.failures == 1 and failed.state.next_at == NOW + 2 * INTERVAL and site.asked == []
    site.robots = (404, b"")
    assert poll(URL, State(), NOW, visitor).found


def test_one_host_is_never_asked_twice_within_seconds_and_rules_are_kept_for_a_day():
    site = Site(*[(200, {}, FEED)] * 4)
    visitor = site.visitor()
    for _ in range(3):
        poll(URL, State(), NOW, visitor)
    assert site.times == [0, 3, 6, 9]
    site.time += 25 * 3600
    poll(URL, State(), NOW, visitor)
    assert len(site.times) == 6


@pytest.mark.parametrize(("asked", "kept"), [("10", 10), ("1", 3), ("9999", 60), ("x", 3)])
def test_the_pause_that_a_site_asks_for(asked, kept):
    site = Site(*[(200, {}, FEED)] * 2, robots=(200, f"User-agent: *\nCrawl-delay: {asked}\nDisallow: /x".encode()))
    visitor = site.visitor()
    for _ in range(2):
        poll(URL, State(), NOW, visitor)
    assert site.times[2] - site.times[1] == kept


def test_rules_are_asked_of_the_host_that_a_redirect_leads_to():
    pages = {"/feed": (200, {"Content-Type": "text/xml"}, FEED), "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /feed")}
    with serving(pages) as (target, asked), serving({"/feed": (301, {"Location": f"{target}/feed"}, b"")}) as (url, _):
        result = poll(f"{url}/feed", State(), NOW, Visitor(allow_private=True, sleep=lambda seconds: None))
    assert "robots.txt" in result.problem and [path for path, _ in asked] == ["/robots.txt"]


def test_a_poll_of_a_real_server_twice():
    def answer(headers):
        return (
            (304, {}, b"")
            if headers.get("if-none-match") == '"v1"'
            else (200, {"ETag": '"v1"', "Content-Type": "application/rss+xml"}, FEED)
        )

    with serving({"/feed": answer}) as (url, asked):
        visitor = Visitor(allow_private=True, sleep=lambda seconds: None)
        first = poll(f"{url}/feed", State(), NOW, visitor)
        second = poll(f"{url}/feed", first.state, NOW + INTERVAL, visitor)
        with pytest.raises(InputError, match="private network"):
            Visitor(sleep=lambda seconds: None).visit(f"{url}/feed")
    assert len(first.found) == 1 and second.found == () and second.asked and second.problem is None
    assert asked[1][1]["user-agent"].startswith("tawazun")


def test_the_state_goes_through_json():
    state = State('"a"', "x", NOW, 3)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


def test_forbidden_is_an_input_error_and_rules_may_be_long():
    assert issubclass(Forbidden, InputError)
    assert parse_rules("User-agent: *\n" + "Disallow: /a\n" * 20_000).can_fetch("tawazun", "https://a.example/b")
