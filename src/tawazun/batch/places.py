"""Turns a local folder, or the address of one in an object store, into one way to list, read and write whole files."""

import io
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import uuid4

import msgspec

from tawazun.base.errors import InputError, SetupError

_PART = ".part"
_LOCAL = ("file://", "local://")
_MAGIC = "*?["


class File(msgspec.Struct, frozen=True):
    """Is a file by its name below a place, with forward slashes, and its size in bytes."""

    name: str
    size: int


class Place(Protocol):
    """Is where files lie."""

    address: str

    @property
    def folder(self) -> Path | None:
        """Returns the folder, or None where it isn't one of this machine's file system."""

    def files(self) -> list[File]:
        """Returns all files below, by the parts of their names; hidden ones are left out."""

    def find(self, name: str) -> File | None:
        """Returns one file, or None where there is none."""

    def open(self, name: str) -> IO[bytes]:
        """Opens a file to read."""

    def put(self, name: str, data: bytes) -> None:
        """Writes a file whole or not at all, in place of what is there; raises `SetupError` where that can't be done."""

    def remove(self, name: str) -> None:
        """Takes a file away if there is one."""


def is_address(text: str) -> bool:
    """Tells whether an input or output is an address for fsspec rather than a path."""
    return "://" in text and not text.startswith(("/", *_LOCAL))


def open_place(address: str) -> Place:
    """Returns the place at a path or an address; nothing need be there yet.

    Raises `SetupError` where fsspec, or what it needs for the kind of address, isn't installed.
    """
    if not is_address(address):
        for prefix in _LOCAL:
            address = address.removeprefix(prefix)
        return _Folder(Path(address))
    try:
        from fsspec.core import url_to_fs  # an extra, and most batches are local
    except ImportError:
        raise SetupError(f"{address}: addresses need fsspec, which isn't installed; pip install 'tawazun[cluster]'") from None
    try:
        system, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise SetupError(f"{address}: {error}; fsspec needs a package of its own for each kind of address") from None
    return _Store(address.rstrip("/"), system, root.rstrip("/"))


def split_address(address: str) -> tuple[str, str]:
    """Returns the place and the name below it of one file, or of a pattern from its first part with `*`, `?` or `[`."""
    parts = address.rstrip("/").split("/")
    first = next((number for number, part in enumerate(parts) if any(sign in part for sign in _MAGIC)), len(parts) - 1)
    return "/".join(parts[:first]) or ("/" if address.startswith("/") else "."), "/".join(parts[first:])


def find_inputs(address: str) -> tuple[Place, list[File]]:
    """Returns the files that a folder, a file or a pattern stands for, with the place that they are named from.

    Raises `InputError` where there are none.
    """
    place = open_place(address)
    files = place.files()
    if not files:
        base, name = split_address(address)
        place = open_place(base)
        one = place.find(name)
        files = [one] if one else _matching(place, name)
    if not files:
        raise InputError(f"{address}: no files there; give a folder, a file or a pattern of .parquet, .jsonl(.gz) or .warc(.gz)")
    return place, files


def _matching(place: Place, pattern: str) -> list[File]:
    if not any(sign in pattern for sign in _MAGIC):
        return []
    if isinstance(place, _Folder):
        names: Iterable[str] = (path.relative_to(place.folder).as_posix() for path in place.folder.glob(pattern) if path.is_file())
    else:
        assert isinstance(place, _Store)
        names = (place.name_of(path) for path in place.system.glob(f"{place.root}/{pattern}"))
    return _in_order(found for name in names if (found := place.find(name)))


def _in_order(files: Iterable[File]) -> list[File]:
    shown = (file for file in files if not any(part.startswith(".") for part in file.name.split("/")))
    return sorted(shown, key=lambda file: file.name.split("/"))


class _Folder:
    """Is a local folder, or one of a file system that all machines share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.address = str(self.folder)

    def files(self) -> list[File]:
        found = (
            self.find((Path(parent) / name).relative_to(self.folder).as_posix())
            for parent, _, names in os.walk(self.folder)
            for name in names
        )
        return _in_order(file for file in found if file)

    def find(self, name: str) -> File | None:
        try:
            state = (self.folder / name).stat()
        except OSError:
            return None
        return File(name, state.st_size) if stat.S_ISREG(state.st_mode) else None

    def open(self, name: str) -> IO[bytes]:
        return (self.folder / name).open("rb")

    def put(self, name: str, data: bytes) -> None:
        target = self.folder / name
        part = target.with_name(f".{target.name[:40]}.{uuid4().hex[:12]}{_PART}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(part, target)
            except BaseException:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise _unwritable(str(target), error.strerror) from None

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Takes away what processes that were killed while they wrote have left."""
        for path in self.folder.rglob(f".*{_PART}"):
            path.unlink(missing_ok=True)


class _Store:
    """Is a folder of an object store, by fsspec; an object that is put is there whole or not at all."""

    folder: None = None

    def __init__(self, address: str, system: Any, root: str) -> None:
        self.address, self.system, self.root = address, system, root
        system.invalidate_cache()

    def name_of(self, path: str) -> str:
        """Returns the name below this place of what the store calls `path`."""
        return path.removeprefix(self.root).lstrip("/")

    def files(self) -> list[File]:
        if not self.system.isdir(self.root):
            return []
        found = self.system.find(self.root, detail=True)
        return _in_order(File(self.name_of(path), int(state["size"] or 0)) for path, state in found.items())

    def find(self, name: str) -> File | None:
        try:
            state = self.system.info(f"{self.root}/{name}")
        except FileNotFoundError:
            return None
        return File(name, int(state["size"] or 0)) if state["type"] == "file" else None

    def open(self, name: str) -> IO[bytes]:
        return io.BufferedReader(self.system.open(f"{self.root}/{name}", "rb"))  # fsspec's own files read lines slowly, and only whole

    def put(self, name: str, data: bytes) -> None:
        try:
            self.system.pipe_file(f"{self.root}/{name}", data)
        except OSError as error:
            raise _unwritable(f"{self.address}/{name}", str(error)) from None

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self.system.rm_file(f"{self.root}/{name}")


def clear_parts(place: Place) -> None:
    """Takes away what earlier runs, killed while they wrote, have left of files not whole."""
    if isinstance(place, _Folder):
        place.clear()


def _unwritable(where: str, why: str | None) -> SetupError:
    return SetupError(
        f"{where}: can't be written ({why}); free space or choose another output, then run the same command again: it goes on"
    )
