"""Sees a sentence while its noun phrases grow, and tells whether a word agrees with a noun before it."""

from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Tag
from tawazun.model.readings import Token


class Sight:
    """Is one sentence with its tags and the lexicon; indices run from its first token."""

    __slots__ = ("base", "classes", "end", "lexicon", "tags", "tokens")

    def __init__(self, tokens: Sequence[Token], tags: Sequence[Tag], base: int, lexicon: Lexicon) -> None:
        self.tokens, self.tags, self.base, self.lexicon, self.end = tokens, tags, base, lexicon, len(tags)
        self.classes = lexicon.words

    def text(self, at: int) -> str:
        """Returns the word at `at`."""
        return self.tokens[self.base + at].text

    def nationality(self, at: int) -> tuple[tuple[int, str], ...]:
        """Returns the nations that the word at `at` may say somebody or something is of."""
        return self.tokens[self.base + at].word.nationality

    def nation(self, at: int) -> int:
        """Returns the first nation that the word at `at` may say; with the next word, where that tells which (North Korean)."""
        number = self.nationality(at)[0][0]
        if at + 1 < self.end and len(self.lexicon.nationalities[number].code) != 3:
            pair = f"{self.tokens[self.base + at].word.bare} {self.tokens[self.base + at + 1].word.bare}"
            number = self.lexicon.nationality_forms.get(pair, ((number, ""),))[0][0]
        return number

    def within(self, at: int, name: str) -> bool:
        """Tells whether the word at `at` is in a class of words."""
        words = self.classes[name]
        return self.tags[at].value in words or self.text(at) in words


class Growth:
    """Is a phrase while it grows."""

    __slots__ = ("count", "end", "head", "name_words", "named", "names", "nationality", "open", "start", "titled")

    def __init__(self, start: int) -> None:
        self.start = self.head = self.end = start
        self.names: list[Match] = []
        self.nationality: list[tuple[int, int]] = []
        self.titled = self.named = self.open = False
        self.name_words = 0
        self.count = 0


def is_event(tag: Tag) -> bool:
    """Tells whether a noun may name an act, an operator or a cue, and isn't a known actor."""
    if tag.match is not None:
        return tag.match.first("phrase") is not None
    return bool(tag.forms)


def ends(text: str, endings: frozenset[str]) -> bool:
    """Tells whether a word has one of the endings."""
    return text.endswith(tuple(endings))


def agrees(sight: Sight, growth: Growth, noun: int, at: int) -> bool:
    """Tells whether the word at `at` may be an adjective of the noun at `noun`, the head of a phrase or its last word."""
    tag = sight.tags[at]
    if sight.nationality(at):
        return not _disagrees(sight, growth, noun, at)
    definite = _definite(sight, growth, noun)
    if sight.within(at, "adjective"):
        return tag.article == definite or (tag.article and not definite and noun == growth.end - 1)
    if tag.article and sight.within(at, "definite_adjective"):
        return definite
    if tag.article != definite or tag.pronoun or len(sight.text(at)) < 4:
        return False
    text = sight.text(at)
    if sight.within(at, "not_adjective") or is_proper(sight, noun):
        return False
    if ends(text, sight.classes["adjective_endings"]):
        return True
    if not tag.article:
        return False
    feminine = sight.classes["feminine_endings"]
    return ends(text, feminine) == ends(sight.text(noun), feminine) or ends(text, sight.classes["plural_endings"])


def _disagrees(sight: Sight, growth: Growth, noun: int, at: int) -> bool:
    """Tells whether a word for somebody of a nation can't be an adjective of the noun: indefinite after the article, or a man's after
    a feminine noun and its adjective.
    """
    if sight.text(noun).startswith(sight.lexicon.clitics.article) and not sight.tags[at].article and not is_proper(sight, noun):
        return True
    feminine = sight.classes["free_ending"]
    man = not ends(sight.text(at), feminine) and not ends(sight.text(at), sight.classes["plural_endings"])
    women = ends(sight.text(growth.head), feminine) and ends(sight.text(growth.end - 1), feminine)
    return man and women and bool(sight.nationality(growth.end - 1))


def _definite(sight: Sight, growth: Growth, noun: int) -> bool:
    """Tells whether a noun is definite: by article, pronoun, name, or a definite genitive after it."""
    tag = sight.tags[noun]
    if tag.article or tag.pronoun != "" or is_proper(sight, noun):
        return True
    if tag.match is not None and sight.base + noun > tag.match.start:
        return sight.text(noun).startswith(sight.lexicon.clitics.article)
    article = sight.lexicon.clitics.article
    genitive = range(noun + 1, growth.end) if noun == growth.head else ()
    return any(sight.text(index).startswith(article) or is_proper(sight, index) for index in genitive)


def is_proper(sight: Sight, at: int) -> bool:
    """Tells whether a word belongs to the name of a state, place, person or body."""
    match = sight.tags[at].match
    return match is not None and match.first("country", "capital", "place", "actor", "short") is not None and match.first("group") is None


def is_state(sight: Sight, growth: Growth, match: Match) -> bool:
    """Tells whether a word that may be a state or an adjective in the accusative is the state: nothing in the accusative stands before."""
    if match.first("country") is None:
        return False
    before = {growth.head, growth.end - 1}
    if sight.tags[growth.end - 1].article and match.end - match.start == 1:
        at = match.start - sight.base
        return not (sight.tags[at].article and ends(sight.text(at), sight.classes["feminine_adjective"]))
    return not any(ends(sight.text(at), sight.classes["accusative_ending"]) and not is_proper(sight, at) for at in before)


def describes(sight: Sight, noun: int, at: int) -> bool:
    """Tells whether a word that may name people or a state is an adjective of the act before it (Islamic sanctions, popular support)."""
    tag, match = sight.tags[at], sight.tags[at].match
    if match is None or match.end - match.start > 1 or tag.article != sight.tags[noun].article:
        return False
    feminine = sight.classes["feminine_endings"]
    if not ends(sight.text(at), sight.classes["feminine_adjective"]) or not ends(sight.text(noun), feminine):
        return False
    return sight.within(at, "adjectival") or match.first("group") is None
