"""Turns what an analysis finds into a command: with its input and filters, a table, JSON, or a figure."""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tawazun.app.analysing import analysed, corpus
from tawazun.model.analyses import Analysis
from tawazun.model.evidence import Evidence
from tawazun.present.cli.filters import narrowing
from tawazun.present.cli.outputs import standard_output
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi, Row, isolated
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.present.figures.canvases import Drawing, save
from tawazun.present.labels import Labels, Language
from tawazun.store.queries import Query


class Answer(msgspec.Struct, frozen=True):
    """Is what an analysis gives: the record that `--json` prints, the rows of its table, and how it is drawn, where it is.

    `rows` and `drawing` are given the sentences that the record rests on.
    """

    result: msgspec.Struct
    rows: Callable[[Analysis[Any]], Iterable[Row]]
    drawing: Drawing | None


def analysis(name: str) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Makes the command of an analysis from a function that is given a corpus and labels, and options of its own that are keywords; what
    every analysis has (input, filters, `--as-of`, `--json`, `--figure`, language) comes with it.
    """
    return lambda function: _command(name, function)


def _command(name: str, function: Callable[..., Answer]) -> Callable[..., None]:
    def command(
        asked: Query,
        inputs: Annotated[list[str] | None, typer.Argument(metavar="[FILE…]", help="Articles or dossiers instead of a workspace.")] = None,
        workspace: WorkspaceOption = None,
        as_of: Annotated[str | None, typer.Option(metavar="DATE", help="As was known on that day; the last one by default.")] = None,
        json: Annotated[bool, typer.Option("--json", help="Print it as one line of JSON.")] = False,
        figure: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it, too: .svg or .png.")] = None,
        lang: Annotated[Language, typer.Option(help="Language of the labels.")] = "en",
        width: Annotated[int | None, typer.Option(min=40, help="Columns.")] = None,
        bidi: Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help="How Arabic is written; see `tawazun read --help`.")] = "auto",
        **own: Any,
    ) -> None:
        found = corpus(workspace, inputs or (), asked, as_of)
        labels = Labels(lang, name)
        answer = function(found, labels, **own)
        whole = analysed(name, found, answer.result)
        if figure is not None:
            _draw(answer, figure, labels)
        if json:
            with standard_output():
                sys.stdout.buffer.write(msgspec.json.encode(whole) + b"\n")
        else:
            show((*_head(whole, labels), *answer.rows(whole)), labels, width, bidi, dict(os.environ))

    options = [part for part in inspect.signature(function).parameters.values() if part.kind is inspect.Parameter.KEYWORD_ONLY]
    shared = [part for part in inspect.signature(command).parameters.values() if part.kind is not inspect.Parameter.VAR_KEYWORD]
    keywords = [part.replace(kind=inspect.Parameter.KEYWORD_ONLY) for part in shared]
    command.__signature__ = inspect.Signature([*keywords, *options])  # type: ignore[attr-defined]  # inspect reads it, the stubs lack it
    command.__doc__, command.__name__ = function.__doc__, function.__name__
    return narrowing(command)


def _draw(answer: Answer, path: Path, labels: Labels) -> None:
    if answer.drawing is None:
        sys.stderr.write(labels.say("not_drawn") + "\n")
        return
    save(answer.drawing, path, labels)


def _head(whole: Analysis[Any], labels: Labels) -> Iterator[Row]:
    """Yields what was looked at, as every table begins."""
    yield Row(
        "header",
        "",
        labels.say(
            "looked_at",
            analysis=labels.of("analyses", whole.analysis),
            as_of=whole.as_of,
            events=f"{whole.events:,}",
            all=f"{whole.all_events:,}",
            articles=labels.count("articles", whole.articles),
            origins=labels.count("origins", whole.origins),
        ),
    )
    if whole.undated:
        yield Row("faint", "", labels.count("undated", whole.undated))


def sentences(whole: Analysis[Any], ids: Iterable[str], most: int | None = 3) -> Iterator[Row]:
    """Yields the sentences that some events stand in, one of each origin, up to `most`, each with where it was published."""
    shown: dict[str, Evidence] = {}
    for id in ids:
        if (found := whole.evidence.get(id)) is not None:
            shown.setdefault(found.origin, found)
    for found in list(shown.values())[:most]:
        marked = f"{found.sentence[: found.start]}\u27e6{found.sentence[found.start : found.end]}\u27e7{found.sentence[found.end :]}"
        parts = [found.outlet or found.article, found.published or "", found.event]
        yield Row("sentence", "-", f"{' · '.join(isolated(part) for part in parts if part)}: {isolated(marked)}")
