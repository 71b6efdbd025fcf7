"""Turns a folded text into tokens: words, numbers, marks."""

import re
from collections.abc import Iterator
from typing import Literal

from tawazun.base.letters import TEH_MARBUTA
from tawazun.model.readings import Token
from tawazun.read.fold import Folded, raw_span
from tawazun.read.words import Words

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)(?=[^\w]|_|$|[\u0600-\u06ff])"
    r"|(?P<word>[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]+)"
    r"|(?P<other>[^\W_]+)"
    r"|(?P<mark>\.{2,}|[^\s])"
)
_DAMMA = "\u064f"


def tokens_of(raw: str, folded: Folded, words: Words) -> Iterator[Token]:
    """Yields the tokens of a text in order, with raw offsets."""
    for match in _TOKEN.finditer(folded.text):
        start, end = raw_span(folded, match.start(), match.end())
        kind = match.lastgroup
        text = match.group()
        if kind == "word":
            written = raw[start:end]
            feminine = TEH_MARBUTA in written[-3:]
            marked: Literal["", "u"] = "u" if len(written) > len(text) and _DAMMA in written[1:4] else ""
            yield Token(start, end, text, "word", words.look_up(text, feminine), marked, feminine)
        else:
            yield Token(start, end, text, kind, words.look_up(text, False))  # type: ignore[arg-type]
