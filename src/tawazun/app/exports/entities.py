"""Turns dossiers into FollowTheMoney entities: articles, those who take part in events, the events, and who is mentioned where."""

from collections.abc import Iterator
from typing import Any

from tawazun.app.reports import words_of
from tawazun.base.ids import make_id
from tawazun.base.letters import fold_word
from tawazun.model.dossier import Actor, Dossier, Event
from tawazun.model.names import ActorKind

Entity = dict[str, Any]
_SCHEMATA: dict[ActorKind, str] = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "organisation": "Organization",
    "armed_group": "Organization",
    "party": "Organization",
    "media": "Organization",
    "people": "LegalEntity",
    "group": "LegalEntity",
}


def entities_of(dossier: Dossier, seen: set[str]) -> Iterator[Entity]:
    """Yields the entities of a dossier; an actor or article whose id is in `seen` was there before and comes no more.

    Properties are those of the published model (followthemoney 3 and 4), each a list of texts. Countries are left out: the model takes
    two-letter codes, and ours, which have three, are among the keywords.
    """
    used = {id for event in dossier.events for part in event.participants for id in part.actors}
    used |= {id for event in dossier.events if event.attribution for id in event.attribution.actors}
    article = make_id("article", dossier.document.id)
    if article not in seen:
        seen.add(article)
        yield _article(dossier, article)
    names: dict[str, str] = {}
    for actor in dossier.actors:
        if actor.id not in used:
            continue
        key = names[actor.id] = actor.wikidata or make_id("actor", actor.kind, actor.code or "", fold_word(actor.names.ar))
        if key not in seen:
            seen.add(key)
            yield _actor(actor, key)
        yield _mention(actor, key, article)
    for event in dossier.events:
        yield _event(event, dossier, article, names)


def _entity(id: str, schema: str, **properties: str | list[str] | None) -> Entity:
    """Leaves out what isn't there; every property is a list."""
    filled = {name: [value] if isinstance(value, str) else value for name, value in properties.items() if value}
    return {"id": id, "schema": schema, "properties": filled}


def _article(dossier: Dossier, id: str) -> Entity:
    document = dossier.document
    return _entity(
        id,
        "Article",
        name=document.title or document.id,
        title=document.title,
        publisher=document.outlet,
        publishedAt=document.published,
        sourceUrl=document.url,
        language="ara" if document.language == "ar" else None,
    )


def _actor(actor: Actor, id: str) -> Entity:
    names = [name for name in (actor.names.en, actor.names.ar) if name]
    position = actor.role.title if actor.role and actor.kind == "person" else None
    code = [actor.code] if actor.code else []
    known = _entity(id, _SCHEMATA[actor.kind], name=names[:1], alias=names[1:], wikidataId=actor.wikidata, keywords=code)
    if position:
        known["properties"]["position"] = [position]
    return known


def _mention(actor: Actor, key: str, article: str) -> Entity:
    forms = list(dict.fromkeys(mention.form for mention in actor.mentions)) or [actor.names.ar]
    kind = "personMentioned" if actor.kind == "person" else "companyMentioned"
    return _entity(make_id("mention", article, key), "Mention", document=article, resolved=key, **{kind: forms})


def _event(event: Event, dossier: Dossier, article: str, names: dict[str, str]) -> Entity:
    text, document = dossier.document.text, dossier.document
    first, _, last = (event.time.iso if event.time and event.time.iso else "").partition("/")
    involved = dict.fromkeys(names[id] for part in event.participants for id in part.actors if id in names)
    organizers = dict.fromkeys(names[id] for part in event.participants if part.role == "host" for id in part.actors if id in names)
    said = [f"holder:{words_of(text, event.attribution.holder)}"] if event.attribution else []
    return _entity(
        event.id,
        "Event",
        name=f"{event.type}{'/' + event.mode if event.mode else ''} ({event.status}): {words_of(text, event.trigger)}",
        summary=words_of(text, dossier.sentences[event.sentence]),
        startDate=first or None,
        endDate=last or None,
        location=event.place.name if event.place else None,
        involved=list(involved),
        organizer=list(organizers),
        keywords=[event.type, *([event.mode] if event.mode else []), f"status:{event.status}", *said, *event.topic],
        proof=article,
        publisher=document.outlet,
        sourceUrl=document.url,
        recordId=event.id,
    )
