"""Turns a web page into an article's text, title, date and outlet."""

import logging
import re
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.texts import decode_text, mend

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

    from tawazun.model.publishing import Publishing

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html[^>]*?\slang\s*=\s*["']?\s*([A-Za-z]{2,3}(?:-\w+)*)""", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = 8192


_LEAST_TEXT = 30
_SAME = 0.8
_HALF = 0.5
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


class Page(msgspec.Struct, frozen=True):
    """Is what a web page holds of an article; `language` is what the page declares, `published` an ISO date.

    `problem` is what is wrong with the page's date where it can't be used.
    """

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    language: str | None
    problem: str | None = None


def is_page(data: bytes) -> bool:
    """Tells whether bytes begin as a web page does."""
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_page(data: bytes, where: str, declared: str | None = None, now: datetime | None = None) -> Page:
    """Extracts the article of a page; `declared` is the encoding that the server named. Raises `InputError` where the page holds none."""
    charset = _CHARSET.search(data[:_HEAD])
    html = decode_text(data, where, declared or (charset[1].decode("ascii", "replace") if charset else None)).text
    return read_markup(html, where, now)


def read_markup(html: str, where: str, now: datetime | None = None) -> Page:
    """Extracts the article of a page that is text already: what its JSON-LD states first, then what trafilatura finds.

    lxml and trafilatura take half a second to import, hence inside. Raises `InputError` where the page holds no article.
    """
    from trafilatura import load_html

    from tawazun.ingest.layouts import clean
    from tawazun.ingest.metadata import find_date, find_title, read_stated
    from tawazun.lexicon.load import load_publishing

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    tree = load_html(_UNREADABLE.sub("", _XML.sub("", html)))
    if tree is None:
        raise _no_article(where)
    words = load_publishing()
    stated = read_stated(tree)
    clean(tree, words)
    document = _extract(tree, where)
    text = _best_text(stated.text, document.text if document else None, words)
    if text is None:
        raise _no_article(where)
    title = find_title(tree, stated.title, document.title if document else None)
    published, problem = find_date(tree, stated.published, document.date if document else None, title, words, now)
    language = _LANGUAGE.search(html[:_HEAD])
    return Page(
        text=mend(text),
        title=mend(title) if title else None,
        published=published,
        outlet=(document.sitename if document else None) or stated.outlet,
        url=document.url if document else None,
        language=language[1] if language else None,
        problem=problem,
    )


def read_fragment(markup: str) -> str:
    """Returns the text of markup that is an article as a whole, such as the content of a feed's entry or a letter; "" where it has none."""
    if "<" not in markup and "&" not in markup:
        return "\n".join(line for part in markup.splitlines() if (line := " ".join(part.split())))
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    from tawazun.ingest.layouts import article_lines, block_lines, clean
    from tawazun.lexicon.load import load_publishing

    try:
        tree = document_fromstring(_UNREADABLE.sub("", _XML.sub("", markup)))
    except (ParserError, ValueError):
        return ""
    for head in tree.findall("head"):
        tree.remove(head)
    words = load_publishing()
    clean(tree, words)
    return mend("\n".join(article_lines(block_lines(tree), words)))


def _no_article(where: str) -> InputError:
    return InputError(f"{where}: no article found in the page; save the article's text as a .txt file")


def _extract(tree: "HtmlElement", where: str) -> "Document | None":
    """Runs trafilatura, at first strictly and, where that finds next to nothing, generously."""
    from trafilatura import bare_extraction

    best: Document | None = None
    for strict in (True, False):
        try:
            document = bare_extraction(
                tree,
                favor_precision=strict,
                favor_recall=not strict,
                include_comments=False,
                include_tables=False,
                with_metadata=True,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
        except Exception as error:  # whatever a broken page does to the parsers, it costs this one article
            raise InputError(f"{where}: the page can't be taken apart ({type(error).__name__}); save the article's text") from None
        if document is not None and not isinstance(document, dict) and document.text and document.text.strip():
            if best is None or len(document.text) > 2 * len(best.text or ""):
                best = document
            if len(best.text or "") >= _LEAST_TEXT:
                break
    return best


def _best_text(stated: str | None, extracted: str | None, words: "Publishing") -> str | None:
    """Returns the article's lines: those extracted that the page states, too, where they are nearly all of that; else the longer text."""
    from tawazun.ingest.layouts import article_lines

    ours = article_lines(stated.splitlines(), words) if stated else []
    theirs = article_lines(extracted.splitlines(), words) if extracted else []
    whole, found = (_SPACES.sub("", "".join(lines)) for lines in (ours, theirs))
    both = [line for line in theirs if _SPACES.sub("", line) in whole]
    if len(whole) >= _HALF * len(found) and sum(len(_SPACES.sub("", line)) for line in both) >= _SAME * len(whole) > 0:
        return "\n".join(both)
    longer = ours if len(whole) >= _SAME * len(found) and ours else theirs  # a shorter one is only the page's teaser
    return "\n".join(longer).strip() or None
