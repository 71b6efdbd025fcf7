"""Turns a file of dossiers, one a line, back into dossiers."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import msgspec

from tawazun.base.errors import InputError
from tawazun.model.dossier import SCHEMA, Dossier

STDIN = "-"


def read_dossiers(name: str) -> Iterator[Dossier]:
    """Reads dossiers one at a time from a file, or from standard input for `-`; raises `InputError` with `file:line` where a line isn't one."""
    decode = msgspec.json.Decoder(Dossier).decode
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    dossier = decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise InputError(f"{name}:{number}: not a dossier ({error}); give what `tawazun code` wrote") from None
                if dossier.schema != SCHEMA:
                    raise InputError(f"{name}:{number}: schema {dossier.schema!r}, expected {SCHEMA!r}; code the articles again")
                yield dossier
    except OSError as error:
        raise InputError(f"{name}: can't be read ({error.strerror}); give a file of dossiers") from None
