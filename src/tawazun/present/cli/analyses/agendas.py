"""Turns `tawazun analyse agenda` into what is due, overdue without a report, done, called off and put off, with the sentences."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from tawazun.app.analyses import agenda_of
from tawazun.app.analysing import analysed
from tawazun.app.calendars import calendar, write_calendar
from tawazun.base.errors import InputError
from tawazun.model.agendas import STATES, Agenda, Entry, State
from tawazun.model.analyses import Analysis
from tawazun.model.evidence import Corpus
from tawazun.present.analyses.entries import head_of, label_of, parties_of, place_of, window_of
from tawazun.present.cli.analyses.answers import Answer, analysis, sentences
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.agendas import draw_agenda
from tawazun.present.labels import Labels

_StateOption = Annotated[
    list[str] | None, typer.Option("--state", metavar="STATE", help=f"Only entries of that state; may be repeated: {', '.join(STATES)}.")
]


@analysis("agenda")
def agenda_command(
    corpus: Corpus,
    labels: Labels,
    *,
    state: _StateOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many entries of a state are shown, the nearest first; JSON has all.")] = 10,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write those with a date into a calendar, too (RFC 5545).")] = None,
) -> Answer:
    """List planned meetings and undertakings: what is due, overdue without a report, done, called off, put off; always with its source."""
    found = agenda_of(corpus, _states(state or ()))
    dated = sum(entry.due is not None for entry in found.entries)
    if ics is not None:
        whole = analysed("agenda", corpus, found)
        content = calendar(
            found.entries,
            whole.as_of,
            lambda entry: label_of(entry, corpus.actors, labels),
            lambda entry: _described(entry, whole, labels),
        )
        write_calendar(ics, content)

    def rows(whole: Analysis[Agenda]) -> Iterator[Row]:
        if not found.entries:
            yield Row("note", "", labels.say("no_entry"))
        for kind in STATES:
            some = [entry for entry in found.entries if entry.state == kind]
            if some:
                yield from _of_state(kind, some, whole, labels, limit)
        if ics is not None and dated < len(found.entries):
            yield Row("faint", "", labels.count("not_in_calendar", len(found.entries) - dated))
        left = found.left_out
        if left.past or left.nameless or left.intentions:
            yield Row("faint", "", labels.say("left_out", past=left.past, nameless=left.nameless, intentions=left.intentions))

    def draw(labels: Labels) -> Any:
        return draw_agenda(found, date.fromordinal(corpus.as_of), corpus.actors, labels)

    return Answer(found, rows, draw if dated else None)


def _states(names: Sequence[str]) -> list[State]:
    """Returns the states of some names; raises `InputError` where there is none of a name."""
    known: dict[str, State] = {state: state for state in STATES}
    for name in names:
        if name not in known:
            raise InputError(f"--state {name!r}: no entry has such a state; expected one of {', '.join(STATES)}")
    return [known[name] for name in names]


def _of_state(state: State, entries: list[Entry], whole: Analysis[Agenda], labels: Labels, limit: int) -> Iterator[Row]:
    yield Row("title", "", f"{labels.of('states', state)} · {labels.count('entries', len(entries))}")
    for entry in entries[:limit]:
        yield from _rows(entry, whole, labels)
    if len(entries) > limit:
        yield Row("faint", "", labels.count("more", len(entries) - limit))
    yield Row("blank", "", "")


def _rows(entry: Entry, whole: Analysis[Agenda], labels: Labels) -> Iterator[Row]:
    parties = isolated(parties_of(entry, whole.actors, labels))
    parts = [isolated(entry.words), parties, isolated(place_of(entry, labels)) if entry.place else ""]
    yield Row("row", "", f"{head_of(entry, labels)}: {' · '.join(part for part in parts if part)}")
    yield Row("faint", "", " · ".join(_details(entry, labels)))
    told = (*entry.pledges, *entry.events)
    yield from sentences(whole, told, 2)
    if entry.outcome is not None and not set(entry.outcome.events) <= set(told):
        yield Row("row", "", labels.say("became", day=entry.outcome.published or "?"))
        yield from sentences(whole, [id for id in entry.outcome.events if id not in told], 2)


def _details(entry: Entry, labels: Labels) -> Iterator[str]:
    """Yields what is known of an entry beside who and what: its window, moves, repetition, word and how much it rests on."""
    if entry.due is None:
        yield labels.say("dateless")
    else:
        yield window_of(entry.due, labels)
        if entry.due.phrase:
            yield labels.say("by_phrase", phrase=isolated(entry.due.phrase), told=entry.due.told or "?")
    for due in entry.moved_from:
        yield labels.say("was", window=window_of(due, labels))
    if entry.repeat is not None:
        how = "repeated_freely" if entry.repeat.expected is None else "repeated"
        yield labels.say(how, every=labels.of("every", entry.repeat.every), expected=entry.repeat.expected, seen=entry.repeat.seen)
    if entry.state == "overdue":
        yield labels.count("watched", entry.watched) if entry.watched else labels.say("unwatched")
    if entry.on_word_of:
        yield labels.say("on_word", holders=isolated(f"{labels.say('comma')} ".join(entry.on_word_of[:2])))
    thin = "" if entry.support == "enough" else f" ({labels.of('support', entry.support)})"
    yield labels.count("origins", entry.origins) + thin


def _described(entry: Entry, whole: Analysis[Agenda], labels: Labels) -> str:
    """Returns what a calendar says of an entry: its state, what is known of it, up to three sentences, each with its source."""
    lines = [labels.of("states", entry.state), " · ".join(_details(entry, labels))]
    outcome = entry.outcome.events[:1] if entry.outcome is not None else ()
    ids: dict[str, None] = dict.fromkeys((*outcome, *entry.pledges[:1], *entry.events))
    for id in list(ids)[:3]:
        found = whole.evidence.get(id)
        if found is not None:
            source = " · ".join(part for part in (found.outlet or found.article, found.published) if part)
            lines.append(f"{source}: {found.sentence}")
    return "\n".join(lines)
