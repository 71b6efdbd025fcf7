"""Turns what a page says of itself, to machines and to readers, into title, outlet, text and candidates for its date."""

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from lxml.html import HtmlElement

from tawazun.base.errors import InputError
from tawazun.ingest.dates import read_date
from tawazun.ingest.layouts import begins, short_text
from tawazun.model.publishing import Publishing

_TAG = re.compile(r"<[^<>]{1,200}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6])\b[^<>]{0,50}>", re.IGNORECASE)
_DATE_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "datecreated"),
    *("pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "date", "dc.date.issued", "dc.date", "dcterms.created"),
    *("dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
)
_YEAR = re.compile(r"(?:1[3-5]|18|19|20)[0-9]{2}|[\u0660-\u0669\u06f0-\u06f9]{4}")
_DATE_CLASS = re.compile(r"date|time|publi|meta", re.IGNORECASE)
_DATE_LINE = 120
_NEAR = 12
_TITLE = 500
_SHORT = 8


class Stated(msgspec.Struct, frozen=True):
    """Is what a page's JSON-LD says of its article; None where it says nothing."""

    text: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None


def read_stated(tree: HtmlElement) -> Stated:
    """Returns what schema.org JSON-LD says of the article; of several articles the one with the longest text, such as the page's own."""
    found = [
        article
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for article in _articles(_parsed(script.text or ""))
    ]
    if not found:
        return Stated()
    best = max(found, key=lambda article: len(str(article.get("articleBody") or "")))
    publisher = best.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    return Stated(
        text=_plain(best.get("articleBody"), lines=True),
        title=_plain(best.get("headline")) or _plain(best.get("name")),
        published=_plain(best.get("datePublished")) or _plain(best.get("dateCreated")),
        outlet=_plain(publisher.get("name")) if isinstance(publisher, dict) else _plain(publisher),
    )


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;\n"), strict=False)
    except (ValueError, RecursionError):
        return None  # the page says the same in other places


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yields the objects that are articles by their type, wherever they stand."""
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(str(kind).endswith(("Article", "BlogPosting")) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(key), depth + 1)


def _plain(value: Any, lines: bool = False) -> str | None:
    """Returns a text without markup and entities; with `lines`, breaks and ends of paragraphs are ends of lines."""
    if not isinstance(value, str):
        return None
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", html.unescape(value))))
    if lines:
        return "\n".join(line for part in text.splitlines() if (line := " ".join(part.split()))) or None
    return " ".join(text.split()) or None


def find_title(tree: HtmlElement, stated: str | None, extracted: str | None) -> str | None:
    """Returns the headline: as stated, or the longest heading that the page's own title holds, or what trafilatura took from the page."""
    if stated:
        return stated
    named = tree.find(".//title")
    whole = short_text(named, _TITLE) if named is not None else ""
    headings = [text for heading in tree.iter("h1", "h2") if (text := short_text(heading, _TITLE)) and text in whole]
    return max([*headings, extracted or ""], key=len) if headings else extracted


def find_date(
    tree: HtmlElement, stated: str | None, extracted: str | None, title: str | None, words: Publishing, now: datetime | None
) -> tuple[str | None, str | None]:
    """Returns the day of publication, and what is wrong with the first candidate where none can be used."""
    problem = None
    for value in _candidates(tree, stated, extracted, title, words):
        try:
            return read_date(value, "", now), None
        except InputError as error:
            problem = problem or str(error).removeprefix(": ")
    return None, f"{problem}; read without a date" if problem else None


def _candidates(tree: HtmlElement, stated: str | None, extracted: str | None, title: str | None, words: Publishing) -> Iterator[str]:
    """Yields what may be the day of publication: what the page tells machines, then what it shows near the headline."""
    if stated:
        yield stated
    named: dict[str, str] = {}
    for meta in tree.iter("meta", "time", "span", "abbr"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content") or meta.get("datetime") or (short_text(meta, _DATE_LINE) if meta.tag != "meta" else "")
        if name in _DATE_NAMES and content.strip():
            named.setdefault(name, content)
    yield from (named[name] for name in _DATE_NAMES if name in named)
    yield from (moment.get("datetime") for moment in tree.iter("time") if moment.get("datetime") and moment.get("pubdate") is not None)
    yield from _shown(tree, title, words)
    yield from [moment.get("datetime") for moment in tree.iter("time") if moment.get("datetime")][:1]
    if extracted:
        yield extracted


def _shown(tree: HtmlElement, title: str | None, words: Publishing) -> Iterator[str]:
    """Yields short lines with a year that can be read as a date: those marked as dates first, then those near after the headline."""
    lines: list[tuple[str, bool]] = []
    after = first = -1
    for element in tree.iter("h1", "h2", "h3", "p", "div", "span", "time", "td", "li", "small", "b", "font", "center", "strong"):
        text = short_text(element, _TITLE)
        if (
            title
            and text
            and text in title
            and element.tag in ("h1", "h2", "h3", "strong", "b", "font", "td", "p", "span")
            and len(text) > 8
        ):
            after = len(lines) if after < 0 else after
        elif first < 0 and element.tag == "h1":
            first = len(lines)
        if text and len(text) <= _DATE_LINE:
            marked = bool(_DATE_CLASS.search(f"{element.get('class')} {element.get('id')} {element.get('itemprop')}"))
            lines.append((text, marked))
    after = first if after < 0 else after
    near = lines[after:] if after >= 0 else []
    for text, _ in [*(line for line in near if line[1]), *near[: _NEAR + 1]]:
        if _YEAR.search(text) and not begins(text, words.revisions) and _reads(text):
            yield text


def _reads(text: str) -> bool:
    try:
        read_date(text, "")
    except InputError as error:
        return "isn't a day" not in str(error)  # a wrong date is one all the same
    return True
