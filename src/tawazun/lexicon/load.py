"""Turns the packaged knowledge files into a lexicon, from the disk cache where an equal one was compiled before."""

import gc
import os
import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import metadata, resources
from pathlib import Path
from typing import TypeVar

import platformdirs

from tawazun.base.errors import KnowledgeError
from tawazun.base.garbage import kept_garbage
from tawazun.lexicon.attested import Attested, attested_verbs, build_attested
from tawazun.lexicon.compile import Compiled, compile_lexicon
from tawazun.lexicon.disputes import DISPUTES, read_disputes
from tawazun.lexicon.due_words import AGENDA, read_due_words
from tawazun.lexicon.files import parse_mapping
from tawazun.lexicon.publishing import PUBLISHING, read_publishing
from tawazun.lexicon.times import read_times
from tawazun.lexicon.tracks import FILES, WORDS, read_tracks
from tawazun.lexicon.wordings import CONDITIONS, RIPENESS, VOICES, read_conditions, read_ripeness, read_voices
from tawazun.model.disputes import Vocabulary
from tawazun.model.due_words import DueWords
from tawazun.model.lexicon import Lexicon
from tawazun.model.publishing import Publishing
from tawazun.model.times import TimeTable
from tawazun.model.track_words import TrackWords
from tawazun.model.wordings import ConditionWords, RipenessWords, VoiceWords

Kept = TypeVar("Kept", Lexicon, Attested)
_UNREADABLE = (
    *(OSError, EOFError, MemoryError, pickle.UnpicklingError),
    *(ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError),
)
_DATES = "ar/dates.yaml"
_CODE = ("lexicon", "base/letters.py", "model/entries.py", "model/names.py", "model/lexicon.py", "model/times.py", "model/weights.py")


def knowledge_folder() -> Path:
    """Returns the folder of the packaged knowledge."""
    return Path(str(resources.files("tawazun"))) / "knowledge"


def read_files(folder: Path) -> dict[str, str]:
    """Reads every knowledge file below `folder`: path from there, with forward slashes, to text."""
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".tsv", ".json"):
            name = path.relative_to(folder).as_posix()
            try:
                files[name] = path.read_text("utf-8")
            except UnicodeDecodeError as error:
                raise KnowledgeError(f"{name}:1: not UTF-8 ({error.reason} at byte {error.start})") from None
    return files


def digest_of(files: dict[str, str]) -> str:
    """Returns `sha256:` and the digest over names and texts."""
    digest = sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].encode() + b"\0")
    return "sha256:" + digest.hexdigest()


def _code_digest() -> str:
    """Digests the code that decides what a compiled lexicon looks like."""
    root = Path(str(resources.files("tawazun")))
    digest = sha256()
    for name in _CODE:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    digest.update(metadata.version("mazini").encode())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Returns the folder that compiled knowledge is cached in; `TAWAZUN_CACHE` overrides the user's own cache folder."""
    return Path(os.environ.get("TAWAZUN_CACHE") or platformdirs.user_cache_dir("tawazun"))


def _from_cache(path: Path, kind: type[Kept]) -> Kept | None:
    """Reads a cache file; None where it is missing or broken. Garbage is never looked for in what arrived: a look at the million objects
    takes a fifth of a second.
    """
    try:
        with path.open("rb") as file, kept_garbage():
            kept = pickle.load(file)
            gc.freeze()
    except _UNREADABLE:
        return None
    return kept if isinstance(kept, kind) else None


def _into_cache(path: Path, kept: Lexicon | Attested) -> None:
    """Writes the cache file whole or not at all; a cache that can't be written costs time, nothing else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            whole = Path(folder) / path.name
            with whole.open("wb") as file:
                pickle.dump(kept, file, protocol=5)
            os.replace(whole, path)
    except OSError:
        return


_APART: dict[str, Callable[[dict[str, str]], object]] = {
    PUBLISHING: read_publishing,
    DISPUTES: read_disputes,
    AGENDA: read_due_words,
    WORDS: read_tracks,
    CONDITIONS: read_conditions,
    RIPENESS: read_ripeness,
    VOICES: read_voices,
}
"""Are the files that are no part of the lexicon, each with what reads it: only taking articles in, or one analysis, needs it."""


def _texts(*names: str) -> dict[str, str]:
    """Returns packaged files by their names."""
    return {name: (knowledge_folder() / name).read_text("utf-8") for name in names}


def check_knowledge(folder: Path | None = None) -> Compiled:
    """Compiles the knowledge below `folder` (the packaged one by default) afresh, with its errors."""
    files = read_files(folder or knowledge_folder())
    for name, read in _APART.items():
        if name in files:
            read(files)
    return compile_lexicon(files, digest_of(files))


@cache
def load_publishing() -> Publishing:
    """Loads the words that outlets write around articles, without the rest of the knowledge."""
    return read_publishing(_texts(PUBLISHING))


@cache
def load_disputes() -> Vocabulary:
    """Loads the words by which denials, corrections and counts are told, without the rest of the knowledge."""
    return read_disputes(_texts(DISPUTES))


@cache
def load_due_words() -> DueWords:
    """Loads the words and entries that make plans and undertakings out of acts, without the rest of the knowledge."""
    return read_due_words(_texts(AGENDA))


@cache
def load_conditions() -> ConditionWords:
    """Loads how sentences set conditions, without the rest of the knowledge."""
    return read_conditions(_texts(CONDITIONS))


@cache
def load_ripeness() -> RipenessWords:
    """Loads what speaks for or against the moment being ripe, without the rest of the knowledge."""
    return read_ripeness(_texts(RIPENESS))


@cache
def load_voices() -> VoiceWords:
    """Loads how sentences tell who speaks, without the rest of the knowledge."""
    return read_voices(_texts(VOICES))


@cache
def load_times() -> TimeTable:
    """Loads the words that date an act, without the rest of the knowledge; takes a twentieth of a second."""
    return read_times(parse_mapping(_texts(_DATES), _DATES))


@cache
def load_tracks() -> TrackWords:
    """Loads the words and names that tracks of negotiation are found by, without the rest of the knowledge."""
    return read_tracks(_texts(*FILES))


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Loads the knowledge below `folder`; raises `KnowledgeError` with the first few errors if it is wrong."""
    files = read_files(folder or knowledge_folder())
    digest = digest_of(files)
    path = cache_folder() / f"lexicon-{sha256((digest + _code_digest()).encode()).hexdigest()[:32]}.pickle"
    cached = _from_cache(path, Lexicon)
    if cached is not None:
        return cached
    compiled = compile_lexicon(files, digest)
    if compiled.errors:
        more = f" (and {len(compiled.errors) - 1} more; see `tawazun knowledge check`)" if len(compiled.errors) > 1 else ""
        raise KnowledgeError(compiled.errors[0] + more)
    _into_cache(path, compiled.lexicon)
    return compiled.lexicon


def load_attested() -> Attested:
    """Loads the table of attested verbs; building it takes some ten seconds, once for each version of mazini and of our own inflection."""
    version = metadata.version("mazini")
    path = cache_folder() / f"attested-{sha256((version + _code_digest()).encode()).hexdigest()[:32]}.pickle"
    cached = _from_cache(path, Attested)
    if cached is not None:
        return cached
    attested = build_attested(attested_verbs())
    _into_cache(path, attested)
    return attested
