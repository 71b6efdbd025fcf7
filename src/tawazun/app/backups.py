"""Turns a workspace into one file, and such a file into a workspace of either kind.

The file is a ZIP: `manifest.json`, and for each table that can't be worked out again its rows as JSON lines under Zstandard. A dossier is
in it as it is, readable without Tawazun; rows of events, sentences and actors are worked out from the dossiers when it is restored. Vectors
aren't in it: they would be most of it, and `tawazun embed` works them out again.
"""

import base64
import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec
import zstandard
from sqlalchemy import Connection, Table, func, select

from tawazun.app.keeping import Numbered, work_out
from tawazun.base.errors import InputError, SetupError
from tawazun.base.garbage import kept_garbage
from tawazun.pipeline.articles import ENGINE
from tawazun.pipeline.batches import usable_processes
from tawazun.store.articles import add_codings, counts
from tawazun.store.bodies import unpacked
from tawazun.store.bulks import Row, add
from tawazun.store.tables import ACTORS, DOSSIERS, METADATA, PROJECTED
from tawazun.store.vectors import embedded_count
from tawazun.store.words import forget_all_words
from tawazun.store.workspaces import VERSION, Workspace

FORMAT = "tawazun/backup/1"
_KEPT = tuple(table for table in METADATA.sorted_tables if table not in {ACTORS, *(column.table for column in PROJECTED)})
_TOGETHER = 256
_SMALL = 500


class Part(msgspec.Struct, frozen=True):
    """Is one table of a backup: its rows, and the SHA-256 of their lines."""

    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """Says what a backup holds; `version` is that of the tables, `counts` are of what the workspace shows.

    `embedded` is how many articles had vectors, which aren't in it; None where the Tawazun that wrote it didn't say.
    """

    format: str
    made: str
    engine: str
    version: str
    counts: dict[str, int]
    parts: dict[str, Part]
    embedded: int | None = None


def back_up(workspace: Workspace, out: Path, step: Callable[[int], None] = lambda rows: None) -> Manifest:
    """Writes the workspace as it is now, whatever is written meanwhile, to a file that is there whole or not at all.

    Raises `SetupError` where the file can't be written.
    """
    try:
        with _whole(out) as file, zipfile.ZipFile(file, "w", allowZip64=True) as archive, workspace.reading() as connection:
            parts = {table.name: _write(archive, connection, table, step) for table in _KEPT}
            now = datetime.now(UTC).isoformat(timespec="seconds")
            manifest = Manifest(FORMAT, now, ENGINE, VERSION, counts(connection), parts, embedded_count(connection))
            archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
    except OSError as error:
        raise SetupError(f"{out}: {error.strerror or error}; choose another place, or free space there") from None
    return manifest


@contextmanager
def _whole(out: Path) -> Iterator[IO[bytes]]:
    """Opens a file that takes its name only when it is complete and on the disk."""
    if out.is_dir():
        raise SetupError(f"{out}: a folder; name a file in it")
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, out)
        except BaseException:
            os.unlink(file.name)
            raise


def _write(archive: zipfile.ZipFile, connection: Connection, table: Table, step: Callable[[int], None]) -> Part:
    digest, number = hashlib.sha256(), 0
    names = [column.name for column in table.columns]
    with (
        archive.open(_entry(table.name), "w", force_zip64=True) as entry,
        zstandard.ZstdCompressor(level=6).stream_writer(entry, closefd=False) as stream,
    ):
        query = select(table).order_by(*table.primary_key.columns).execution_options(stream_results=True, yield_per=_TOGETHER)
        for row in connection.execute(query):
            number += 1
            line = msgspec.json.encode(dict(zip(names, _plain(table, tuple(row)), strict=True))) + b"\n"
            digest.update(line)
            stream.write(line)
            step(1)
    return Part(number, digest.hexdigest())


def _entry(table: str) -> str:
    return f"{table}.jsonl.zst"


def _plain(table: Table, row: Row) -> Iterator[object]:
    """Yields what JSON can hold: a dossier as it is, other bytes in base64."""
    for column, value in zip(table.columns, row, strict=True):
        if table is DOSSIERS and column.name == "body":
            yield msgspec.Raw(unpacked(bytes(value), f"article {row[0]}"))  # type: ignore[call-overload]  # the stubs lack Raw of bytes
        elif isinstance(value, bytes | memoryview):
            yield {"base64": base64.b64encode(value).decode("ascii")}
        else:
            yield value


def read_manifest(path: Path) -> Manifest:
    """Reads what a backup says of itself; raises `InputError` where it is none, or of a later Tawazun."""
    with _archive(path) as archive:
        try:
            manifest = msgspec.json.decode(archive.read("manifest.json"), type=Manifest)
        except (KeyError, msgspec.DecodeError) as error:
            raise InputError(f"{path}: no backup of a workspace ({error}); give a file that `tawazun backup` wrote") from None
        if manifest.format != FORMAT or manifest.version > VERSION:
            raise InputError(f"{path}: made by a later Tawazun ({manifest.format}, tables {manifest.version}); upgrade Tawazun")
        return manifest


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error}); give a file that `tawazun backup` wrote") from None
    except (zipfile.BadZipFile, zstandard.ZstdError) as error:
        raise InputError(f"{path}: damaged, or no backup ({error}); take another one") from None


def check_backup(path: Path) -> Manifest:
    """Reads a backup to its end and holds it against its digests; raises `InputError` where anything differs."""
    manifest = read_manifest(path)
    with _archive(path) as archive:
        for name, part in manifest.parts.items():
            digest, rows = hashlib.sha256(), 0
            for line in _lines(archive, name):
                digest.update(line)
                rows += 1
            if (rows, digest.hexdigest()) != (part.rows, part.sha256):
                raise InputError(f"{path}: damaged ({name}: {rows:,} rows, expected {part.rows:,}, or others); take another backup")
    return manifest


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        entry = archive.open(_entry(name))
    except KeyError as error:
        raise zipfile.BadZipFile(str(error)) from None
    with entry, zstandard.ZstdDecompressor().stream_reader(entry) as stream:
        yield from io.BufferedReader(stream, 1 << 20)


def restore(
    workspace: Workspace, path: Path, force: bool = False, processes: int | None = None, step: Callable[[int], None] = lambda articles: None
) -> Manifest:
    """Puts what a backup holds into a workspace, all of it or, where anything fails, nothing.

    The backup is read to its end first. Raises `InputError` where it is damaged, or where the workspace holds articles and `force` isn't
    given; with `force` they are replaced.
    """
    manifest = check_backup(path)
    with workspace.writing() as connection:
        there = counts(connection)["articles"]
        if there and not force:
            raise InputError(
                f"{workspace.address.shown}: holds {there:,} articles; restore into a new workspace, or give --force to lose them"
            )
        forget_all_words(connection)
        for table in METADATA.tables.values():
            connection.execute(table.delete())
        with _archive(path) as archive:
            for table in _KEPT:
                if table is not DOSSIERS and table.name in manifest.parts:
                    _put(connection, table, _rows(archive, table))
            _put_dossiers(connection, archive, processes or (1 if manifest.parts["dossiers"].rows < _SMALL else usable_processes()), step)
        found = {table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for table in _KEPT}
        for name, part in manifest.parts.items():
            if found[name] != part.rows:
                raise SetupError(
                    f"{workspace.address.shown}: {found[name]:,} rows of {name} arrived of {part.rows:,}; nothing was restored"
                )
    return manifest


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[Row]:
    for line in _lines(archive, table.name):
        given = msgspec.json.decode(line)
        yield tuple(_value(given.get(column.name, _default(column))) for column in table.columns)


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _default(column: Any) -> object:
    """Returns what a column that a backup of an earlier version lacks begins with."""
    return int(column.server_default.arg) if column.server_default is not None else None


def _put(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    some: list[Row] = []
    for row in rows:
        some.append(row)
        if len(some) >= _TOGETHER:
            add(connection, table, some)
            some = []
    add(connection, table, some)


class _Kept(msgspec.Struct):
    article: int
    body: msgspec.Raw


def _put_dossiers(connection: Connection, archive: zipfile.ZipFile, processes: int, step: Callable[[int], None]) -> None:
    with kept_garbage(), closing(work_out(_stretches(archive), processes)) as found:
        for stretch in found:
            broken = next((coding for coding in stretch if isinstance(coding, str)), None)
            if broken is not None:
                raise InputError(f"{archive.filename}: {broken}; nothing was restored")
            add_codings(connection, [coding for coding in stretch if not isinstance(coding, str)])
            step(len(stretch))


def _stretches(archive: zipfile.ZipFile) -> Iterator[Numbered]:
    decode = msgspec.json.Decoder(_Kept).decode
    some: list[tuple[int, bytes]] = []
    for line in _lines(archive, DOSSIERS.name):
        kept = decode(line)
        some.append((kept.article, bytes(kept.body)))
        if len(some) >= _TOGETHER:
            yield some
            some = []
    if some:
        yield some
