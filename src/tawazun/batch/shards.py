"""Turns an input file into shards: stretches of about so many articles, the same ones whatever the number of workers."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from typing import IO, Literal, cast

import msgspec

from tawazun.base.errors import InputError
from tawazun.batch.places import File, Place, open_place
from tawazun.batch.tables import count_rows

Kind = Literal["rows", "table", "archive"]
_SUFFIXES: dict[str, Kind] = {
    ".jsonl": "rows",
    ".jsonl.gz": "rows",
    ".ndjson": "rows",
    ".ndjson.gz": "rows",
    ".parquet": "table",
    ".warc": "archive",
    ".warc.gz": "archive",
}
_BLOCK = 2**22
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Shard(msgspec.Struct, frozen=True):
    """Is a stretch of one input file, from `start` to before `end`.

    Of rows these are bytes, unpacked, and `first` lines stand before them; of a table they are rows; an archive is one shard, whose
    `articles` aren't counted beforehand. `size` is the file's, in bytes; `digest` is over the stretch, or over the file where that isn't
    rows.
    """

    name: str
    input: str
    kind: Kind
    start: int
    end: int
    first: int
    articles: int
    size: int
    digest: str


def kind_of(name: str) -> Kind | None:
    """Returns what an input file holds by its name, or None for a file of another kind."""
    return next((kind for suffix, kind in _SUFFIXES.items() if name.lower().endswith(suffix)), None)


def cut(base: str, file: File, most: int) -> tuple[Shard, ...]:
    """Reads a file through and cuts it into shards of at most `most` articles; an empty file is one empty shard.

    Raises `InputError` where the file can't be read to its end.
    """
    place, kind = open_place(base), kind_of(file.name)
    if kind == "rows":
        return tuple(_rows(place, file, most))
    with place.open(file.name) as opened:
        digest = _digest(opened)
    if kind == "table":
        with place.open(file.name) as opened:
            pieces = count_rows(opened, file.name, most)
        return tuple(
            Shard(_name(file, number), file.name, "table", start, end, start, end - start, file.size, digest)
            for number, (start, end) in enumerate(pieces)
        )
    return (Shard(_name(file, 0), file.name, "archive", 0, file.size, 0, 0, file.size, digest),)


def uncut(file: File) -> Shard:
    """Returns the one shard that stands for a file that can't be cut."""
    return Shard(_name(file, 0), file.name, kind_of(file.name) or "archive", 0, file.size, 0, 0, file.size, "")


def open_unpacked(place: Place, name: str) -> IO[bytes]:
    """Opens a file of rows, unpacking it where it is packed."""
    file = place.open(name)
    return cast(IO[bytes], _Unpacked(file)) if name.lower().endswith(".gz") else file


class _Unpacked(gzip.GzipFile):
    """Is a gzip file that closes what it reads from."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(fileobj=file, mode="rb")
        self.packed = file

    def close(self) -> None:
        super().close()
        self.packed.close()


def _name(file: File, number: int) -> str:
    return f"{file.name}-{number:05}"


def _digest(file: IO[bytes]) -> str:
    digest = blake2b(digest_size=16)
    while block := file.read(_BLOCK):
        digest.update(block)
    return f"blake2b:{digest.hexdigest()}"


def _rows(place: Place, file: File, most: int) -> Iterator[Shard]:
    """Yields stretches of whole lines; a file in UTF-16, in which a line's end isn't one byte, is one stretch."""
    start = end = first = lines = articles = number = 0
    digest = blake2b(digest_size=16)
    try:
        with open_unpacked(place, file.name) as opened:
            for piece, begins in _pieces(opened):
                if end == 0 and piece[:2] in _WIDE:
                    most = sys.maxsize
                article = begins and bool(piece.strip())
                if article and articles == most:
                    yield _stretch(file, number, (start, end), first, articles, digest.hexdigest())
                    start, first, articles, number, digest = end, lines, 0, number + 1, blake2b(digest_size=16)
                digest.update(piece)
                end += len(piece)
                lines += piece.endswith(b"\n")
                articles += article
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{file.name}: damaged ({error}); pack it anew") from None
    yield _stretch(file, number, (start, end), first, articles, digest.hexdigest())


def _pieces(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yields each line, a very long one in pieces, and whether a piece begins its line."""
    begins = True
    while piece := file.readline(_BLOCK):
        yield piece, begins
        begins = piece.endswith(b"\n")


def _stretch(file: File, number: int, extent: tuple[int, int], first: int, articles: int, digest: str) -> Shard:
    return Shard(_name(file, number), file.name, "rows", *extent, first, articles, file.size, f"blake2b:{digest}")
