"""Turns `tawazun init` and `tawazun status` into a workspace and what it holds."""

import sys
from typing import Annotated

import msgspec
import typer

from tawazun.app.workspaces import make_workspace, opened, state_of
from tawazun.lexicon.load import digest_of, knowledge_folder, read_files
from tawazun.present.cli.outputs import standard_output

WorkspaceOption = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR|ADDRESS",
        envvar="TAWAZUN_WORKSPACE",
        help="The workspace: a folder, or postgresql://…; the one in your data folder by default.",
    ),
]


def init(
    workspace: Annotated[
        str | None, typer.Argument(metavar="[DIR|ADDRESS]", help="A folder, or postgresql://…; in your data folder by default.")
    ] = None,
) -> None:
    """Make a workspace that keeps articles and what they say, or bring one of an earlier version up to date."""
    named, new = make_workspace(workspace)
    sys.stderr.write(f"{named}: {'made' if new else 'there, and up to date'}\n")


def status(
    workspace: WorkspaceOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as one line of JSON.")] = False,
) -> None:
    """Say what a workspace holds."""
    with opened(workspace) as there:
        state = state_of(there, digest_of(read_files(knowledge_folder())))
    with standard_output():
        if json:
            sys.stdout.buffer.write(msgspec.json.encode(state) + b"\n")
            return
        print(state.workspace)
        for name in ("articles", "sentences", "events", "actors", "claims", "rejects"):
            print(f"{getattr(state, name):>12,} {name}")
        if state.outdated:
            print(f"{state.outdated:>12,} articles coded by an earlier version; `tawazun recode` codes them again")
