"""Turns `tawazun search …` into events and sentences of a workspace, on the terminal, as JSON or as CSV."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from csv import writer
from typing import Annotated

import msgspec
import typer

from tawazun.app.reports import numbered, words_of
from tawazun.app.searching import find, find_meaning, results_of, sentence_of_passage, table_of
from tawazun.app.workspaces import opened
from tawazun.base.errors import InputError
from tawazun.model.dossier import Document
from tawazun.present.cli.filters import narrowing
from tawazun.present.cli.outputs import JsonOption, print_json, write_whole
from tawazun.present.cli.reports import event_rows, event_words
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi, Row, apart, isolated
from tawazun.present.cli.watchers import count
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.present.labels import Labels, Language
from tawazun.store.origins import Counts
from tawazun.store.queries import MOST, ORDERS, Order, Query
from tawazun.store.searches import Hit, Page, Passage


@narrowing
def search(
    asked: Query,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS…]", help='Words of a sentence; "phrases", -excluded, beginnings* and OR.')
    ] = None,
    workspace: WorkspaceOption = None,
    meaning: Annotated[str | None, typer.Option(metavar="SENTENCE", help="Find the sentences nearest in meaning, in any language.")] = None,
    events: Annotated[bool, typer.Option("--events", help="Show events also where only words are given, not sentences.")] = False,
    order: Annotated[str, typer.Option(metavar="|".join(ORDERS), help="What comes first.")] = "newest",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to leave out before.")] = 0,
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print them as CSV.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = "en",
    width: Annotated[int | None, typer.Option(min=40, help="Columns; those of the terminal, up to 120, by default.")] = None,
    bidi: Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help="How Arabic is written; see `tawazun read --help`.")] = "auto",
) -> None:
    """Find events of a workspace, or sentences where only words are given.

    Spelling, marks and what is written on to a word don't matter. Of several values of one option any will do; several --actor, --source,
    --target and --holder must all have their part, unless commas stand between. Put -- before words that begin with -.
    """
    typed = _typed(words or ())
    query = msgspec.structs.replace(asked, words=typed, kind="events" if events else None, order=_order(order), limit=limit, offset=offset)
    if (json and csv) or (meaning is not None and (events or order != "newest")):
        raise InputError("--json and --csv exclude each other, and so do --meaning and --events or --order")
    page, lacking = _found(workspace, query, meaning)
    if json:
        print_json(results_of(page, lacking))
    elif csv:
        write_whole("-", _table(page))
    else:
        labels = Labels(lang)
        show(page_rows(page, query, meaning is not None, labels), labels, width, bidi, dict(os.environ))
    if lacking:
        sys.stderr.write(f"{lacking:,} articles have no vectors yet and were not compared; `tawazun embed` makes them\n")
    if page.counts is not None and page.counts.unmerged:
        number = count(page.counts.unmerged, "article")
        sys.stderr.write(f"{number} with hits not merged yet, so copies among them are not told apart; `tawazun merge` finds them\n")


def _typed(words: Sequence[str]) -> str:
    """Returns what was typed as one line; an argument of several words was in the shell's quotation marks, so it is a phrase if it stands
    beside others.
    """
    alone = len(words) < 2
    return " ".join(word if alone or '"' in word or " " not in word else f'"{word}"' for word in words)


def _order(order: str) -> Order:
    orders = [known for known in ORDERS if known == order]
    if not orders:
        raise InputError(f"--order {order}: no such order; choose {', '.join(ORDERS)}")
    return orders[0]


def _found(workspace: str | None, query: Query, meaning: str | None) -> tuple[Page, int]:
    with opened(workspace) as there:
        return find_meaning(there, meaning, query) if meaning is not None else (find(there, query), 0)


def _table(page: Page) -> str:
    columns, rows = table_of(page)
    buffer = io.StringIO(newline="")
    writer(buffer).writerows([columns, *rows])
    return buffer.getvalue()


def page_rows(page: Page, query: Query, by_meaning: bool, labels: Labels) -> Iterator[Row]:
    """Yields the rows of a page of results."""
    shown = len(page.hits) + len(page.passages)
    total = f"{page.total:,}"
    if not shown:
        yield Row("note", "", labels.say("no_more", total=total) if page.total else labels.say("no_hits"))
        return
    key = "likest" if by_meaning else "hits" if page.hits else "passages"
    slots = {"first": f"{page.offset + 1:,}", "last": f"{page.offset + shown:,}", "total": total}
    counted = (_counted(page.counts, labels),) if page.counts is not None else ()
    yield Row("note", "", " · ".join((labels.say(key, order=labels.say(query.order), **slots), *counted)))
    for number, hit in enumerate(page.hits, page.offset + 1):
        yield from _hit(hit, number, labels)
    for number, passage in enumerate(page.passages, page.offset + 1):
        yield from _passage(passage, number, labels)


def _counted(counts: Counts, labels: Labels) -> str:
    """Says how many there are with and without copies."""
    numbers = ("hits", "without_copies", "articles", "origins", *(("happenings",) if counts.happenings is not None else ()))
    return labels.say("semicolon").join(f"{labels.say(f'counted_{name}')} {getattr(counts, name):,}" for name in numbers)


def _hit(hit: Hit, number: int, labels: Labels) -> Iterator[Row]:
    first, *rest = event_rows(numbered(hit.dossier, hit.event, number), hit.dossier.document.text, labels)
    yield Row(first.kind, first.label, f"{labels.of('statuses', hit.event.status)} · {first.body}")
    yield from rest
    yield _origin(hit.dossier.document, labels)


def _passage(passage: Passage, number: int, labels: Labels) -> Iterator[Row]:
    text = passage.dossier.document.text
    likeness = f" · {labels.say('likeness')} {passage.likeness:.2f}" if passage.likeness is not None else ""
    document = passage.dossier.document
    yield Row("event", str(number), " · ".join(isolated(part) for part in (document.outlet, document.published) if part) + likeness)
    yield Row("sentence", labels.say("text"), isolated(sentence_of_passage(passage)))
    for event in passage.events:
        status = labels.of("statuses", event.status)
        words = isolated(words_of(text, event.trigger))
        yield Row("row", labels.say("finding_event"), f"{status} · {event_words(event, labels)} · {words}")
        yield Row("faint", labels.say("explain"), apart(event.id, labels))
    yield _origin(document, labels)


def _origin(document: Document, labels: Labels) -> Row:
    parts = [part for part in (document.outlet, document.published, document.title, document.url or document.id) if part]
    return Row("faint", labels.say("from"), " · ".join(isolated(part) for part in parts))
