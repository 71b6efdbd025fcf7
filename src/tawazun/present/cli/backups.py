"""Turns `tawazun backup` and `tawazun restore` into a file that holds a workspace, and a workspace from such a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tawazun.app.backups import Manifest, back_up, read_manifest, restore
from tawazun.app.workspaces import make_workspace, opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.watchers import count, open_messages
from tawazun.present.cli.workspaces import WorkspaceOption


def backup(
    out: Annotated[
        Path, typer.Argument(metavar="OUT.zip", help="Where the backup goes; a file there is replaced once the new one is whole.")
    ],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Write a workspace to one file, as it is now, also while others write to it.

    Vectors aren't in it: `tawazun embed` works them out again.
    """
    console = open_messages()
    with interruptible(console, f"nothing was written; what {out} was before, it still is"), opened(workspace) as there:
        manifest = back_up(there, out)
    _tell(manifest, f"written to {out}")
    if manifest.embedded:
        sys.stderr.write(
            f"without the vectors of {count(manifest.embedded, 'article')}; `tawazun embed` makes them again after `tawazun restore`\n"
        )
    if json:
        print_json(manifest)


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What `tawazun backup` wrote, of a workspace of either kind.")],
    workspace: WorkspaceOption = None,
    force: Annotated[bool, typer.Option("--force", help="Lose what the workspace holds.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes help; all cores by default.")] = None,
    json: JsonOption = False,
) -> None:
    """Put what a backup holds into a workspace, which is made where there is none; all of it, or nothing.

    The backup is checked before anything is written. A workspace that holds articles is left alone unless --force is given.
    """
    read_manifest(file)  # so that no workspace is made for a file that is none
    named, _ = make_workspace(workspace)
    with interruptible(open_messages(), f"nothing was restored into {named}"), opened(workspace) as there:
        manifest = restore(there, file, force, processes)
        shown = there.address.shown
    _tell(manifest, f"restored into {shown}")
    if manifest.embedded:
        sys.stderr.write(
            f"{count(manifest.embedded, 'article')} had vectors, which a backup leaves out; "
            f"`tawazun embed --workspace {shown}` makes them again, for `tawazun search --meaning`\n"
        )
    if json:
        print_json(manifest)


def _tell(manifest: Manifest, done: str) -> None:
    sys.stderr.write(f"{manifest.counts['articles']:,} articles with {manifest.counts['events']:,} events {done}\n")
