"""Turns the phrases of an article into referents, with what was named before: pronouns, both sides, counterparts, the minister."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Belonging, Named, Referent
from tawazun.resolve.belongings import belonging
from tawazun.resolve.countries import count_states, countries_in, local_country, named_countries, occupied
from tawazun.resolve.counts import counted_before
from tawazun.resolve.homelands import home_in
from tawazun.resolve.loans import lent
from tawazun.resolve.nations import of_countries, of_each_nation, states_after
from tawazun.resolve.parties import Parties
from tawazun.resolve.phrases import OF_NO_COUNTRY, join, refer, text_of
from tawazun.resolve.possessions import possession

_FILLED = frozenset({"UAF", "CVL", "COP", "MIL", "GOV", "OPP", "JUD", "LEG", "PTY", "REF", "REB", "NGO", "BUS", "REL", "MED"})
_LENT = frozenset({"armed_group", "people", "group", "government", "party"})
_SHARING = frozenset({"MIL", "COP", "GOV", "LEG", "JUD", "PTY", "OPP", "MED"})
_YIELDING = frozenset({"MIL", "CVL", "UAF", "GOV", "PTY"})
_UNDER = frozenset({"CVL", "REF", "REB", "UAF", "MED", "REL"})
_BACK = 40


class Discourse:
    """Remembers whom an article has named so far; one per article."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, day: str | None) -> None:
        self._tokens, self._lexicon, self._day = tokens, lexicon, day
        self._history: list[Named] = []
        self._by_name: dict[str, Referent] = {}
        self._found: dict[int, Referent] = {}
        self._local: str | None = None
        self._occupied: Mapping[str, str] = {}
        self._countries: Counter[str] = Counter()
        self._parties = Parties(tokens, lexicon)
        self._named: Callable[[], Counter[str]] = Counter

    def sentence(self, parse: Parse) -> dict[int, Referent]:
        """Resolves the phrases of one sentence, in order; phrase number to referent."""
        found: dict[int, Referent] = {}
        self._found = found
        self._named = lambda: named_countries(parse, self._lexicon)
        local = self._local = local_country(parse, self._lexicon, self._main_country())
        self._occupied = occupied(parse, self._tokens, self._lexicon) if local is not None else {}
        self._parties.begin()
        for number, phrase in enumerate(parse.phrases):
            if phrase.kind == "event":
                continue
            referent = of_each_nation(parse, number, self._phrase(parse, number, local), self._tokens, self._lexicon)
            if referent is not None:
                found[number] = referent
                named_after = phrase.construct >= 0 and parse.phrases[phrase.construct].kind == "event"
                self._remember(phrase, referent, named_after)
                self._parties.put(parse, number, found, self._history[-1].aside)
        for phrase in parse.phrases:
            count_states(self._countries, countries_in(phrase, self._lexicon))
        return found

    def belonging(self, parse: Parse, number: int, found: Mapping[int, Referent]) -> Belonging | None:
        """Returns the code of a phrase of the last sentence that stands for nobody by itself, by whom or where it belongs."""
        return belonging(parse, number, found, self._tokens, self._lexicon, self._day, (self._local, self._owner))

    def _owner(self, at: int, pronoun: str) -> Referent | None:
        named = self.pronoun(at, pronoun)
        return named.referent if named is not None else None

    def _remember(self, phrase: Phrase, referent: Referent, named_after: bool) -> None:
        """Adds a mention; `named_after` says that it only names an event (the Berlin conference)."""
        words = self._lexicon.words
        aside = referent.kind == "state" and (
            named_after or phrase.preposition in words["in_place"] or phrase.preposition in words["about"]
        )
        self._history.append(Named(phrase.head, referent, aside))
        if referent.kind == "person":
            self._by_name.setdefault(referent.ar.split()[-1], referent)

    def _main_country(self) -> str | None:
        return self._countries.most_common(1)[0][0] if self._countries else None

    def _phrase(self, parse: Parse, number: int, local: str | None) -> Referent | None:
        phrase = parse.phrases[number]
        word = self._tokens[phrase.head].word
        classes = self._lexicon.words
        if (word.text in classes["both_sides"] or word.bare in classes["both_sides"]) and not self._qualified(phrase):
            return self._parties.both(phrase, self._history, self._apart(parse, number))
        several = self._parties.several(phrase)
        if several is not None:
            return several
        if phrase.kind == "pronoun":
            return self._pronoun_word(phrase.head, parse.tags[phrase.head - parse.start].pronoun or word.text)
        own = refer(phrase, parse.phrases[phrase.tail] if phrase.tail >= 0 else None, self._tokens, self._lexicon, self._day)
        if word.bare in classes["counterpart"] or any(v[0] in classes["counterpart"] for v in word.variants):
            return self._counterpart(phrase, own, self._two_after(parse, number))
        if own is None:
            return self._described_again(parse, phrase, local) or self._owned(phrase, local)
        if own.key.startswith("named:"):
            several = self._of_several(parse, number, own)
            if several is not None:
                return several
            return self._complete(phrase, own, self._shared_nation(parse, phrase, own) or local)
        if own.kind == "armed_group" and own.sector is not None:
            own = self._acting_in(parse, phrase, own)
        if own.country is None and own.code in _FILLED and own.kind in _LENT:
            country = self._lent(own.code, local)
            if country is not None:
                return msgspec.structs.replace(own, code=join(country, own.code), rule=own.rule + ", in the country of its sentence")
        return own

    def _of_several(self, parse: Parse, number: int, own: Referent) -> Referent | None:
        """Gives people or a body without a country those of the states, or of both sides, that they are said to be of."""
        phrase = parse.phrases[number]
        if phrase.nationality or countries_in(phrase, self._lexicon):
            return None
        if own.number == "p" or own.kind in ("group", "organisation"):
            states = states_after(parse, number, self._tokens, self._lexicon)
            if states:
                return of_countries(own, states, ", of the states named after it")
        sides = self._two_after(parse, number)
        return of_countries(own, sides, ", of both sides") if sides else None

    def _two_after(self, parse: Parse, number: int) -> tuple[str, ...]:
        """Returns the countries of both sides where a phrase is said to be of both (the ministers of the two countries)."""
        phrase, words = parse.phrases[number], self._lexicon.words
        inside = any(self._tokens[index].text in words["both_states"] for index in range(phrase.head + 1, phrase.end))
        after = parse.phrases[number + 1] if number + 1 < len(parse.phrases) else None
        if not inside and (after is None or after.start - phrase.end > 1 or after.joined or after.preposition not in words["of_states"]):
            return ()
        if not inside and after is not None and self._tokens[after.head].word.bare not in words["both_states"]:
            return ()
        here = frozenset(r.country for r in self._found.values() if r.country is not None and not r.members)
        chosen = self._parties.two(self._history)
        if chosen is not None and len(here.intersection(r.country for r in chosen)) == 1:
            chosen = self._parties.two(self._history, here) or chosen
        countries = tuple(r.country for r in chosen or () if r.country is not None)
        return countries if len(countries) == 2 else ()

    def _apart(self, parse: Parse, number: int) -> frozenset[str]:
        """Returns the country of whom a word for two others stands right after, as the object of the same verb (A accused both)."""
        phrase, before = parse.phrases[number], self._found.get(number - 1)
        if before is None or before.members or phrase.preposition or phrase.joined or phrase.construct >= 0:
            return frozenset()
        subject = parse.phrases[number - 1]
        apart = subject.end == phrase.start and not subject.preposition and before.country is not None
        return frozenset([before.country]) if apart and before.country is not None else frozenset()

    def _lent(self, sector: str | None, local: str | None) -> str | None:
        """Returns the country that people or a body of a sector get from the sentence or article."""
        return lent(sector, local, self._named, self._day, self._occupied if sector in _UNDER else {})

    def _acting_in(self, parse: Parse, phrase: Phrase, own: Referent) -> Referent:
        """Gives an armed group the country that stands right after it (the movement in Pakistan)."""
        after = next((other for other in parse.phrases if phrase.end <= other.start <= phrase.end + 1), None)
        if after is None or after.preposition not in self._lexicon.words["in_word"] or after.joined:
            return own
        countries = [code for code in countries_in(after, self._lexicon) if len(code) == 3]
        if not countries:
            return own
        return msgspec.structs.replace(
            own, country=countries[0], code=join(countries[0], own.sector), rule=own.rule + ", in the country named after it"
        )

    def _qualified(self, phrase: Phrase) -> bool:
        """Tells whether a word that may mean both sides is a plural with a quantity and a nationality here (some Yemeni officials)."""
        return phrase.start < phrase.head and bool(phrase.nationality)

    def _shared_nation(self, parse: Parse, phrase: Phrase, own: Referent) -> str | None:
        """Returns the nationality that two coordinated nouns share at the end of the second (the army and the police of one state)."""
        if own.country is not None or own.sector not in _SHARING:
            return None
        after = next((other for other in parse.phrases if other.start == phrase.end), None)
        if after is None or not after.joined or not after.nationality or parse.tags[after.start - parse.start].preposition:
            return None
        code = self._lexicon.nationalities[after.nationality[0][1]].code
        return code if len(code) == 3 else None

    def _complete(self, phrase: Phrase, referent: Referent, local: str | None) -> Referent:
        """Gives a title or group without a country the one that the article gives it."""
        again = self._by_name.get(referent.ar.split()[-1]) if referent.kind == "person" else None
        if (
            again is not None
            and again.ar != referent.ar
            and len(referent.ar.split()) > 1
            and referent.ar.split()[-1] not in self._lexicon.particles
        ):
            if again.sector == referent.sector or referent.sector is None:
                return msgspec.structs.replace(again, rule="named before in the article")
        if referent.country is not None or (referent.sector or "").startswith("IGO"):
            return referent
        home = home_in(phrase, self._tokens, self._lexicon, local, self._owner)
        if home is not None:
            return msgspec.structs.replace(referent, country=home, code=join(home, referent.sector), rule=referent.rule + " of a homeland")
        again = self._body_again(phrase)
        if again is not None:
            return msgspec.structs.replace(again, rule="body named before")
        if referent.rule.startswith(OF_NO_COUNTRY):
            return referent
        if phrase.article and referent.number == "s":
            same = self._same_title(referent)
            if same is not None:
                return msgspec.structs.replace(same, rule="described again")
        country = self._lent(referent.sector, local)
        if country is None or referent.sector not in _FILLED:
            return referent
        return msgspec.structs.replace(
            referent, country=country, code=join(country, referent.sector), rule=referent.rule + "; country of its sentence or article"
        )

    def _body_again(self, phrase: Phrase) -> Referent | None:
        """Finds the party or armed group that a bare word for one takes up (the movement)."""
        word = self._tokens[phrase.head].word
        if phrase.end - phrase.start > 1 or not phrase.article or word.bare not in self._lexicon.words["body_again"]:
            return None
        for named in reversed(self._history[-_BACK:]):
            if named.referent.kind in ("armed_group", "party") and not named.referent.key.startswith("named:"):
                return named.referent
        return None

    def _first_word_again(self, phrase: Phrase) -> Referent | None:
        """Finds the known body whose name begins with the definite noun that a phrase is (the council, the agency)."""
        word = self._tokens[phrase.head].word
        if phrase.end - phrase.start > 1 or not word.article:
            return None
        for named in reversed(self._history[-_BACK:]):
            other = named.referent
            if other.kind in ("organisation", "government", "media") and other.rule == "known body" and other.ar.split()[0] == word.bare:
                return other
        return None

    def _same_title(self, referent: Referent) -> Referent | None:
        """Finds the last actor whose description begins with the same word (the minister)."""
        head = referent.ar.split()[0]
        bare = head.removeprefix(self._lexicon.clitics.article)
        forms = (head, bare, *(bare + ending for ending in self._lexicon.words["accusative_ending"]))
        for named in reversed(self._history[-_BACK:]):
            other = named.referent
            if other.key.startswith("named:") and other.ar.split()[0] in forms and other.number == "s" and other.ar != referent.ar:
                return other
        return None

    def _described_again(self, parse: Parse, phrase: Phrase, local: str | None) -> Referent | None:
        """Resolves a bare surname that the article gave in full before, and `the latter`."""
        text = text_of(self._tokens, phrase.start, phrase.end)
        if text in self._by_name:
            return msgspec.structs.replace(self._by_name[text], rule="short name of somebody named before")
        if (
            self._tokens[phrase.head].word.bare in self._lexicon.words["demonstrative_actor"]
            and self._tokens[phrase.head].word.article
            and self._history
        ):
            return msgspec.structs.replace(self._history[-1].referent, rule="the latter")
        if self._tokens[phrase.head].word.text in self._lexicon.words["honorific_self"]:
            return self._his_honour(text, local)
        body = self._first_word_again(phrase)
        if body is not None:
            return msgspec.structs.replace(body, rule="body named before")
        if self._counts_people(phrase):
            whole = self._of_whom(parse, phrase) or self._part_of(parse, phrase, local) or self._others(parse, phrase)
            if whole is not None:
                return msgspec.structs.replace(whole, key="named:" + text, ar=text, number="p", rule="some of " + whole.ar)
            return Referent(
                "named:" + text, "people", join(local, "CVL"), text, None, "counted people", sector="CVL", country=local, number="p"
            )
        return None

    def _his_honour(self, text: str, local: str | None) -> Referent:
        """Resolves `his excellency`: the last person of state who was named, else one of the country of the sentence or article."""
        for named in reversed(self._history[-_BACK:]):
            if named.referent.kind == "person" and named.referent.sector in ("GOV", "LEG", "REL"):
                return msgspec.structs.replace(named.referent, rule="honorific for somebody named before")
        return Referent("named:" + text, "person", join(local, "GOV"), text, None, "honorific alone", sector="GOV", country=local)

    def _owned(self, phrase: Phrase, local: str | None) -> Referent | None:
        """Resolves people or a body with an attached pronoun (his forces), by whom the pronoun stands for."""
        found = possession(phrase, self._tokens, self._lexicon)
        if found is None:
            return None
        owner = self.pronoun(phrase.head, found.pronoun)
        country = owner.referent.country if owner is not None else local
        sector: str | None = found.sector
        if owner is not None and (owner.referent.code or "").startswith("IGO"):
            country, sector = None, owner.referent.code
        elif owner is not None and owner.referent.sector in ("REB", "UAF", "OPP") and sector in _YIELDING:
            sector = owner.referent.sector
        text = text_of(self._tokens, phrase.start, phrase.end)
        return Referent(
            "named:" + text,
            found.kind,
            join(country or local, sector),
            text,
            None,
            "people or body of " + (owner.referent.ar if owner is not None else "somebody"),
            sector=sector,
            country=country or local,
            number=found.number,
        )

    def _counts_people(self, phrase: Phrase) -> bool:
        """Tells whether an unknown phrase is a number or crowd of people."""
        word = self._tokens[phrase.head].word
        if word.bare in self._lexicon.words["person_word"] or word.bare in self._lexicon.words["quantity_noun"]:
            return True
        alone = phrase.end - phrase.start == 1
        return alone and (phrase.count > 0 or word.text in self._lexicon.words["quantity"])

    def _others(self, parse: Parse, phrase: Phrase) -> Referent | None:
        """Resolves `others` by the people counted before in the sentence."""
        word = self._tokens[phrase.head].word
        if not {word.bare, word.text} & self._lexicon.words["other_people"]:
            return None
        return counted_before(parse, parse.phrases.index(phrase), self._found, self._tokens, self._lexicon)

    def _part_of(self, parse: Parse, phrase: Phrase, local: str | None) -> Referent | None:
        """Resolves the people after a number and `of` (eight of the vendors)."""
        after = next((other for other in parse.phrases if phrase.end <= other.start <= phrase.end + 1), None)
        if after is None or after.preposition not in self._lexicon.words["partitive"] or after.kind != "actor":
            return None
        own = refer(after, None, self._tokens, self._lexicon, self._day)
        return self._complete(after, own, local) if own is not None and own.key.startswith("named:") else own

    def _of_whom(self, parse: Parse, phrase: Phrase) -> Referent | None:
        """Resolves the pronoun after a number (21 of them)."""
        index = phrase.end
        if index >= parse.end or parse.tags[index - parse.start].kind != "pronoun":
            return None
        found = self.pronoun(index, parse.tags[index - parse.start].pronoun)
        return found.referent if found is not None else None

    def _counterpart(self, phrase: Phrase, own: Referent | None, after: tuple[str, ...]) -> Referent | None:
        """Resolves `his Turkish counterpart`: the sector of the person before, the country of the adjective, or those named `after`."""
        if own is not None and own.kind == "person" and not own.key.startswith("named:"):
            return own
        sector = next(
            (n.referent.sector for n in reversed(self._history[-_BACK:]) if n.referent.kind == "person" and n.referent.sector), "GOV"
        )
        countries = [code for code in countries_in(phrase, self._lexicon) if len(code) == 3] or list(after)
        if not countries:
            return None
        name = text_of(self._tokens, phrase.start, phrase.end)
        return Referent(
            "named:" + name,
            "person",
            "+".join(f"{c}.{sector}" for c in countries),
            name,
            None,
            "counterpart of the person before",
            sector=sector,
            country=countries[0],
        )

    def _pronoun_word(self, at: int, text: str) -> Referent | None:
        return self._owner(at, text)

    def pronoun(self, at: int, suffix: str) -> Named | None:
        """Resolves an attached or free pronoun at a token: the last actor named before it that agrees, and where it was named."""
        agreement = self._agreement(suffix)
        pair = self._parties.last_pair(at) if agreement == "d" else None
        for named in reversed(self._history[-_BACK:]):
            if named.at >= at or named.referent.rule == "pronoun":
                continue
            if pair is not None and named.at <= pair.at:
                return pair
            referent = named.referent
            body = referent.kind in ("state", "government", "organisation", "armed_group", "party", "media")
            if (
                (agreement == "f" and (referent.feminine or body or (referent.number == "p" and referent.kind != "person")))
                or (
                    agreement == "m"
                    and referent.number == "s"
                    and not (referent.feminine and referent.kind == "person")
                    and referent.kind in ("person", "people", "group", "armed_group", "organisation", "party")
                )
                or (agreement == "p" and referent.number == "p")
                or (agreement == "d" and referent.number == "d")
            ):
                return Named(named.at, msgspec.structs.replace(referent, rule="pronoun"))
        return pair

    def _agreement(self, suffix: str) -> str:
        words = self._lexicon.words
        if suffix in words["pronoun_feminine"]:
            return "f"
        if suffix in words["pronoun_plural"]:
            return "p"
        if suffix in words["pronoun_dual"]:
            return "d"
        return "m"
