"""Turns a phrase with several adjectives of nation or sector (the Egyptian and Sudanese ministers, the military and security bodies), or
with several states after it (the ministers of foreign affairs in Egypt and Sudan), into one referent with a code for each.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent
from tawazun.resolve.phrases import join, text_of
from tawazun.resolve.sectors import sector_of_adjective

_OF_FORCE = frozenset({"MIL", "COP", "JUD", "LEG", "GOV"})


def _joined(parse: Parse, number: int, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yields the single adjectives that go on a phrase after `and`, as definite as it is."""
    before = parse.phrases[number]
    definite = tokens[before.end - 1].word.article
    for after in parse.phrases[number + 1 :]:
        tag = parse.tags[after.head - parse.start]
        alone = after.end - after.start == 1 and after.start == before.end and after.joined
        if not alone or tag.preposition or not tag.conjunction or tokens[after.head].word.article != definite:
            return
        yield after
        before = after


def states_after(parse: Parse, number: int, tokens: Sequence[Token], lexicon: Lexicon) -> tuple[str, ...]:
    """Returns the states, two or more, that a phrase is of by a preposition after it (the committee of Egypt, Greece and Cyprus); nouns
    joined to its own may stand between (the ministers of foreign affairs and water in ...).
    """
    end, found = parse.phrases[number].end, list[str]()
    for after in parse.phrases[number + 1 :]:
        match = after.names[0] if after.names else None
        named = match.first("country", "capital") if match is not None and match.end == after.end and match.start == after.head else None
        joined = after.joined and after.start == end
        begins = not after.joined and after.start - end <= 1 and after.preposition in lexicon.words["of_states"]
        if named is not None and (joined if found else begins):
            found.append(lexicon.countries[named.ref].iso3)
        elif named is not None or found or not joined or after.kind != "noun":
            break
        end = after.end
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()


def of_countries(referent: Referent, countries: Sequence[str], rule: str) -> Referent:
    """Gives a referent the code of each of several countries."""
    code = "+".join(str(join(country, referent.sector)) for country in countries)
    return msgspec.structs.replace(referent, code=code, country=None, rule=referent.rule + rule)


def of_each_nation(parse: Parse, number: int, referent: Referent | None, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Gives a referent the codes of all nations that its phrase has as adjectives; one nation or a known name leaves it as it is."""
    phrase = parse.phrases[number]
    own = [n for at, n in phrase.nationality if at != phrase.head]
    first = tokens[phrase.end - 1].word.nationality[:1]
    if not (own or first):
        return _of_each_sector(parse, number, referent, tokens, lexicon)
    more = [n for after in _joined(parse, number, tokens) for at, n in after.nationality if at == after.head]
    if more and not own and first and phrase.end - 1 > phrase.head:
        own = [first[0][0]]
    numbers = [*own, *more] if own else []
    nations = [code for code in dict.fromkeys(lexicon.nationalities[n].code for n in numbers) if len(code) == 3]
    if len(nations) < 2 or (referent is not None and not more and not referent.key.startswith(("named:", "state:"))):
        return _of_each_sector(parse, number, referent, tokens, lexicon)
    word = tokens[phrase.head].word
    sides = word.text in lexicon.words["both_sides"] or word.bare in lexicon.words["side_noun"]
    sector = None if sides or referent is None else referent.sector
    if sides and word.bare in lexicon.words["person_dual"]:
        sector = "GOV"
    if not more and referent is not None and referent.kind == "person" and referent.number == "s":
        return referent
    code = "+".join(str(join(nation, sector)) for nation in nations)
    text = text_of(tokens, phrase.start, phrase.end)
    if referent is None or sides:
        return Referent("named:" + text, "group", code, text, None, "several nations", sector=sector, number="p")
    return msgspec.structs.replace(referent, key="named:" + text, code=code, rule=referent.rule + "; of several nations")


def _of_each_sector(parse: Parse, number: int, referent: Referent | None, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Gives a referent the codes of all sectors that adjectives joined by `and` tell."""
    if referent is None or referent.sector not in _OF_FORCE or not referent.key.startswith("named:"):
        return referent
    if sector_of_adjective(parse.phrases[number], tokens, lexicon) is None:
        return referent
    sectors = [referent.sector, *(sector_of_adjective(after, tokens, lexicon) for after in _joined(parse, number, tokens))]
    told = [sector for sector in dict.fromkeys(sectors) if sector is not None]
    if len(told) < 2:
        return referent
    code = "+".join(str(join(referent.country, sector)) for sector in told)
    return msgspec.structs.replace(referent, code=code, rule=referent.rule + "; of several sectors")
