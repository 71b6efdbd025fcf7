"""Turns `tawazun explain …` into the derivation of a finding, with the words that each step rests on, or into what tells two apart."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tawazun.app.explaining import Explained
from tawazun.app.explanations import Shown, explain_in_file, explain_in_workspace, explain_two
from tawazun.app.reports import arabic_name, report_of, words_of
from tawazun.app.workspaces import opened
from tawazun.base.errors import InputError
from tawazun.model.dossier import Actor, Claim, Dossier, Event, Instrument, Mention, Span
from tawazun.present.cli.comparisons import happening_rows, origin_rows, pair_rows
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.reports import event_words, marked_sentence, participant_words, report_rows, said_words, when_words
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi, Row, apart, isolated
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.present.derivations import Step, derivation_of
from tawazun.present.labels import Labels, Language
from tawazun.scorers.joining import load_joining


def explain_command(
    asked: Annotated[
        list[str],
        typer.Argument(
            metavar="[DOSSIERS] ID [OTHER-ID]",
            help="A file of dossiers, one a line, else the workspace is looked into; the id of an event, claim, actor, instrument, "
            "dossier or article, or its first letters; of the workspace also a second event or article, to hold against the first.",
        ),
    ],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = "en",
    width: Annotated[int | None, typer.Option(min=40, help="Columns; those of the terminal, up to 120, by default.")] = None,
    bidi: Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help="How Arabic is written; see `tawazun read --help`.")] = "auto",
) -> None:
    """Show what a finding rests on: each step with its words, and the sentence; in a workspace also its happening.

    With two events of a workspace: why they are one happening or aren't. With two articles: why they share an origin or don't.
    """
    shown = _find(asked, workspace)
    if json:
        print_json(shown.explanation)
        return
    labels = Labels(lang)
    show(shown_rows(shown, labels), labels, width, bidi, dict(os.environ))


def _find(asked: list[str], workspace: str | None) -> Shown:
    """Finds what is asked for; the first of two arguments is a file where there is one of that name, or it is written as one."""
    if len(asked) > 2:
        raise InputError(f"{' '.join(asked)}: give an id or two, or a file of dossiers and an id")
    if len(asked) == 2 and (Path(asked[0]).exists() or "/" in asked[0] or asked[0].endswith(".jsonl")):
        return explain_in_file(Path(asked[0]), asked[1])
    with opened(workspace) as there:
        return explain_two(there, load_joining(), *asked) if len(asked) == 2 else explain_in_workspace(there, load_joining(), asked[0])


def shown_rows(shown: Shown, labels: Labels) -> Iterator[Row]:
    """Yields the rows of an explanation."""
    explanation, pair = shown.explanation, shown.explanation.events or shown.explanation.articles
    if pair is not None:
        yield from pair_rows(pair, labels)
    if shown.explained is not None:
        yield from explained_rows(shown.explained, labels)
        if explanation.origin is not None:
            yield from origin_rows(explanation.origin, labels)
        if explanation.happening is not None:
            yield from happening_rows(explanation.happening, shown.explained.finding.id, labels)


def explained_rows(explained: Explained, labels: Labels) -> Iterator[Row]:
    """Yields the rows for one finding."""
    dossier, finding = explained.dossier, explained.finding
    if isinstance(finding, Dossier):
        yield from report_rows(report_of(finding), labels)
    elif isinstance(finding, Event):
        yield from _event(finding, dossier, labels)
    elif isinstance(finding, Claim):
        yield from _claim(finding, dossier, labels)
    else:
        yield from _named(finding, dossier, labels)


def _origin(dossier: Dossier, labels: Labels) -> Iterator[Row]:
    document = dossier.document
    parts = [part for part in (document.outlet, document.published, document.title, document.url or document.id) if part]
    yield Row("row", labels.say("from"), " · ".join(isolated(part) for part in parts))
    yield Row(
        "faint", labels.say("made_by"), f"tawazun {dossier.made_by.engine} · {labels.say('knowledge')} {dossier.made_by.knowledge[:19]}"
    )


def _event(event: Event, dossier: Dossier, labels: Labels) -> Iterator[Row]:
    report = report_of(dossier)
    text = dossier.document.text
    item = next(item for item in report.events if item.event.id == event.id)
    yield Row("header", "", f"{apart(event.id, labels)} · {labels.of('statuses', event.status)} · {event_words(event, labels)}")
    for party in item.parties:
        yield Row("row", labels.of("roles", party.participant.role), participant_words(party, text, labels))
    if event.time:
        yield Row("row", labels.say("when"), when_words(event, labels))
    if event.place:
        yield Row("row", labels.say("where"), isolated(event.place.name) + (f" · {event.place.country}" if event.place.country else ""))
    if event.attribution:
        yield Row("row", labels.say("says"), said_words(event.attribution, text, labels))
    yield Row("sentence", labels.say("text"), marked_sentence(text, item.sentence, event.trigger))
    yield from _origin(dossier, labels)
    yield Row("blank", "", "")
    yield Row("title", "", labels.say("because"))
    yield from _steps(derivation_of(event.because, labels), text, 0)
    for link in dossier.links:
        if event.id in (link.origin, link.to):
            cue = isolated(words_of(text, link.cue))
            other = next(i for i in report.events if i.event.id == (link.to if link.origin == event.id else link.origin))
            yield Row(
                "note",
                "",
                f"{labels.of('links', link.kind)} · {other.number}. {event_words(other.event, labels)} · {cue}",
            )


def _steps(step: Step, text: str, depth: int) -> Iterator[Row]:
    quotes = "; ".join(isolated(words_of(text, span)) for span in step.spans)
    yield Row("tree", f"{'   ' * depth}-", f"{step.words} [{step.rule}]" + (f" · {quotes}" if quotes else ""))
    for child in step.steps:
        yield from _steps(child, text, depth + 1)


def _claim(claim: Claim, dossier: Dossier, labels: Labels) -> Iterator[Row]:
    text = dossier.document.text
    quoted = labels.say("comma") + labels.say("quoted") if claim.quoted else ""
    yield Row(
        "header", "", f"{apart(claim.id, labels)} · {labels.of('acts', claim.act)}{quoted} · {isolated(words_of(text, claim.holder))}"
    )
    yield Row("row", labels.say("text"), isolated(words_of(text, claim.content)))
    yield from _origin(dossier, labels)
    yield Row("note", "", labels.say("claim_because"))
    for event in dossier.events:
        if event.id in claim.events:
            yield Row("blank", "", "")
            yield from _event(event, dossier, labels)


def _named(finding: Actor | Instrument, dossier: Dossier, labels: Labels) -> Iterator[Row]:
    text = dossier.document.text
    actor = isinstance(finding, Actor)
    kind = labels.of("kinds" if actor else "instruments", finding.kind)
    code = (finding.code or labels.say("no_code")) if isinstance(finding, Actor) else (finding.number or "")
    name = arabic_name(finding) if isinstance(finding, Actor) else finding.names.ar
    parts = [apart(finding.id, labels), kind, apart(code, labels), finding.names.en or "", isolated(name)]
    yield Row("header", "", " · ".join(part for part in parts if part))
    yield from _origin(dossier, labels)
    yield Row("note", "", labels.say("actor_because" if actor else "instrument_because"))
    for mention in finding.mentions:
        yield Row("sentence", _number(mention, dossier), _in_sentence(mention, dossier, text))


def _number(mention: Mention, dossier: Dossier) -> str:
    return str(next((n for n, s in enumerate(dossier.sentences, 1) if s.start <= mention.start < s.end), "-"))


def _in_sentence(mention: Mention, dossier: Dossier, text: str) -> str:
    span = Span(mention.start, mention.end)
    sentence = next((s for s in dossier.sentences if s.start <= mention.start < s.end), span)
    return marked_sentence(text, sentence, span)
