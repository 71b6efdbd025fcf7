"""Turns a shard into what is found in its stretch of the input, article by article."""

import io
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from tawazun.batch.places import Place
from tawazun.batch.shards import Shard, open_unpacked
from tawazun.batch.tables import read_table
from tawazun.ingest.archives import read_archive
from tawazun.ingest.finds import Found
from tawazun.ingest.rows import read_rows


def articles_of(place: Place, shard: Shard) -> Iterator[Found]:
    """Yields the articles of a shard in their order, and what can't be read with its problem; lines are those of the whole file.

    Raises `InputError` where the file as a whole can't be read.
    """
    if shard.kind == "rows":
        yield from _rows(place, shard)
    elif shard.kind == "table":
        with place.open(shard.input) as file:
            yield from read_table(file, shard.input, shard.start, shard.end)
    else:
        with place.open(shard.input) as file:
            yield from read_archive(file, shard.input)


def _rows(place: Place, shard: Shard) -> Iterator[Found]:
    with open_unpacked(place, shard.input) as file:
        file.seek(shard.start)
        for row in read_rows(io.BufferedReader(_Stretch(file, shard.end - shard.start)), shard.input):
            found = Found(shard.input, row.line, row.size, row.article, row.problem)
            yield msgspec.structs.replace(found, line=shard.first + row.line)


class _Stretch(io.RawIOBase):
    """Is the next so many bytes of a file."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file, self.left = file, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.file.read(min(self.left, len(buffer)))
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)
