"""Turns a web archive (WARC, also compressed) into the articles of its pages."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING

from tawazun.base.errors import InputError
from tawazun.ingest.finds import Found, installed
from tawazun.ingest.pages import Page, read_fragment, read_page
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text
from tawazun.model.articles import Article

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_PIECE = 2**18
_LENGTH = re.compile(rb"^Content-Length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ARTICLE = 400
"""Is how many letters of Arabic a page has at least that holds an article, though none was found in it."""


class _PassedOver(Exception):
    """Tells why a record holds no article; such records are counted, not named."""


def is_archive(data: bytes) -> bool:
    """Tells whether bytes begin as an uncompressed web archive does."""
    return data.startswith(b"WARC/")


def read_archive(file: IO[bytes], source: str, now: datetime | None = None) -> Iterator[Found]:
    """Reads the pages with status 200 of an archive, in its order; the rest is counted, and told at the end with one problem a reason.

    A page in Arabic in which no article is found is a problem of its own. The day on which a page was archived is not taken for that of its
    publication. Raises `SetupError` where fastwarc isn't installed.
    """
    with installed("fastwarc, which reads web archives,", "corpus"):
        from fastwarc.warc import ArchiveIterator

    passed_over: Counter[str] = Counter()
    number, position, broken = 0, 0, None
    try:
        for number, record in enumerate(ArchiveIterator(file, auto_decode="all", strict_mode=False), 1):
            position = record.stream_pos
            try:
                yield _found(record, source, number, now)
            except _PassedOver as reason:
                passed_over[str(reason)] += 1
    except (OSError, ValueError) as error:
        broken = f"damaged after record {number} ({error}); what comes after it isn't read"
    if broken is None and (number == 0 or _is_cut(file, position)):
        broken = "cut off: its last record isn't whole" if number else "no record in it; give a .warc or .warc.gz file"
    for why, count in sorted(passed_over.items()):
        yield Found(source, None, 0, None, f"{count:,} record{'' if count == 1 else 's'} passed over: {why}")
    if broken is not None:
        yield Found(source, None, 0, None, broken)


def _found(record: "WarcRecord", source: str, number: int, now: datetime | None) -> Found:
    """Reads one record; raises `_PassedOver` where it is none that holds an article."""
    kind = str(record.record_type)
    if kind not in ("response", "resource"):
        raise _PassedOver(f"{kind}, not a page")
    media_type = (record.http_content_type if kind == "response" else record.headers.get("Content-Type")) or ""
    if kind == "response":
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status != 200:
            raise _PassedOver(f"status {status}" if status else "no answer of a web server in it")
    media_type = media_type.partition(";")[0].strip().lower()
    if media_type not in _PAGES:
        raise _PassedOver(f"{media_type[:60] or 'no media type'}, not a page")
    url = record.headers.get("WARC-Target-URI")
    url = url.strip("<> ") if url else None
    where = f"{source}:{number}"
    try:
        data = record.reader.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        return Found(source, number, record.content_length, None, f"{url}: can't be unpacked ({error})")
    try:
        page = read_page(data, where, record.http_charset if kind == "response" else None, now)
    except InputError as error:
        _check_arabic_page(data, where, record.http_charset)
        return Found(source, number, len(data), None, f"{url}: {str(error).removeprefix(f'{where}: ')}")
    try:
        check_arabic(page.text, where, page.language)
    except InputError:
        raise _PassedOver("a page that isn't in Arabic") from None
    return Found(source, number, len(data), _article(page, url), page.problem)


def _article(page: Page, url: str | None) -> Article:
    return Article(text=page.text, id=url, published=page.published, title=page.title, outlet=page.outlet, url=url or page.url)


def _check_arabic_page(data: bytes, where: str, charset: str | None) -> None:
    """Raises `_PassedOver` for a page without article that is empty, not in Arabic, or has too little text for one."""
    if len(data) > SIZE_LIMIT:
        return
    try:
        text = read_fragment(decode_text(data, where, charset).text)
        if len(text) < _ARTICLE:
            raise _PassedOver("a page with hardly any text")
        check_arabic(text, where)
    except InputError:
        raise _PassedOver("a page that isn't in Arabic") from None


def _is_cut(file: IO[bytes], position: int) -> bool:
    """Tells whether an archive ends before its last record does, which fastwarc passes over; `position` is where a late record starts."""
    file.seek(position)
    data = file.read(_PIECE)
    if not data.startswith(b"\x1f\x8b"):
        header, end, _ = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(header)
        return length is None or file.seek(0, 2) != position + len(header) + len(end) + int(length[1]) + len(b"\r\n\r\n")
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while data:
        try:
            inflater.decompress(data, _PIECE)
        except zlib.error:
            return True
        data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        if inflater.eof:
            data = (data or file.read(_PIECE)).lstrip(b"\0")
            if data:
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            data = data or file.read(_PIECE)
    return not inflater.eof
