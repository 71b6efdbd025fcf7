"""Turns a folded text into tokens: words, numbers, marks."""

import re
from collections.abc import Iterator
from typing import Literal
from unicodedata import lookup, normalize

from tawazun.base.letters import FOLD_TABLE, TEH_MARBUTA, fold_word
from tawazun.model.readings import Token, Word
from tawazun.read.fold import Folded, raw_span
from tawazun.read.words import Words

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)(?=[^\w]|_|$|[\u0600-\u06ff])"
    r"|(?P<word>[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+)"
    r"|(?P<other>[^\W_]+)"
    r"|(?P<mark>\.{2,}|[^\s])"
)
_KINDS: dict[str, Literal["word", "number", "mark", "other"]] = {"word": "word", "number": "number", "mark": "mark", "other": "other"}
_TEH_MARBUTA = frozenset(chr(code) for code in FOLD_TABLE if normalize("NFKC", chr(code)) == TEH_MARBUTA) | {
    lookup("ARABIC LETTER TEH MARBUTA GOAL")
}
_DAMMA = "\u064f"


def tokens_of(raw: str, folded: Folded, words: Words) -> Iterator[Token]:
    """Yields the tokens of a text in order, with raw offsets."""
    for match in _TOKEN.finditer(folded.text):
        start, end = raw_span(folded, *match.span())
        kind = _KINDS[match.lastgroup or "mark"]
        text = match.group()
        if kind == "word":
            written = raw[start:end]
            feminine = not _TEH_MARBUTA.isdisjoint(written[-3:])
            word = words.look_up(text, feminine)
            yield Token(start, end, text, "word", word, _marked(written, word) if len(written) > len(text) else "", feminine)
        else:
            yield Token(start, end, text, kind, words.look_up(text, False))


def _marked(written: str, word: Word) -> Literal["", "u"]:
    """Tells whether the first letter after the clitics of a verb is written with damma."""
    at = written.find(_DAMMA)
    if at < 0:
        return ""
    letters = len(fold_word(written[:at]))
    return "u" if any(letters == len(cut.conjunction) + len(cut.preposition) + cut.future + 1 for cut in word.verbs) else ""
