"""Turns a report into one HTML page that stands by itself: no request to anywhere, and a content policy that allows its own style and script only."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources
from string import Template
from urllib.parse import urlsplit

from tawazun.app.reports import Report
from tawazun.present.html.marks import article_html, words_html
from tawazun.present.html.panels import QUADS, actors_html, agenda_html, events_html, filters_html, holders_html, instruments_html, links_html
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
        **{f"say_{key}": escape(labels.say(key)) for key in ("skip", "article", "events", "agenda", "claims", "links", "instruments", "actors", "all_filtered")},
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
    document = report.dossier.document
    facts = [words_html(document.outlet, labels)] if document.outlet else []
    facts.append(f'<time dir="ltr">{escape(document.published)}</time>' if document.published else escape(f"{labels.say('date')}: {labels.say('no_anchor')}"))
    if document.url:
        facts.append(_address(document.url, labels))
    dossier = report.dossier
    kinds = (("sentences", dossier.sentences), ("events", report.events), ("actors", report.actors), ("claims", dossier.claims), ("links", report.ties))
    counts = " · ".join(escape(labels.count(kind, len(found))) for kind, found in kinds)
    return f'<p class="facts">{" · ".join(facts)}</p><p class="facts">{counts}</p>'


def _address(url: str, labels: Labels) -> str:
    """Returns an address, as a link only where it leads to a web page."""
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    shown = words_html(url, labels)
    return f'<a class="outside" href="{escape(visible(url))}" rel="noreferrer noopener">{shown}</a>' if web else shown


def _legend(labels: Labels) -> str:
    items = "".join(f'<li><span class="trigger {quad}">{escape(labels.of("quad_names", quad))}</span></li>' for quad in QUADS)
    return f'<ul class="legend" aria-label="{escape(labels.say("legend"))}">{items}</ul>'


def _made_by(report: Report, labels: Labels) -> str:
    made = report.dossier.made_by
    return (
        f"{escape(labels.say('made_by'))} <bdi>Tawazun {escape(made.engine)}</bdi> · {escape(labels.say('knowledge'))} <code>{escape(made.knowledge[:19])}</code>"
        f" · <code>{escape(report.dossier.id)}</code>"
    )


def _unread(report: Report, labels: Labels) -> str:
    unread = report.dossier.unread
    if not unread:
        return ""
    text = report.dossier.document.text
    items = "".join(f"<li>{escape(visible(part.why))} <q>{words_html(text[part.start : min(part.end, part.start + 120)], labels)}</q></li>" for part in unread[:20])
    return f"<section><h2>{escape(labels.say('unread'))}</h2><p>{escape(labels.count('unread', len(unread)))}</p><ul>{items}</ul></section>"
