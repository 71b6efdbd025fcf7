"""Turns a phrase with several nationalities (the Egyptian and Sudanese ministers) into one referent with a code for each."""

from collections.abc import Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent
from tawazun.resolve.phrases import join, text_of


def of_each_nation(phrase: Phrase, referent: Referent | None, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Gives a referent the codes of all nations that its phrase has as adjectives; one nation or a known name leaves it as it is."""
    codes = dict.fromkeys(lexicon.nationalities[number].code for at, number in phrase.nationality if at != phrase.head)
    nations = [code for code in codes if len(code) == 3]
    if len(nations) < 2 or (referent is not None and not referent.key.startswith(("named:", "state:"))):
        return referent
    word = tokens[phrase.head].word
    sides = word.text in lexicon.words["both_sides"] or word.bare in lexicon.words["side_noun"]
    sector = None if sides or referent is None else referent.sector
    code = "+".join(str(join(nation, sector)) for nation in nations)
    text = text_of(tokens, phrase.start, phrase.end)
    if referent is None or sides:
        return Referent("named:" + text, "group", code, text, None, "several nations", sector=sector, number="p")
    return msgspec.structs.replace(referent, code=code, rule=referent.rule + "; of several nations")
