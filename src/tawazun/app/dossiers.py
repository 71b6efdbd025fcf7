"""Turns a file of dossiers, plain or compressed, into its lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
import zstandard

from tawazun.base.errors import InputError

_CHUNK = 1 << 18


class Line(msgspec.Struct, frozen=True):
    """Is a line of a file, without its end; `size` is how many bytes of the file it took, as near as can be told."""

    source: str
    number: int
    data: bytes
    size: int


def read_lines(path: Path) -> Iterator[Line]:
    """Yields the lines that aren't empty; raises `InputError` where the file can't be read, or ends before what is packed in it does."""
    source, before = str(path), 0
    try:
        with path.open("rb") as file:
            packed = path.name.endswith(".zst")
            for number, line in enumerate(_unpacked_lines(file) if packed else file, 1):
                size = file.tell() - before if packed else len(line)
                before += size
                if line.strip():
                    yield Line(source, number, line.rstrip(b"\r\n"), size)
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from None
    except zstandard.ZstdError as error:
        raise InputError(f"{path}: damaged ({error}); what was kept before is whole; write the file anew") from None


def _unpacked_lines(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    for data in _unpacked(file):
        *lines, rest = (rest + data).split(b"\n")
        yield from lines
    if rest:
        yield rest


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    """Yields what is packed in a file of one or more frames; the reader that the library has says nothing where a frame is cut off."""
    frame = zstandard.ZstdDecompressor().decompressobj()
    begun = False
    while data := file.read(_CHUNK):
        while data:
            begun = True
            yield frame.decompress(data)
            data = b""
            if frame.eof:
                data, begun = frame.unused_data, False
                frame = zstandard.ZstdDecompressor().decompressobj()
    if begun:
        raise zstandard.ZstdError("cut off")
