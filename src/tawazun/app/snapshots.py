"""Turns the knowledge as it is now into a copy to compare later edits with."""

import shutil
from pathlib import Path

import msgspec

from tawazun.base.errors import SetupError
from tawazun.lexicon.load import cache_folder, knowledge_folder, read_files

_MARK = ".tawazun-snapshot"


class Snapshot(msgspec.Struct, frozen=True):
    """Is a copy of the knowledge: the folder that it was kept in."""

    folder: str


def snapshot_folder() -> Path:
    """Returns where a snapshot lies that no place was named for."""
    return cache_folder() / "snapshot"


def take_snapshot(target: Path | None = None, source: Path | None = None) -> Path:
    """Copies the knowledge below `source` (the packaged one) to `target`, which may hold an earlier snapshot but nothing else; returns it.

    Raises `SetupError` where `target` holds other things, lies in the knowledge itself, or can't be written.
    """
    target, source = target or snapshot_folder(), source or knowledge_folder()
    if source.resolve() in (target.resolve(), *target.resolve().parents):
        raise SetupError(f"{target}: lies in the knowledge itself; name a folder outside {source}")
    try:
        if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _MARK).is_file())):
            raise SetupError(f"{target}: holds something that is no snapshot; name a new folder, or an empty one")
        files = read_files(source)
        shutil.rmtree(target, ignore_errors=True)
        for name, text in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        (target / _MARK).touch()
    except OSError as error:
        raise SetupError(f"{target}: {error.strerror}; choose a place that can be written, or free space there") from None
    return target
