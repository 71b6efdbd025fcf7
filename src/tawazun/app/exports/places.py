"""Turns a dossier into GeoJSON features (RFC 7946), one for each event with a place that has coordinates."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tawazun.app.reports import words_of
from tawazun.model.dossier import Dossier, Event


def features_of(dossier: Dossier, left_out: Counter[str]) -> Iterator[dict[str, Any]]:
    """Yields a point, longitude first, for each event; `left_out` counts those without a place and those whose place isn't known."""
    for event in dossier.events:
        place = event.place
        if place is None:
            left_out["without a place"] += 1
        elif place.lat is None or place.lon is None:
            left_out["in a place without coordinates"] += 1
        else:
            point = {"type": "Point", "coordinates": [place.lon, place.lat]}
            yield {"type": "Feature", "id": event.id, "geometry": point, "properties": _properties(dossier, event)}


def _properties(dossier: Dossier, event: Event) -> dict[str, Any]:
    document, text, place, time = dossier.document, dossier.document.text, event.place, event.time
    sources, targets = ([part.code for part in event.participants if part.code and part.role == role] for role in ("source", "target"))
    said = event.attribution
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "source_code": "+".join(dict.fromkeys(sources)) or None,
        "target_code": "+".join(dict.fromkeys(targets)) or None,
        "holder": words_of(text, said.holder) if said else None,
        "date": time.iso if time else None,
        "place": place.name if place else None,
        "geonames": place.geonames if place else None,
        # A country's own point says no more than that it was somewhere there.
        "precision": "place" if place and place.geonames else "country",
        "country": place.country if place else None,
        "confidence": event.confidence,
        "sentence": words_of(text, dossier.sentences[event.sentence]),
        "document": document.id,
        "outlet": document.outlet,
        "published": document.published,
        "title": document.title,
        "url": document.url,
    }
