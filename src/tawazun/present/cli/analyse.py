"""Turns `tawazun analyse NAME …` into the analysis of that name."""

import typer

from tawazun.present.cli.analyses.agendas import agenda_command
from tawazun.present.cli.analyses.barometers import barometer_command

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command("agenda")(agenda_command)
commands.command("barometer")(barometer_command)


@commands.callback()
def options() -> None:
    """Answer what a desk asks, over a workspace, or over articles or dossiers."""
