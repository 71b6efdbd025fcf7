"""Turns a dossier into W3C web annotations, each tied to its words by quote and by position in code points."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tawazun.base.ids import make_id
from tawazun.model.dossier import Actor, Dossier, Event

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
_WIKIDATA = "http://www.wikidata.org/entity/"

Annotation = dict[str, Any]


def annotations_of(dossier: Dossier) -> Iterator[Annotation]:
    """Yields an annotation for each event's trigger, participant and holder, each mention of an actor, and each claim."""
    for event in dossier.events:
        yield from _event(dossier, event)
    for actor in dossier.actors:
        for mention in actor.mentions:
            yield _annotation(dossier, "identifying", mention.start, mention.end, _identity(actor), actor.id)
    for claim in dossier.claims:
        bodies = [_tag(f"claim:{claim.act}")] + [_link(id) for id in claim.events]
        yield _annotation(dossier, "describing", claim.content.start, claim.content.end, bodies, claim.id)


def _event(dossier: Dossier, event: Event) -> Iterator[Annotation]:
    classes = [_tag(event.type, "classifying"), _tag(f"status:{event.status}")]
    if event.mode:
        classes.append(_tag(f"mode:{event.mode}"))
    yield _annotation(dossier, "classifying", event.trigger.start, event.trigger.end, classes, event.id, urn(event.id))
    for part in event.participants:
        bodies = [_tag(f"role:{part.role}"), _link(event.id)] + ([_tag(f"code:{part.code}")] if part.code else [])
        yield _annotation(dossier, "linking", part.start, part.end, bodies, f"{event.id}/{part.role}")
    said = event.attribution
    if said is not None:
        bodies = [_tag("role:holder"), _tag(f"act:{said.act}"), _tag(f"voice:{said.voice}"), _link(event.id)]
        yield _annotation(dossier, "linking", said.holder.start, said.holder.end, bodies, f"{event.id}/holder")


def _annotation(
    dossier: Dossier, motivation: str, start: int, end: int, body: list[dict[str, Any]], key: str, id: str | None = None
) -> Annotation:
    text = dossier.document.text
    return {
        "id": id or urn(make_id("annotation", key, start, end)),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {
            "source": dossier.document.url or urn(dossier.document.id),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _AROUND) : start],
                    "suffix": text[end : end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def urn(id: str) -> str:
    """Names a finding or a document by an IRI."""
    return "urn:tawazun:" + quote(id, safe=":-._~/")


def _tag(value: str, purpose: str = "tagging") -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _link(id: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "purpose": "linking", "source": urn(id)}


def _identity(actor: Actor) -> list[dict[str, Any]]:
    source = _WIKIDATA + actor.wikidata if actor.wikidata else urn(actor.id)
    names = [(actor.names.ar, "ar")] + ([(actor.names.en, "en")] if actor.names.en else [])
    bodies: list[dict[str, Any]] = [{"type": "SpecificResource", "purpose": "identifying", "source": source}]
    bodies += [{"type": "TextualBody", "purpose": "describing", "value": name, "language": language} for name, language in names]
    return bodies + ([_tag(f"code:{actor.code}")] if actor.code else [])
