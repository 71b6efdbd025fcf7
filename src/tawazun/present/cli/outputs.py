"""Turns text into a file, whole or not at all, or into standard output."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tawazun.base.errors import SetupError

JsonOption = Annotated[bool, typer.Option("--json", help="Print what was done or found as one line of JSON.")]


@contextmanager
def standard_output() -> Iterator[None]:
    """Makes sure that what is written to standard output arrives, or says why not; a reader that went away is left to the caller."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go()
        raise SetupError(f"standard output: {error.strerror}; free space there, or choose another place") from None


def print_json(*records: msgspec.Struct) -> None:
    """Prints each record as a line of JSON on standard output."""
    with standard_output():
        sys.stdout.buffer.writelines(msgspec.json.encode(record) + b"\n" for record in records)


def _let_go() -> None:
    """Points standard output nowhere, so that what is left in its buffer raises nothing at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def write_whole(path: str, text: str | Iterable[str]) -> None:
    """Writes UTF-8 text, whole or in pieces, to a file, or to standard output for `-`; a file there is replaced at the end only."""
    pieces = (text,) if isinstance(text, str) else text
    if path == "-":
        with standard_output():
            sys.stdout.buffer.writelines(piece.encode("utf-8") for piece in pieces)
        return
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise SetupError(f"{path}: a folder; name a file in it")
            with target.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            return
        _replace(target, pieces)
    except OSError as error:
        raise SetupError(f"{path}: {error.strerror}; choose a place that can be written, or free space there") from None


def _replace(target: Path, pieces: Iterable[str]) -> None:
    with _beside(target) as name, open(name, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


@contextmanager
def replaced(path: str) -> Iterator[str]:
    """Gives the name of a new file to write, which takes the place of the one at `path` at the end, and only if all went well."""
    target = Path(path)
    try:
        if target.is_dir():
            raise SetupError(f"{path}: a folder; name a file in it")
        with _beside(target) as name:
            yield name
    except OSError as error:
        raise SetupError(f"{path}: {error.strerror}; choose a place that can be written, or free space there") from None


@contextmanager
def _beside(target: Path) -> Iterator[str]:
    """Makes a file in the target's folder, which is renamed to it at the end, or taken away where anything failed."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    os.close(handle)
    try:
        yield name
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
