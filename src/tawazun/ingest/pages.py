"""Turns a web page into an article's text, title, date and outlet."""

import logging
import re

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date
from tawazun.ingest.texts import decode_text, mend

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html[^>]*?\slang\s*=\s*["']?\s*([A-Za-z]{2,3}(?:-\w+)*)""", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)", re.IGNORECASE | re.DOTALL
)
_HEAD = 8192


class Page(msgspec.Struct, frozen=True):
    """Is what a web page holds of an article; `language` is what the page declares, `published` an ISO date."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    language: str | None


def is_page(data: bytes) -> bool:
    """Tells whether bytes begin as a web page does."""
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_page(data: bytes, where: str, declared: str | None = None) -> Page:
    """Extracts the article of a page; `declared` is the encoding that the server named. Raises `InputError` where the page holds none."""
    charset = _CHARSET.search(data[:_HEAD])
    html = decode_text(data, where, declared or (charset[1].decode("ascii", "replace") if charset else None)).text
    language = _LANGUAGE.search(html[:_HEAD])
    found = _extract(html)
    if found is None:
        raise InputError(f"{where}: no article found in the page; save the article's text as a .txt file")
    text, title, published, outlet, url = found
    return Page(mend(text), title, _usable(published, where), outlet, url, language[1] if language else None)


def _usable(published: str | None, where: str) -> str | None:
    try:
        return check_date(published, where) if published else None
    except InputError:
        return None


def _extract(html: str) -> tuple[str, str | None, str | None, str | None, str | None] | None:
    """Runs trafilatura, at first strictly and, where that finds nothing, generously; importing it takes half a second, hence here."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())

    for strict in (True, False):
        document = bare_extraction(
            html,
            favor_precision=strict,
            favor_recall=not strict,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if document is not None and not isinstance(document, dict) and document.text and document.text.strip():
            return document.text, document.title, document.date, document.sitename, document.url
    return None
