"""Turns an article into a dossier: reading, parsing, resolving and coding, one after the other."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tawazun.base.garbage import kept_garbage
from tawazun.base.ids import digest_text, make_id
from tawazun.code.attributions import Speaker
from tawazun.code.claims import claims_of
from tawazun.code.events import Coded, Setting, code_sentence
from tawazun.code.instruments import instruments_of
from tawazun.code.links import links_of
from tawazun.code.scenes import Scene
from tawazun.ingest.texts import mend
from tawazun.model.articles import Article
from tawazun.model.dossier import SCHEMA, Actor, Document, Dossier, MadeBy, Mention, Names, Role, Span, Time, Unread
from tawazun.model.entries import Status
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse
from tawazun.model.readings import Quotation, Reading
from tawazun.model.referents import Referent
from tawazun.model.times import PartialDate, TimeMention, TimeValue
from tawazun.pipeline.stretches import foreign, without_event
from tawazun.read.quotations import by_sentence
from tawazun.read.reading import read_text
from tawazun.read.words import Words
from tawazun.recognise.parses import parse_sentence
from tawazun.resolve.discourse import Discourse
from tawazun.resolve.places import locate
from tawazun.resolve.times import resolve_time

ENGINE = "0.1.0"
_COUNTED = ("counted", "distance", "distance_from", "duration")
_TO_COME: frozenset[Status] = frozenset({"planned", "called_for", "conditional", "possible"})


class CodedSentence(NamedTuple):
    """Is one sentence with what it was coded from: what training the weights needs to see."""

    scene: Scene
    setting: Setting
    coded: tuple[Coded, ...]


class Reader:
    """Reads articles with one lexicon; holds the cache of words, so make one a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon)

    def read(self, article: Article) -> Dossier:
        """Reads one article; never raises on any text, takes time linear in its length."""
        with kept_garbage():
            return _Run(self.lexicon, self.words, _storable(article)).dossier()

    def sentences(self, article: Article) -> Iterator[CodedSentence]:
        """Yields the sentences of one article as they are coded."""
        run = _Run(self.lexicon, self.words, _storable(article))
        return run.sentences(read_text(run.text, self.words))


def _storable(article: Article) -> Article:
    """Replaces lone surrogates, one for one so that offsets hold: no dossier that has them can be encoded."""
    given = {name: mend(value) for name, value in msgspec.structs.asdict(article).items() if value is not None}
    return Article(**given)


def anchor_of(published: str | None) -> date | PartialDate | None:
    """Turns an ISO date or its prefix into what times are anchored on."""
    if not published:
        return None
    parts = [int(part) for part in published[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    return PartialDate(*parts)


class _Register:
    """Collects the actors of an article with their mentions."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.referents: dict[str, Referent] = {}
        self.mentions: dict[str, list[Mention]] = {}
        self._ids: dict[str, str] = {}

    def id_of(self, key: str) -> str:
        if key not in self._ids:
            self._ids[key] = make_id("actor", self.document, key)
        return self._ids[key]

    def ids(self, referent: Referent) -> tuple[str, ...]:
        if referent.members:  # one that was never named by itself (his Turkish and Greek counterparts) is no actor of the article
            return tuple(self.id_of(key) for key in referent.members if key in self.referents)
        self.referents.setdefault(referent.key, referent)
        return (self.id_of(referent.key),)

    def mention(self, referent: Referent, start: int, end: int, text: str) -> None:
        if not referent.members:
            self.referents.setdefault(referent.key, referent)
            self.mentions.setdefault(referent.key, []).append(Mention(start, end, text))

    def _name(self, key: str, referent: Referent) -> str:
        """Returns the Arabic name: an unknown actor's as the article writes it first."""
        mentions = self.mentions.get(key)
        return mentions[0].form if mentions and key.startswith("named:") else referent.ar

    def actors(self) -> tuple[Actor, ...]:
        return tuple(
            Actor(
                id=self.id_of(key),
                kind=referent.kind,
                code=referent.code,
                wikidata=referent.wikidata,
                names=Names(self._name(key, referent), referent.en),
                role=Role(referent.title, referent.office_of) if referent.title else None,
                mentions=tuple(self.mentions.get(key, ())),
            )
            for key, referent in self.referents.items()
        )


class _Run:
    """Is the reading of one article."""

    def __init__(self, lexicon: Lexicon, words: Words, article: Article) -> None:
        self.lexicon, self.words, self.article = lexicon, words, article
        self.text = article.text
        self.document = article.id or digest_text(article.text)
        self.key = make_id("document", self.document, digest_text(article.text))
        self.register = _Register(self.key)
        self.speaker: Speaker | None = None

    def dossier(self) -> Dossier:
        reading = read_text(self.text, self.words)
        sentences = list(self.sentences(reading))
        return self._assemble(reading, sentences)

    def sentences(self, reading: Reading) -> Iterator[CodedSentence]:
        """Yields the sentences of the article in order, coded."""
        anchor = anchor_of(self.article.published)
        discourse = Discourse(reading.tokens, self.lexicon, self.article.published)
        touching = by_sentence(reading.quotations, reading.sentences)
        for number, (sentence, quotations) in enumerate(zip(reading.sentences, touching, strict=True)):
            parse = parse_sentence(reading.tokens, sentence, quotations, self.lexicon)
            yield self._sentence(reading, number, parse, quotations, discourse, anchor)

    def _sentence(
        self,
        reading: Reading,
        number: int,
        parse: Parse,
        quotations: Sequence[Quotation],
        discourse: Discourse,
        anchor: date | PartialDate | None,
    ) -> CodedSentence:
        referents = discourse.sentence(parse)
        tokens = reading.tokens
        for index, referent in referents.items():
            phrase = parse.phrases[index]
            start, end = tokens[phrase.start].start, tokens[phrase.end - 1].end
            self.register.mention(referent, start, end, self.text[start:end])
        scene = Scene(tokens, parse, self.lexicon)
        setting = Setting(
            document=self.key,
            sentence=number,
            text=self.text,
            referents=referents,
            belonging=lambda number: discourse.belonging(parse, number, referents),
            times=[(parse.start + mention.start, parse.start + mention.end) for mention in parse.times],
            time=lambda number, status: self._time(reading, parse, parse.times[number], anchor, status),
            quotations=quotations,
            pronoun=discourse.pronoun,
            actor_ids=self.register.ids,
            last_speaker=self.speaker,
            place=lambda phrase: locate(phrase, tokens, self.text, self.lexicon),
        )
        coded: tuple[Coded, ...] = ()
        coded, self.speaker = code_sentence(scene, setting) if parse.predicates else (coded, None)
        return CodedSentence(scene, setting, coded)

    def _time(self, reading: Reading, parse: Parse, mention: TimeMention, anchor: date | PartialDate | None, status: Status) -> Time:
        value = resolve_time(mention, anchor, "future" if status in _TO_COME else None)
        after = parse.start + mention.end
        if after < parse.end and mention.pattern in _COUNTED and reading.tokens[after].text in self.lexicon.words["partitive"]:
            value = TimeValue(None, "none")
        start, end = reading.tokens[parse.start + mention.start].start, reading.tokens[parse.start + mention.end - 1].end
        return Time(start, end, self.text[start:end], value.iso, value.granularity)

    def _assemble(self, reading: Reading, sentences: Sequence[CodedSentence]) -> Dossier:
        article, tokens = self.article, reading.tokens
        coded = [event for sentence in sentences for event in sentence.coded]
        spans = [Span(tokens[s.start].start, tokens[s.end - 1].end) for s in reading.sentences]
        events = tuple(item.event for item in coded)
        return Dossier(
            schema=SCHEMA,
            id=make_id("dossier", self.key),
            made_by=MadeBy(ENGINE, self.lexicon.digest),
            document=Document(self.document, article.url, article.outlet, article.title, "ar", article.published, self.text),
            sentences=tuple(spans),
            actors=self.register.actors(),
            events=events,
            claims=claims_of(coded, self.key),
            links=links_of(coded),
            instruments=instruments_of(tokens, [s.scene.parse for s in sentences], self.text, self.key, self.lexicon),
            unread=_unread(reading, sentences, spans),
        )


def _unread(reading: Reading, sentences: Sequence[CodedSentence], spans: Sequence[Span]) -> tuple[Unread, ...]:
    """Returns the stretches that nothing was made of, in the order of the text."""
    found = list(foreign(reading.tokens))
    for sentence, span in zip(sentences, spans, strict=True):
        found += without_event(span, sentence.setting.referents.values(), len(sentence.coded))
    return tuple(sorted(found, key=lambda stretch: (stretch.start, stretch.end)))


def encode(dossier: Dossier) -> bytes:
    """Encodes a dossier as one line of canonical JSON: UTF-8, keys in the order of the contract, no spaces."""
    return msgspec.json.encode(dossier)
