"""Turns the command line into calls of the use cases."""

import sys

import typer

from tawazun.base.errors import TawazunError
from tawazun.present.cli import code, explain, export, knowledge, read

commands = typer.Typer(
    name="tawazun",
    help="Reads Arabic news about diplomacy and conflict and keeps a sourced picture of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command("read")(read.read_command)
commands.command()(code.code)
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
