"""Turns `ar/dates.yaml` into the table that time expressions are read with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, nearest, words_of
from tawazun.model.times import TIME_KINDS, UNITS, TimeKind, TimeTable, TimeWord

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TENSES = {"past": -1, "present": 0, "future": 1}
KEYS = ("words", "numbers", "clitics", "guards")
NUMBER_KEYS = (
    "cardinal",
    "compound_first",
    "teens",
    "teen_ends",
    "tens",
    "hundreds",
    "ordinal",
    "ordinal_first",
    "joiner",
    "article",
    "to_definite",
)
CLITIC_KEYS = ("conjunctions", "prepositions", "kinds", "never", "glued")

Readings = dict[str, list[TimeWord]]


def _block(value: Any, owner: Block, key: str) -> Block:
    if not isinstance(value, Block):
        raise fail(owner.path, owner.line, f"{key!r} must be a mapping")
    return value


def _kind(name: str, block: Block) -> TimeKind:
    if name not in TIME_KINDS:
        raise fail(block.path, block.line, f"unknown kind {name!r}{nearest(name, TIME_KINDS)}")
    return name


def _value(name: str, block: Block) -> int:
    """Reads the value of a form: a weekday, a unit, a tense, or a whole number."""
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    if name in UNITS:
        return UNITS.index(name)
    if name in TENSES:
        return TENSES[name]
    try:
        return int(name)
    except ValueError:
        known = (*WEEKDAYS, *UNITS, *TENSES)
        hint = f"{nearest(name, known)}; allowed are whole numbers and {', '.join(known)}"
        raise fail(block.path, block.line, f"unknown value {name!r}{hint}") from None


def _add(readings: Readings, form: str, kind: TimeKind, value: int) -> None:
    """Adds a form of one or more words; one that has a reading already keeps it."""
    first, *tail = fold_word(form).split()
    word = TimeWord(tuple(tail), kind, value)
    if all(known.tail != word.tail for known in readings[first]):
        readings[first].append(word)


def _add_words(readings: Readings, block: Block) -> None:
    for name, by_value in block.items():
        kind = _kind(name, block)
        for value, forms in _block(by_value, block, name).items():
            for form in words_of(forms, block, name):
                _add(readings, form, kind, _value(value, by_value))


def _numbers(block: Block, key: str) -> tuple[tuple[int, str], ...]:
    part = _block(block.get(key), block, key)
    return tuple((_value(name, part), form) for name, forms in part.items() for form in words_of(forms, part, key))


def _cardinals(block: Block, article: str, joiner: str) -> Iterable[tuple[int, str]]:
    """Yields number words from 3 to 200, indefinite and definite, with the joining letter written on and apart."""
    simple, tens = _numbers(block, "cardinal"), _numbers(block, "tens")
    for value, form in (*simple, *tens, *_numbers(block, "hundreds")):
        yield value, form
        yield value, article + form
    for value, form in _numbers(block, "teens"):
        for end in words_of(block.get("teen_ends"), block, "teen_ends"):
            yield value, f"{form} {end}"
            yield value, f"{article}{form} {end}"
    for ten, end in tens:
        for value, form in (*simple, *_numbers(block, "compound_first")):
            if value < 10:
                for between in (joiner, joiner + " "):
                    yield ten + value, f"{form} {between}{end}"
                    yield ten + value, f"{article}{form} {between}{article}{end}"


def _ordinals(block: Block, article: str, joiner: str) -> Iterable[tuple[int, str]]:
    """Yields definite ordinals from first to thirty-ninth."""
    simple = _numbers(block, "ordinal")
    first = tuple((1, form) for form in words_of(block.get("ordinal_first"), block, "ordinal_first"))
    yield from simple
    for value, form in (*simple, *first):
        if value == 10:
            continue
        for end in words_of(block.get("teen_ends"), block, "teen_ends"):
            yield 10 + value, f"{form} {end}"
        for ten, end in _numbers(block, "tens"):
            if ten <= 30:
                for between in (joiner, joiner + " "):
                    yield ten + value, f"{form} {between}{article}{end}"


def _add_numbers(readings: Readings, block: Block, article: str, joiner: str) -> None:
    for value, form in _ordinals(block, article, joiner):
        _add(readings, form, "ordinal", value)
    for value, form in _cardinals(block, article, joiner):
        _add(readings, form, "cardinal", value)


def _add_glued(readings: Readings, parts: Sequence[str]) -> None:
    """Adds parts of the day written together with the day after them."""
    days = [
        (first, word)
        for first, words in readings.items()
        for word in words
        if word.kind in ("the_day", "relative_day", "weekday") and (word.kind != "relative_day" or word.value < 0 or not word.tail)
    ]
    for part in parts:
        for first, word in days:
            _add(readings, " ".join((part + first, *word.tail)), word.kind, word.value)


def _guards(block: Block, key: str) -> Mapping[str, frozenset[str]]:
    part = _block(block.get(key), block, key)
    return {_kind(name, part): frozenset(fold_word(word) for word in words_of(words, part, name)) for name, words in part.items()}


def read_times(parsed: Any) -> TimeTable:
    """Reads the parsed file; raises `KnowledgeError` with the line of what is unknown or missing."""
    if not isinstance(parsed, Block):
        raise fail("ar/dates.yaml", 1, f"a mapping with the keys {', '.join(KEYS)} was expected")
    check_keys(parsed, KEYS)
    words, numbers, clitics, guards = (_block(parsed.get(key), parsed, key) for key in KEYS)
    check_keys(numbers, NUMBER_KEYS)
    check_keys(clitics, CLITIC_KEYS)
    check_keys(guards, ("before", "after"))
    article, joiner = str(numbers.get("article", "")), str(numbers.get("joiner", ""))
    readings: Readings = defaultdict(list)
    _add_words(readings, words)
    _add_numbers(readings, numbers, article, joiner)
    _add_glued(readings, words_of(clitics.get("glued"), clitics, "glued"))
    return TimeTable(
        words={first: tuple(sorted(found, key=lambda word: -len(word.tail))) for first, found in readings.items()},
        conjunctions=words_of(clitics.get("conjunctions"), clitics, "conjunctions"),
        prepositions=words_of(clitics.get("prepositions"), clitics, "prepositions"),
        clitic_kinds=frozenset(_kind(name, clitics) for name in words_of(clitics.get("kinds"), clitics, "kinds")),
        never=frozenset(fold_word(word) for word in words_of(clitics.get("never"), clitics, "never")),
        article=article,
        to_definite=str(numbers.get("to_definite", "")),
        guards_before=_guards(guards, "before"),
        guards_after=_guards(guards, "after"),
    )
