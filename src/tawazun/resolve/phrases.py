"""Turns one noun phrase into a referent by what stands in it: a known name, a title with a nationality, a group with a country."""

from collections.abc import Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.names import ActorKind, Country, KnownActor, Office
from tawazun.model.phrases import Match, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Referent
from tawazun.resolve.countries import countries_in
from tawazun.resolve.sectors import BODIES, described_sector, has_word, of_opposition, of_owner, sector_of_adjective

OF_NO_COUNTRY = "title or group of no country"
"""Is the rule of who is foreign or international, whom no country around is lent."""
_ALONE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "MED", "BUS", "CVL", "REF", "NGO", "REL", "UAF"})


def office_on(actor: KnownActor, day: str | None) -> Office | None:
    """Returns the office held on an ISO date (or its prefix); without a date, the last one."""
    if not actor.roles:
        return None
    if not day:
        return actor.roles[-1]
    held = [office for office in actor.roles if _covers(office, day)]
    return next((office for office in reversed(held) if office.code.endswith(".GOV")), held[-1] if held else None)


def _covers(office: Office, day: str) -> bool:
    since, until = office.since or "0000", office.until or "9999"
    return since[: len(day)] <= day[: len(since)] and day[: len(until)] <= until[: len(day)]


def _ended(actor: KnownActor, day: str | None) -> bool:
    """Tells whether every office of a person had ended by a day."""
    if not day or not actor.roles:
        return False
    return all(office.until is not None and office.until[: len(day)] < day[: len(office.until)] for office in actor.roles)


def join(country: str | None, sector: str | None) -> str | None:
    """Joins country and sector to a code; a sector that is a code of its own (IGO.UNO) stands alone."""
    if sector and sector.startswith("IGO"):
        return sector
    if country and country.startswith("IGO"):
        return country
    if country and sector:
        return f"{country}.{sector}"
    return country or sector


def text_of(tokens: Sequence[Token], start: int, end: int) -> str:
    """Returns the folded words of a stretch without the clitics of its first word, whose own first letter is none (minister)."""
    first = tokens[start].word
    words = [token.text for token in tokens[start:end]]
    cut = 0 if any(opening[0] == first.text for opening in first.openings) else len(first.conjunction)
    if cut and len(words[0]) > cut + 1:
        words[0] = words[0][cut:]
    return " ".join(words)


def _actors_of(match: Match, lexicon: Lexicon) -> list[KnownActor]:
    return [lexicon.actors[p.ref] for p in match.patterns if p.kind in ("actor", "short")]


def _exists(actor: KnownActor, day: str | None) -> bool:
    """Tells whether a body had been founded by a day; people always exist."""
    return actor.kind == "person" or not day or actor.since is None or actor.since[: len(day)] <= day[: len(actor.since)]


def _of_others(actor: KnownActor, nations: set[str]) -> bool:
    """Tells whether a person is of another nation than the adjectives in the phrase name: then somebody else of that name is meant."""
    return actor.kind == "person" and actor.country is not None and bool(nations) and actor.country not in nations


def _person(match: Match, phrase: Phrase, sector: str | None, lexicon: Lexicon, day: str | None, former: bool) -> Referent | None:
    """Resolves a known name; among several of one name the one in office on the day, then the one whose country the phrase names."""
    candidates = [actor for actor in _actors_of(match, lexicon) if _exists(actor, day)]
    if not candidates:
        return None
    countries = countries_in(phrase, lexicon)
    actor = max(candidates, key=lambda a: (a.country in countries, office_on(a, day) is not None, not _ended(a, day), -candidates.index(a)))
    if actor.kind != "person":
        return _body(actor, lexicon)
    office = office_on(actor, day)
    code = office.code if office is not None else actor.code
    outside = (code or "").endswith((".REB", ".OPP"))
    if sector in ("GOV", "LEG", "JUD") and not former and not outside and not (code or "").endswith("." + sector) and actor.country:
        code, office = join(actor.country, sector), None
    elif former or (office is None and _ended(actor, day) and (actor.code is None or actor.code.endswith(".GOV"))):
        code = join(actor.country, "PTY")
    elif office is None and actor.code is None and actor.roles:
        code = actor.roles[0].code if day else actor.roles[-1].code
    if office is None and sector and not former and code is None:
        code = join(actor.country, sector)
    return Referent(
        key=actor.id,
        kind="person",
        code=code,
        ar=actor.ar[0],
        en=actor.en,
        rule="known person" + (f", {office.title_en} on {day}" if office is not None and day else ""),
        wikidata=actor.wikidata,
        sector=code.split(".")[-1] if code and "." in code else sector,
        country=actor.country,
        title=office.title_en if office is not None else None,
        office_of=actor.country,
    )


def _sector_of(code: str | None) -> str | None:
    """Returns the sector in a code, which may stand alone (NGO); a state has none, and an international body's code is its own."""
    if not code:
        return None
    return code.split(".")[-1] if "." in code else (None if len(code) == 3 and code not in _ALONE else code)


def _body(actor: KnownActor, lexicon: Lexicon) -> Referent:
    return Referent(
        key=actor.id,
        kind=actor.kind,
        code=actor.code,
        ar=actor.ar[0],
        en=actor.en,
        rule="known body",
        wikidata=actor.wikidata,
        sector=_sector_of(actor.code),
        country=actor.country,
        feminine=True,
    )


def _state(country: Country, rule: str) -> Referent:
    iso3 = country.iso3
    return Referent(f"state:{iso3}", "state", iso3, country.ar[0], country.en, rule, country.wikidata, None, iso3, feminine=True)


def state_of(code: str, lexicon: Lexicon, rule: str) -> Referent:
    """Returns the referent of a state or, for IGO codes, of the body by its code alone."""
    country = next((item for item in lexicon.countries if item.iso3 == code), None) if len(code) == 3 else None
    if country is not None:
        return _state(country, rule)
    return Referent(f"code:{code}", "organisation", code, code, code, rule, None, None, None, feminine=True)


def refer(phrase: Phrase, tail: Phrase | None, tokens: Sequence[Token], lexicon: Lexicon, day: str | None) -> Referent | None:
    """Resolves a phrase by its own words and its `tail`; None where they say too little (a pronoun, an unknown noun)."""
    referent = _by_itself(phrase, tokens, lexicon, day)
    if tail is None or referent is None or not referent.key.startswith("named:") or referent.rule == OF_NO_COUNTRY:
        return referent
    belongs = _by_itself(tail, tokens, lexicon, day)
    countries = countries_in(tail, lexicon)
    country = referent.country or (countries[0] if countries else None)
    sector = referent.sector
    # a bare word such as "front" or "party" owns nobody: it says no more than where or for what
    bare = tail.head + 1 == tail.end and not tail.article and belongs is not None and belongs.key.startswith("named:")
    if belongs is not None and not bare and (belongs.kind != "person" or belongs.sector == "OPP"):
        country = referent.country or belongs.country or country
        if belongs.code and belongs.code.startswith("IGO"):
            return msgspec.structs.replace(
                referent, code=belongs.code, sector=belongs.code, country=None, rule=referent.rule + " of " + belongs.ar
            )
        if belongs.sector in BODIES and sector in (None, "CVL", "PTY", "UAF", "GOV"):
            sector = belongs.sector
        sector = of_owner(phrase, tokens, lexicon, sector, belongs.sector)
    return msgspec.structs.replace(
        referent, country=country, sector=sector, code=join(country, sector), rule=referent.rule + ", belonging by what follows"
    )


def _by_itself(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, day: str | None) -> Referent | None:
    """Resolves a phrase by its own words alone."""
    countries = countries_in(phrase, lexicon)
    if not phrase.names:
        return _plain(phrase, tokens, lexicon, countries)
    sector: str | None = None
    former = has_word(phrase, tokens, lexicon, "former")
    titled = grouped = None
    for match in phrase.names:
        title, group = match.first("title"), match.first("group")
        if title is not None and titled is None and grouped is None:
            titled = lexicon.titles[title.ref]
            sector = sector or titled.sector or (lexicon.groups[group.ref].sector if group is not None else None)
        elif group is not None and grouped is None and titled is None:
            grouped = lexicon.groups[group.ref]
            sector = sector or grouped.sector
    unborn = any(_actors_of(m, lexicon) for m in phrase.names)
    nations = {lexicon.nationalities[number].code for _, number in phrase.nationality}
    known = [m for m in phrase.names if any(_exists(actor, day) and not _of_others(actor, nations) for actor in _actors_of(m, lexicon))]
    people = [m for m in known if any(lexicon.actors[p.ref].kind == "person" for p in m.patterns if p.kind in ("actor", "short"))]
    if people and not _of_person(phrase, people[0], tokens, lexicon):
        return _person(people[-1], phrase, sector, lexicon, day, former)
    if known and titled is None and (grouped is None or known[0].start <= phrase.head):
        body = _of_nation(_person(known[0], phrase, sector, lexicon, day, former), phrase, tokens, lexicon)
        against = body is not None and body.sector == "PTY" and of_opposition(phrase, tokens, lexicon, "PTY") == "OPP"
        return body if body is None or not against else msgspec.structs.replace(body, sector="OPP", code=join(body.country, "OPP"))
    if titled is None and grouped is None:
        return _plain(phrase, tokens, lexicon, countries) if known or not unborn else _by_first_word(phrase, tokens, lexicon)
    return _described(phrase, tokens, lexicon, countries, sector, former, known, day)


def _of_nation(body: Referent | None, phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Gives an armed group the country of the adjective in its phrase or after the quotation mark that closes its name."""
    if body is None or body.kind != "armed_group" or body.sector is None:
        return body
    codes = [lexicon.nationalities[number].code for _, number in phrase.nationality]
    after = tokens[phrase.end : phrase.end + 2]
    if not codes and len(after) == 2 and after[0].kind == "mark" and after[1].word.article:
        codes = [lexicon.nationalities[number].code for number, _ in after[1].word.nationality]
    if not codes or len(codes[0]) != 3:
        return body
    return msgspec.structs.replace(body, country=codes[0], code=join(codes[0], body.sector), rule="known body, of the nation named with it")


def _by_first_word(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> Referent | None:
    """Resolves a name that nobody bore yet on the day by its first word (the government of Sanaa) and the places in it."""
    first = next((p for p in lexicon.patterns.get(tokens[phrase.head].word.bare, ()) if p.kind == "group" and len(p.words) == 1), None)
    if first is None:
        return None
    group = lexicon.groups[first.ref]
    inside = [p for token in tokens[phrase.head + 1 : phrase.end] for p in lexicon.patterns.get(token.word.text, ()) if p.kind == "capital"]
    country = lexicon.countries[inside[0].ref].iso3 if inside else None
    name = text_of(tokens, phrase.start, phrase.end)
    code = join(country, group.sector)
    return Referent(
        "named:" + name, group.kind, code, name, None, "title or group", sector=group.sector, country=country, number=group.number
    )


def _of_person(phrase: Phrase, person: Match, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tells whether a phrase names people or a body by the person that they belong to (the relatives, the forces of the president)."""
    first = phrase.names[0]
    if first is person or first.start > phrase.head or first.first("group") is None or first.first("title") is not None:
        return False
    group = first.first("group")
    return group is not None and lexicon.groups[group.ref].number == "p"


def _plain(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, countries: tuple[str, ...]) -> Referent | None:
    """Resolves a state, a capital that stands for it, a nationality used as a noun, a `side`."""
    head = tokens[phrase.head].word
    if phrase.names and phrase.names[0].start == phrase.head:
        match = phrase.names[0]
        country = match.first("country")
        if country is not None:
            return _state(lexicon.countries[country.ref], "name of a state")
        capital = match.first("capital")
        if capital is not None:
            return _state(lexicon.countries[capital.ref], "capital that stands for its state")
    if head.bare in lexicon.words["side_noun"] and len(countries) == 1:
        return state_of(countries[0], lexicon, "side named by nationality")
    if phrase.nationality and phrase.nationality[0][0] == phrase.head:
        item = lexicon.nationalities[phrase.nationality[0][1]]
        plural = head.nationality[0][1].startswith("p") if head.nationality else False
        if (plural or not head.article) and len(item.code) == 3:
            return Referent(
                f"people:{item.code}",
                "people",
                join(item.code, "CVL"),
                text_of(tokens, phrase.start, phrase.end),
                None,
                "people by nationality",
                country=item.code,
                sector="CVL",
                number="p" if plural else "s",
            )
    return _by_country(phrase, tokens, lexicon, countries)


def _by_country(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, countries: tuple[str, ...]) -> Referent | None:
    """Resolves an unknown noun by the nationality or place in it, and by an adjective that tells its sector."""
    if phrase.kind == "place" and phrase.names and countries:
        return Referent(
            "place:" + text_of(tokens, phrase.start, phrase.end),
            "group",
            countries[0],
            text_of(tokens, phrase.start, phrase.end),
            None,
            "place",
            country=countries[0],
        )
    if not phrase.nationality or phrase.nationality[0][0] == phrase.head:
        return None
    country = lexicon.nationalities[phrase.nationality[0][1]].code
    if len(country) != 3 and not country.startswith("IGO"):
        return None
    sector = sector_of_adjective(phrase, tokens, lexicon)
    if sector is None and _human(phrase, tokens):
        sector = "CVL"
    name = text_of(tokens, phrase.start, phrase.end)
    return Referent(
        "named:" + name, "group", join(country, sector), name, None, "noun with a nationality", sector=sector, country=country, number="p"
    )


def _human(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Tells whether an adjective of nation in a phrase has the plural that only people have."""
    forms = [form for at, _ in phrase.nationality for _, form in tokens[at].word.nationality]
    return bool(forms) and all(form.startswith("p") for form in forms)


def _kind_and_number(phrase: Phrase, lexicon: Lexicon) -> tuple[ActorKind, str]:
    """Returns the kind and number of whom a phrase stands for, by the first title or group in it."""
    for match in phrase.names:
        title, group = match.first("title"), match.first("group")
        if title is not None:
            record = lexicon.titles[title.ref]
            return "government" if record.kind == "office" else "person", "p" if record.plural else "s"
        if group is not None:
            return lexicon.groups[group.ref].kind, lexicon.groups[group.ref].number
    return "person", "s"


def _inside(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Returns the nationality or state within a known title of several words (the American envoy)."""
    for match in phrase.names:
        if match.first("title", "group") is None:
            continue
        for index in range(match.start + 1, match.end):
            state = next((p for p in lexicon.patterns.get(tokens[index].word.text, ()) if p.kind == "country" and len(p.words) == 1), None)
            if state is not None:
                return lexicon.countries[state.ref].iso3
            for number, _ in tokens[index].word.nationality:
                if len(lexicon.nationalities[number].code) == 3:
                    return lexicon.nationalities[number].code
    return None


def _rule(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon, country: str | None, body: Referent | None) -> str:
    """Says how a title or group was read; one of a body without a country, or a foreign one, gets none from elsewhere."""
    if country:
        return "title or group with its country"
    foreign = has_word(phrase, tokens, lexicon, "foreign_word") or (body is not None and body.kind == "organisation")
    return OF_NO_COUNTRY if foreign else "title or group"


def _described(
    phrase: Phrase,
    tokens: Sequence[Token],
    lexicon: Lexicon,
    countries: tuple[str, ...],
    sector: str | None,
    former: bool,
    known: Sequence[Match],
    day: str | None,
) -> Referent:
    """Makes a referent of a title or group with its country, and of the body that it belongs to."""
    name = text_of(tokens, phrase.start, phrase.end)
    country = countries[0] if countries else _inside(phrase, tokens, lexicon)
    kind, number = _kind_and_number(phrase, lexicon)
    woman = kind == "person" and number == "s" and is_woman(phrase, tokens, lexicon)
    body = _of_nation(_person(known[0], phrase, sector, lexicon, day, False), phrase, tokens, lexicon) if known else None
    if body is not None:
        country = country or body.country
    sector = described_sector(phrase, tokens, lexicon, sector, body, former)
    if sector == "UAF" and phrase.nationality:
        sector = "REB"  # gunmen whose nation is told are known for whom they fight for
    return Referent(
        key="named:" + name,
        kind=kind,
        code=join(country, sector),
        ar=name,
        en=None,
        rule=_rule(phrase, tokens, lexicon, country, body),
        sector=sector,
        country=country,
        number=number,
        feminine=woman,
    )


def is_woman(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tells whether a phrase begins with a woman's title (minister, spokeswoman)."""
    head = tokens[phrase.head]
    titled = any(match.start == phrase.head and match.first("title") is not None for match in phrase.names)
    return titled and head.feminine and head.word.bare not in lexicon.words["masculine_title"]
