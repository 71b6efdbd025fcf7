"""Holds what reading finds in a text before anybody is looked for in it: tokens with their clitic lattice, quotations, sentences."""

from typing import Literal

import msgspec

from tawazun.model.entries import Form


class Segmentation(msgspec.Struct, frozen=True, gc=False):
    """Is one way to cut a word into clitics and stem, with what the stem may then be."""

    conjunction: str
    preposition: str
    future: bool
    article: bool
    stem: str
    pronoun: str
    forms: tuple[Form, ...]


class Word(msgspec.Struct, frozen=True, gc=False):
    """Is everything that a folded word may be, whatever the sentence.

    `verbs` and `nouns` are the segmentations that have such forms, in their order; `bare` is the word without conjunction, preposition
    and article, `possessive` the pronoun that it may then end in; `shapes` are those under which it is compared with the words of a
    condition; `openings` are those of the variants that begin a known name, with whether a longer name than that begins so; `seconds` is
    what it may be as the second word of one, a space before it: as it stands, then without each pronoun that it may end in, last the
    empty text for a name of one word; `dating` says whether a time expression can rest on it (`rests`), can at most go on with it
    (`goes_on`: it only joins others, or is a short number), or neither (empty).
    """

    text: str
    segmentations: tuple[Segmentation, ...]
    verbs: tuple[Segmentation, ...]
    nouns: tuple[Segmentation, ...]
    particles: tuple[tuple[str, str], ...]
    particle_conjunction: str
    particle_preposition: str
    nationality: tuple[tuple[int, str], ...]
    bare: str
    preposition: str
    conjunction: str
    article: bool
    variants: tuple[tuple[str, str, str], ...]
    openings: tuple[tuple[str, str, str, bool], ...]
    shapes: frozenset[str]
    possessive: str
    seconds: tuple[str, ...]
    dating: Literal["", "goes_on", "rests"]


class Token(msgspec.Struct, frozen=True, gc=False):
    """Is a word, number or mark; `start` and `end` are offsets in the text as received.

    `marked` is u where the first letter is written with damma (a passive); `feminine` says that the word is written with ta marbuta.
    """

    start: int
    end: int
    text: str
    kind: Literal["word", "number", "mark", "other"]
    word: Word
    marked: Literal["", "u"] = ""
    feminine: bool = False


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """Is a quotation, marks included, as token indices; `depth` is 0 for the outermost; `closed` is false where the mark that ends
    it is missing.
    """

    start: int
    end: int
    depth: int
    closed: bool


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Is a stretch of tokens that is read at once."""

    start: int
    end: int


class Reading(msgspec.Struct, frozen=True, gc=False):
    """Is a text cut into tokens, quotations and sentences."""

    text: str
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]
