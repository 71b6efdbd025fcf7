"""Turns what a user names (files, folders, `-` for standard input, addresses, feeds) into articles, in a fixed order."""

import os
import sys
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import msgspec

from tawazun.base.errors import InputError, SetupError
from tawazun.ingest.archives import is_archive, read_archive
from tawazun.ingest.feeds import is_feed, parse_feed, read_entries
from tawazun.ingest.finds import PLAIN
from tawazun.ingest.finds import Choices as Choices
from tawazun.ingest.finds import Found as Found
from tawazun.ingest.links import fetched_article, follower, page_article
from tawazun.ingest.mails import LETTER_LIMIT, is_letter, is_mailbox, is_maildir, read_letter, read_mailbox, read_maildir
from tawazun.ingest.pages import is_page
from tawazun.ingest.rows import open_rows, read_rows
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.tables import TABLE_LIMIT, read_table
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend, too_large
from tawazun.model.articles import Article

if TYPE_CHECKING:
    from tawazun.ingest.visitors import Visitor

STDIN = "-"
ROWS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PAGES = (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv")
FEEDS = (".rss", ".atom", ".rdf", ".xml")
ARCHIVES = (".warc", ".warc.gz")
MAILBOXES = (".mbox",)
LETTERS = (".eml",)
TEXTS = (".txt",)
KNOWN = (*ROWS, *PAGES, *TEXTS, *TABLES, *FEEDS, *ARCHIVES, *MAILBOXES, *LETTERS)
"""Are the endings of the files that are read where a folder is given; one named by itself is known by its first bytes, too."""

_HEAD = 8192
_FEED_LIMIT = 20 * 2**20


class Input(msgspec.Struct, frozen=True):
    """Is one thing to read; `size` is in bytes, 0 where it isn't known."""

    name: str
    kind: Literal["file", "stdin", "address", "feed", "maildir"]
    size: int = 0


class Listing(msgspec.Struct, frozen=True):
    """Is all there is to read, in order, and the files in folders that are no articles by their names."""

    inputs: tuple[Input, ...]
    passed_over: tuple[str, ...]


def is_address(text: str) -> bool:
    """Tells whether an input is an address rather than a path."""
    return "://" in text[:20] and not text.startswith("/")


def list_inputs(names: Sequence[str], leave_out: Collection[Path] = (), feeds: Sequence[str] = ()) -> Listing:
    """Lists what `names` stand for: folders with all below them, sorted; raises `InputError` where a name doesn't exist.

    Files in `leave_out` (the output, when it lies in a folder that is read) are not listed. `feeds` are addresses that must be those of
    feeds; they come after `names`. A folder of letters (Maildir) is one input.
    """
    inputs: list[Input] = []
    passed_over: list[str] = []
    hidden = {os.path.realpath(path) for path in leave_out}
    for name in names:
        if name == STDIN:
            inputs.append(Input(name, "stdin"))
        elif is_address(name):
            inputs.append(Input(name, "address"))
        elif Path(name).is_dir():
            for path in _files_below(name, hidden):
                if os.path.isdir(path):
                    inputs.append(Input(path, "maildir"))
                elif path.lower().endswith(KNOWN):
                    inputs.append(Input(path, "file", _size_of(path)))
                else:
                    passed_over.append(mend(path))
        elif os.path.exists(name):
            if os.path.realpath(name) in hidden:
                raise InputError(f"{mend(name)}: both read and written; choose another output")
            inputs.append(Input(name, "file", _size_of(name)))
        else:
            raise InputError(f"{mend(name)}: no such file or folder; give a file, a folder, an http(s) address, or - for standard input")
    for address in feeds:
        if not is_address(address):
            raise InputError(f"{mend(address)}: not an address; give a feed's http(s) address, or a saved feed among the files")
        inputs.append(Input(address, "feed"))
    return Listing(tuple(inputs), tuple(passed_over))


def _files_below(folder: str, leave_out: Collection[str]) -> Iterator[str]:
    """Yields the files below a folder, sorted by their parts, and its Maildir folders; what is hidden is left out."""
    for parent, folders, files in os.walk(folder):
        if is_maildir(Path(parent)):
            yield parent
            # the folders of a Maildir are hidden ones in it
            folders[:] = sorted(name for name in folders if is_maildir(Path(parent, name)))
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            if not name.startswith(".") and os.path.realpath(path) not in leave_out:
                yield path


def _size_of(path: str) -> int:
    """Returns a file's size in bytes, for .gz that of what is packed in it, as far as the file says it."""
    try:
        size = os.path.getsize(path)
        if path.endswith(".gz") and size > 4:
            with open(path, "rb") as file:
                file.seek(-4, os.SEEK_END)
                return int.from_bytes(file.read(4), "little")
    except OSError:
        return 0
    return size


def read_input(item: Input, allow_private: bool = False, choices: Choices = PLAIN, visitor: "Visitor | None" = None) -> Iterator[Found]:
    """Reads the articles of one input, one after the other; what can't be read comes as a `Found` with the problem, never as an error.

    Links of feeds are followed by `visitor`, where one is given, so that several feeds share its pauses. A kind whose library isn't
    installed is such a problem, too.
    """
    name = mend(item.name)
    choices = msgspec.structs.replace(choices, allow_private=choices.allow_private or allow_private)
    try:
        if item.kind == "stdin":
            yield from _read_stream(sys.stdin.buffer, "stdin", choices, visitor)
        elif item.kind in ("address", "feed"):
            yield from _read_address(item, choices, visitor)
        elif item.kind == "maildir":
            yield from read_maildir(item.name, name, choices.now)
        else:
            yield from _read_file(item, name, choices, visitor)
    except (InputError, SetupError) as error:
        yield Found(name, None, item.size, None, str(error).removeprefix(f"{name}: "))
    except (OSError, EOFError, zlib.error) as error:
        yield Found(name, None, item.size, None, f"can't be read ({getattr(error, 'strerror', None) or error})")


def read_one(name: str, allow_private: bool = False) -> tuple[Article, str | None]:
    """Reads the one article that a file, an address or standard input holds, with what of it can't be used, such as the date.

    Raises `InputError` where it can't be read, or where there are several.
    """
    listing = list_inputs([name])
    if len(listing.inputs) != 1 or Path(name).is_dir():
        raise InputError(f"{mend(name)}: a folder; `tawazun code` reads many articles at once")
    found: Found | None = None
    rest: list[Found] = []
    for item in read_input(listing.inputs[0], allow_private):
        if item.line is None and item.article is None:
            rest.append(item)  # what is said of the source as a whole
        elif found is not None:
            raise InputError(f"{found.source}: more than one article; `tawazun code` reads many at once")
        else:
            found = item
    found = found or next(iter(rest), None)
    if found is None:
        raise InputError(f"{mend(name)}: empty; give an article's text")
    where = found.source if found.line is None else f"{found.source}:{found.line}"
    if found.article is None:
        raise InputError(f"{where}: {found.problem}")
    return found.article, f"{where}: {found.problem}" if found.problem else None


def _read_row_stream(file: IO[bytes], name: str, first: bytes, choices: Choices) -> Iterator[Found]:
    for row in read_rows(file, name, first, choices.now):
        yield Found(name, row.line, row.size, row.article, row.problem)


def _read_stream(file: IO[bytes], name: str, choices: Choices, visitor: "Visitor | None") -> Iterator[Found]:
    """Tells by its first line whether a stream is rows, else by its first bytes what it is."""
    first = file.readline(SIZE_LIMIT + 1)
    plain = first.replace(b"\0", b"").strip().lstrip(b"\xef\xbb\xbf\xfe\xff \t")
    if plain.startswith(b'{"') and plain.endswith(b"}"):
        yield from _read_row_stream(file, name, first, choices)
        return
    data = first + file.read(max(0, _FEED_LIMIT + 1 - len(first)))
    yield from _read_bytes(data, name, None, len(data), choices, visitor)


def _read_file(item: Input, name: str, choices: Choices, visitor: "Visitor | None") -> Iterator[Found]:
    """Reads a file as what its name says or, where that says nothing, as what it begins like."""
    ending = item.name.lower()
    with open(item.name, "rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        if ending.endswith(ROWS):
            with open_rows(Path(item.name)) as rows:
                yield from _read_row_stream(rows, name, b"", choices)
        elif ending.endswith(ARCHIVES) or is_archive(head):
            yield from read_archive(file, name, choices.now)
        elif ending.endswith(MAILBOXES) or (not ending.endswith(KNOWN) and is_mailbox(head)):
            yield from read_mailbox(item.name, name, choices.now)
        elif ending.endswith(TABLES):
            data = _whole(file, name, item.size, TABLE_LIMIT)
            yield from read_table(data, name, choices.columns, "\t" if ending.endswith(".tsv") else None, choices.now)
        elif ending.endswith(FEEDS):
            yield from _read_feed(_whole(file, name, item.size, _FEED_LIMIT), name, None, None, choices, visitor)
        elif ending.endswith(LETTERS):
            yield read_letter(_whole(file, name, item.size, LETTER_LIMIT), name, choices.now)
        elif ending.endswith(PAGES):
            article, problem = page_article(_whole(file, name, item.size, SIZE_LIMIT), name, name, now=choices.now)
            yield Found(name, None, item.size, article, problem)
        elif ending.endswith(TEXTS):
            yield from _read_text(_whole(file, name, item.size, SIZE_LIMIT), name, name, item.size, choices)
        else:
            yield from _read_bytes(_whole(file, name, item.size, LETTER_LIMIT), name, name, item.size, choices, visitor)


def _whole(file: IO[bytes], name: str, size: int, limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise too_large(name, size or len(data), limit)
    return data


def _read_bytes(data: bytes, name: str, id: str | None, size: int, choices: Choices, visitor: "Visitor | None") -> Iterator[Found]:
    """Reads bytes that no name says the kind of: a feed, a letter, a page, or a text."""
    if is_feed(data):
        yield from _read_feed(data, name, None, None, choices, visitor)
    elif is_letter(data):
        yield read_letter(data, name, choices.now)
    else:
        yield from _read_text(data, name, id, size, choices)


def _read_text(data: bytes, name: str, id: str | None, size: int, choices: Choices) -> Iterator[Found]:
    """Reads a text, or a page that is called one."""
    if is_page(data):
        article, problem = page_article(data, name, id, now=choices.now)
        yield Found(name, None, size, article, problem)
        return
    text = decode_text(data, name).text
    check_arabic(text, name)
    yield Found(name, None, size, Article(text=text, id=id), None)


def _read_feed(
    data: bytes, name: str, address: str | None, charset: str | None, choices: Choices, visitor: "Visitor | None"
) -> Iterator[Found]:
    feed = parse_feed(data, name, address, charset)
    follow = None
    if choices.follow_links:
        from tawazun.ingest.visitors import Visitor  # takes a tenth of a second, and few inputs are feeds

        follow = follower(visitor or Visitor(choices.allow_private), choices.now)
    found = False
    for found_one in read_entries(feed, name, follow, choices.now):
        found = True
        yield found_one
    if not found:
        raise InputError(f"{name}: a feed without entries")


def _read_address(item: Input, choices: Choices, visitor: "Visitor | None") -> Iterator[Found]:
    """Reads the page, text or feed at an address."""
    from tawazun.ingest.addresses import FEED_TYPES, PAGE_TYPES, fetch  # takes a tenth of a second, and most inputs are files

    name = mend(item.name)
    fetched = fetch(item.name, choices.allow_private, types=(*PAGE_TYPES, *FEED_TYPES))
    if item.kind == "feed" or is_feed(fetched.data):
        yield from _read_feed(fetched.data, name, fetched.url, fetched.charset, choices, visitor)
    elif fetched.media_type in FEED_TYPES:
        raise InputError(f"{name}: {fetched.media_type}, neither a web page nor plain text nor a feed")
    else:
        article, problem = fetched_article(fetched, name, choices.now)
        yield Found(name, None, 0, article, problem)
