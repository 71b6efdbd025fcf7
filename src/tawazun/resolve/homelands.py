"""Turns a word for somebody's own country (his country, the kingdom) into the country that it is."""

from collections.abc import Callable, Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent

Owner = Callable[[int, str], Referent | None]
_KINGDOMS = ("SAU", "BHR", "JOR", "MAR")


def owner_pronoun(token: Token, lexicon: Lexicon) -> str | None:
    """Returns the pronoun of an owner that is written on to a word, or None; the ending of a feminine noun is none."""
    if token.feminine:
        return None
    text = token.word.text
    found = (p for p in sorted(lexicon.words["owner_pronoun"], key=len, reverse=True) if text.endswith(p) and len(text) > len(p) + 2)
    return next(found, None)


def home_in(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, local: str | None, owner_by: Owner) -> str | None:
    """Returns the country of the homeland that a phrase names, by who its pronoun stands for; the kingdom is that of the sentence
    where it is one, else the first of those that Arabic news calls so.
    """
    for index in range(phrase.head, phrase.end):
        word = tokens[index].word
        if {word.text, word.bare} & lexicon.words["homeland"]:
            pronoun = owner_pronoun(tokens[index], lexicon)
            owner = owner_by(index, pronoun) if pronoun is not None else None
            return owner.country if owner is not None and owner.country is not None else local
        if word.article and word.bare in lexicon.words["kingdom"]:
            return local if local in _KINGDOMS else _KINGDOMS[0]
    return None
