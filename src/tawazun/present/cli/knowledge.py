"""Turns `tawazun knowledge …` into reports for people who never open a .py file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.knowledge import report_knowledge

commands = typer.Typer(help="Check and compare the knowledge files.", no_args_is_help=True)


@commands.command()
def check(
    folder: Annotated[Path | None, typer.Option(help="A knowledge folder; the packaged one by default.")] = None,
    gaps: Annotated[bool, typer.Option(help="List the actors without Wikidata id or source.")] = False,
) -> None:
    """Check every knowledge file; each error says file and line."""
    report = report_knowledge(folder)
    console = Console(highlight=False, soft_wrap=True)
    for error in report.errors:
        console.print(error, markup=False)
    if gaps:
        console.print("without Wikidata id: " + ", ".join(report.without_id), markup=False)
        console.print("without source: " + ", ".join(report.without_source), markup=False)
    console.print(", ".join(f"{count} {name}" for name, count in report.counts.items()))
    console.print("predicates: " + ", ".join(f"{kind} {count}" for kind, count in report.predicates_by_type.items()))
    if report.errors:
        console.print(f"{len(report.errors)} errors")
        raise typer.Exit(1)
