"""Turns the command line into calls of the use cases."""

import sys
from importlib import metadata
from typing import Annotated

import typer

from tawazun.base.errors import TawazunError
from tawazun.present.cli import batch, code, explain, export, knowledge, read

commands = typer.Typer(
    name="tawazun",
    help="Reads Arabic news about diplomacy and conflict and keeps a sourced picture of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tawazun {metadata.version('tawazun')}")
        raise typer.Exit


@commands.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")] = False,
) -> None:
    """Takes the options that stand before any command."""


commands.command("read")(read.read_command)
commands.command()(code.code)
commands.command()(batch.batch)
commands.command("explain")(explain.explain_command)
commands.command()(export.export)
commands.command()(export.schema)
commands.add_typer(knowledge.commands, name="knowledge")


def main() -> None:
    """Runs the command line; an error of ours is one line on standard error and exit status 2."""
    try:
        commands()
    except TawazunError as error:
        sys.stderr.write(f"tawazun: {error}\n")
        raise SystemExit(2) from None
