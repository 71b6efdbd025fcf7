"""Turns the command line into calls of the use cases."""

import sys
from importlib import import_module, metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tawazun.base.errors import TawazunError

COMMANDS = {
    "read": "read:read_command",
    "code": "code:code",
    "batch": "batch:batch",
    "explain": "explain:explain_command",
    "export": "export:export",
    "schema": "export:schema",
    "init": "workspaces:init",
    "ingest": "ingest:ingest_command",
    "feeds": "watching:feeds",
    "status": "workspaces:status",
    "load": "load:load_command",
    "merge": "happenings:merge_command",
    "happenings": "happenings:happenings_command",
    "recode": "recode:recode_command",
    "backup": "backups:backup",
    "restore": "backups:restore_command",
    "search": "search:search",
    "embed": "embed:embed_command",
    "analyse": "analyse:commands",
    "agenda": "analyses.agendas:agenda_command",
    "knowledge": "knowledge:commands",
}
"""Says in which module of this folder each command is; a module is imported when its command is asked for, so that none waits for another's
libraries.
"""


class _OnDemand(TyperGroup):
    """Is a group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"tawazun.present.cli.{module}"), name)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(cmd_name)(found)
            found = alone
        command = get_command(found)
        command.name = cmd_name
        return command


commands = typer.Typer(
    name="tawazun",
    cls=_OnDemand,
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


def main() -> None:
    """Runs the command line; an error of ours is one line on standard error and exit status 2."""
    try:
        commands()
    except TawazunError as error:
        sys.stderr.write(f"tawazun: {error}\n")
        raise SystemExit(2) from None
