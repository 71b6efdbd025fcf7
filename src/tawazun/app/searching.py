"""Turns a search of a workspace into records that can be printed, written as JSON or CSV, or handed to a page."""

from functools import lru_cache

import msgspec

from tawazun.app.exports.tables import COLUMNS, Cell, neutral, rows_of
from tawazun.app.reports import words_of
from tawazun.app.selections import is_narrowed
from tawazun.lexicon.load import load_lexicon
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.dossier import Actor, Dossier, Event, Location, Time
from tawazun.scorers.meanings import encode
from tawazun.store.names import Names
from tawazun.store.origins import Counts
from tawazun.store.queries import Query
from tawazun.store.searches import Hit, Page, Passage, chosen_sentences, passages_of, search
from tawazun.store.vectors import lacking_count, nearest_sentences
from tawazun.store.workspaces import Workspace


class FoundActor(msgspec.Struct, frozen=True):
    """Is an actor by its names, code and Wikidata id."""

    ar: str
    en: str | None
    code: str | None
    wikidata: str | None


class FoundPart(msgspec.Struct, frozen=True):
    """Is who has a part in an event: the role, the words of the article, the code, and the actors that are meant."""

    role: str
    words: str
    code: str | None
    actors: tuple[FoundActor, ...]


class FoundEvent(msgspec.Struct, frozen=True):
    """Is an event as a search shows it; `trigger` are the words that it was read from, `holder` on whose word it rests."""

    id: str
    type: str
    mode: str | None
    status: str
    confidence: float
    trigger: str
    parts: tuple[FoundPart, ...]
    holder: FoundPart | None
    time: Time | None
    place: Location | None
    topic: tuple[str, ...]


class FoundArticle(msgspec.Struct, frozen=True):
    """Is the article that something was found in; `id` is the document's."""

    id: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """Is one thing found: a sentence, its article and the events in it, where events were asked for the one; `start` and `end` are where
    the sentence stands, None for a title. `likeness`, up to 1, is given where a meaning was asked for.
    """

    sentence: str
    start: int | None
    end: int | None
    article: FoundArticle
    events: tuple[FoundEvent, ...]
    likeness: float | None = None


class Results(msgspec.Struct, frozen=True):
    """Is what a search found: how many there are in all, from which on these are, and how many articles have no vectors yet.

    `counts` are with and without copies; they are null where a meaning was asked for.
    """

    total: int
    offset: int
    found: tuple[Found, ...]
    without_vector: int = 0
    counts: Counts | None = None


@lru_cache(maxsize=1)
def names() -> Names:
    """Returns the process's names, loading the knowledge at the first call."""
    return Names(load_lexicon())


def find(workspace: Workspace, query: Query) -> Page:
    """Finds events, or sentences where only words are asked for."""
    with workspace.reading() as connection:
        return search(connection, query, names())


def find_meaning(workspace: Workspace, meaning: str, query: Query) -> tuple[Page, int]:
    """Finds the sentences that are nearest in meaning to one of any language, among those that a query is for.

    Returns them, likest first, their `total` being how many were compared, and how many articles could not be, for want of vectors.
    """
    vector = encode([meaning])[0]
    with workspace.reading() as connection:
        among = chosen_sentences(connection, query, names()) if is_narrowed(query) else None
        near = nearest_sentences(connection, vector, query.offset + query.limit, among)
        shown = near.numbers[query.offset :]
        passages = tuple(passages_of(connection, shown, near.likeness[query.offset :]))
        return Page(near.compared, query.offset, passages=passages), lacking_count(connection)


def results_of(page: Page, without_vector: int = 0) -> Results:
    """Turns a page into records."""
    found = [_of_hit(hit) for hit in page.hits] + [_of_passage(passage) for passage in page.passages]
    return Results(page.total, page.offset, tuple(found), without_vector, page.counts)


def _of_hit(hit: Hit) -> Found:
    span = hit.dossier.sentences[hit.event.sentence]
    sentence = words_of(hit.dossier.document.text, span)
    return Found(sentence, span.start, span.end, article_found(hit.dossier), (found_event(hit.dossier, hit.event),))


def _of_passage(passage: Passage) -> Found:
    dossier, span = passage.dossier, passage.span
    sentence = sentence_of_passage(passage)
    start, end = (span.start, span.end) if span else (None, None)
    events = tuple(found_event(dossier, event) for event in passage.events)
    return Found(sentence, start, end, article_found(dossier), events, passage.likeness)


def sentence_of_passage(passage: Passage) -> str:
    """Returns a passage's words: a sentence of the text, or the title."""
    document = passage.dossier.document
    return words_of(document.text, passage.span) if passage.span else document.title or ""


def article_found(dossier: Dossier) -> FoundArticle:
    """Returns the article of a dossier as a search shows it."""
    document = dossier.document
    return FoundArticle(document.id, document.outlet, document.published, document.title, document.url)


def found_event(dossier: Dossier, event: Event) -> FoundEvent:
    """Returns an event with the words and names of those who have a part in it."""
    text, actors = dossier.document.text, {actor.id: actor for actor in dossier.actors}
    parts = tuple(
        FoundPart(part.role, text[part.start : part.end], part.code, tuple(_actor(actors[id]) for id in part.actors if id in actors))
        for part in event.participants
    )
    holder, said = None, event.attribution
    if said is not None:
        known = tuple(_actor(actors[id]) for id in said.actors if id in actors)
        code = "+".join(dict.fromkeys(actor.code for actor in known if actor.code)) or None
        holder = FoundPart("holder", words_of(text, said.holder), code, known)
    slots = (event.id, event.type, event.mode, event.status, event.confidence, words_of(text, event.trigger))
    return FoundEvent(*slots, parts, holder, event.time, event.place, event.topic)


def _actor(actor: Actor) -> FoundActor:
    return FoundActor(actor.names.ar, actor.names.en, actor.code, actor.wikidata)


PASSAGE_COLUMNS = ("document_id", "outlet", "published", "title", "url", "event_ids", "event_types", "likeness", "start", "end", "sentence")


def table_of(page: Page) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Returns columns and rows: those of the CSV export for events, `PASSAGE_COLUMNS` for sentences."""
    if page.hits or not page.passages:
        ontology = load_ontology()
        one = (msgspec.structs.replace(hit.dossier, events=(hit.event,)) for hit in page.hits)
        return COLUMNS, [row for dossier in one for row in rows_of(dossier, ontology)]
    return PASSAGE_COLUMNS, [_row(passage) for passage in page.passages]


def _row(passage: Passage) -> list[Cell]:
    document, span = passage.dossier.document, passage.span
    ids, types = "; ".join(event.id for event in passage.events), "; ".join(event.type for event in passage.events)
    likeness: Cell = "" if passage.likeness is None else passage.likeness
    texts = (document.id, document.outlet or "", document.published or "", document.title or "", document.url or "", ids, types)
    place: tuple[Cell, Cell] = (span.start, span.end) if span else ("", "")
    return [*(neutral(text) for text in texts), likeness, *place, neutral(sentence_of_passage(passage))]
