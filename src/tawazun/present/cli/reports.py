"""Turns a report into rows for a terminal: events by status, who says so, agenda, conditions and causes, instruments, actors."""

from collections.abc import Iterator

from tawazun.app.reports import Numbered, Party, Report, arabic_name, chain_of, codes_of, role_of, words_of
from tawazun.model.dossier import Actor, Attribution, Event, Span
from tawazun.present.cli.terminals import Row, apart, isolated
from tawazun.present.labels import Labels
from tawazun.present.texts import visible

_CONTEXT = 280
_PAIRS = (("[", "]"), ("\u2039", "\u203a"), ("\u27e6", "\u27e7"), ("{", "}"))


def report_rows(report: Report, labels: Labels) -> Iterator[Row]:
    """Yields all rows of a report."""
    yield from _header(report, labels)
    if not report.events:
        yield Row("blank", "", "")
        yield Row("note", "", _nothing(report, labels))
    for group in report.groups:
        yield from _title(f"{labels.of('statuses', group.status)} ({len(group.events)})")
        for item in group.events:
            yield from event_rows(item, report.dossier.document.text, labels)
    for key, rows in (
        ("claims", _claims(report, labels)),
        ("agenda", _agenda(report, labels)),
        ("links", _links(report, labels)),
        ("instruments", _instruments(report, labels)),
        ("actors", _actors(report, labels)),
    ):
        yield from _title(labels.say(key))
        found = list(rows)
        yield from found or [Row("note", "", labels.say(f"no_{key}"))]
    if report.dossier.unread:
        yield from _title(labels.say("unread"))
        yield from _unread(report, labels)


def _header(report: Report, labels: Labels) -> Iterator[Row]:
    document = report.dossier.document
    dossier = report.dossier
    yield Row("header", "", f"Tawazun · {labels.say('tagline')}")
    yield Row("row", labels.say("outlet"), isolated(document.outlet) if document.outlet else labels.say("not_given"))
    yield Row("row", labels.say("date"), apart(document.published, labels) if document.published else labels.say("no_anchor"))
    if document.title:
        yield Row("row", labels.say("title"), isolated(document.title))
    if document.url:
        yield Row("row", labels.say("address"), apart(document.url, labels))
    kinds = ("sentences", "events", "actors", "claims", "links", "instruments")
    numbers = (
        len(dossier.sentences),
        len(report.events),
        len(report.actors),
        len(dossier.claims),
        len(report.ties),
        len(report.instruments),
    )
    yield Row(
        "row", labels.say("read"), labels.say("comma").join(labels.count(kind, number) for kind, number in zip(kinds, numbers, strict=True))
    )
    if report.events:
        yield Row("blank", "", "")
        yield Row("note", "", labels.say("marks", open=_PAIRS[0][0], close=_PAIRS[0][1]))


def _nothing(report: Report, labels: Labels) -> str:
    sentences = len(report.dossier.sentences)
    return labels.count("no_event", sentences) if sentences else labels.say("no_text")


def _title(text: str) -> Iterator[Row]:
    yield Row("blank", "", "")
    yield Row("title", "", text)


def event_rows(item: Numbered, text: str, labels: Labels) -> Iterator[Row]:
    """Yields the rows of one event of an article with this text."""
    event = item.event
    yield Row("event", str(item.number), event_words(event, labels))
    for party in item.parties:
        yield Row("row", labels.of("roles", party.participant.role), participant_words(party, text, labels))
    if event.magnitude:
        counts = (
            f"{m.count:,} {labels.of('magnitudes', m.kind)} · {isolated(words_of(text, Span(m.start, m.end)))}" for m in event.magnitude
        )
        yield Row("row", labels.say("toll"), labels.say("semicolon").join(counts))
    if event.time:
        yield Row("row", labels.say("when"), when_words(event, labels))
    if event.place:
        country = f" · {apart(event.place.country, labels)}" if event.place.country else ""
        yield Row("row", labels.say("where"), isolated(event.place.name) + country)
    if event.topic:
        yield Row("row", labels.say("topic"), labels.say("semicolon").join(isolated(topic) for topic in event.topic))
    if event.attribution:
        yield Row("row", labels.say("says"), said_words(event.attribution, text, labels))
    yield Row("sentence", labels.say("text"), marked_sentence(text, item.sentence, event.trigger))
    if item.same is not None:
        yield Row("row", labels.say("same_as"), str(item.same))
    yield Row("faint", labels.say("explain"), f"{apart(event.id, labels)} · {labels.say('sure', value=f'{event.confidence:.2f}')}")


def event_words(event: Event, labels: Labels) -> str:
    """Returns type and mode in words, with the codes of who does it to whom."""
    mode = labels.say("comma") + labels.of("modes", event.mode) if event.mode else ""
    sources, targets = codes_of(event)
    arrow = "\u2190" if labels.language == "ar" else "\u2192"
    who = _codes(sources, labels) + (f" {arrow} {_codes(targets, labels)}" if targets else "")
    type = apart(f"({event.type})", labels)
    return f"{labels.of('types', event.type)} {type}{mode}" + (f" · {who.strip()}" if who.strip() else "")


def _codes(codes: tuple[str, ...], labels: Labels) -> str:
    return " + ".join(apart(code, labels) for code in codes)


def participant_words(party: Party, text: str, labels: Labels) -> str:
    """Returns who takes part: the name that the knowledge has, the code, and the words of the article."""
    participant = party.participant
    names = [actor.names.en for actor in party.actors if actor.names.en]
    words = isolated(words_of(text, Span(participant.start, participant.end)))
    known = " + ".join(names) if len(names) == len(party.actors) and labels.language == "en" else ""
    return " · ".join(
        part for part in (apart(participant.code, labels) if participant.code else labels.say("no_code"), visible(known), words) if part
    )


def when_words(event: Event, labels: Labels) -> str:
    """Returns the date, and the words that give it."""
    time = event.time
    if time is None:
        return labels.say("no_date")
    date = f"{apart(time.iso, labels)} ({labels.of('granularities', time.granularity)})" if time.iso else labels.say("not_computed")
    return f"{date} · {isolated(time.text)}"


def said_words(attribution: Attribution, text: str, labels: Labels) -> str:
    """Returns on whose word an event rests: the act, how it was said, and the holders, innermost first."""
    parts = []
    for number, one in enumerate(chain_of(attribution)):
        quoted = labels.say("comma") + labels.say("quoted") if one.quoted else ""
        voice = labels.say("comma") + labels.of("voices", one.voice) if one.voice != "named" else ""
        head = f"{labels.say('through')} " if number else ""
        parts.append(f"{head}{labels.of('acts', one.act)}{quoted}{voice} · {isolated(words_of(text, one.holder))}")
    return labels.say("semicolon").join(parts)


def marked_sentence(text: str, sentence: Span, trigger: Span) -> str:
    """Returns a sentence on one line, its trigger in brackets, cut around the trigger where it is very long."""
    start, end = min(sentence.start, trigger.start), max(sentence.end, trigger.end)
    before, after = text[start : trigger.start], text[trigger.end : end]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    opening, closing = next((pair for pair in _PAIRS if pair[0] not in before + after and pair[1] not in before + after), _PAIRS[0])
    return isolated(f"{before}{opening}{text[trigger.start : trigger.end]}{closing}{after}")


def _claims(report: Report, labels: Labels) -> Iterator[Row]:
    text = report.dossier.document.text
    for holder in report.holders:
        names = _named(holder.actors, labels) or isolated(words_of(text, holder.words))
        voice = f" · {labels.of('voices', holder.voice)}" if holder.voice != "named" else ""
        yield Row("event", "-", names + voice)
        for claim, items in holder.claims:
            numbers = labels.say("comma").join(str(item.number) for item in items)
            quoted = labels.say("comma") + labels.say("quoted") if claim.quoted else ""
            yield Row(
                "row",
                labels.of("acts", claim.act),
                f"{labels.say('event_number', value=numbers)}{quoted} · {isolated(words_of(text, claim.content))}",
            )


def _named(actors: tuple[Actor, ...], labels: Labels) -> str:
    parts = []
    for actor in actors:
        name = visible(actor.names.en) if labels.language == "en" and actor.names.en else isolated(arabic_name(actor))
        parts.append(f"{apart(actor.code, labels)} · {name}" if actor.code else name)
    return " + ".join(parts)


def _agenda(report: Report, labels: Labels) -> Iterator[Row]:
    text = report.dossier.document.text
    for item in report.agenda:
        event = item.event
        iso = event.time.iso if event.time else None
        date = apart(iso, labels) if iso else labels.say("not_computed" if event.time else "no_date")
        yield Row("event", "-", f"{date} · {labels.of('statuses', event.status)}")
        yield Row("row", labels.say("number", value=item.number), event_words(event, labels))
        words = [words_of(text, event.trigger)] + ([event.time.text] if event.time else []) + ([event.place.name] if event.place else [])
        yield Row("row", labels.say("text"), " · ".join(isolated(word) for word in words))


def _links(report: Report, labels: Labels) -> Iterator[Row]:
    text = report.dossier.document.text
    letters = labels.say("link_letters").split()
    for tie in report.ties:
        yield Row("event", "-", f"{labels.of('links', tie.link.kind)} · {isolated(words_of(text, tie.link.cue))}")
        for letter, item in zip(letters, (tie.origin, tie.to), strict=True):
            status = labels.of("statuses", item.event.status)
            words = isolated(words_of(text, item.event.trigger))
            yield Row("row", letter, f"{item.number}. {event_words(item.event, labels)} · {status} · {words}")


def _instruments(report: Report, labels: Labels) -> Iterator[Row]:
    for instrument in report.instruments:
        number = f" {labels.say('number', value=visible(instrument.number))}" if instrument.number else ""
        name = f" · {visible(instrument.names.en)}" if instrument.names.en and labels.language == "en" else ""
        form = instrument.mentions[0].form if instrument.mentions else instrument.names.ar
        count = labels.count("mentions", len(instrument.mentions))
        yield Row("event", "-", f"{labels.of('instruments', instrument.kind)}{number}{name} · {count} · {isolated(form)}")


def _actors(report: Report, labels: Labels) -> Iterator[Row]:
    for actor in report.actors:
        parts = [apart(actor.code, labels) if actor.code else labels.say("no_code"), labels.of("kinds", actor.kind)]
        parts += ([apart(actor.wikidata, labels)] if actor.wikidata else []) + [labels.count("mentions", len(actor.mentions))]
        if labels.language == "en" and actor.names.en:
            parts.insert(0, visible(actor.names.en))
        parts += [isolated(part) for part in role_of(actor, labels.language)]
        yield Row("event", "-", " · ".join([part for part in parts if part] + [isolated(arabic_name(actor))]))


def _unread(report: Report, labels: Labels) -> Iterator[Row]:
    text = report.dossier.document.text
    yield Row("note", "", labels.count("unread", len(report.dossier.unread)))
    for stretch in report.dossier.unread[:20]:
        yield Row(
            "row",
            "-",
            f"{visible(labels.of('unread_reasons', stretch.why))} · {isolated(text[stretch.start : min(stretch.end, stretch.start + 80)])}",
        )
