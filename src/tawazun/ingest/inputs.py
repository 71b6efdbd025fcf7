"""Turns what a user names (files, folders, `-` for standard input, addresses) into articles, in a fixed order."""

import os
import sys
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, Literal

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.pages import is_page, read_page
from tawazun.ingest.rows import open_rows, read_rows
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend, too_large
from tawazun.model.articles import Article

STDIN = "-"
_ROWS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_PAGES = (".html", ".htm", ".xhtml")
_KNOWN = (*_ROWS, *_PAGES, ".txt")


class Input(msgspec.Struct, frozen=True):
    """Is one thing to read; `size` is in bytes, 0 where it isn't known."""

    name: str
    kind: Literal["file", "stdin", "address"]
    size: int = 0


class Listing(msgspec.Struct, frozen=True):
    """Is all there is to read, in order, and the files in folders that are no articles by their names."""

    inputs: tuple[Input, ...]
    passed_over: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """Is an article and where it came from, what is wrong with it, or both where it can be read all the same; `size` is in bytes."""

    source: str
    line: int | None
    size: int
    article: Article | None
    problem: str | None


def is_address(text: str) -> bool:
    """Tells whether an input is an address rather than a path."""
    return "://" in text[:20] and not text.startswith("/")


def list_inputs(names: Sequence[str], leave_out: Collection[Path] = ()) -> Listing:
    """Lists what `names` stand for: folders with all below them, sorted; raises `InputError` where a name doesn't exist.

    Files in `leave_out` (the output, when it lies in a folder that is read) are not listed.
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
                if path.lower().endswith(_KNOWN):
                    inputs.append(Input(path, "file", _size_of(path)))
                else:
                    passed_over.append(mend(path))
        elif os.path.exists(name):
            if os.path.realpath(name) in hidden:
                raise InputError(f"{mend(name)}: both read and written; choose another output")
            inputs.append(Input(name, "file", _size_of(name)))
        else:
            raise InputError(f"{mend(name)}: no such file or folder; give a file, a folder, an http(s) address, or - for standard input")
    return Listing(tuple(inputs), tuple(passed_over))


def _files_below(folder: str, leave_out: Collection[str]) -> Iterator[str]:
    """Yields the files below a folder, sorted by their parts; hidden ones are left out."""
    for parent, folders, files in os.walk(folder):
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


def read_input(item: Input, allow_private: bool = False) -> Iterator[Found]:
    """Reads the articles of one input, one after the other; what can't be read comes as a `Found` with the problem, never as an error."""
    name = mend(item.name)
    try:
        if item.kind == "stdin":
            yield from _read_stream(sys.stdin.buffer, "stdin")
        elif item.kind == "address":
            yield _one(name, 0, _read_address(item.name, allow_private))
        elif item.name.lower().endswith(_ROWS):
            with open_rows(Path(item.name)) as file:
                yield from _read_row_stream(file, name, b"")
        else:
            yield _one(name, item.size, _read_file(item, name))
    except InputError as error:
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
    for item in read_input(listing.inputs[0], allow_private):
        if found is not None:
            raise InputError(f"{found.source}: more than one article; `tawazun code` reads many at once")
        found = item
    if found is None:
        raise InputError(f"{mend(name)}: empty; give an article's text")
    where = found.source if found.line is None else f"{found.source}:{found.line}"
    if found.article is None:
        raise InputError(f"{where}: {found.problem}")
    return found.article, f"{where}: {found.problem}" if found.problem else None


def _one(name: str, size: int, article: Article) -> Found:
    return Found(name, None, size, article, None)


def _read_row_stream(file: IO[bytes], name: str, first: bytes) -> Iterator[Found]:
    for row in read_rows(file, name, first):
        yield Found(name, row.line, row.size, row.article, row.problem)


def _read_stream(file: IO[bytes], name: str) -> Iterator[Found]:
    """Tells by its first line whether a stream is rows, a page or a text."""
    first = file.readline(SIZE_LIMIT + 1)
    plain = first.replace(b"\0", b"").strip().lstrip(b"\xef\xbb\xbf\xfe\xff \t")
    if plain.startswith(b'{"') and plain.endswith(b"}"):
        yield from _read_row_stream(file, name, first)
        return
    data = first + file.read(SIZE_LIMIT + 1 - len(first))
    yield _one(name, len(data), _from_bytes(data, name, None))


def _read_file(item: Input, name: str) -> Article:
    with open(item.name, "rb") as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise too_large(name, item.size)
    return _from_bytes(data, name, name, page=item.name.lower().endswith(_PAGES))


def _from_bytes(data: bytes, where: str, id: str | None, page: bool = False) -> Article:
    if page or is_page(data):
        return _from_page(data, where, id)
    if len(data) > SIZE_LIMIT:
        raise too_large(where)
    text = decode_text(data, where).text
    check_arabic(text, where)
    return Article(text=text, id=id)


def _from_page(data: bytes, where: str, id: str | None, charset: str | None = None, url: str | None = None) -> Article:
    page = read_page(data, where, charset)
    check_arabic(page.text, where, page.language)
    return Article(text=page.text, id=id, published=page.published, title=page.title, outlet=page.outlet, url=url or page.url)


def _read_address(address: str, allow_private: bool) -> Article:
    from tawazun.ingest.addresses import fetch  # takes a tenth of a second, and most inputs are files

    fetched = fetch(address, allow_private)
    if fetched.media_type == "text/plain":
        text = decode_text(fetched.data, address, fetched.charset).text
        check_arabic(text, address)
        return Article(text=text, id=address, url=fetched.url)
    return _from_page(fetched.data, address, address, fetched.charset, fetched.url)
