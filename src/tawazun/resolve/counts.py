"""Turns a number without a noun, or `others`, into the people counted just before it in the sentence."""

from collections.abc import Mapping, Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent
from tawazun.resolve.sectors import has_word

_COUNTED = frozenset({"people", "armed_group", "organisation", "person"})
_HURT = frozenset({"MIL", "COP", "CVL", "REF", "MED", "NGO"})


def is_number(phrase: Phrase, parse: Parse, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tells whether a phrase is a number or crowd that names nobody (five, about a hundred, dozens)."""
    word, words = tokens[phrase.head].word, lexicon.words
    number = parse.tags[phrase.head - parse.start].kind == "number"
    return number or any(
        text in words[name] for text in (word.text, word.bare) for name in ("number_word", "quantity_noun", "other_people")
    )


def counted_before(parse: Parse, number: int, found: Mapping[int, Referent], tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Returns the people counted in the phrase before (three soldiers were killed and five wounded), indefinite and no attackers."""
    for other in range(number - 1, -1, -1):
        phrase, referent = parse.phrases[other], found.get(other)
        if referent is None or phrase.article or referent.kind not in _COUNTED or referent.key.startswith("state:"):
            continue
        counted = (
            phrase.count > 0 or parse.tags[phrase.start - parse.start].kind == "number" or has_word(phrase, tokens, lexicon, "number_word")
        )
        several = counted and referent.sector is not None
        if several or (referent.number == "s" and referent.sector in _HURT and referent.kind == "people"):
            return referent
    return None
