"""Turns what a report gathers over the whole article into lists: agenda, who says so, links, instruments, actors."""

import re
from collections.abc import Sequence

from tawazun.app.reports import Holder, Report, arabic_name, role_of
from tawazun.model.dossier import Actor
from tawazun.present.html.marks import span_words, words_html
from tawazun.present.html.panels import reference_html, when_html
from tawazun.present.html.tags import code, escape, faint, tag
from tawazun.present.labels import Labels

_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")


def _list(items: Sequence[str], nothing: str) -> str:
    return tag("ul", "".join(tag("li", item) for item in items)) if items else tag("p", escape(nothing), "none")


def agenda_html(report: Report, labels: Labels) -> str:
    """Returns what is planned and called for, dated first."""
    items = [
        tag("p", when_html(item.event, labels), "due") + reference_html(item, labels) + span_words(report, item.event.trigger, labels)
        for item in report.agenda
    ]
    return _list(items, labels.say("no_agenda"))


def holders_html(report: Report, labels: Labels) -> str:
    """Returns who says so: each holder with what rests on their word."""
    return _list([_holder_html(holder, report, labels) for holder in report.holders], labels.say("no_claims"))


def _holder_html(holder: Holder, report: Report, labels: Labels) -> str:
    names = " + ".join(_name_html(actor, labels) for actor in holder.actors) or span_words(report, holder.words, labels)
    voice = " " + faint(labels.of("voices", holder.voice)) if holder.voice != "named" else ""
    claims = []
    for claim, items in holder.claims:
        how = labels.of("acts", claim.act) + (labels.say("comma") + labels.say("quoted") if claim.quoted else "")
        references = "".join(reference_html(item, labels) for item in items)
        claims.append(tag("li", tag("span", escape(how), "act") + references + tag("q", span_words(report, claim.content, labels))))
    return tag("p", names + voice, "holder") + tag("ul", "".join(claims))


def _name_html(actor: Actor, labels: Labels) -> str:
    name = actor.names.en if labels.language == "en" and actor.names.en else arabic_name(actor)
    return tag("strong", words_html(name, labels)) + (f" {code(actor.code)}" if actor.code else "")


def links_html(report: Report, labels: Labels) -> str:
    """Returns the conditions, causes, purposes, responses and continuations between events."""
    letters = labels.say("link_letters").split()
    items = []
    for tie in report.ties:
        sides = "".join(
            tag(
                "li",
                reference_html(item, labels)
                + tag("span", escape(letter), "letter")
                + tag("q", span_words(report, item.event.trigger, labels)),
            )
            for letter, item in zip(letters, (tie.origin, tie.to), strict=True)
        )
        cue = tag("q", span_words(report, tie.link.cue, labels))
        items.append(tag("p", f"{escape(labels.of('links', tie.link.kind))} · {cue}", "tie") + tag("ul", sides))
    return _list(items, labels.say("no_links"))


def instruments_html(report: Report, labels: Labels) -> str:
    """Returns the resolutions, agreements, statements, conferences and laws."""
    items = []
    for instrument in report.instruments:
        form = words_html(instrument.mentions[0].form if instrument.mentions else instrument.names.ar, labels)
        english = f"{words_html(instrument.names.en, labels)} · " if instrument.names.en and labels.language == "en" else ""
        number = " " + labels.say("number", value=instrument.number) if instrument.number else ""
        items.append(f"{english}{form} {faint(labels.of('instruments', instrument.kind) + number)}")
    return _list(items, labels.say("no_instruments"))


def actors_html(report: Report, labels: Labels) -> str:
    """Returns the actors, the most often named first; a button marks an actor's mentions in the text."""
    items = []
    for number, actor in enumerate(report.actors, 1):
        other = words_html(arabic_name(actor), labels) if labels.language == "en" and actor.names.en else ""
        role = " · ".join(words_html(part, labels) for part in role_of(actor, labels.language))
        count = escape(labels.count("mentions", len(actor.mentions)))
        button = tag("button", count, "mentions", type="button", data_actor=str(number), aria_pressed="false")
        parts = [
            _name_html(actor, labels),
            other,
            role and tag("span", role, "faint"),
            faint(labels.of("kinds", actor.kind)),
            _wikidata(actor),
            button,
        ]
        items.append(" ".join(part for part in parts if part))
    return _list(items, labels.say("no_actors"))


def _wikidata(actor: Actor) -> str:
    if not actor.wikidata or not _WIKIDATA.fullmatch(actor.wikidata):
        return ""
    href = f"https://www.wikidata.org/wiki/{actor.wikidata}"
    return tag("a", actor.wikidata, "outside", dir="ltr", href=href, rel="noreferrer noopener")
