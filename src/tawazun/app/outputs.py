"""Turns dossiers and rejects into lines of files that stay valid whatever happens."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

import msgspec

from tawazun.base.errors import SetupError
from tawazun.base.ids import digest_text
from tawazun.model.rejects import Reject

_LINE_START = b'{"schema":"tawazun/dossier/'


class _Key(msgspec.Struct):
    id: str
    text: str


class _MadeBy(msgspec.Struct):
    knowledge: str


class _Line(msgspec.Struct):
    document: _Key
    made_by: _MadeBy


def key_of(id: str, text: str) -> bytes:
    """Returns 16 bytes that stand for a document's id and its text."""
    return bytes.fromhex(digest_text(f"{id}\0{digest_text(text)}").partition(":")[2])


class DossierFile:
    """Is the file of dossiers: what is complete in it is kept, a torn last line is cut off, and new lines are written whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: set[bytes] = set()
        self.knowledge: dict[str, int] = {}
        self.end = 0

    def __enter__(self) -> "DossierFile":
        try:
            self.file: BinaryIO = open(self.path, "ab+" if _is_regular(self.path) else "wb", buffering=0)
        except OSError as error:
            raise SetupError(f"{self.path}: can't be written ({error.strerror}); choose another output") from None
        try:
            if _is_regular(self.path):
                _lock(self.file, self.path)
                self._scan()
        except BaseException:
            self.file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def _scan(self) -> None:
        """Reads what an earlier run wrote and cuts off a torn last line."""
        decode = msgspec.json.Decoder(_Line).decode
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    if not line.startswith(_LINE_START[: len(line)]):
                        raise self._not_ours(number)
                    break
                try:
                    read = decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    raise self._not_ours(number) from None
                self.done.add(key_of(read.document.id, read.document.text))
                self.knowledge[read.made_by.knowledge] = self.knowledge.get(read.made_by.knowledge, 0) + 1
                self.end += len(line)
        self.file.truncate(self.end)

    def _not_ours(self, number: int) -> SetupError:
        return SetupError(f"{self.path}:{number}: not a dossier, so nothing is added to this file; choose another output or remove it")

    def write(self, line: bytes) -> None:
        """Writes one line whole, or takes back what part of it was written and raises `SetupError`."""
        data = memoryview(line + b"\n")
        try:
            while data:
                data = data[self.file.write(data) :]
        except OSError as error:
            if _is_regular(self.path):
                self.file.truncate(self.end)
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            todo = (
                "free space, then run the same command again: it goes on after them"
                if full
                else "run the same command again: it goes on after them"
            )
            raise SetupError(f"{self.path}: {error.strerror}; the dossiers written so far are whole; {todo}") from None
        self.end += len(line) + 1

    def finish(self) -> None:
        """Makes sure that what was written is on the disk."""
        try:
            if _is_regular(self.path):
                os.fsync(self.file.fileno())
        except OSError as error:
            raise SetupError(f"{self.path}: {error.strerror}; run the same command again") from None


class RejectFile:
    """Is the rejects file; it is made when there is something to write, and an earlier run's is taken away."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.file: BinaryIO | None = None

    def __enter__(self) -> "RejectFile":
        if self.path is not None and _is_regular(self.path) and self.path.exists():
            self._remove(self.path)
        return self

    def _remove(self, path: Path) -> None:
        """Takes an earlier run's rejects away; any other file stays and is an error."""
        try:
            with path.open("rb") as file:
                msgspec.json.decode(file.readline(), type=Reject)
            path.unlink()
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise SetupError(f"{path}: there already and no rejects file; name another file with --rejects") from None
        except OSError as error:
            raise self._unwritable(error) from None

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()

    def write(self, entry: Reject) -> None:
        """Writes one line."""
        if self.path is None:
            return
        try:
            if self.file is None:
                self.file = self.path.open("wb", buffering=0)
            assert self.file is not None
            self.file.write(msgspec.json.encode(entry) + b"\n")
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> SetupError:
        return SetupError(f"{self.path}: rejects can't be written there ({error.strerror}); name another file with --rejects")


def _is_regular(path: Path) -> bool:
    """Tells whether a path is a plain file or will be one."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _lock(file: BinaryIO, path: Path) -> None:
    """Keeps a second run from writing the same file, where the system can."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SetupError(f"{path}: another run is writing it; wait for that, or choose another output") from None
    except OSError:
        return
