"""Turns a text into the parses of its sentences, for those who ask what reading saw rather than what it said."""

from collections.abc import Iterator

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse
from tawazun.model.readings import Token
from tawazun.read.quotations import by_sentence
from tawazun.read.reading import read_text
from tawazun.read.words import Words
from tawazun.recognise.parses import parse_sentence


def parses_of(text: str, words: Words, lexicon: Lexicon) -> Iterator[tuple[tuple[Token, ...], Parse]]:
    """Yields the tokens of the text with the parse of each sentence, in order."""
    reading = read_text(text, words)
    touching = by_sentence(reading.quotations, reading.sentences)
    for sentence, quotations in zip(reading.sentences, touching, strict=True):
        yield reading.tokens, parse_sentence(reading.tokens, sentence, quotations, lexicon)
