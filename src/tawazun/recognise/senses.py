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

    __slots__ = ("_around", "base", "clause_of", "clauses", "end", "lexicon", "phrase_of", "phrases", "tags", "tokens")

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
        self._around: dict[tuple[int, int], frozenset[str]] = {}

    def tag(self, index: int) -> Tag:
        """Returns the tag of the token at `index`."""
        return self.tags[index - self.base]

    def words(self, index: int) -> frozenset[str]:
        """Returns the shapes under which the token at `index` is compared."""
        return self.tokens[index].word.shapes

    def around(self, start: int, end: int) -> frozenset[str]:
        """Returns the shapes of all words near the tokens `start` to `end`."""
        if (start, end) not in self._around:
            near = [*self.tokens[max(self.base, start - _NEAR) : start], *self.tokens[end : min(self.end, end + _NEAR)]]
            self._around[start, end] = frozenset().union(*(token.word.shapes for token in near))
        return self._around[start, end]

    def matches(self, index: int, condition: Condition) -> bool:
        """Tells whether the token at `index` is one of the words or of one of the classes that a condition names."""
        if not condition.words.isdisjoint(self.tokens[index].word.shapes):
            return True
        return bool(condition.classes) and any(self._in_class(index, name) for name in condition.classes)

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
        found = []
        number = -1
        for at in range(index + 1, min(self.end, index + _FAR)):
            current = self.phrase_of[at - self.base]
            if current < 0 or current == number:
                continue
            number = current
            phrase = self.phrases[number]
            if phrase.start >= index and not (bare and phrase.preposition):
                found.append(phrase)
        return found


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
        window = range(max(near.base, start - _NEAR), min(near.end, end + _NEAR))
        return any(near.matches(at, condition) for at in window if not start <= at < end)
    if condition.where == "preposition":
        return _preposition(condition, last, near)
    if condition.where == "object":
        return any(near.matches(at, condition) for phrase in _objects(last, near) for at in (phrase.start, phrase.head))
    return _subject(condition, start, last, near)


def _objects(last: int, near: Neighbourhood) -> list[Phrase]:
    """Returns the phrases that may be the object, and what a share of is taken (seventy per cent of its troops)."""
    share = near.lexicon.words["share"]
    found = near.following(last, bare=True)[:3]
    for phrase in near.following(last, bare=False)[:4]:
        before = phrase.preposition_at - 1
        if phrase.preposition in share and before > last and not share.isdisjoint(near.words(before)):
            found.append(phrase)
    return found


def _preposition(condition: Condition, last: int, near: Neighbourhood) -> bool:
    if any(phrase.preposition in condition.words for phrase in near.following(last, bare=False)[:5]):
        return True
    return any(
        near.tags[at - near.base].kind == "complementiser" and near.tokens[at].text in condition.words
        for at in range(last + 1, min(near.end, last + _FAR))
    )


def _subject(condition: Condition, start: int, last: int, near: Neighbourhood) -> bool:
    for phrase in near.following(last, bare=True)[:1]:
        if near.matches(phrase.start, condition) or near.matches(phrase.head, condition):
            return True
    for at in range(start - 1, max(near.base - 1, start - _NEAR), -1):
        number = near.phrase_of[at - near.base]
        if number >= 0 and not near.phrases[number].preposition:
            phrase = near.phrases[number]
            return near.matches(phrase.start, condition) or near.matches(phrase.head, condition)
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
