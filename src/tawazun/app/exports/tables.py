"""Turns a dossier into rows of a table, one an event, that a spreadsheet can open without running anything in them."""

from collections.abc import Iterator

from tawazun.model.dossier import Actor, Dossier, Event
from tawazun.model.ontology import Ontology

COLUMNS = (
    "event_id",
    "document_id",
    "outlet",
    "published",
    "title",
    "url",
    "type",
    "mode",
    "status",
    "quad",
    "score",
    "cameo_root",
    "trigger",
    "source",
    "source_code",
    "target",
    "target_code",
    "mediator",
    "mediator_code",
    "host",
    "host_code",
    "beneficiary",
    "beneficiary_code",
    "holder",
    "holder_name",
    "holder_code",
    "act",
    "voice",
    "quoted",
    "time",
    "date",
    "date_granularity",
    "place",
    "geonames",
    "lat",
    "lon",
    "country",
    "topic",
    "counts",
    "confidence",
    "start",
    "end",
    "sentence",
)
_ROLES = ("source", "target", "mediator", "host", "beneficiary")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = " \u00a0\u200e\u200f\u061c\ufeff"

Cell = str | int | float


def rows_of(dossier: Dossier, ontology: Ontology) -> Iterator[list[Cell]]:
    """Yields a row for each event, in the order of `COLUMNS`; several values in one cell are joined by `; `, codes by `+`."""
    actors = {actor.id: actor for actor in dossier.actors}
    for event in dossier.events:
        cells = _cells(dossier, event, actors, ontology)
        yield [neutral(cell) if isinstance(cell := cells.get(name, ""), str) else cell for name in COLUMNS]


def neutral(cell: str) -> str:
    """Puts an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + cell if cell.lstrip(_UNSEEN).startswith(_STARTS_FORMULA) else cell


def _cells(dossier: Dossier, event: Event, actors: dict[str, Actor], ontology: Ontology) -> dict[str, Cell]:
    document, text, sentence = dossier.document, dossier.document.text, dossier.sentences[event.sentence]
    rating = ontology.rating(event.type, event.mode)
    cells: dict[str, Cell] = {
        "event_id": event.id,
        "document_id": document.id,
        "outlet": document.outlet or "",
        "published": document.published or "",
        "title": document.title or "",
        "url": document.url or "",
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "quad": ontology.kinds[event.type].quad,
        "score": rating.score,
        "cameo_root": rating.cameo,
        "trigger": text[event.trigger.start : event.trigger.end],
        "topic": "; ".join(event.topic),
        "counts": "; ".join(f"{magnitude.count} {magnitude.kind}" for magnitude in event.magnitude),
        "confidence": event.confidence,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "sentence": text[sentence.start : sentence.end],
    }
    for role in _ROLES:
        parts = [part for part in event.participants if part.role == role]
        cells[role] = "; ".join(text[part.start : part.end] for part in parts)
        cells[role + "_code"] = "+".join(dict.fromkeys(part.code for part in parts if part.code))
    return cells | _attribution_cells(event, text, actors) | _circumstance_cells(event)


def _attribution_cells(event: Event, text: str, actors: dict[str, Actor]) -> dict[str, Cell]:
    said = event.attribution
    if said is None:
        return {}
    known = [actors[key] for key in said.actors if key in actors]
    return {
        "holder": text[said.holder.start : said.holder.end],
        "holder_name": "; ".join(actor.names.en or actor.names.ar for actor in known),
        "holder_code": "+".join(dict.fromkeys(actor.code for actor in known if actor.code)),
        "act": said.act,
        "voice": said.voice,
        "quoted": "true" if said.quoted else "false",
    }


def _circumstance_cells(event: Event) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    if event.time is not None:
        cells |= {"time": event.time.text, "date": event.time.iso or "", "date_granularity": event.time.granularity}
    if event.place is not None:
        place = event.place
        cells |= {"place": place.name, "geonames": place.geonames or "", "country": place.country or ""}
        if place.lat is not None and place.lon is not None:
            cells |= {"lat": place.lat, "lon": place.lon}
    return cells
