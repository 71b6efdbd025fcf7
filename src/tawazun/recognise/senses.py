"""Turns the neighbourhood of a trigger into a choice among the entries that share its form."""

from collections.abc import Sequence

from tawazun.model.entries import Condition, Entry
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Clause, Parse, Phrase, Tag
from tawazun.model.readings import Token

_NEAR = 6
_FAR = 14


class Neighbourhood:
    """Is a sentence seen from its triggers; indices are of tokens within the article."""

    __slots__ = (
        *("base", "clause_of", "clauses", "end", "lexicon", "phrase_of", "phrases", "tags", "tokens"),
        *("_around", "_complementisers", "_following", "_objects", "_shapes"),
    )

    def __init__(
        self,
        tokens: Sequence[Token],
        tags: Sequence[Tag],
        base: int,
        phrases: Sequence[Phrase],
        phrase_of: Sequence[int],
        clauses: Sequence[Clause],
        clause_of: Sequence[int],
        lexicon: Lexicon,
    ) -> None:
        self.tokens, self.tags, self.base, self.end = tokens, tags, base, base + len(tags)
        self.phrases, self.phrase_of, self.clauses, self.clause_of, self.lexicon = phrases, phrase_of, clauses, clause_of, lexicon
        self._shapes = [token.word.shapes for token in tokens[base : self.end]]
        self._complementisers = [base + at for at, tag in enumerate(tags) if tag.kind == "complementiser"]
        self._around: dict[tuple[int, int], frozenset[str]] = {}
        self._following: dict[int, list[Phrase]] = {}
        self._objects: dict[int, list[Phrase]] = {}

    def tag(self, index: int) -> Tag:
        """Returns the tag of the token at `index`."""
        return self.tags[index - self.base]

    def words(self, index: int) -> frozenset[str]:
        """Returns the shapes under which the token at `index` is compared."""
        return self._shapes[index - self.base]

    def around(self, start: int, end: int) -> frozenset[str]:
        """Returns the shapes of all words near the tokens `start` to `end`."""
        if (start, end) not in self._around:
            first, last = start - self.base, end - self.base
            self._around[start, end] = frozenset().union(*self._shapes[max(0, first - _NEAR) : first], *self._shapes[last : last + _NEAR])
        return self._around[start, end]

    def matches(self, index: int, condition: Condition) -> bool:
        """Tells whether the token at `index` is one of the words or of one of the classes that a condition names."""
        if not condition.words.isdisjoint(self._shapes[index - self.base]):
            return True
        return bool(condition.classes) and self.in_class(index, condition)

    def in_class(self, index: int, condition: Condition) -> bool:
        """Tells whether the token at `index` is of one of the classes that a condition names."""
        return any(self._in_class(index, name) for name in condition.classes)

    def _in_class(self, index: int, key: str) -> bool:
        if key in ("sport", "weather", "market"):
            return not self.lexicon.words[key].isdisjoint(self.words(index))
        number = self.phrase_of[index - self.base]
        if number < 0:
            return False
        phrase = self.phrases[number]
        if key == "actor":
            return phrase.kind in ("actor", "pronoun")
        if key == "group":
            return any(match.first("group") is not None for match in phrase.names) or phrase.count > 0
        if key == "country":
            return any(match.start == phrase.start and match.first("country", "capital") is not None for match in phrase.names)
        if key == "place":
            return any(match.first("place", "capital", "country") is not None for match in phrase.names)
        return phrase.kind == "event"

    def following(self, index: int, bare: bool) -> list[Phrase]:
        """Returns the phrases that start within reach after `index`; with `bare`, only those without a preposition."""
        if index not in self._following:
            numbers = dict.fromkeys(self.phrase_of[index + 1 - self.base : index + _FAR - self.base])
            phrases = [self.phrases[number] for number in numbers if number >= 0]
            self._following[index] = [phrase for phrase in phrases if phrase.start >= index]
        found = self._following[index]
        return [phrase for phrase in found if not phrase.preposition] if bare else found

    def objects(self, last: int) -> list[Phrase]:
        """Returns the phrases that may be the object of a trigger whose last token is `last`, and what a share of is taken (seventy per
        cent of its troops).
        """
        if last not in self._objects:
            share = self.lexicon.words["share"]
            found = self.following(last, bare=True)[:3]
            for phrase in self.following(last, bare=False)[:4]:
                before = phrase.preposition_at - 1
                if phrase.preposition in share and before > last and not share.isdisjoint(self.words(before)):
                    found.append(phrase)
            self._objects[last] = found
        return self._objects[last]

    def complementisers(self, last: int) -> list[int]:
        """Returns the tokens within reach after `last` that open a clause with `that`."""
        return [at for at in self._complementisers if last < at < last + _FAR]


def neighbourhood(tokens: Sequence[Token], parse: Parse, lexicon: Lexicon) -> Neighbourhood:
    """Returns the neighbourhood that the predicates of a parse were chosen in."""
    return Neighbourhood(tokens, parse.tags, parse.start, parse.phrases, parse.phrase_of, parse.clauses, parse.clause_of, lexicon)


def holds(condition: Condition, start: int, end: int, near: Neighbourhood) -> bool:
    """Tells whether one condition holds for the trigger at tokens `start` to `end`."""
    last = end - 1
    if condition.where == "next":
        return end < near.end and near.matches(end, condition)
    if condition.where == "previous":
        return start > near.base and near.matches(start - 1, condition)
    if condition.where == "near":
        if not condition.words.isdisjoint(near.around(start, end)):
            return True
        if not condition.classes:
            return False
        window = (*range(max(near.base, start - _NEAR), start), *range(end, min(near.end, end + _NEAR)))
        return any(near.in_class(at, condition) for at in window)
    if condition.where == "preposition":
        return _preposition(condition, last, near)
    if condition.where == "object":
        return any(_begins(phrase, condition, near) for phrase in near.objects(last))
    return _subject(condition, start, last, near)


def _begins(phrase: Phrase, condition: Condition, near: Neighbourhood) -> bool:
    """Tells whether a condition names the first word of a phrase or its head."""
    return near.matches(phrase.start, condition) or (phrase.head != phrase.start and near.matches(phrase.head, condition))


def _preposition(condition: Condition, last: int, near: Neighbourhood) -> bool:
    if not condition.words.isdisjoint([phrase.preposition for phrase in near.following(last, bare=False)[:5]]):
        return True
    return not condition.words.isdisjoint([near.tokens[at].text for at in near.complementisers(last)])


def _subject(condition: Condition, start: int, last: int, near: Neighbourhood) -> bool:
    if any(_begins(phrase, condition, near) for phrase in near.following(last, bare=True)[:1]):
        return True
    for at in range(start - 1, max(near.base - 1, start - _NEAR), -1):
        number = near.phrase_of[at - near.base]
        if number >= 0 and not near.phrases[number].preposition:
            return _begins(near.phrases[number], condition, near)
    return False


def choose_entries(entries: Sequence[Entry], start: int, end: int, near: Neighbourhood) -> tuple[Entry, ...]:
    """Returns the entries whose conditions hold, the most specific first; none if every one is excluded."""
    fitting = [
        entry
        for entry in entries
        if (not entry.needs or any(holds(condition, start, end, near) for condition in entry.needs))
        and not any(holds(condition, start, end, near) for condition in entry.unless)
    ]
    return tuple(sorted(fitting, key=_rank))


def _rank(entry: Entry) -> int:
    """Orders the entries of one form: acts and cues whose conditions were met, then other acts, other cues, operators, light and
    plain verbs.
    """
    if entry.type is not None:
        return 0 if entry.needs else 2
    if entry.speech is not None:
        return 1 if entry.needs else 3
    return 4 if entry.content is not None else 5 if entry.light is not None else 6
