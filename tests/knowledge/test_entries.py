"""Reads the sentences that each knowledge entry must and must not match, and lists every one that fails as `file:line`."""

from collections.abc import Iterator
from functools import cache

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Because, Dossier
from tawazun.model.entries import Entry
from tawazun.model.names import KnownActor
from tawazun.model.phrases import Predicate
from tawazun.model.readings import Token
from tawazun.pipeline.articles import Reader
from tawazun.read.reading import read_text
from tawazun.recognise.parses import parse_sentence

DAY = "2020-08-19"
LEXICON = load_lexicon()
ENTRY_FILES = sorted({entry.path for entry in LEXICON.entries if entry.must or entry.must_not})
ACTOR_FILES = sorted({actor.path for actor in LEXICON.actors if actor.must or actor.must_not})
Span = tuple[int, int]


@cache
def reader() -> Reader:
    return Reader(LEXICON)


def unmark(sentence: str) -> tuple[str, Span]:
    """Returns a sentence without its brackets, and where the bracketed words stand."""
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), (start, end)


def overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def dossier_of(text: str) -> Dossier:
    return reader().read(Article(text=text, published=DAY))


def predicates_in(text: str) -> Iterator[tuple[Predicate, Span]]:
    reading = read_text(text, reader().words)
    for sentence in reading.sentences:
        for predicate in parse_sentence(reading.tokens, sentence, reading.quotations, LEXICON).predicates:
            yield predicate, span_of(reading.tokens, predicate)


def span_of(tokens: tuple[Token, ...] | list[Token], predicate: Predicate) -> Span:
    return tokens[predicate.start].start, tokens[predicate.end - 1].end


def missed(entry: Entry, sentence: str) -> str | None:
    """Tells what was found in a `must` sentence instead of the entry, or None."""
    text, marked = unmark(sentence)
    if entry.type:
        events = dossier_of(text).events
        if any(event.type == entry.type and overlap(marked, (event.trigger.start, event.trigger.end)) for event in events):
            return None
        return ", ".join(f"{event.because.rule} on {text[event.trigger.start : event.trigger.end]}" for event in events) or "no event"
    found = list(predicates_in(text))
    if any(predicate.entry.id == entry.id and overlap(marked, span) for predicate, span in found):
        return None
    return ", ".join(f"{predicate.entry.id} on {text[slice(*span)]}" for predicate, span in found) or "no predicate"


def rules_of(because: Because) -> Iterator[str]:
    """Yields the rules of a derivation, without the words before a colon (`holder: attribution.qala`)."""
    yield because.rule.rpartition(": ")[2]
    for child in because.children:
        yield from rules_of(child)


def matched(entry: Entry, sentence: str) -> bool:
    """Tells whether an event of a `must_not` sentence rests on the entry after all, be it as its act, its holder or its status."""
    return any(entry.id in rules_of(event.because) for event in dossier_of(sentence).events)


def failures(entry: Entry) -> Iterator[str]:
    where = f"{entry.path}:{entry.line}: {entry.id}"
    for sentence in entry.must:
        if (instead := missed(entry, sentence)) is not None:
            yield f"{where} must match {sentence} (found {instead})"
    for sentence in entry.must_not:
        if matched(entry, sentence):
            yield f"{where} must not match {sentence}"


def named(actor: KnownActor, text: str) -> list[Span]:
    """Returns where an actor is mentioned."""
    actors = [found for found in dossier_of(text).actors if (found.names.ar, found.names.en) == (actor.ar[0], actor.en)]
    return [(mention.start, mention.end) for found in actors for mention in found.mentions]


def actor_failures(actor: KnownActor) -> Iterator[str]:
    where = f"{actor.path}:{actor.line}: {actor.id}"
    for sentence in actor.must:
        text, marked = unmark(sentence)
        if not any(overlap(marked, span) for span in named(actor, text)):
            yield f"{where} must be named in {sentence}"
    for sentence in actor.must_not:
        if named(actor, sentence):
            yield f"{where} must not be named in {sentence}"


@pytest.mark.parametrize("path", ENTRY_FILES)
def test_entries_match_what_they_must_and_nothing_they_must_not(path: str) -> None:
    found = [line for entry in LEXICON.entries if entry.path == path for line in failures(entry)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("path", ACTOR_FILES)
def test_ambiguous_actors_are_named_where_they_must_and_nowhere_else(path: str) -> None:
    found = [line for actor in LEXICON.actors if actor.path == path for line in actor_failures(actor)]
    assert not found, "\n" + "\n".join(found)
