"""Turns the parties that an article puts side by side into those whom a word for all of them stands for: both sides, the three states."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse, Phrase
from tawazun.model.readings import Token
from tawazun.model.referents import Named, Referent
from tawazun.resolve.phrases import join, state_of, text_of

_FAR = 400
_KEPT = 8
_SEVERAL = (("three", 3), ("four", 4), ("five", 5), ("six", 6))
_AGAINST = frozenset({"REB", "OPP", "PTY", "UAF"})


class _Row(NamedTuple):
    """Is a row of parties named one after the other; `at` is the token where the last of them was named."""

    members: tuple[Referent, ...]
    at: int


def _country(referent: Referent) -> str | None:
    return referent.country if referent.country is not None and len(referent.country) == 3 else None


class Parties:
    """Remembers which parties an article has put side by side; one per article."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens, self._lexicon = tokens, lexicon
        self._pairs: list[_Row] = []
        self._several: _Row | None = None
        self._chain: list[tuple[int, Referent]] = []

    def begin(self) -> None:
        """Begins a sentence, whose phrases are numbered anew."""
        self._chain = []

    def put(self, parse: Parse, number: int, found: Mapping[int, Referent], aside: bool) -> None:
        """Remembers a phrase and those that it stands beside: coordinated, one with the other, somebody and his counterpart."""
        phrase, referent = parse.phrases[number], found[number]
        self._lengthen(parse, number, referent)
        self._split(phrase, referent)
        word, words = self._tokens[phrase.head].word, self._lexicon.words
        counterpart = word.bare in words["counterpart"] or any(v[0] in words["counterpart"] for v in word.variants)
        beside = phrase.joined or counterpart or phrase.preposition == self._lexicon.clitics.together
        if not beside or aside or "+" in (referent.code or ""):
            return
        for before in range(number - 1, -1, -1):
            other = found.get(before)
            if other is None or other.members or parse.phrases[before].construct >= 0 or parse.phrases[before].kind == "event":
                continue
            if None not in (other.country, referent.country) and other.country != referent.country and not referent.members:
                self._keep((other, referent), phrase.head)
            return

    def _keep(self, members: tuple[Referent, ...], at: int) -> None:
        self._pairs = [*self._pairs[1 - _KEPT :], _Row(members, at)]

    def _lengthen(self, parse: Parse, number: int, referent: Referent) -> None:
        """Adds a phrase to the row that it goes on; three or more of different countries are several parties."""
        phrase, before = parse.phrases[number], self._chain[-1] if self._chain else None
        country = _country(referent)
        goes_on = before is not None and phrase.joined and before[0] == number - 1 and country is not None
        if not goes_on or any(country == _country(other) for _, other in self._chain):
            self._chain = [(number, referent)] if country is not None and not referent.members else []
            return
        self._chain.append((number, referent))
        if len(self._chain) > 2:
            self._several = _Row(tuple(other for _, other in self._chain), phrase.head)

    def _split(self, phrase: Phrase, referent: Referent) -> None:
        """Takes a phrase of several nations (the Greek, Cypriot and Egyptian ministers) for a row of them."""
        if referent.members or "+" not in (referent.code or ""):
            return
        codes = (referent.code or "").split("+")
        nations = [code.partition(".")[0] for code in codes]
        if len(set(nations)) < max(2, len(nations)) or any(len(nation) != 3 or nation == "IGO" for nation in nations):
            return
        states = [state_of(nation, self._lexicon, "one of several nations") for nation in nations]
        row = tuple(msgspec.structs.replace(state, code=code) for state, code in zip(states, codes, strict=True))
        if len(row) == 2:
            self._keep(row, phrase.head)
        else:
            self._several = _Row(row, phrase.head)

    def both(self, phrase: Phrase, history: Sequence[Named], apart: frozenset[str] = frozenset()) -> Referent | None:
        """Resolves both sides, the two countries, the two ministers: the last parties put side by side, else the last two named; none of a
        country that stands `apart`, where there are such.
        """
        chosen = self.two(history, apart)
        if chosen is None:
            return None
        countries_only = self._tokens[phrase.head].word.bare not in self._lexicon.words["person_dual"]
        return self._joined(chosen, "both", "d", None if countries_only else "GOV", text_of(self._tokens, phrase.start, phrase.end))

    def two(self, history: Sequence[Named], apart: frozenset[str] = frozenset()) -> tuple[Referent, ...] | None:
        """Returns the two parties that the article last put side by side, or the last two that it named."""
        if apart and self._several is not None:
            others = tuple(member for member in self._several.members if _country(member) not in apart)
            if len(others) == 2:
                return others
        rows = [row.members for row in reversed(self._pairs) if apart.isdisjoint(filter(None, map(_country, row.members)))]
        return rows[0] if rows else _last_two(history, apart)

    def last_pair(self, before: int) -> Named | None:
        """Returns the last two parties put side by side before a token, as whom a pronoun of two stands for."""
        row = next((row for row in reversed(self._pairs) if row.at < before), None)
        return Named(row.at, self._joined(row.members, "both", "d", None, "pronoun")) if row is not None else None

    def several(self, phrase: Phrase) -> Referent | None:
        """Resolves a definite plural for all parties of the last row of three or more (the three states, the ministers)."""
        words, row = self._lexicon.words, self._several
        if row is None:
            return None
        head = self._tokens[phrase.head].word
        people = head.bare in words["several_people"]
        if not head.article or not (people or head.bare in words["several_states"]):
            return None
        counted = self._counted(phrase)
        if phrase.end - phrase.start > 1 + (counted > 0) or (counted and counted != len(row.members)):
            return None
        if not counted and not (head.bare in words["several_alone"] and self._are_people(row) >= people):
            return None
        return self._joined(row.members, "all", "p", "GOV" if people else None, text_of(self._tokens, phrase.start, phrase.end))

    def _are_people(self, row: _Row) -> bool:
        """Tells whether a row was of people: ministers, or the states that they are of."""
        first = row.members[0]
        return first.kind == "person" or first.sector == "GOV" or "." in (first.code or "")

    def _counted(self, phrase: Phrase) -> int:
        """Returns how many a phrase says that they are, by the number at its end; 0 where it has none."""
        last = self._tokens[phrase.end - 1].word.bare
        return next((count for name, count in _SEVERAL if last in self._lexicon.words[name]), 0)

    def _joined(self, members: Sequence[Referent], name: str, number: str, sector: str | None, text: str) -> Referent:
        """Makes one referent of several parties; `text` is how they are called, or `pronoun`."""
        keys = tuple(member.key for member in members if "+" not in (member.code or ""))
        return Referent(
            key=name + ":" + "+".join(sorted(member.key for member in members)),
            kind="group",
            code="+".join(_side_code(member, sector) for member in members),
            ar=text if text != "pronoun" else ", ".join(member.ar for member in members),
            en=None,
            rule=text if text == "pronoun" else name + ": " + ", ".join(member.ar for member in members),
            number=number,
            members=keys,
        )


def _last_two(history: Sequence[Named], apart: frozenset[str]) -> tuple[Referent, Referent] | None:
    """Returns the last two different parties that were named."""
    parties: dict[str, Referent] = {}
    for named in reversed(history[-_FAR:]):
        referent = named.referent
        key = referent.country or referent.code
        if key is None or referent.members or named.aside or key in parties or key in apart:
            continue
        parties[key] = referent
        if len(parties) == 2:
            last, first = parties.values()
            return first, last
    return None


def _side_code(referent: Referent, sector: str | None) -> str:
    if referent.sector in _AGAINST and referent.code:
        return referent.code
    if sector is None and referent.country:
        return referent.country
    return join(referent.country, "GOV") or referent.code or ""
