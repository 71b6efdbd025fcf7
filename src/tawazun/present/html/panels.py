"""Turns a report's events into the list beside the article: filters, then each event with its parts and its derivation."""

from collections.abc import Iterator, Sequence

from tawazun.app.reports import Numbered, Party, Report, chain_of, codes_of
from tawazun.model.dossier import Event, Span
from tawazun.model.entries import STATUSES
from tawazun.present.derivations import Step, derivation_of
from tawazun.present.html.marks import span_words, words_html
from tawazun.present.html.tags import code, escape, faint, tag
from tawazun.present.labels import Labels

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def filters_html(report: Report, labels: Labels) -> str:
    """Returns the check boxes that hide and show events; they work by style alone."""
    statuses = [(str(one), labels.of("statuses", one), sum(i.event.status == one for i in report.events)) for one in STATUSES]
    quads = [(one, labels.of("quad_names", one), sum(labels.quad(i.event.type) == one for i in report.events)) for one in QUADS]
    return "".join(
        tag("fieldset", tag("legend", escape(labels.say(key))) + _boxes(choices), "filters")
        for key, choices in (("filter_status", statuses), ("filter_quad", quads))
        if report.events
    )


def _boxes(choices: Sequence[tuple[str, str, int]]) -> str:
    return "".join(
        tag(
            "label",
            f'<input type="checkbox" id="show-{key}" checked autocomplete="off"><span>{escape(name)} <b>{count}</b></span>',
            f"chip {key}",
        )
        for key, name, count in choices
        if count
    )


def events_html(report: Report, labels: Labels) -> str:
    """Returns the events by status, each a `details` that holds its parts and its derivation."""
    if not report.events:
        sentences = len(report.dossier.sentences)
        return tag("p", escape(labels.count("no_event", sentences) if sentences else labels.say("no_text")), "none")
    sections = []
    for group in report.groups:
        heading = tag("h3", f"{escape(labels.of('statuses', group.status))} {tag('span', str(len(group.events)), 'count')}")
        sections.append(
            tag("section", heading + "\n".join(_event_html(item, report, labels) for item in group.events), f"group {group.status}")
        )
    return "\n".join(sections)


def head_html(event: Event, labels: Labels) -> str:
    """Returns type, mode and codes of an event."""
    mode = " " + tag("span", escape(labels.of("modes", event.mode)), "mode") if event.mode else ""
    sources, targets = (tag("bdi", escape(" + ".join(codes)), dir="ltr") if codes else "" for codes in codes_of(event))
    arrow = f" {tag('span', '←' if labels.language == 'ar' else '→', 'arrow')} " if targets else ""
    codes = " " + tag("span", sources + arrow + targets, "codes") if sources or targets else ""
    return tag("span", escape(labels.of("types", event.type)), "type") + mode + codes


def reference_html(item: Numbered, labels: Labels) -> str:
    """Returns a line that leads to an event of the list."""
    status = tag("span", escape(labels.of("statuses", item.event.status)), f"status {item.event.status}")
    number = tag("span", str(item.number), "number")
    link = tag("a", f"{number} {head_html(item.event, labels)}", f"reference {labels.quad(item.event.type)}", href=f"#e{item.number}")
    return tag("p", f"{link} {status}", "line")


def when_html(event: Event, labels: Labels) -> str:
    """Returns the date of an event and the words that give it."""
    if event.time is None:
        return faint(labels.say("no_date"))
    date = tag("time", escape(event.time.iso), dir="ltr") if event.time.iso else faint(labels.say("not_computed"))
    return f"{date} · {words_html(event.time.text, labels)}"


def _event_html(item: Numbered, report: Report, labels: Labels) -> str:
    event = item.event
    what = head_html(event, labels) + tag("span", span_words(report, event.trigger, labels), "words") + _meta(event, labels)
    summary = tag("summary", tag("span", str(item.number), "number") + tag("span", what, "what"))
    rows = "".join(tag("dt", escape(name), key) + tag("dd", value) for key, name, value in _rows(item, report, labels))
    tree = tag("ul", _step_html(derivation_of(event.because, labels), report, labels), "tree")
    body = tag("dl", rows) + tag("p", escape(labels.say("because")), "why") + tree + _foot(item, labels)
    classes = f"event {event.status} {labels.quad(event.type)}"
    return tag("details", summary + tag("div", body, "body"), classes, id=f"e{item.number}", data_n=str(item.number))


def _foot(item: Numbered, labels: Labels) -> str:
    back = tag("a", escape(labels.say("to_text")), "to-text", href=f"#t{item.number}")
    sure = tag("span", escape(labels.say("sure", value=f"{item.event.confidence:.2f}")))
    return tag("p", f"{back} {sure} {tag('code', escape(item.event.id), dir='ltr')}", "foot")


def _meta(event: Event, labels: Labels) -> str:
    date = [tag("time", escape(event.time.iso), dir="ltr")] if event.time and event.time.iso else []
    place = [words_html(event.place.name, labels)] if event.place else []
    return tag("span", " · ".join(date + place), "meta") if date or place else ""


def _rows(item: Numbered, report: Report, labels: Labels) -> Iterator[tuple[str, str, str]]:
    """Yields the parts of an event: class, label, content."""
    event = item.event
    semicolon = escape(labels.say("semicolon"))
    for party in item.parties:
        yield party.participant.role, labels.of("roles", party.participant.role), _participant_html(party, report, labels)
    if event.magnitude:
        counts = [
            f"{one.count:,} {escape(labels.of('magnitudes', one.kind))} · {span_words(report, Span(one.start, one.end), labels)}"
            for one in event.magnitude
        ]
        yield "toll", labels.say("toll"), semicolon.join(counts)
    if event.time:
        yield "when", labels.say("when"), when_html(event, labels)
    if event.place:
        yield (
            "where",
            labels.say("where"),
            words_html(event.place.name, labels) + (f" {code(event.place.country)}" if event.place.country else ""),
        )
    if event.topic:
        yield "topic", labels.say("topic"), semicolon.join(words_html(topic, labels) for topic in event.topic)
    if event.attribution:
        yield "says", labels.say("says"), _said_html(event, report, labels)
    if item.same is not None:
        yield "same", labels.say("same_as"), tag("a", str(item.same), href=f"#e{item.same}")


def _step_html(step: Step, report: Report, labels: Labels) -> str:
    quotes = " ".join(tag("q", span_words(report, span, labels)) for span in step.spans)
    below = tag("ul", "".join(_step_html(child, report, labels) for child in step.steps)) if step.steps else ""
    words = tag("span", tag("bdi", escape(step.words), dir="auto"), "step", title=step.rule)
    return tag("li", f"{words} {quotes}{below}")


def _participant_html(party: Party, report: Report, labels: Labels) -> str:
    participant = party.participant
    names = [actor.names.en for actor in party.actors if actor.names.en]
    known = f" {words_html(' + '.join(names), labels)} ·" if names and len(names) == len(party.actors) and labels.language == "en" else ""
    shown = code(participant.code) if participant.code else faint(labels.say("no_code"))
    return f"{shown}{known} {span_words(report, Span(participant.start, participant.end), labels)}"


def _said_html(event: Event, report: Report, labels: Labels) -> str:
    parts = []
    for number, one in enumerate(chain_of(event.attribution) if event.attribution else ()):
        how = [
            labels.of("acts", one.act),
            *([labels.say("quoted")] if one.quoted else []),
            *([labels.of("voices", one.voice)] if one.voice != "named" else []),
        ]
        through = f"{labels.say('through')} " if number else ""
        parts.append(f"{escape(through)}{span_words(report, one.holder, labels)} · {escape(labels.say('comma').join(how))}")
    return escape(labels.say("semicolon")).join(parts)
