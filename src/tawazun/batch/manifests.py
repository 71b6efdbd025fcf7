"""Turns what becomes of each shard into lines of OUT/manifest.jsonl, from which a later run goes on."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import IO, Literal

import msgspec

from tawazun.base.errors import SetupError
from tawazun.batch.places import Place, clear_parts

MANIFEST = "manifest.jsonl"
SCHEMA = "tawazun/batch/1"
_BETWEEN_PUTS = 30.0
"""Is after how many seconds at the earliest the manifest is put into an object store again, where nothing can be appended."""


class Coder(msgspec.Struct, frozen=True):
    """Says which engine and which knowledge code, as the dossiers do."""

    engine: str
    knowledge: str


class Head(msgspec.Struct, frozen=True):
    """Is the first line of a manifest: what the shards were cut from, and of how many articles each at most."""

    schema: str
    input: str
    shard_articles: int


class Entry(msgspec.Struct, frozen=True):
    """Is what became of a shard; the last one of a shard holds.

    `articles` are those coded, `warned` of them without a part such as the date, `rejects` those not read; sizes are in bytes, digests over
    the input's stretch and the files written, `seconds` on a worker's clock; `tries` counts workers that it was given to.
    """

    shard: str
    input: str
    input_size: int
    input_digest: str
    coder: Coder
    status: Literal["done", "failed"]
    reason: str | None = None
    articles: int = 0
    warned: int = 0
    rejects: int = 0
    output_size: int = 0
    output_digest: str | None = None
    rejects_digest: str | None = None
    seconds: float = 0.0
    tries: int = 1


class Manifest:
    """Is the open manifest of a batch: `entries` by shard, and new ones written as they come."""

    def __init__(self, place: Place, head: Head) -> None:
        self.place, self.head = place, head
        self.entries: dict[str, Entry] = {}
        self.file: IO[bytes] | None = None
        self.last_put = 0.0

    def __enter__(self) -> "Manifest":
        if self.place.find(MANIFEST) is None:
            if self.place.files():
                raise SetupError(f"{self.place.address}: holds something that is no batch; name a new folder, or an empty one")
            self.place.put(MANIFEST, _line(self.head))
        if self.place.folder is not None:
            self.file = _open_locked(self.place.folder)
        try:
            lines = _lines_of(self.place)
            self._check(lines)
            self.entries = {entry.shard: entry for entry in _entries_of(self.place, lines[1:])}
        except BaseException:
            self.__exit__()
            raise
        if self.file is not None:
            self.file.truncate(sum(map(len, lines)))
        clear_parts(self.place)
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()
        elif self.last_put:
            self._put()

    def _check(self, lines: list[bytes]) -> None:
        """Refuses to mix this batch with another in one folder."""
        head = _head_of(self.place, lines)
        where = f"{self.place.address}/{MANIFEST}:1"
        if head.input != self.head.input:
            raise SetupError(f"{where}: this is the batch of {head.input}, not of {self.head.input}; choose another output")
        if head.shard_articles != self.head.shard_articles:
            raise SetupError(
                f"{where}: cut into shards of {head.shard_articles} articles, not {self.head.shard_articles}; "
                f"go on with --shard-articles {head.shard_articles}, or choose another output"
            )

    def write(self, entry: Entry) -> None:
        """Writes what became of a shard; raises `SetupError` where that can't be done."""
        self.entries[entry.shard] = entry
        if self.file is None:
            if monotonic() - self.last_put > _BETWEEN_PUTS:
                self._put()
            return
        try:
            self.file.write(_line(entry))
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError as error:
            raise SetupError(
                f"{self.place.address}/{MANIFEST}: {error.strerror}; free space, then run the same command again: it goes on"
            ) from None

    def _put(self) -> None:
        self.place.put(MANIFEST, _line(self.head) + b"".join(map(_line, self.entries.values())))
        self.last_put = monotonic()


def read_manifest(place: Place) -> tuple[Head, dict[str, Entry]]:
    """Returns the head and the entries by shard of a batch's output; raises `SetupError` where there is none."""
    lines = _lines_of(place)
    return _head_of(place, lines), {entry.shard: entry for entry in _entries_of(place, lines[1:])}


def _line(record: Head | Entry) -> bytes:
    return msgspec.json.encode(record) + b"\n"


def _lines_of(place: Place) -> list[bytes]:
    """Returns the whole lines of a manifest; a torn last one, of a run that was killed, doesn't count."""
    if place.find(MANIFEST) is None:
        return []
    with place.open(MANIFEST) as file:
        return [line for line in file if line.endswith(b"\n")]


def _head_of(place: Place, lines: list[bytes]) -> Head:
    try:
        head = msgspec.json.decode(lines[0], type=Head)
    except (IndexError, msgspec.DecodeError, UnicodeDecodeError):
        head = Head("", "", 0)
    if head.schema != SCHEMA:
        raise SetupError(f"{place.address}/{MANIFEST}: not there, or no manifest of a batch; name another folder")
    return head


def _entries_of(place: Place, lines: list[bytes]) -> Iterator[Entry]:
    decode = msgspec.json.Decoder(Entry).decode
    for number, line in enumerate(lines, 2):
        try:
            yield decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise SetupError(f"{place.address}/{MANIFEST}:{number}: {error}; take this line out: its shard is coded again") from None


def _open_locked(folder: Path) -> IO[bytes]:
    """Opens a manifest to append to, and keeps a second run from it where the system can."""
    try:
        file = (folder / MANIFEST).open("ab")
    except OSError as error:
        raise SetupError(f"{folder / MANIFEST}: can't be written ({error.strerror}); choose another output") from None
    try:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise SetupError(f"{folder}: another run is writing it; wait for that, or choose another output") from None
    except (ImportError, OSError):
        return file  # a system without locks, as some shared file systems are
    return file
