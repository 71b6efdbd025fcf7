"""Turns a report's findings into the lists beside the article: events with their derivations, who says so, agenda, links, instruments, actors."""

import re
from html import escape

from tawazun.app.reports import Holder, Numbered, Report, arabic_name, chain_of, codes_of, parties_of
from tawazun.model.dossier import Actor, Event, Participant, Span
from tawazun.model.entries import STATUSES
from tawazun.present.derivations import Step, derivation_of
from tawazun.present.html.marks import span_words, words_html
from tawazun.present.labels import Labels

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


def filters_html(report: Report, labels: Labels) -> str:
    """Returns the check boxes that hide and show events; they work by style alone."""
    statuses = [(status, labels.of("statuses", status), sum(i.event.status == status for i in report.events)) for status in STATUSES]
    quads = [(quad, labels.of("quad_names", quad), sum(labels.quad(i.event.type) == quad for i in report.events)) for quad in QUADS]
    return (
        f'<fieldset class="filters"><legend>{escape(labels.say("filter_status"))}</legend>{_boxes(statuses)}</fieldset>'
        f'<fieldset class="filters"><legend>{escape(labels.say("filter_quad"))}</legend>{_boxes(quads)}</fieldset>'
    )


def _boxes(choices: list[tuple[str, str, int]]) -> str:
    return "".join(
        f'<label class="chip {key}"><input type="checkbox" id="show-{key}" checked autocomplete="off"><span>{escape(name)} <b>{count}</b></span></label>'
        for key, name, count in choices
        if count
    )


def events_html(report: Report, labels: Labels) -> str:
    """Returns the events by status, each a `details` that holds its parts and its derivation."""
    if not report.events:
        sentences = len(report.dossier.sentences)
        words = labels.count("no_event", sentences) if sentences else labels.say("no_text")
        return f'<p class="none">{escape(words)}</p>'
    return "\n".join(
        f'<section class="group {group.status}"><h3>{escape(labels.of("statuses", group.status))} <span class="count">{len(group.events)}</span></h3>'
        + "\n".join(_event_html(item, report, labels) for item in group.events)
        + "</section>"
        for group in report.groups
    )


def head_words(event: Event, labels: Labels) -> str:
    """Returns type, mode and codes of an event."""
    mode = f' <span class="mode">{escape(labels.of("modes", event.mode))}</span>' if event.mode else ""
    sources, targets = codes_of(event)
    arrow = f' <span class="arrow">{"←" if labels.language == "ar" else "→"}</span> ' if targets else ""
    who = f'<bdi dir="ltr">{escape(" + ".join(sources))}</bdi>' if sources else ""
    whom = f'<bdi dir="ltr">{escape(" + ".join(targets))}</bdi>' if targets else ""
    codes = f' <span class="codes">{who}{arrow}{whom}</span>' if who or whom else ""
    return f'<span class="type">{escape(labels.of("types", event.type))}</span>{mode}{codes}'


def _event_html(item: Numbered, report: Report, labels: Labels) -> str:
    event = item.event
    rows = [(p.role, labels.of("roles", p.role), _participant_html(p, report, labels)) for p in parties_of(event)]
    if event.magnitude:
        counts = "; ".join(
            f"{m.count:,} {escape(labels.of('magnitudes', m.kind))} · {span_words(report, Span(m.start, m.end), labels)}" for m in event.magnitude
        )
        rows.append(("toll", labels.say("toll"), counts))
    if event.time:
        rows.append(("when", labels.say("when"), when_html(event, labels)))
    if event.place:
        country = f' <span class="code" dir="ltr">{escape(event.place.country)}</span>' if event.place.country else ""
        rows.append(("where", labels.say("where"), words_html(event.place.name, labels) + country))
    if event.topic:
        rows.append(("topic", labels.say("topic"), "; ".join(words_html(topic, labels) for topic in event.topic)))
    if event.attribution:
        rows.append(("says", labels.say("says"), _said_html(event, report, labels)))
    if item.same is not None:
        rows.append(("same", labels.say("same_as"), f'<a href="#e{item.same}">{item.same}</a>'))
    table = "".join(f'<dt class="{key}">{escape(name)}</dt><dd>{value}</dd>' for key, name, value in rows)
    quad = labels.quad(event.type)
    return (
        f'<details class="event {event.status} {quad}" id="e{item.number}" data-n="{item.number}">'
        f'<summary><span class="number">{item.number}</span><span class="what">{head_words(event, labels)}'
        f'<span class="words">{span_words(report, event.trigger, labels)}</span>{_meta(event, labels)}</span></summary>'
        f'<div class="body"><dl>{table}</dl><p class="why">{escape(labels.say("because"))}</p>'
        f'<ul class="tree">{_step_html(derivation_of(event.because, labels), report, labels)}</ul>'
        f'<p class="foot"><a class="to-text" href="#t{item.number}">{escape(labels.say("to_text"))}</a> <span>{escape(labels.say("sure", value=f"{event.confidence:.2f}"))}</span> '
        f'<code>{escape(event.id)}</code></p></div></details>'
    )


def _meta(event: Event, labels: Labels) -> str:
    date = [f'<time dir="ltr">{escape(event.time.iso)}</time>'] if event.time and event.time.iso else []
    place = [words_html(event.place.name, labels)] if event.place else []
    return f'<span class="meta">{" · ".join(date + place)}</span>' if date or place else ""


def _step_html(step: Step, report: Report, labels: Labels) -> str:
    quotes = " ".join(f"<q>{span_words(report, span, labels)}</q>" for span in step.spans)
    below = f"<ul>{''.join(_step_html(child, report, labels) for child in step.steps)}</ul>" if step.steps else ""
    return f'<li><span class="step" title="{escape(step.rule)}"><bdi dir="auto">{escape(step.words)}</bdi></span> {quotes}{below}</li>'


def _participant_html(participant: Participant, report: Report, labels: Labels) -> str:
    actors = [actor for actor in report.actors if actor.id in participant.actors]
    names = " + ".join(actor.names.en for actor in actors if actor.names.en) if labels.language == "en" else ""
    code = f'<span class="code" dir="ltr">{escape(participant.code)}</span>' if participant.code else f'<span class="faint">{escape(labels.say("no_code"))}</span>'
    known = f" {words_html(names, labels)} ·" if names and all(actor.names.en for actor in actors) else ""
    return f"{code}{known} {span_words(report, Span(participant.start, participant.end), labels)}"


def when_html(event: Event, labels: Labels) -> str:
    """Returns the date of an event and the words that give it."""
    if event.time is None:
        return f'<span class="faint">{escape(labels.say("no_date"))}</span>'
    iso = event.time.iso
    date = f'<time dir="ltr">{escape(iso)}</time>' if iso else f'<span class="faint">{escape(labels.say("not_computed"))}</span>'
    return f"{date} · {words_html(event.time.text, labels)}"


def _said_html(event: Event, report: Report, labels: Labels) -> str:
    assert event.attribution is not None
    parts = []
    for number, one in enumerate(chain_of(event.attribution)):
        through = f"{escape(labels.say('through'))} " if number else ""
        quoted = escape(labels.say("comma") + labels.say("quoted")) if one.quoted else ""
        voice = escape(labels.say("comma") + labels.of("voices", one.voice)) if one.voice != "named" else ""
        parts.append(f"{through}{span_words(report, one.holder, labels)} · {escape(labels.of('acts', one.act))}{quoted}{voice}")
    return "; ".join(parts)


def _reference(item: Numbered, report: Report, labels: Labels) -> str:
    event = item.event
    status = f'<span class="status {event.status}">{escape(labels.of("statuses", event.status))}</span>'
    return f'<p class="line"><a class="reference {labels.quad(event.type)}" href="#e{item.number}"><span class="number">{item.number}</span> {head_words(event, labels)}</a> {status}</p>'


def _list(items: list[str], nothing: str) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else f'<p class="none">{escape(nothing)}</p>'


def agenda_html(report: Report, labels: Labels) -> str:
    """Returns what is planned and called for, dated first."""
    items = [f'<p class="due">{when_html(item.event, labels)}</p>{_reference(item, report, labels)}{span_words(report, item.event.trigger, labels)}' for item in report.agenda]
    return _list(items, labels.say("no_agenda"))


def holders_html(report: Report, labels: Labels) -> str:
    """Returns who says so: each holder with what rests on their word."""
    return _list([_holder_html(holder, report, labels) for holder in report.holders], labels.say("no_claims"))


def _holder_html(holder: Holder, report: Report, labels: Labels) -> str:
    names = " + ".join(_actor_name(actor, labels) for actor in holder.actors) or span_words(report, holder.words, labels)
    voice = f' <span class="faint">{escape(labels.of("voices", holder.voice))}</span>' if holder.voice != "named" else ""
    claims = "".join(
        f'<li><span class="act">{escape(labels.of("acts", claim.act))}{escape(labels.say("comma") + labels.say("quoted")) if claim.quoted else ""}</span> '
        f"{''.join(_reference(item, report, labels) for item in items)}<q>{span_words(report, claim.content, labels)}</q></li>"
        for claim, items in holder.claims
    )
    return f'<p class="holder">{names}{voice}</p><ul>{claims}</ul>'


def _actor_name(actor: Actor, labels: Labels) -> str:
    name = words_html(actor.names.en if labels.language == "en" and actor.names.en else arabic_name(actor), labels)
    return f'<strong>{name}</strong>' + (f' <span class="code" dir="ltr">{escape(actor.code)}</span>' if actor.code else "")


def links_html(report: Report, labels: Labels) -> str:
    """Returns the conditions, causes, purposes, responses and continuations between events."""
    letters = labels.say("link_letters").split()
    items = []
    for tie in report.ties:
        sides = "".join(
            f'<li><span class="letter">{escape(letter)}</span> {_reference(item, report, labels)} <q>{span_words(report, item.event.trigger, labels)}</q></li>'
            for letter, item in zip(letters, (tie.origin, tie.to), strict=True)
        )
        items.append(f'<p class="tie">{escape(labels.of("links", tie.link.kind))} <q>{span_words(report, tie.link.cue, labels)}</q></p><ul>{sides}</ul>')
    return _list(items, labels.say("no_links"))


def instruments_html(report: Report, labels: Labels) -> str:
    """Returns the resolutions, agreements, statements, conferences and laws."""
    items = []
    for instrument in report.instruments:
        form = words_html(instrument.mentions[0].form if instrument.mentions else instrument.names.ar, labels)
        english = f"{words_html(instrument.names.en, labels)} · " if instrument.names.en and labels.language == "en" else ""
        number = f' <bdi>{escape(labels.say("number", value=instrument.number))}</bdi>' if instrument.number else ""
        items.append(f'{english}{form} <span class="faint">{escape(labels.of("instruments", instrument.kind))}{number}</span>')
    return _list(items, labels.say("no_instruments"))


def actors_html(report: Report, labels: Labels) -> str:
    """Returns the actors, the most often named first; a button marks an actor's mentions in the text."""
    items = []
    for number, actor in enumerate(report.actors, 1):
        english = labels.language == "en" and actor.names.en
        other = f" {words_html(arabic_name(actor), labels)}" if english else ""
        role = f' <span class="faint">{words_html(" ".join(filter(None, (actor.role.title, actor.role.of))), labels)}</span>' if actor.role else ""
        count = escape(labels.count("mentions", len(actor.mentions)))
        shown = f'<button type="button" class="mentions" data-actor="{number}" aria-pressed="false">{count}</button>'
        kind = f'<span class="faint">{escape(labels.of("kinds", actor.kind))}</span>'
        items.append(f"{_actor_name(actor, labels)}{other}{role} {kind}{_wikidata(actor)} {shown}")
    return _list(items, labels.say("no_actors"))


def _wikidata(actor: Actor) -> str:
    if not actor.wikidata or not _WIKIDATA.fullmatch(actor.wikidata):
        return ""
    return f' <a class="outside" dir="ltr" href="https://www.wikidata.org/wiki/{actor.wikidata}" rel="noreferrer noopener">{actor.wikidata}</a>'
