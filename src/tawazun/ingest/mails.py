"""Turns mail (.eml files, mbox files, Maildir folders), such as newsletters, into articles, one a letter."""

import re
from collections.abc import Iterator
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tawazun.base.errors import InputError
from tawazun.ingest.dates import read_date
from tawazun.ingest.finds import Found
from tawazun.ingest.pages import read_fragment
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend
from tawazun.model.articles import Article

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage, Message

LETTER_LIMIT = 64 * 2**20
"""Is how many bytes a letter may have, attachments included."""

_HEADERS = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|reply-to|content-type|x-[\w-]+):", re.IGNORECASE
)
_HEADER = re.compile(rb"^[!-9;-~]+:|^[ \t]")
_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_OPENING = b"From "
_FEWEST = 3
_HEAD = 8192
_ESCAPED = re.compile("[\udc80-\udcff]")
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def is_letter(data: bytes) -> bool:
    """Tells whether bytes begin with the header of a letter, of at least three known fields."""
    known = 0
    for line in data[:_HEAD].splitlines():
        if not line or not _HEADER.match(line):
            break
        known += _HEADERS.match(line) is not None
    return known >= _FEWEST


def is_mailbox(data: bytes) -> bool:
    """Tells whether bytes begin as an mbox file does: a line `From sender day`, then the header of a letter."""
    first, _, rest = data[:_HEAD].partition(b"\n")
    return _FROM.match(first.rstrip(b"\r")) is not None and is_letter(rest)


def is_maildir(path: Path) -> bool:
    """Tells whether a folder holds letters as a Maildir does."""
    return all((path / part).is_dir() for part in ("cur", "new"))


def read_mailbox(path: str | PathLike[str], source: str, now: datetime | None = None) -> Iterator[Found]:
    """Reads the letters of an mbox file in their order; what stands before the first is told."""
    import mailbox  # it and the parser of headers take a fiftieth of a second, and few inputs are letters

    with open(path, "rb") as file:
        if not file.read(len(_OPENING)).startswith(_OPENING):
            yield Found(source, None, 0, None, "doesn't begin with a letter; an mbox file begins with a line 'From sender day'")
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield _found(box.get_bytes(key), source, number, now)
    finally:
        box.close()


def read_maildir(path: str | PathLike[str], source: str, now: datetime | None = None) -> Iterator[Found]:
    """Reads the letters of a Maildir folder, those read before first, each by the names of their files."""
    files = [file for part in ("cur", "new") for file in sorted((Path(path) / part).iterdir()) if not file.name.startswith(".")]
    for number, file in enumerate(files, 1):
        with file.open("rb") as letter:
            yield _found(letter.read(LETTER_LIMIT + 1), source, number, now)


def read_letter(data: bytes, source: str, now: datetime | None = None) -> Found:
    """Reads one letter."""
    return _found(data, source, None, now)


def _found(data: bytes, source: str, number: int | None, now: datetime | None) -> Found:
    where = source if number is None else f"{source}:{number}"
    try:
        if len(data) > LETTER_LIMIT:
            raise InputError(f"{where}: more than {LETTER_LIMIT // 2**20} MB; save the letter's text as a .txt file")
        article, problem = _article(data, where, now)
    except InputError as error:
        article, problem = None, str(error)
    return Found(source, number, len(data), article, problem.removeprefix(f"{where}: ") if problem else None)


def _article(data: bytes, where: str, now: datetime | None) -> tuple[Article, str | None]:
    from email import policy  # see above
    from email.message import EmailMessage
    from email.parser import BytesParser

    try:
        letter = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
        text, attachments = _text(letter, where)
        subject, sender, day, id = (_header(letter, name) for name in ("Subject", "From", "Date", "Message-ID"))
    except InputError:
        raise
    except Exception as error:  # the library's parser of headers raises all sorts at broken ones; it costs this one letter
        raise InputError(f"{where}: the letter can't be taken apart ({type(error).__name__}); save its text as a .txt file") from None
    if not text:
        found = f"only {attachments} attachment{'' if attachments == 1 else 's'}" if attachments else "no text"
        raise InputError(f"{where}: {found} in the letter; save the article's text as a .txt file")
    if len(text.encode()) > SIZE_LIMIT:
        raise InputError(f"{where}: the text has more than {SIZE_LIMIT // 2**20} MB; split it")
    check_arabic(text, where)
    problems = [f"{attachments} attachment{'' if attachments == 1 else 's'} passed over"] if attachments else []
    published = None
    if day:
        try:
            published = read_date(day, where, now)
        except InputError as error:
            problems.append(f"{str(error).removeprefix(f'{where}: ')}; read without a date")
    return Article(text=text, id=id, published=published, title=subject, outlet=_outlet(letter, sender)), "; ".join(problems) or None


def _text(letter: "EmailMessage", where: str) -> tuple[str, int]:
    """Returns the text of a letter, from its markup where there is some, and the number of its attachments."""
    markup: list[str] = []
    plain: list[str] = []
    attachments = 0
    for part in letter.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and part.get_content_disposition() != "attachment":
            (markup if kind == "text/html" else plain).append(_decoded(part, where))
        elif part.get("Content-ID") is None and part.get_content_disposition() != "inline":  # those are the markup's pictures
            attachments += 1
    texts = [read_fragment(text) for text in markup]
    if not any(texts):
        texts = ["\n".join(line.strip() for line in text.splitlines()).strip() for text in plain]
    return mend("\n\n".join(filter(None, texts))), attachments


def _decoded(part: "Message[Any, Any]", where: str) -> str:
    """Decodes a part as it says, or as its bytes look where it says nothing or something wrong."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    stated = _CHARSET.search(data[:_HEAD]) if part.get_content_type() == "text/html" else None
    return decode_text(data, where, part.get_content_charset() or (stated[1].decode() if stated else None)).text


def _header(letter: "EmailMessage", name: str) -> str | None:
    """Returns a header decoded; one written in plain 8-bit letters, which the library replaces, is read as its bytes look."""
    raw = next((str(value) for key, value in letter.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return None
    value = decode_text(raw.encode("utf-8", "surrogateescape"), name).text if _ESCAPED.search(raw) else str(letter.get(name))
    return mend(" ".join(value.split())) or None


def _outlet(letter: "EmailMessage", sender: str | None) -> str | None:
    """Returns the sender's name, else the sender's address."""
    addresses: tuple[Address, ...] = getattr(letter.get("From"), "addresses", ())
    if addresses and not _ESCAPED.search(addresses[0].display_name):
        return mend(addresses[0].display_name.strip() or addresses[0].addr_spec) or None
    return sender.partition("<")[0].strip(' "') or sender if sender else None
