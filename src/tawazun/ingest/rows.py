"""Turns the lines of a .jsonl file into articles, one a line."""

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend, too_large
from tawazun.model.articles import Article

_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ROW_LIMIT = 4 * SIZE_LIMIT
"""Is how long a line may be: letters may be escaped, and there is more than the text in it."""


class Row(msgspec.Struct, frozen=True):
    """Is one row: its article, what is wrong with it, or both where it can be read all the same; `size` is in bytes of the file."""

    line: int
    size: int
    article: Article | None
    problem: str | None


@contextmanager
def open_rows(path: Path) -> Iterator[IO[bytes]]:
    """Opens a .jsonl or .jsonl.gz file."""
    with path.open("rb") as file:
        if path.suffix == ".gz":
            with gzip.open(file) as unpacked:
                yield io.BufferedReader(unpacked)
        else:
            yield file


def read_rows(file: IO[bytes], where: str, first: bytes = b"", now: datetime | None = None) -> Iterator[Row]:
    """Reads rows one at a time, passing over blank lines; `first` is what was read from `file` already, up to its first line's end."""
    for number, line in enumerate(_lines(file, first), 1):
        if line is None:
            yield Row(number, _ROW_LIMIT, None, str(too_large(f"{where}:{number}")).partition(": ")[2])
            continue
        if not line.strip():
            continue
        try:
            article, problem = article_of(_parse(line, f"{where}:{number}"), f"{where}:{number}", now)
        except InputError as error:
            article, problem = None, str(error)
        yield Row(number, len(line), article, problem.removeprefix(f"{where}:{number}: ") if problem else None)


def _lines(file: IO[bytes], first: bytes) -> Iterator[bytes | None]:
    """Yields each line's bytes in UTF-8 or a one-byte encoding, or None for one above the limit."""
    line = first or file.readline(_ROW_LIMIT)
    wide = _WIDE.get(line[:2])
    if wide:
        line = line[2:]
        yield from _wide_lines(file, line, wide)
        return
    line = line.removeprefix(b"\xef\xbb\xbf")
    while line:
        if len(line) >= _ROW_LIMIT and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(_ROW_LIMIT)
            yield None
        else:
            yield line
        line = file.readline(_ROW_LIMIT)


def _wide_lines(file: IO[bytes], line: bytes, encoding: str) -> Iterator[bytes]:
    rest = line + (b"" if len(line) % 2 == 0 else file.read(1))
    reader = io.TextIOWrapper(io.BufferedReader(_Chained(rest, file)), encoding, errors="replace", newline="\n")
    for text in reader:
        yield text.encode("utf-8", "surrogatepass")


class _Chained(io.RawIOBase):
    """Is a stream that gives `rest` before the bytes of `file`."""

    def __init__(self, rest: bytes, file: IO[bytes]) -> None:
        self.rest, self.file = rest, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.rest[: len(buffer)] or self.file.read(len(buffer))
        self.rest = self.rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def article_of(row: dict[str, Any], where: str, now: datetime | None = None) -> tuple[Article, str | None]:
    """Returns the article of one row by the names of its parts, and what of it can't be used, such as the date.

    Raises `InputError` where there is no text, or none that can be read.
    """
    text = row.get("text")
    if not isinstance(text, str):
        if str(row.get("schema", "")).startswith("tawazun/dossier/"):
            raise InputError(f"{where}: a dossier, not an article; give the articles that it was made from")
        found = "'text' isn't a string" if "text" in row else f"no 'text' among {', '.join(map(str, list(row)[:8])) or 'no keys'}"
        raise InputError(f'{where}: {found}; a row is {{"id", "text", "date", "title", "outlet", "url"}}')
    text = mend(text)
    if len(text.encode()) > SIZE_LIMIT:
        raise too_large(where, len(text.encode()))
    check_arabic(text, where)
    published, problem = None, None
    value = row.get("date", row.get("published"))
    if value not in (None, ""):
        try:
            published = check_date(str(value), where, now)
        except InputError as error:
            problem = f"{error}; read without a date"
    outlet = _word(row, "outlet") or _word(row, "source")
    return Article(
        text=text, id=_word(row, "id"), published=published, title=_word(row, "title"), outlet=outlet, url=_word(row, "url")
    ), problem


def _parse(line: bytes, where: str) -> dict[str, Any]:
    try:
        source: str | bytes = line if line.isascii() else decode_text(line, where).text
        row = json.loads(source)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON ({error.msg} at character {error.pos + 1}); a row is one JSON object on one line") from None
    except RecursionError:
        raise InputError(f"{where}: JSON nested too deeply; a row is one flat JSON object") from None
    if not isinstance(row, dict):
        raise InputError(f"{where}: JSON, but not an object; a row is one JSON object on one line")
    return row


def _word(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None or value == "" or isinstance(value, (dict, list)):
        return None
    return mend(str(value))
