"""Turns a dossier into PLOVER events, with the types that PLOVER gives to what is planned, cancelled or refused."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from tawazun.model.dossier import Actor, Dossier, Event, Participant
from tawazun.model.entries import EventType
from tawazun.model.ontology import Ontology, PloverRules


class Entity(msgspec.Struct, frozen=True):
    """Is somebody who takes part: the words, the name, and PLOVER's codes for country or international body and sector."""

    raw_text: str
    entity_name: str | None
    wikidata_id: str | None
    code: str | None
    sector_code: str | None


class TextInfo(msgspec.Struct, frozen=True):
    """Says where the sentence stands, in code points, and which it is, counted from 0."""

    start: int
    end: int
    sequence: int
    text: str


class CiteInfo(msgspec.Struct, frozen=True):
    """Is the article."""

    id: str
    url: str | None
    publication: str | None
    title: str | None
    date: str | None
    language: str


class Origin(msgspec.Struct, frozen=True):
    """Is what PLOVER has no field for: the event's own type and status, on whose word it rests, and the events folded into this one."""

    type: str
    mode: str | None
    status: str
    holder: str | None
    confidence: float
    topic: tuple[str, ...]
    folded: tuple[str, ...]


class PloverEvent(msgspec.Struct, frozen=True):
    """Is one PLOVER record. `date_from` says whether the text dates the event or only its publication does; `context` is not coded."""

    id: str
    date: str | None
    enddate: str | None
    date_from: Literal["text", "publication"] | None
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    event: tuple[EventType, ...]
    mode: tuple[str, ...]
    context: tuple[str, ...]
    event_loc: dict[str, Any] | None
    event_text: tuple[str, ...]
    quad_code: int
    event_scale: float
    cameo_root: str
    text_info: TextInfo
    cite_info: CiteInfo
    tawazun: Origin


class Plover(msgspec.Struct, frozen=True):
    """Is a dossier's PLOVER events, in the order of the text, and how many events of which status PLOVER has no place for."""

    events: tuple[PloverEvent, ...]
    left_out: dict[str, int]


def plover_of(dossier: Dossier, ontology: Ontology, every_status: bool = False) -> Plover:
    """Shifts and rates the events of a dossier; with `every_status`, those that PLOVER has no place for come along in their own type.

    A shifted event that says what an earlier one of the same sentence says by itself (`agreed to meet`) is folded into that one: PLOVER
    codes a single type.
    """
    actors = {actor.id: actor for actor in dossier.actors}
    whole: dict[int, PloverEvent] = {}
    shifted: dict[int, PloverEvent] = {}
    left_out: Counter[str] = Counter()
    for number, event in enumerate(dossier.events):
        found = _shift(event, ontology.plover)
        if found is None and not every_status:
            left_out[event.status] += 1
            continue
        type_, mode, moved = found or (event.type, event.mode, False)
        (shifted if moved else whole)[number] = _record(dossier, event, type_, mode, moved, actors, ontology)
    records = dict(whole)
    for number, record in shifted.items():
        twin = next((key for key in sorted(whole, reverse=True) if key < number and _says_same(whole[key], record)), None)
        if twin is None:
            records[number] = record
        else:
            records[twin] = _fold(records[twin], record, ontology)
    return Plover(tuple(record for _, record in sorted(records.items(), key=lambda item: item[0])), dict(left_out))


def _shift(event: Event, rules: PloverRules) -> tuple[EventType, str | None, bool] | None:
    """Returns PLOVER's type and mode, and whether they are others than the event's own; None where PLOVER has no place for it."""
    if event.status in rules.kept:
        return event.type, event.mode, False
    shift = rules.shifts.get((event.type, event.status))
    if shift is None or (shift.unless_act and event.attribution is not None and event.attribution.act == shift.unless_act):
        return None
    same = shift.to == event.type
    return shift.to, shift.mode or (event.mode if same else None), not same


def _record(
    dossier: Dossier, event: Event, type_: EventType, mode: str | None, moved: bool, actors: dict[str, Actor], ontology: Ontology
) -> PloverEvent:
    text, document, sentence = dossier.document.text, dossier.document, dossier.sentences[event.sentence]
    doing, receiving = _sides(event)
    if type_ == "CONSULT" and any(part.role == "mediator" for part in doing):
        mode = mode or "third-party"
    rating = ontology.rating(type_, mode)
    date, enddate, date_from = _dates(event, document.published, moved)
    return PloverEvent(
        id=event.id,
        date=date,
        enddate=enddate,
        date_from=date_from,
        actor=_entities(doing, text, actors, ontology.plover),
        recipient=_entities(receiving, text, actors, ontology.plover),
        event=(type_,),
        mode=(mode,) if mode else (),
        context=(),
        event_loc=msgspec.to_builtins(event.place) if event.place and not moved else None,
        event_text=(text[event.trigger.start : event.trigger.end],),
        quad_code=ontology.kinds[type_].quad,
        event_scale=rating.score,
        cameo_root=rating.cameo,
        text_info=TextInfo(sentence.start, sentence.end, event.sentence, text[sentence.start : sentence.end]),
        cite_info=CiteInfo(document.id, document.url, document.outlet, document.title, document.published, document.language),
        tawazun=Origin(event.type, event.mode, event.status, _holder(event, text), event.confidence, event.topic, ()),
    )


def _sides(event: Event) -> tuple[list[Participant], list[Participant]]:
    """Splits participants into PLOVER's actors and recipients: who is mediated between receives, as do the visited and the helped."""
    by_role: dict[str, list[Participant]] = {}
    for part in event.participants:
        by_role.setdefault(part.role, []).append(part)
    sources, targets = by_role.get("source", []), by_role.get("target", [])
    if "mediator" in by_role:
        return by_role["mediator"], sources + targets
    if event.type == "CONSULT" and event.mode == "visit" and not targets:
        targets = by_role.get("host", [])
    return sources, targets or by_role.get("beneficiary", [])


def _entities(parts: Sequence[Participant], text: str, actors: dict[str, Actor], rules: PloverRules) -> tuple[Entity, ...]:
    found: list[Entity] = []
    for part in parts:
        words = text[part.start : part.end]
        known = [actors[key] for key in part.actors if key in actors]
        codes = [actor.code for actor in known] if len(known) > 1 else (part.code.split("+") if part.code else [None])
        for index, code in enumerate(codes):
            actor = known[index] if index < len(known) and len(codes) == max(len(known), 1) else None
            country, sector = _plover_code(code, rules)
            name = (actor.names.en or actor.names.ar) if actor else None
            found.append(Entity(words, name, actor.wikidata if actor else None, country, sector))
    return tuple(found)


def _plover_code(code: str | None, rules: PloverRules) -> tuple[str | None, str | None]:
    """Returns PLOVER's code of the country or international body, and of the sector."""
    if not code:
        return None, None
    if code in rules.international:
        return rules.international[code], "IGO"
    head, _, sector = code.partition(".")
    if head == "IGO":
        return "IGO", "IGO"
    if len(head) == 3 and not sector and head in _SECTORS_ALONE:
        head, sector = "", head
    return head or None, rules.sectors.get(sector, sector) or None


_SECTORS_ALONE = frozenset(["GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "MED", "BUS", "CVL", "REF", "NGO", "REL", "UAF"])


def _dates(event: Event, published: str | None, moved: bool) -> tuple[str | None, str | None, Literal["text", "publication"] | None]:
    """Returns first and last day. A shifted event happens when it is said: the text's date is that of what is planned."""
    if event.time is not None and event.time.iso and not moved:
        first, _, last = event.time.iso.partition("/")
        return first, last or None, "text"
    return published, None, "publication" if published else None


def _holder(event: Event, text: str) -> str | None:
    return text[event.attribution.holder.start : event.attribution.holder.end] if event.attribution else None


def _says_same(other: PloverEvent, record: PloverEvent) -> bool:
    if other.event != record.event or other.text_info.sequence != record.text_info.sequence:
        return False
    return not record.actor or {_who(entity) for entity in other.actor} == {_who(entity) for entity in record.actor}


def _who(entity: Entity) -> tuple[str | None, ...]:
    if entity.code or entity.entity_name:
        return entity.code, entity.sector_code, entity.entity_name
    return (entity.raw_text,)


def _fold(into: PloverEvent, record: PloverEvent, ontology: Ontology) -> PloverEvent:
    mode = into.mode or record.mode
    rating = ontology.rating(into.event[0], mode[0] if mode else None)
    return msgspec.structs.replace(
        into,
        mode=mode,
        recipient=into.recipient or record.recipient,
        event_text=into.event_text + record.event_text,
        event_scale=rating.score,
        cameo_root=rating.cameo,
        tawazun=msgspec.structs.replace(into.tawazun, folded=(*into.tawazun.folded, record.id)),
    )
