"""Turns `tawazun init` and `tawazun status` into a workspace and what it holds."""

import sys
from typing import Annotated

import typer

from tawazun.app.workspaces import Made, make_workspace, opened, state_of
from tawazun.lexicon.load import digest_of, knowledge_folder, read_files
from tawazun.present.cli.outputs import JsonOption, print_json, standard_output

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
    named: Annotated[
        str | None, typer.Argument(metavar="[DIR|ADDRESS]", help="A folder, or postgresql://…; goes before what --workspace names.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make a workspace that keeps articles and what they say, or bring one of an earlier version up to date."""
    shown, new = make_workspace(named or workspace)
    sys.stderr.write(f"{shown}: {'made' if new else 'there, and up to date'}\n")
    if json:
        print_json(Made(shown, new))


def status(
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a workspace holds."""
    with opened(workspace) as there:
        state = state_of(there, digest_of(read_files(knowledge_folder())))
    if json:
        print_json(state)
        return
    with standard_output():
        print(state.workspace)
        for name in ("articles", "copies", "sentences", "events", "happenings", "actors", "claims", "rejects"):
            print(f"{getattr(state, name):>12,} {name}")
        for number, what in (
            (state.outdated, "articles coded by an earlier version; `tawazun recode` codes them again"),
            (state.unmerged, "articles not merged yet; `tawazun merge` finds copies and happenings among them"),
            (state.without_vectors, "articles without vectors; `tawazun embed` makes them, for `tawazun search --meaning`"),
        ):
            if number:
                print(f"{number:>12,} {what}")
