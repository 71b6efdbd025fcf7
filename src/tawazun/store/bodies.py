"""Turns a dossier's line of JSON into few bytes and back.

What most dossiers share (keys, rules, names of states) is in a dictionary made by bench/dictionary.py; each body says by number which one
it needs, so a later one comes beside it and this one stays for good.
"""

from functools import lru_cache
from importlib import resources

import zstandard

from tawazun.base.errors import SetupError

_LEVEL = 3
_DICTIONARY = "dossiers.zdict"


@lru_cache(maxsize=1)
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict((resources.files("tawazun.store") / _DICTIONARY).read_bytes())


@lru_cache(maxsize=1)
def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary())


@lru_cache(maxsize=1)
def _decompressor() -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary())


def packed(line: bytes) -> bytes:
    """Compresses a dossier's line."""
    return _compressor().compress(line)


def unpacked(body: bytes, where: str) -> bytes:
    """Gives a dossier's line back; raises `SetupError` where the database lost some of it."""
    try:
        return _decompressor().decompress(body)
    except zstandard.ZstdError as error:
        raise SetupError(f"{where}: a damaged dossier ({error}); restore a backup, or take the article in again") from None
