"""Turns a report into one HTML page that stands by itself: no request to anywhere, no style or script but its own."""

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from string import Template
from urllib.parse import urlsplit

from tawazun.app.reports import Report
from tawazun.present.html.lists import actors_html, agenda_html, holders_html, instruments_html, links_html
from tawazun.present.html.marks import article_html, words_html
from tawazun.present.html.panels import QUADS, events_html, filters_html
from tawazun.present.html.tags import escape, tag
from tawazun.present.labels import Labels
from tawazun.present.texts import visible


def page_of(report: Report, labels: Labels) -> str:
    """Returns the page."""
    style, script = _packaged("page.css"), _packaged("page.js")
    heading = report.dossier.document.title or _first_line(report.dossier.document.text) or labels.say("article")
    return Template(_packaged("page.html")).substitute(
        language=labels.language,
        direction="rtl" if labels.language == "ar" else "ltr",
        policy=policy_of(style, script),
        style=style,
        script=script,
        title=escape(visible(heading)),
        heading=words_html(heading, labels),
        facts=_facts(report, labels),
        legend=_legend(labels),
        text=article_html(report, labels) or f'<p class="none">{escape(labels.say("no_text"))}</p>',
        filters=filters_html(report, labels),
        events=events_html(report, labels),
        agenda=agenda_html(report, labels),
        holders=holders_html(report, labels),
        links=links_html(report, labels),
        instruments=instruments_html(report, labels),
        actors=actors_html(report, labels),
        made_by=_made_by(report, labels),
        unread=_unread(report, labels),
        **{
            f"say_{key}": escape(labels.say(key))
            for key in ("skip", "article", "events", "agenda", "claims", "links", "instruments", "actors", "all_filtered")
        },
    )


def _first_line(text: str) -> str:
    """Returns the first line where it is as short as a headline, else nothing."""
    line = text.lstrip().partition("\n")[0].strip()
    return line if len(line) <= 120 else ""


def policy_of(style: str, script: str) -> str:
    """Returns the content policy: nothing but the one style and the one script, told by their digests."""
    return f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _packaged(name: str) -> str:
    return (resources.files("tawazun.present.html") / name).read_text("utf-8").replace("\r\n", "\n")


def _facts(report: Report, labels: Labels) -> str:
    document, dossier = report.dossier.document, report.dossier
    facts = [words_html(document.outlet, labels)] if document.outlet else []
    if document.published:
        facts.append(tag("time", escape(document.published), dir="ltr"))
    else:
        facts.append(escape(f"{labels.say('date')}: {labels.say('no_anchor')}"))
    if document.url:
        facts.append(_address(document.url, labels))
    kinds = (
        ("sentences", dossier.sentences),
        ("events", report.events),
        ("actors", report.actors),
        ("claims", dossier.claims),
        ("links", report.ties),
    )
    counts = " · ".join(escape(labels.count(kind, len(found))) for kind, found in kinds)
    return tag("p", " · ".join(facts), "facts") + tag("p", counts, "facts")


def _address(url: str, labels: Labels) -> str:
    """Returns an address, as a link only where it leads to a web page."""
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    shown = words_html(url, labels)
    return tag("a", shown, "outside", href=visible(url), rel="noreferrer noopener") if web else shown


def _legend(labels: Labels) -> str:
    items = "".join(tag("li", tag("span", escape(labels.of("quad_names", quad)), f"trigger {quad}")) for quad in QUADS)
    return tag("ul", items, "legend", aria_label=labels.say("legend"))


def _made_by(report: Report, labels: Labels) -> str:
    made = report.dossier.made_by
    engine = f"{escape(labels.say('made_by'))} {tag('bdi', escape(f'Tawazun {made.engine}'))}"
    knowledge = f"{escape(labels.say('knowledge'))} {tag('code', escape(made.knowledge[:19]), dir='ltr')}"
    return " · ".join((engine, knowledge, tag("code", escape(report.dossier.id), dir="ltr")))


def _unread(report: Report, labels: Labels) -> str:
    unread = report.dossier.unread
    if not unread:
        return ""
    text = report.dossier.document.text
    items = ""
    for part in unread[:20]:
        words = words_html(text[part.start : min(part.end, part.start + 120)], labels)
        items += tag("li", f"{escape(visible(labels.of('unread_reasons', part.why)))} {tag('q', words)}")
    return tag(
        "section", tag("h2", escape(labels.say("unread"))) + tag("p", escape(labels.count("unread", len(unread)))) + tag("ul", items)
    )
