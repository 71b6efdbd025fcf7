"""Makes feeds of our own articles, and a real server that gives them out, fails, says how long to wait, or hangs, as it is told."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from own_articles import article

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from servers import Reply, serving

FEED = "/feed"


def feed(numbers: Iterable[int], summary_only: bool = False) -> bytes:
    """Returns an RSS feed of articles."""
    entries = []
    for number in numbers:
        row = article(number)
        part = "description" if summary_only else "content:encoded"
        paragraphs = "".join(f"<p>{line}</p>" for line in row["text"].split("\n"))
        entries.append(
            f"<item><title>{row['title']}</title><guid>a{number}</guid><link>https://marfa.example/{number}</link>"
            f"<pubDate>{row['date']}</pubDate><{part}>{escape(paragraphs)}</{part}></item>"
        )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{head}<channel><title>Marfa</title>{''.join(entries)}</channel></rss>".encode()


class Outlet:
    """Is a server whose `pages` may be changed while it runs; `asked` are the paths and headers that came."""

    def __init__(self, address: str, pages: dict[str, Any], asked: list[tuple[str, dict[str, str]]]) -> None:
        self.address, self.pages, self.asked = address, pages, asked
        self.port = int(address.rpartition(":")[2])

    def times(self, path: str = FEED) -> int:
        """Counts how often a path was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def give(self, numbers: Iterable[int], etag: str, path: str = FEED) -> None:
        """Lets a feed have articles from now on; who knows its version gets 304."""
        body = feed(numbers)

        def answer(headers: dict[str, str]) -> Reply:
            return (304, {}, b"") if headers.get("if-none-match") == etag else (200, {"ETag": etag}, body)

        self.pages[path] = answer


@contextmanager
def outlet() -> Iterator[Outlet]:
    """Runs a server on the loopback interface."""
    pages: dict[str, Any] = {}
    with serving(pages) as (address, asked):
        yield Outlet(address, pages, asked)
