"""Turns `tawazun backup` and `tawazun restore` into a file that holds a workspace, and a workspace from such a file."""

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from tawazun.app.backups import Manifest, back_up, read_manifest, restore
from tawazun.app.workspaces import make_workspace, opened
from tawazun.present.cli.outputs import standard_output
from tawazun.present.cli.workspaces import WorkspaceOption

_Json = Annotated[bool, typer.Option("--json", help="Print what the backup holds as one line of JSON.")]


def backup(
    out: Annotated[
        Path, typer.Argument(metavar="OUT.zip", help="Where the backup goes; a file there is replaced once the new one is whole.")
    ],
    workspace: WorkspaceOption = None,
    json: _Json = False,
) -> None:
    """Write a workspace to one file, as it is now, also while others write to it."""
    with opened(workspace) as there:
        manifest = back_up(there, out)
    _tell(manifest, f"written to {out}", json)


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What `tawazun backup` wrote, of a workspace of either kind.")],
    workspace: WorkspaceOption = None,
    force: Annotated[bool, typer.Option("--force", help="Lose what the workspace holds.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes help; all cores by default.")] = None,
    json: _Json = False,
) -> None:
    """Put what a backup holds into a workspace, which is made where there is none; all of it, or nothing.

    The backup is checked before anything is written. A workspace that holds articles is left alone unless --force is given.
    """
    read_manifest(file)  # so that no workspace is made for a file that is none
    named, _ = make_workspace(workspace)
    with opened(named) as there:
        manifest = restore(there, file, force, processes)
        shown = there.address.shown
    _tell(manifest, f"restored into {shown}", json)


def _tell(manifest: Manifest, done: str, json: bool) -> None:
    if json:
        with standard_output():
            sys.stdout.buffer.write(msgspec.json.encode(manifest) + b"\n")
    sys.stderr.write(f"{manifest.counts['articles']:,} articles with {manifest.counts['events']:,} events {done}\n")
