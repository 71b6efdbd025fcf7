"""Turns an RSS, RDF or Atom feed into the articles of its entries."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from tawazun.base.errors import InputError
from tawazun.base.ids import make_id
from tawazun.ingest.dates import read_date
from tawazun.ingest.finds import Found
from tawazun.ingest.pages import read_fragment
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import decode_text, mend
from tawazun.model.articles import Article

Follow = Callable[[str], Article]
"""Fetches the page at a link and reads its article; raises `InputError`."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""")
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?xml-stylesheet[^>]*\?>\s*|<!DOCTYPE\s+rss[^>]*>\s*)*<(?:rss|feed|rdf:RDF|\w+:feed)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8192
_SIZE = 20 * 2**20
_WHOLE = 1000
"""Is from how many characters on a description is the article itself: many feeds have no other place for it."""

SUMMARY_ONLY = "only the summary of the feed; the whole text is at its link"


class Feed(msgspec.Struct, frozen=True):
    """Is a parsed feed: what it is called, how many minutes it asks to be left alone, its entries as feedparser gives them, and where it
    was found.
    """

    title: str | None
    minutes: int | None
    entries: tuple[Any, ...]
    address: str | None


def is_feed(data: bytes) -> bool:
    """Tells whether bytes begin as a feed does."""
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return _FEED.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def parse_feed(data: bytes, where: str, address: str | None = None, charset: str | None = None) -> Feed:
    """Parses a feed, broken XML included; `address` is what relative links start from. Raises `InputError` where it is none."""
    import feedparser  # takes a sixth of a second, and few inputs are feeds

    declared = _ENCODING.search(data[:_HEAD])
    text = decode_text(data, where, charset or (declared[1].decode() if declared else None), _SIZE).text
    headers = {"content-type": "application/xml; charset=utf-8"}  # and no address: it would be put before ids that are none
    # A stream, since feedparser takes bytes for the name of a file or an address
    stream = io.BytesIO(_DECLARATION.sub("", text).encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=False)
    except Exception as error:  # whatever a broken feed does to the parser, it costs this one feed
        raise InputError(f"{where}: the feed can't be taken apart ({type(error).__name__})") from None
    if not parsed.get("version") and not parsed.entries:
        raise InputError(f"{where}: no feed in it; give the address of an RSS or Atom feed")
    minutes = str(parsed.feed.get("ttl", ""))
    return Feed(
        _plain(parsed.feed.get("title")), int(minutes) if minutes.isdecimal() and len(minutes) < 7 else None, tuple(parsed.entries), address
    )


def link_of(entry: Any) -> str | None:
    """Returns the link of an entry, as it is written, or else its id."""
    return _word(entry.get("link")) or _word(entry.get("id"))


def entry_digest(entry: Any) -> str:
    """Returns a digest of what an entry says, by which it is known again; what outlets count in it, such as comments, is left out."""
    dated = (dict.get(entry, name) for name in ("published", "updated"))
    contents = (part.get("value") for part in entry.get("content") or ())
    return make_id("entry", *(entry.get(name) for name in ("id", "link", "title", "summary")), *dated, *contents)


def read_entries(feed: Feed, source: str, follow: Follow | None = None, now: datetime | None = None) -> Iterator[Found]:
    """Reads each entry: its content, else with `follow` the page at its link, else its summary, which is marked as a problem."""
    for number, entry in enumerate(feed.entries, 1):
        where = f"{source}:{number}"
        size = len(str(entry))
        try:
            article, problem = _article(entry, feed, where, follow, now)
        except InputError as error:
            article, problem = None, str(error)
        yield Found(source, number, size, article, problem.removeprefix(f"{where}: ") if problem else None)


def _article(entry: Any, feed: Feed, where: str, follow: Follow | None, now: datetime | None) -> tuple[Article, str | None]:
    text, problem = _content(entry), None
    summary = read_fragment(str(entry.get("summary") or "")) or None
    link = _address(entry.get("link"), feed.address)
    page: Article | None = None
    if text is None and summary is not None and len(summary) >= _WHOLE:
        text = summary
    if text is None and follow is not None and link is not None:
        try:
            page = follow(link)
            text = page.text
        except InputError as error:
            problem = f"{error}; {SUMMARY_ONLY}"
    if text is None:
        text, problem = summary, problem or SUMMARY_ONLY
    if not text:
        raise InputError(f"{where}: no text in the entry{f' ({problem})' if follow else ''}; give the page at its link, {link}")
    check_arabic(text, where)
    published, wrong = _day(entry, where, now)
    origin = entry.get("source")
    return Article(
        text=mend(text),
        id=_word(entry.get("id")) or link,
        published=published or (page.published if page else None),
        title=_plain(entry.get("title")) or (page.title if page else None),
        outlet=(page.outlet if page else None) or (_plain(origin.get("title")) if isinstance(origin, dict) else None) or feed.title,
        url=page.url if page else link,
    ), "; ".join(filter(None, (problem, wrong))) or None


def _content(entry: Any) -> str | None:
    """Returns the longest content of an entry, as text."""
    values = [str(part.get("value") or "") for part in entry.get("content") or () if "video" not in str(part.get("type"))]
    return read_fragment(max(values, key=len)) or None if values else None


def _day(entry: Any, where: str, now: datetime | None) -> tuple[str | None, str | None]:
    """Returns the entry's day, and what is wrong with it; the day is that of the outlet's clock, not of Greenwich."""
    value = dict.get(entry, "published") or dict.get(entry, "updated")  # its own `get` warns of a day that it takes for another
    if not value:
        return None, None
    try:
        return read_date(str(value), where, now), None
    except InputError as error:
        return None, f"{str(error).removeprefix(f'{where}: ')}; read without a date"


def _plain(value: Any) -> str | None:
    return " ".join(read_fragment(str(value)).split()) or None if value else None


def _word(value: Any) -> str | None:
    return mend(str(value).strip()) or None if value else None


def _address(value: Any, base: str | None) -> str | None:
    text = _word(value)
    try:
        text = urljoin(base, text) if base and text else text
    except ValueError:
        return None
    return text if text and text.lower().startswith(("http://", "https://")) else None
