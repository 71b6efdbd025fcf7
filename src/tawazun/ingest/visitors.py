"""Turns requests that nobody typed, such as those for a feed and its links, into visits that the site allows, with pauses between them."""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from tawazun.base.errors import InputError
from tawazun.ingest.addresses import Answer, ask

_NAME = "tawazun"
_PAUSE = 3.0
_LONGEST_PAUSE = 60.0
_KEPT = 24 * 3600.0
_LARGEST_RULES = 500 * 1024
_NONE: Mapping[str, str] = MappingProxyType({})


class Forbidden(InputError):
    """Tells that the rules of a site, its robots.txt, ask us not to fetch an address."""


class Ask(Protocol):
    """Is `addresses.ask`, or what stands for it in a test."""

    def __call__(
        self, url: str, headers: Mapping[str, str] = ..., allow_private: bool = ..., *, permit: Callable[[str], None] | None = ...
    ) -> Answer:
        """Sends a GET and returns the answer; calls `permit` with each address on the way."""


class Visitor:
    """Is who visits sites for us: never what their robots.txt forbids, and no host twice within a few seconds.

    The pause between two requests to one host is `pause` seconds, or what its rules ask for up to a minute. Rules are kept for a day.
    One visitor should make all visits of a program; it isn't meant for several threads at once.
    """

    def __init__(
        self,
        allow_private: bool = False,
        pause: float = _PAUSE,
        ask: Ask = ask,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allow_private, self._pause, self._ask, self._clock, self._sleep = allow_private, pause, ask, clock, sleep
        self._rules: dict[str, tuple[float, RobotFileParser]] = {}
        self._asked: dict[str, float] = {}

    def visit(self, url: str, headers: Mapping[str, str] = _NONE) -> Answer:
        """Asks an address; raises `Forbidden` where the site's rules forbid it or a redirect on the way, `InputError` as `ask` does."""
        return self._ask(url, headers, self._allow_private, permit=self.permit)

    def permit(self, url: str) -> None:
        """Waits for the turn of the address's host; raises `Forbidden` where the site's rules forbid the address."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return  # asking refuses it
        rules = self._rules_of(f"{parts.scheme}://{parts.netloc}")
        if not rules.can_fetch(_NAME, url):
            raise Forbidden(f"{url}: the site's robots.txt asks programs not to fetch it; save the page and give the file")
        self._wait(parts.netloc, float(rules.crawl_delay(_NAME) or 0))

    def _wait(self, host: str, asked: float) -> None:
        """Sleeps until the host may be asked again."""
        now = self._clock()
        turn = max(now, self._asked.get(host, float("-inf")) + max(self._pause, min(asked, _LONGEST_PAUSE)))
        if turn > now:
            self._sleep(turn - now)
        self._asked[host] = turn

    def _rules_of(self, origin: str) -> RobotFileParser:
        kept = self._rules.get(origin)
        if kept is None or self._clock() - kept[0] > _KEPT:
            self._wait(urlsplit(origin).netloc, 0)
            kept = self._clock(), self._fetch_rules(f"{origin}/robots.txt")
            self._rules[origin] = kept
        return kept[1]

    def _fetch_rules(self, url: str) -> RobotFileParser:
        """Reads a site's rules: none where there are none, everything forbidden where they are.

        Raises `InputError` where the server fails to tell them: as RFC 9309 wants, nothing of the site is asked then, and it is remembered
        as little as any other failure.
        """
        answer = self._ask(url, _NONE, self._allow_private)
        if answer.status == 200:
            return parse_rules(answer.data[:_LARGEST_RULES].decode("utf-8", "replace"))
        if answer.status == 429 or answer.status >= 500:
            raise InputError(f"{url}: the server answers {answer.status} {answer.reason}; without its rules nothing there is asked")
        if answer.status in (401, 403):
            return parse_rules("User-agent: *\nDisallow: /")
        return parse_rules("")


def parse_rules(text: str) -> RobotFileParser:
    """Parses a robots.txt; lines whose path is no path, at which the library fails, forbid everything."""
    rules = RobotFileParser()
    rules.parse([line if _is_path(line) else line.partition(":")[0] + ": /" for line in text.splitlines()])
    return rules


def _is_path(line: str) -> bool:
    try:
        urlsplit(line.partition(":")[2].strip())
    except ValueError:
        return False
    return True
