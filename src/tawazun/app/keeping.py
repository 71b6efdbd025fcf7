"""Turns a dossier's line into what a workspace keeps of it."""

import msgspec

from tawazun.lexicon.load import load_lexicon
from tawazun.model.dossier import Dossier
from tawazun.read.words import Words
from tawazun.store.articles import Coding, coding_of


class Codings:
    """Works out what is kept of dossiers; holds the cache of words, so make one a process."""

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(Dossier)
        self._words = Words(load_lexicon())

    def of(self, number: int, line: bytes) -> Coding:
        """Returns what is kept of the article with a number; `line` is its dossier as JSON."""
        return coding_of(number, self._decoder.decode(line), line, self._words)

    def read(self, line: bytes) -> Dossier:
        """Reads a dossier; raises `msgspec.DecodeError` where the line is none."""
        return self._decoder.decode(line)
