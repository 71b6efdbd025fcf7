"""Turns the file of weights for joining mentions into what the analyses decide with."""

from functools import cache
from hashlib import sha256
from importlib import resources

import msgspec

from tawazun.base.errors import KnowledgeError
from tawazun.model.happenings import Affixes, Joining

FILE = "joining.json"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """Is the file: how it was made, on what, and its parts."""

    recipe: str
    trained_on: dict[str, str]
    conjunction: str
    own: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    words: dict[str, float]
    rare: float
    weights: dict[str, float]
    threshold: float


@cache
def load_joining() -> Joining:
    """Loads the packaged weights, once a process; raises `KnowledgeError` where the file is wrong."""
    return read_joining((resources.files("tawazun.scorers") / FILE).read_bytes())


def read_joining(content: bytes) -> Joining:
    """Reads the content of `joining.json`, which bench/stories.py writes."""
    try:
        file = msgspec.json.decode(content, type=_File)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"scorers/{FILE}:1: {error}; write it anew with `bench/stories.py KIT --fit`") from None
    return Joining(
        digest="sha256:" + sha256(content).hexdigest(),
        affixes=Affixes(file.conjunction, file.own, file.prefixes, file.suffixes),
        words=file.words,
        rare=file.rare,
        weights=file.weights,
        threshold=file.threshold,
    )
