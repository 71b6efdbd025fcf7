"""Says which commands, arguments and options the command line has, asked of its own parser."""

from typing import Any, NamedTuple

import typer.main

from tawazun.present.cli.main import commands


class Known(NamedTuple):
    """Is one command: its options in all spellings, those that take a value, and how many arguments it needs and takes."""

    options: frozenset[str]
    valued: frozenset[str]
    required: frozenset[frozenset[str]]
    least: int
    most: int | None


def command_tree() -> dict[str, Known]:
    """Returns every command that does something, by its full name (`knowledge check`)."""
    return dict(_below(typer.main.get_command(commands), ()))


def _below(command: Any, path: tuple[str, ...]) -> list[tuple[str, Known]]:
    if not hasattr(command, "list_commands"):
        return [(" ".join(path), _known(command))]
    context = typer.Context(command)
    return [item for name in command.list_commands(context) for item in _below(command.get_command(context, name), (*path, name))]


def _known(command: Any) -> Known:
    options = [part for part in command.params if part.param_type_name == "option" and not getattr(part, "hidden", False)]
    arguments = [part for part in command.params if part.param_type_name == "argument"]
    spellings = frozenset(name for part in options for name in (*part.opts, *part.secondary_opts))
    valued = frozenset(name for part in options if not part.is_flag for name in part.opts)
    required = frozenset(frozenset(part.opts) for part in options if part.required)
    endless = any(part.nargs == -1 for part in arguments)
    return Known(spellings, valued, required, sum(part.required for part in arguments), None if endless else len(arguments))
