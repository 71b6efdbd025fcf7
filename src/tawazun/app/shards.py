"""Turns a batch's shards, whose rows lie ready beside them, into what a workspace keeps, without reading their dossiers."""

from pathlib import Path

import msgspec

from tawazun.app.dossiers import read_lines
from tawazun.base.errors import InputError
from tawazun.batch.codings import DOSSIERS, ROWS, making_of
from tawazun.batch.manifests import Coder
from tawazun.store.bodies import packed
from tawazun.store.sheets import Sheet, read_sheet


class Shard(msgspec.Struct, frozen=True):
    """Is a file of dossiers with the sheet beside it."""

    file: Path
    sheet: Sheet


class Wanted(msgspec.Struct, frozen=True):
    """Says which dossiers of a shard's file, by their places, are asked for."""

    file: Path
    places: frozenset[int]


def _rows_of(file: Path) -> Path:
    return file.with_name(file.name.removesuffix(DOSSIERS) + ROWS)


def has_rows(file: Path) -> bool:
    """Tells whether a file is a shard's by its name and has a sheet beside it, for it or for an earlier one."""
    return file.name.endswith(DOSSIERS) and _rows_of(file).is_file()


def shard_at(file: Path, coder: Coder) -> Shard | None:
    """Returns the shard that a file is of, where its sheet is of this very file and by the knowledge and code at hand; else None.

    The whole file is read for that. Raises `InputError` where it can't be.
    """
    try:
        sheet = read_sheet(_rows_of(file).read_bytes())
        fits = sheet is not None and sheet.making == making_of(file.read_bytes(), coder)
    except OSError as error:
        raise InputError(f"{error.filename}: can't be read ({error.strerror})") from None
    return Shard(file, sheet) if sheet is not None and fits else None


def bodies_of(wanted: Wanted) -> list[bytes]:
    """Returns the dossiers asked for, compressed as a workspace keeps them, in the order of the file."""
    lines = enumerate(read_lines(wanted.file))
    return [packed(line.data) for place, line in lines if place in wanted.places]
