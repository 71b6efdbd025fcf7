"""Turns gold sentences into what the scorers learn from: acts with their candidates, and words that may name an act."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gold import GoldEvent, GoldSentence, Span
from tawazun.code.attributions import Speakers
from tawazun.code.circumstances import circumstances
from tawazun.code.events import beside_of, raw_start, sources_in
from tawazun.code.governors import governors
from tawazun.code.merits import merits_of
from tawazun.code.moods import moods_of
from tawazun.code.participants import Fillers, all_slots
from tawazun.code.roles import Roles, candidates
from tawazun.code.statuses import status_steps
from tawazun.code.voices import Voices
from tawazun.lexicon.weights import SEPARATOR
from tawazun.model.articles import Article
from tawazun.model.entries import Entry
from tawazun.model.weights import Feature
from tawazun.pipeline.articles import CodedSentence, Reader
from tawazun.recognise.options import options_of
from tawazun.recognise.predicates import candidates_at
from tawazun.recognise.senses import neighbourhood


class Candidate(NamedTuple):
    span: Span
    features: list[str]


class Word(NamedTuple):
    """Is a word that may name an act: its sentence's id, its options' features, whether each is a gold event, and what the rules choose."""

    id: str
    options: list[list[str]]
    gold: list[bool]
    by_rules: int


class Act(NamedTuple):
    """Is a coded act: its sentence's id, the gold event at its trigger (None where there is none) and whether that has its type, the
    candidates for its roles, the participants that aren't weighed (attached pronouns, adjectives), all that the rules alone find, the
    speakers it may rest on, and the features of its status and of the event itself."""

    id: str
    gold: GoldEvent | None
    typed: bool
    candidates: list[Candidate]
    fixed: list[tuple[str, Span]]
    by_rules: list[tuple[str, Span]]
    voices: list[Candidate]
    moods: list[str]
    merits: list[str]

    @property
    def participants(self) -> list[tuple[str, Span]]:
        return [] if self.gold is None else [(role, span) for role, span, _ in self.gold.participants]

    @property
    def holder(self) -> Span | None:
        return self.gold.holder if self.gold is not None else None


def overlap(first: Span, second: Span) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def half(first: Span, second: Span) -> bool:
    return 2 * overlap(first, second) >= min(first[1] - first[0], second[1] - second[0])


def joined(features: Iterable[Feature]) -> list[str]:
    """Writes features as the file of weights has them."""
    return [SEPARATOR.join(feature) for feature in features]


def gold_of(row: GoldSentence, trigger: Span, type: str) -> tuple[GoldEvent | None, bool]:
    """Returns the gold event at a trigger, and whether its type is the same."""
    there = [event for event in row.events if overlap(event.trigger, trigger)]
    there.sort(key=lambda event: event.type != type)
    if not there:
        return None, False
    return there[0], there[0].type == type


def acts_of(row: GoldSentence, sentence: CodedSentence) -> Iterator[Act]:
    scene, setting, coded = sentence
    governor_of, slots = governors(scene), all_slots(scene)
    fillers = Fillers(scene, slots, governor_of)
    roles = Roles(scene, fillers, governor_of, setting.referents, None)
    speakers = Speakers(scene, slots, governor_of, setting.quotations, setting.last_speaker)
    voices = Voices(scene, speakers, governor_of, setting.referents, None)
    around = circumstances(scene, governor_of, setting.times)
    for item in coded:
        predicate = item.predicate
        found = []
        for number in candidates(scene, predicate, fillers, setting.referents):
            phrase = scene.phrase(number)
            span = raw_start(scene, phrase.start), scene.tokens[phrase.end - 1].end
            found.append(Candidate(span, joined(roles.surroundings.of(predicate, number))))
        trigger = item.event.trigger
        gold, typed = gold_of(row, (trigger.start, trigger.end), item.event.type)
        heard = [
            Candidate((raw_start(scene, h.start), scene.tokens[h.end - 1].end), joined(features))
            for h, features in voices.options(predicate, sources_in(item.event.participants, scene))[1]
        ]
        steps = status_steps(scene, predicate, governor_of)
        beside = beside_of(predicate, item.event.participants, (item.holder,) if item.holder else (), around)
        moods = joined(moods_of(scene, predicate, governor_of, steps, beside))
        by_rules = [(p.role, (p.start, p.end)) for p in item.event.participants]
        merits = joined(merits_of(scene, predicate, governor_of, item.event))
        spans = {candidate.span for candidate in found}
        fixed = [p for p in by_rules if p[1] not in spans]
        yield Act(row.id, gold, typed, found, fixed, by_rules, heard, moods, merits)


def optional(sentence: CodedSentence) -> Iterator[tuple[list[tuple[Entry, Span, list[str]]], int]]:
    """Yields, for each word of a sentence that may name an act, its options and the number of the one that the reader took, or -1."""
    scene, _, _ = sentence
    near = neighbourhood(scene.tokens, scene.parse, scene.lexicon)
    chosen = {predicate.start: predicate.entry for predicate in scene.parse.predicates}
    heads = {phrase.head for phrase in scene.parse.phrases if phrase.kind == "event"}
    for at, tag in enumerate(scene.parse.tags, scene.parse.start):
        if (not tag.forms and tag.match is None) or not (tag.kind == "verb" or at in heads):
            continue
        options, taken = [], -1
        for option in options_of(candidates_at(at, tag, near), tag, near):
            _, start, end = option.candidate
            if chosen.get(start) is option.entry:
                taken = len(options)
            span = scene.tokens[start].start, scene.tokens[end - 1].end
            options.append((option.entry, span, joined(option.first + option.further())))
        if options:
            yield options, taken


def words_of(row: GoldSentence, sentence: CodedSentence) -> Iterator[Word]:
    """Yields the words of a sentence that may name an act."""
    for options, taken in optional(sentence):
        gold = [any(overlap(e.trigger, span) and e.type == entry.type for e in row.events) for entry, span, _ in options]
        yield Word(row.id, [features for _, _, features in options], gold, taken)


def words_of_entries(entries: Sequence[Entry], reader: Reader) -> Iterator[Word]:
    """Yields the words that entries must match in their own sentences, and those that they must not; no other word there is known."""
    for entry in entries:
        if entry.type is None:
            continue
        for text in entry.must:
            start, end = text.index("["), text.index("]") - 1
            for sentence in reader.sentences(Article(text=text.replace("[", "").replace("]", ""), id=entry.id, published=None)):
                for options, _ in optional(sentence):
                    marked = [option for option in options if overlap(option[1], (start, end))]
                    if marked:
                        yield Word(entry.id, [features for _, _, features in marked], [o.type == entry.type for o, _, _ in marked], -1)
        for text in entry.must_not:
            for sentence in reader.sentences(Article(text=text, id=entry.id, published=None)):
                for options, _ in optional(sentence):
                    own = [features for other, _, features in options if other is entry]
                    if own:
                        yield Word(entry.id, own, [False] * len(own), -1)


def read_words(gold: Sequence[GoldSentence], reader: Reader) -> tuple[list[Word], int]:
    """Returns the words that may name an act in gold sentences, and how many events the gold has."""
    words: list[Word] = []
    for row in gold:
        for sentence in reader.sentences(Article(text=row.text, id=row.id, published=row.date)):
            words += words_of(row, sentence)
    return words, sum(len(row.events) for row in gold)


def read_acts(gold: Sequence[GoldSentence], reader: Reader) -> tuple[list[Act], int]:
    """Returns the acts that the reader codes in gold sentences, and how many participants the gold has."""
    acts: list[Act] = []
    total = 0
    for row in gold:
        total += sum(len(event.participants) for event in row.events)
        for sentence in reader.sentences(Article(text=row.text, id=row.id, published=row.date)):
            acts += acts_of(row, sentence)
    return acts, total
