"""Turns `tawazun analyse NAME …` into the analysis of that name."""

import typer

from tawazun.present.cli.analyses.agendas import agenda_command
from tawazun.present.cli.analyses.barometers import barometer_command
from tawazun.present.cli.analyses.brokers import go_betweens_command
from tawazun.present.cli.analyses.camps import camps_command
from tawazun.present.cli.analyses.claims import claims_command
from tawazun.present.cli.analyses.scenarios import scenarios_command
from tawazun.present.cli.analyses.sheets import ripeness_command
from tawazun.present.cli.analyses.tracks import tracks_command

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command("agenda")(agenda_command)
commands.command("claims")(claims_command)
commands.command("tracks")(tracks_command)
commands.command("camps")(camps_command)
commands.command("barometer")(barometer_command)
commands.command("go-betweens")(go_betweens_command)
commands.command("scenarios")(scenarios_command)
commands.command("ripeness")(ripeness_command)


@commands.callback()
def options() -> None:
    """Answer what a desk asks, over a workspace, or over articles or dossiers."""
