"""Turns a file of dossiers, plain or compressed, into its lines."""

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import zstandard

from tawazun.base.errors import InputError

_BUFFER = 1 << 20


class Line(msgspec.Struct, frozen=True):
    """Is a line of a file, without its end; `size` is how many bytes of the file it took, as near as can be told."""

    source: str
    number: int
    data: bytes
    size: int


def read_lines(path: Path) -> Iterator[Line]:
    """Yields the lines that aren't empty; raises `InputError` where the file can't be read."""
    source = str(path)
    try:
        with path.open("rb") as file:
            packed = path.name.endswith(".zst")
            stream = (
                io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True), _BUFFER) if packed else file
            )
            before = 0
            for number, line in enumerate(stream, 1):
                data = line.rstrip(b"\r\n")
                if packed:
                    before, size = file.tell(), file.tell() - before
                else:
                    size = len(line)
                if data.strip():
                    yield Line(source, number, data, size)
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from None
    except zstandard.ZstdError as error:
        raise InputError(f"{path}: damaged ({error}); what was kept before is whole; write the file anew") from None
