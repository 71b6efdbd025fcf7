"""Turns `tawazun knowledge …` into reports for people who never open a .py file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.coverage import survey
from tawazun.app.differences import compare
from tawazun.app.knowledge import KnowledgeReport, report_knowledge
from tawazun.app.snapshots import Snapshot, snapshot_folder, take_snapshot
from tawazun.base.errors import InputError
from tawazun.present.cli.edits import coverage_rows, difference_rows
from tawazun.present.cli.outputs import JsonOption, print_json, standard_output
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi
from tawazun.present.labels import Labels

commands = typer.Typer(help="Check and compare the knowledge files, and find what they lack.", no_args_is_help=True)
Top = Annotated[int, typer.Option(min=0, help="How many rows of each list to show; 0 for all.")]
BidiOption = Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help="How Arabic is written; see `tawazun read --help`.")]


@commands.command()
def check(
    folder: Annotated[Path | None, typer.Option(help="A knowledge folder; the packaged one by default.")] = None,
    gaps: Annotated[bool, typer.Option(help="List the actors without Wikidata id or source.")] = False,
    json: JsonOption = False,
) -> None:
    """Check every knowledge file; each error says file and line."""
    report = report_knowledge(folder)
    if json:
        print_json(report)
    else:
        _tell(report, gaps)
    if report.errors:
        raise typer.Exit(1)


def _tell(report: KnowledgeReport, gaps: bool) -> None:
    with standard_output():
        for error in report.errors:
            print(error)
        if gaps:
            print("without Wikidata id: " + ", ".join(report.without_id))
            print("without source: " + ", ".join(report.without_source))
        print(", ".join(f"{count} {name}" for name, count in report.counts.items()))
        print("predicates: " + ", ".join(f"{kind} {count}" for kind, count in report.predicates_by_type.items()))
        if report.errors:
            print(f"{len(report.errors)} error{'' if len(report.errors) == 1 else 's'}")


@commands.command()
def snapshot(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]", help="Where it goes: a new or empty folder, or an earlier snapshot; by default one in the user's cache."
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Keep a copy of the knowledge as it is now, to compare with after an edit."""
    kept = str(take_snapshot(folder))
    if json:
        print_json(Snapshot(kept))
        return
    with standard_output():
        print(f"kept in {kept}")


@commands.command()
def diff(
    on: Annotated[list[str], typer.Option("--on", metavar="SAMPLE", help="Articles to code, as for tawazun code; may be repeated.")],
    folder: Annotated[Path | None, typer.Option(help="The knowledge as it is now; the packaged one by default.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="The knowledge as it was; by default what `tawazun knowledge snapshot` kept last.")
    ] = None,
    json: JsonOption = False,
    top: Top = 200,
    bidi: BidiOption = "auto",
) -> None:
    """Show what an edit of the knowledge gains, loses and changes in a sample of articles, by entry and sentence by sentence."""
    if against is None and not snapshot_folder().is_dir():
        raise InputError("nothing to compare with; run `tawazun knowledge snapshot` before an edit, or name a folder with --against")
    with _progress() as step:
        differences = compare(on, against or snapshot_folder(), folder, step)
    if json:
        print_json(differences)
        return
    show(difference_rows(differences, top), Labels("en"), None, bidi, dict(os.environ))


@commands.command()
def coverage(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT…", help="Raw articles, as for tawazun code.")],
    top: Top = 100,
    plain: Annotated[
        bool, typer.Option("--plain", help="Also count verbs whose entries only say that they are verbs (ar/verbs/plain.yaml).")
    ] = False,
    json: JsonOption = False,
    bidi: BidiOption = "auto",
) -> None:
    """Rank what the knowledge lacks: verbs between two actors, titles before names, prepositions that no frame takes.

    What ar/left_out.tsv lists as left out on purpose isn't shown.
    """
    with _progress() as step:
        found = survey(inputs, plain, step)
    if json:
        print_json(found)
        return
    show(coverage_rows(found, top), Labels("en"), None, bidi, dict(os.environ))


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Gives a function to call with the number of articles done; it shows on a terminal only."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda articles: None
        return
    with console.status("loading") as status:
        yield lambda articles: status.update(f"{articles:,} articles")
