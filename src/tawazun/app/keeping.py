"""Turns a dossier's line into what a workspace keeps of it."""

import msgspec

from tawazun.lexicon.load import load_lexicon
from tawazun.model.dossier import Dossier
from tawazun.read.words import Words
from tawazun.store.articles import Coding
from tawazun.store.projections import rows_of


class Codings:
    """Works out what is kept of dossiers; holds the cache of words, so make one a process."""

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(Dossier)
        self._words = Words(load_lexicon())

    def of(self, number: int, line: bytes) -> Coding:
        """Returns what is kept of the article with a number; `line` is its dossier as JSON."""
        dossier = self._decoder.decode(line)
        return Coding(dossier, line, rows_of(number, dossier, self._words))
