"""Turns a phrase that stands for nobody by itself into the code of whom it belongs to: the body, people or country in it, right
after it, or in its pronoun.
"""

from collections.abc import Mapping, Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Belonging, Referent
from tawazun.resolve.countries import countries_in, two_countries
from tawazun.resolve.counts import counted_before, is_number
from tawazun.resolve.homelands import Owner, home_in, owner_pronoun
from tawazun.resolve.nations import states_after
from tawazun.resolve.phrases import join, refer
from tawazun.resolve.sectors import has_word, is_bare_rank, sector_of_adjective

_THINGS = (
    ("REL", "thing_of_worship"),
    ("BUS", "thing_of_business"),
    ("COP", "thing_of_police"),
    ("MIL", "thing_of_army"),
    ("GOV", "thing_of_government"),
    ("MED", "thing_of_media"),
    ("CVL", "thing_of_people"),
    ("CVL", "kin"),
)


def sector_of_thing(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Returns the sector that a thing or unnamed person has by its noun (a mosque, a shop), or by an adjective of it."""
    adjective = sector_of_adjective(phrase, tokens, lexicon)
    if adjective is not None:
        return adjective
    for index in range(phrase.head, phrase.end):
        word = tokens[index].word
        for sector, name in _THINGS:
            if {word.bare, word.text} & lexicon.words[name]:
                return sector
    return None


def _inside(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, day: str | None) -> Referent | None:
    """Resolves the known name or group that stands in a phrase after its head (an attack's victims, a quarter of the capital)."""
    for match in phrase.names:
        if match.start > phrase.head and not is_bare_rank(match, lexicon):
            inner = msgspec.structs.replace(
                phrase, start=match.start, head=match.start, names=tuple(m for m in phrase.names if m.start >= match.start), count=0
            )
            found = refer(inner, None, tokens, lexicon, day)
            if found is not None and found.code:
                return found
    return _group_inside(phrase, tokens, lexicon)


def _group_inside(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Resolves a noun in a phrase that alone would name a group (hundreds of demonstrators)."""
    for index in range(phrase.start, phrase.end):
        word = tokens[index].word
        people = next(
            (code for code, form in ((lexicon.nationalities[n].code, f) for n, f in word.nationality) if form.startswith("p")), None
        )
        if people is not None and len(people) == 3 and index > phrase.start:
            return Referent("", "people", join(people, "CVL"), word.text, None, "people", sector="CVL", country=people, number="p")
        for pattern in (*lexicon.patterns.get(word.bare, ()), *lexicon.patterns.get(word.text, ())):
            if pattern.kind == "group" and len(pattern.words) == 1 and lexicon.groups[pattern.ref].sector is not None:
                group = lexicon.groups[pattern.ref]
                return Referent("", group.kind, group.sector, word.text, None, "group", sector=group.sector, number=group.number)
    return None


def _after(parse: Parse, number: int, found: Mapping[int, Referent], tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Returns whom the phrase right after a preposition of belonging stands for (targets of the movement, a car of the embassy)."""
    phrase = parse.phrases[number]
    for other in range(number + 1, min(number + 3, len(parse.phrases))):
        after = parse.phrases[other]
        gap = [token for token in tokens[phrase.end : after.start] if token.kind != "mark"]
        if after.construct == number or (len(gap) <= 1 and after.preposition in lexicon.words["owner_preposition"]):
            if other in found and found[other].code:
                return found[other]
        if after.kind not in ("noun", "place"):
            return None
        phrase = after
    return None


def _two(head: set[str], parse: Parse, lexicon: Lexicon) -> Belonging | None:
    """Returns the two countries of a sentence for a word for both sides that nobody named before explains."""
    sector = "GOV" if head & lexicon.words["person_dual"] else None
    codes = [str(join(country, sector)) for country in two_countries(parse, lexicon)]
    return Belonging("+".join(codes), "both countries of the sentence") if codes else None


def _states(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tells whether a phrase names several unnamed states or powers, whom no country around is lent, other than sides of a conflict."""
    group = phrase.names[0].first("group") if phrase.names and phrase.names[0].start <= phrase.head else None
    if group is None or has_word(phrase, tokens, lexicon, "party_word"):
        return False
    return lexicon.groups[group.ref].kind == "state" and lexicon.groups[group.ref].number == "p"


def _of_states(parse: Parse, number: int, tokens: Sequence[Token], lexicon: Lexicon) -> Belonging | None:
    """Returns the codes of the states that a definite phrase is said to be of (the committee of Egypt, Greece and Cyprus)."""
    phrase = parse.phrases[number]
    states = states_after(parse, number, tokens, lexicon) if phrase.article or phrase.nationality else ()
    return Belonging("+".join(states), "of the states named after it") if states else None


def _of_owner(owner: Referent, sector: str | None, local: str | None) -> str | None:
    """Returns the code of what belongs to an owner: the owner's own, or his country's with the sector of the thing."""
    if owner.sector is None and owner.country is not None and "+" not in (owner.code or ""):
        return join(owner.country, sector)
    if owner.country is None and owner.code == owner.sector:
        return join(local, owner.sector)
    return owner.code


def belonging(
    parse: Parse,
    number: int,
    found: Mapping[int, Referent],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    day: str | None,
    around: tuple[str | None, Owner],
) -> Belonging | None:
    """Finds the code of a phrase without a referent of its own; `around` is the country of its sentence or article and who a pronoun
    attached to a token is.
    """
    phrase, (local, owner_by) = parse.phrases[number], around
    words, head = lexicon.words, {tokens[phrase.head].word.bare, tokens[phrase.head].word.text}
    if head & words["both_sides"]:
        return _two(head, parse, lexicon)
    if phrase.kind == "pronoun" or _states(phrase, tokens, lexicon):
        return None
    if home := home_in(phrase, tokens, lexicon, local, owner_by):
        return Belonging(home, "homeland")
    if states := _of_states(parse, number, tokens, lexicon):
        return states
    sector = sector_of_thing(phrase, tokens, lexicon)
    owner = (
        _inside(phrase, tokens, lexicon, day)
        or _after(parse, number, found, tokens, lexicon)
        or _by_pronoun(phrase, tokens, lexicon, owner_by)
    )
    countries = [code for code in countries_in(phrase, lexicon) if len(code) == 3]
    if (owner is None or owner.sector is None) and is_number(phrase, parse, tokens, lexicon):
        owner, sector = counted_before(parse, number, found, tokens, lexicon) or owner, "CVL"
    if owner is not None:
        kin = bool(head & words["kin"])
        code = join(owner.country or local, sector) if kin else _of_owner(owner, sector, countries[0] if countries else local)
        return Belonging(code, "belonging to " + (owner.ar or code)) if code else None
    if not countries and sector is None:
        return None  # of those lent the country of the sentence alone, one in six was right
    code = join(countries[0] if countries else local, sector)
    return Belonging(code, "thing or person in its country") if code else None


def _by_pronoun(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, owner_by: Owner) -> Referent | None:
    """Returns whom the pronoun written on to the head stands for (his car)."""
    head = tokens[phrase.head]
    pronoun = None if head.word.article else owner_pronoun(head, lexicon)
    return owner_by(phrase.head, pronoun) if pronoun is not None else None
