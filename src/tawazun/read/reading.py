"""Turns a text as received into a reading."""

from tawazun.model.readings import Reading
from tawazun.read.fold import fold
from tawazun.read.quotations import quotations_of
from tawazun.read.sentences import breaks_of, sentences_of
from tawazun.read.tokens import tokens_of
from tawazun.read.words import Words


def read_text(text: str, words: Words) -> Reading:
    """Reads a text; time and memory are linear in its length."""
    tokens = tuple(tokens_of(text, fold(text), words))
    breaks = breaks_of(text, tokens)
    quotations = quotations_of(tokens, breaks)
    sentences = sentences_of(text, tokens, quotations, breaks)
    return Reading(text=text, tokens=tokens, quotations=quotations, sentences=sentences)
