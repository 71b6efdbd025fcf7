"""Turns a parsed sentence into the gaps that the knowledge may have there: unknown verbs and titles, prepositions that no frame takes."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from unicodedata import lookup

import msgspec

from tawazun.lexicon.attested import Attested
from tawazun.model.dossier import Dossier
from tawazun.model.entries import Entry
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Parse, Phrase, Predicate, Tag
from tawazun.model.readings import Segmentation, Token
from tawazun.read.words import Words

_CLAUSE_STARTS = frozenset(
    {"complementiser", "subordinator", "conjunction", "mark", "relative", "negation", "certainty", "auxiliary", "question", "time"}
)
_BEFORE_NOUN = frozenset({"preposition", "quantifier", "number", "demonstrative"})
_LONGEST_TITLE = 4
_REACH = 8
"""Is how many words from its event an actor may stand to be missed by it."""
_HAMZA_ABOVE = lookup("ARABIC LETTER ALEF WITH HAMZA ABOVE")


class Unknown(msgspec.Struct, frozen=True):
    """Is an unknown word that may be a form of `verbs` (indices of attested verbs); `stem` is the word without clitics."""

    stem: str
    verbs: tuple[int, ...]
    verbal: bool
    start: int


class Sight:
    """Is what looking for gaps needs beside a parse: the lexicon, its words, and the attested verbs under the same clitics.

    With `plain`, the words of entries that say nothing but that they are verbs are unknown too. For each unknown word, `used` counts how
    often it stands at all, `nominal` how often where only a noun can, and `plural` how often it is written as broken plurals are and
    verbal nouns aren't.
    """

    def __init__(self, lexicon: Lexicon, attested: Attested, plain: bool = False) -> None:
        self.lexicon, self.attested = lexicon, attested
        self.words = Words(lexicon)
        self.unknown_words = Words(msgspec.structs.replace(lexicon, forms=attested.forms))
        self.listed = frozenset(word for words in lexicon.words.values() for word in words)
        silent = [number for number, entry in enumerate(lexicon.entries) if says_nothing(entry)]
        self.passed = frozenset(silent) if plain else frozenset()
        entries = [entry for number, entry in enumerate(lexicon.entries) if number not in self.passed]
        self.covered = frozenset((verb.root, verb.form) for entry in entries for verb in entry.verbs)
        self.used: Counter[str] = Counter()
        self.nominal: Counter[str] = Counter()
        self.plural: Counter[str] = Counter()

    def is_unknown(self, token: Token, tag: Tag) -> bool:
        """Tells whether nothing in the knowledge says what a word is."""
        word = token.word
        if token.kind != "word" or tag.kind not in ("verb", "noun") or tag.match is not None:
            return False
        if word.particles or word.nationality or word.bare in self.listed or word.text in self.listed:
            return False
        return all(form.entry in self.passed for cut in word.segmentations for form in cut.forms)

    def cuts(self, token: Token) -> tuple[Segmentation, ...]:
        """Returns what a word may be among the attested verbs, cut as the reader cuts it."""
        word = token.word
        found = self.unknown_words.look_up(token.text, token.feminine).segmentations
        return tuple(cut for cut in found if cut.conjunction == word.conjunction and (cut.article or not word.article))

    def count(self, token: Token, after: str, written: str) -> None:
        """Counts an unknown word; `after` is the class of the word before it, `written` the word as the text has it."""
        word = token.word
        self.used[word.bare] += 1
        self.nominal[word.bare] += word.article or word.preposition != "" or after in _BEFORE_NOUN
        self.plural[word.bare] += _HAMZA_ABOVE in written


def says_nothing(entry: Entry) -> bool:
    """Tells whether an entry is no act, cue, operator or light verb: its words are there to be seen as verbs."""
    return entry.type is None and entry.content is None and entry.light is None and entry.speech is None


def _clauses_of_two(tokens: Sequence[Token], parse: Parse) -> frozenset[int]:
    """Returns the clauses in which two or more actors are named."""
    actors: Counter[int] = Counter()
    for phrase in parse.phrases:
        if phrase.kind == "actor":
            actors[parse.clause_of[phrase.head - parse.start]] += 1 + sum(_begins_anew(match, tokens) for match in phrase.names[1:])
    return frozenset(clause for clause, count in actors.items() if count > 1)


def _begins_anew(match: Match, tokens: Sequence[Token]) -> bool:
    """Tells whether a name in a phrase is another actor: after an unknown verb, subject and object are read as one phrase."""
    before = tokens[match.start - 1].word
    named = match.first("title", "group", "country", "capital") is not None and match.first("actor", "short") is None
    return named and (before.article or before.nationality != ())


def _may_be_verb(parse: Parse, at: int, cut: Segmentation) -> bool:
    """Tells whether a verb can stand at a word: a present one where not only a noun can, a past one at the start of its clause."""
    if cut.article or not any(form.part == "V" for form in cut.forms):
        return False
    previous = parse.tags[at - 1] if at else None
    if any(form.part == "V" and form.tense == "present" for form in cut.forms):
        return previous is None or previous.kind not in _BEFORE_NOUN
    phrase = parse.phrase_of[at]
    if phrase >= 0 and parse.phrases[phrase].start != parse.start + at:
        return False
    return previous is None or previous.kind in _CLAUSE_STARTS or cut.conjunction != ""


def _verbs(cuts: Sequence[Segmentation], part: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(form.entry for cut in cuts for form in cut.forms if form.part == part))


def unknown_verbs(tokens: Sequence[Token], parse: Parse, text: str, sight: Sight) -> Iterator[Unknown]:
    """Yields the unknown words that may be verbs or verbal nouns, in clauses with two or more actors; every unknown word is counted."""
    wanted = _clauses_of_two(tokens, parse)
    for at, tag in enumerate(parse.tags):
        token = tokens[parse.start + at]
        if not sight.is_unknown(token, tag):
            continue
        sight.count(token, parse.tags[at - 1].kind if at else "", text[token.start : token.end])
        if parse.clause_of[at] not in wanted:
            continue
        cuts = sight.cuts(token)
        verbal = [cut for cut in cuts if _may_be_verb(parse, at, cut)]
        nouns = [cut for cut in cuts if any(form.part == "M" for form in cut.forms)]
        if verbal:
            yield Unknown(verbal[0].stem, _verbs(verbal, "V"), True, token.start)
        elif nouns and tag.kind == "noun":
            yield Unknown(nouns[0].stem, _verbs(nouns, "M"), False, token.start)


def _person_at(parse: Parse, at: int, lexicon: Lexicon) -> bool:
    """Tells whether the name of a known person begins at a word."""
    match = parse.tags[at].match
    if match is None or match.start != parse.start + at or match.conjunction or match.preposition:
        return False
    pattern = match.first("actor", "short")
    return pattern is not None and lexicon.actors[pattern.ref].kind == "person"


def _like_name(tokens: Sequence[Token], parse: Parse, at: int, sight: Sight) -> bool:
    """Tells whether a word may be part of a name that the knowledge doesn't have."""
    if at >= len(parse.tags) or parse.tags[at].conjunction or parse.tags[at].preposition or parse.tags[at].article:
        return False
    token = tokens[parse.start + at]
    return sight.is_unknown(token, parse.tags[at]) or token.text in sight.lexicon.words["given_name"]


def unknown_titles(tokens: Sequence[Token], parse: Parse, sight: Sight) -> Iterator[tuple[str, int]]:
    """Yields (title, offset) for the unknown words right before a person's name: a known one, or an unknown one after a nationality."""
    for at in range(1, len(parse.tags)):
        last = at - 1
        while last > 0 and tokens[parse.start + last].word.nationality and parse.tags[last].match is None:
            last -= 1
        foreign = last < at - 1
        named = _person_at(parse, at, sight.lexicon)
        unnamed = foreign and _like_name(tokens, parse, at, sight) and _like_name(tokens, parse, at + 1, sight)
        first = _title_start(tokens, parse, last, foreign, sight) if named or unnamed else -1
        if first >= 0:
            own = [i for i in range(first + 1, last + 1) if parse.tags[i].match is None]
            words = [tokens[parse.start + first].word.bare, *(tokens[parse.start + i].text for i in own)]
            yield " ".join(words), tokens[parse.start + first].start


def _title_start(tokens: Sequence[Token], parse: Parse, last: int, foreign: bool, sight: Sight) -> int:
    """Returns the head of the title that ends at `last`, or -1 where that is known, part of a name, or has the name as its genitive."""
    number = parse.phrase_of[last]
    if number < 0 or parse.tags[last].pronoun or parse.tags[last].kind != "noun":
        return -1
    phrase = parse.phrases[number]
    head = phrase.head - parse.start
    titled = any(
        match.first("title") is not None or match.start == phrase.head for match in phrase.names if match.start <= parse.start + last
    )
    if titled or not 0 <= last - head < _LONGEST_TITLE or not sight.is_unknown(tokens[phrase.head], parse.tags[head]):
        return -1
    return head if foreign or last > head or tokens[parse.start + last].word.article else -1


def open_prepositions(tokens: Sequence[Token], parse: Parse, dossier: Dossier, sight: Sight) -> Iterator[tuple[str, str, int]]:
    """Yields (entry id, preposition, offset) for actors after an event's trigger, in its clause, that the dossier ties to nothing."""
    triggers = {event.trigger.start for event in dossier.events}
    taken = _taken(dossier, tokens[parse.start].start, tokens[parse.end - 1].end)
    tails = {phrase.tail for phrase in parse.phrases}
    events = [p for p in parse.predicates if tokens[p.start].start in triggers]
    for number, phrase in enumerate(parse.phrases):
        if phrase.kind != "actor" or phrase.joined or number in tails or not _plain(phrase, sight.lexicon):
            continue
        start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
        if any(first < end and start < last for first, last in taken):
            continue
        host = _host(events, phrase, parse)
        if host is None or _takes(host, phrase.preposition):
            continue
        if not _qualifies(phrase, parse.phrases[number - 1], host, sight.lexicon):
            yield host.entry.id, phrase.preposition, start


def _taken(dossier: Dossier, start: int, end: int) -> Collection[tuple[int, int]]:
    """Returns the stretches between two offsets that a finding of the dossier uses."""
    found: set[tuple[int, int]] = set()
    for event in dossier.events:
        if start <= event.trigger.start < end:
            found.update((part.start, part.end) for part in event.participants)
            found.update((part.start, part.end) for part in (event.time, event.place) if part is not None)
            attribution = event.attribution
            for holder in (attribution, *attribution.nested) if attribution is not None else ():
                found.add((holder.holder.start, holder.holder.end))
    found.update((claim.holder.start, claim.holder.end) for claim in dossier.claims if start <= claim.holder.start < end)
    return found


def _qualifies(phrase: Phrase, before: Phrase, host: Predicate, lexicon: Lexicon) -> bool:
    """Tells whether a phrase belongs to the noun right before it (members of, the border with) rather than to the event."""
    if before.end < phrase.preposition_at or before.start <= host.start < before.end:
        return False
    partitive = phrase.preposition in lexicon.words["partitive"] or phrase.preposition in lexicon.words["in"]
    return before.kind != "actor" or partitive


def _takes(predicate: Predicate, preposition: str) -> bool:
    """Tells whether an entry says anything of a preposition."""
    entry = predicate.entry
    return preposition in dict(entry.frame.prepositions) or (entry.content is not None and preposition in entry.content.at)


def _plain(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Tells whether the preposition of a phrase takes its sense from the verb, unlike those of time, place, cause and purpose."""
    classes = lexicon.particles.get(phrase.preposition, ())
    return phrase.preposition in lexicon.clitics.prepositions or ("preposition", "plain") in classes


def _host(events: Sequence[Predicate], phrase: Phrase, parse: Parse) -> Predicate | None:
    """Returns the nearest event within reach before a phrase, in its clause."""
    clause = parse.clause_of[phrase.head - parse.start]
    return next((p for p in reversed(events) if p.end <= phrase.start <= p.end + _REACH and p.clause == clause), None)
