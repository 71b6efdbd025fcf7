"""Turns a dossier into a report: its findings numbered, grouped and sorted the way that people ask for them."""

import msgspec

from tawazun.model.dossier import Actor, Attribution, Claim, Dossier, Event, Instrument, Link, Participant, Span
from tawazun.model.entries import STATUSES, Status


class Party(msgspec.Struct, frozen=True):
    """Is who takes part in an event, with the actors that are meant."""

    participant: Participant
    actors: tuple[Actor, ...]


class Numbered(msgspec.Struct, frozen=True):
    """Is an event with its number; `parties` has those who act first, `same` the number of the earlier mention that it repeats."""

    number: int
    event: Event
    sentence: Span
    parties: tuple[Party, ...]
    same: int | None


class StatusGroup(msgspec.Struct, frozen=True):
    """Is the events of one status, in the order of the text."""

    status: Status
    events: tuple[Numbered, ...]


class Holder(msgspec.Struct, frozen=True):
    """Is somebody with all that rests on their word; `actors` is empty where the article only describes them."""

    words: Span
    actors: tuple[Actor, ...]
    voice: str
    claims: tuple[tuple[Claim, tuple[Numbered, ...]], ...]


class Tie(msgspec.Struct, frozen=True):
    """Is a link with the two events that it ties."""

    link: Link
    origin: Numbered
    to: Numbered


class Report(msgspec.Struct, frozen=True):
    """Is what there is to show of a dossier; `agenda` holds what is planned or called for, dated first, `actors` the most named first."""

    dossier: Dossier
    events: tuple[Numbered, ...]
    groups: tuple[StatusGroup, ...]
    holders: tuple[Holder, ...]
    agenda: tuple[Numbered, ...]
    ties: tuple[Tie, ...]
    instruments: tuple[Instrument, ...]
    actors: tuple[Actor, ...]


def report_of(dossier: Dossier) -> Report:
    """Arranges a dossier's findings."""
    events = _numbered(dossier)
    by_id = {item.event.id: item for item in events}
    groups = tuple(StatusGroup(status, tuple(item for item in events if item.event.status == status)) for status in STATUSES)
    ties = (Tie(link, by_id[link.origin], by_id[link.to]) for link in dossier.links if link.origin in by_id and link.to in by_id)
    return Report(
        dossier=dossier,
        events=events,
        groups=tuple(group for group in groups if group.events),
        holders=_holders(dossier, by_id),
        agenda=tuple(sorted((item for item in events if item.event.status in ("planned", "called_for")), key=_due)),
        ties=tuple(tie for tie in ties if tie.link.kind != "same"),
        instruments=dossier.instruments,
        actors=tuple(
            sorted(_worth_showing(dossier), key=lambda actor: (-len(actor.mentions), actor.mentions[0].start if actor.mentions else 0))
        ),
    )


def numbered(dossier: Dossier, event: Event, number: int) -> Numbered:
    """Returns an event of a dossier with a number of the caller's own."""
    return Numbered(number, event, sentence_of(dossier, event), _parties(event, {actor.id: actor for actor in dossier.actors}), None)


def words_of(text: str, span: Span) -> str:
    """Returns the words of a span."""
    return text[span.start : span.end]


def arabic_name(actor: Actor) -> str:
    """Returns the name to show: that of the knowledge for a known actor, else the longest form in the article, as it stands there."""
    if actor.wikidata or actor.names.en or not actor.mentions:
        return actor.names.ar
    return max((mention.form for mention in actor.mentions), key=len)


def role_of(actor: Actor, language: str) -> tuple[str, ...]:
    """Returns an actor's office and whose it is, as far as the dossier has them in the language: the knowledge's titles are English."""
    if actor.role is None or (language == "ar" and actor.role.title.isascii()):
        return ()
    return tuple(part for part in (actor.role.title, actor.role.of) if part)


def sentence_of(dossier: Dossier, event: Event) -> Span:
    """Returns the sentence that an event stands in."""
    if 0 <= event.sentence < len(dossier.sentences):
        return dossier.sentences[event.sentence]
    return event.trigger


def codes_of(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the codes of those who act, and of those whom it concerns, each once, in order."""
    sources = dict.fromkeys(p.code for p in event.participants if p.role == "source" and p.code)
    targets = dict.fromkeys(p.code for p in event.participants if p.role != "source" and p.code)
    return tuple(str(code) for code in sources), tuple(str(code) for code in targets)


def chain_of(attribution: Attribution) -> tuple[Attribution, ...]:
    """Returns whose word it is, innermost first."""
    return (attribution, *attribution.nested)


def _numbered(dossier: Dossier) -> tuple[Numbered, ...]:
    ordered = sorted(dossier.events, key=lambda event: (event.trigger.start, event.trigger.end, event.id))
    numbers = {event.id: number for number, event in enumerate(ordered, 1)}
    same = {link.origin: numbers.get(link.to) for link in dossier.links if link.kind == "same"}
    actors = {actor.id: actor for actor in dossier.actors}
    return tuple(
        Numbered(numbers[event.id], event, sentence_of(dossier, event), _parties(event, actors), same.get(event.id)) for event in ordered
    )


def _parties(event: Event, actors: dict[str, Actor]) -> tuple[Party, ...]:
    ordered = sorted(event.participants, key=lambda participant: participant.role != "source")
    return tuple(Party(one, tuple(actors[id] for id in one.actors if id in actors)) for one in ordered)


def _holders(dossier: Dossier, by_id: dict[str, Numbered]) -> tuple[Holder, ...]:
    """Gathers the claims of each holder, by actor where it is known, else by words."""
    actors = {actor.id: actor for actor in dossier.actors}
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in dossier.claims:
        attribution = _attribution_of(claim, by_id)
        key = attribution.actors if attribution and attribution.actors else (words_of(dossier.document.text, claim.holder),)
        groups.setdefault(key, []).append(claim)
    holders = []
    for claims in groups.values():
        attribution = _attribution_of(claims[0], by_id)
        known = tuple(actors[id] for id in attribution.actors if id in actors) if attribution else ()
        rests = tuple((claim, tuple(by_id[id] for id in claim.events if id in by_id)) for claim in claims)
        holders.append(Holder(claims[0].holder, known, attribution.voice if attribution else "named", rests))
    return tuple(holders)


def _attribution_of(claim: Claim, by_id: dict[str, Numbered]) -> Attribution | None:
    return next((by_id[id].event.attribution for id in claim.events if id in by_id), None)


def _due(item: Numbered) -> tuple[bool, str, int]:
    iso = item.event.time.iso if item.event.time else None
    return iso is None, (iso or "").split("/")[0], item.number


def _worth_showing(dossier: Dossier) -> tuple[Actor, ...]:
    """Leaves out actors that have neither a mention nor a part in any event."""
    used = {id for event in dossier.events for p in event.participants for id in p.actors}
    return tuple(actor for actor in dossier.actors if actor.mentions or actor.id in used)
