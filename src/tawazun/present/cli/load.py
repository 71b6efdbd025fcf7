"""Turns `tawazun load …` into articles of a workspace, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.loading import Loaded, load
from tawazun.app.workspaces import opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import print_json
from tawazun.present.cli.watchers import SHOWN, Watcher, count
from tawazun.present.cli.workspaces import WorkspaceOption


def load_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files of dossiers, .jsonl or .jsonl.zst, or folders of them.")],
    workspace: WorkspaceOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put dossiers in the place of those of the same articles.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes help; all cores by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as one line of JSON.")] = False,
) -> None:
    """Load dossiers that `tawazun code` wrote into a workspace.

    Articles that are there already are passed over, so the same command may be run again at any time. A line that is no dossier is refused
    and kept with its reason. Exit status: 0 all loaded, 1 something was refused, 2 nothing could be loaded.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    with interruptible(console), opened(workspace, make=True) as there:
        watcher = Watcher(console, "loading", f"the rejects of {there.address.shown}")
        with watcher.progress:
            done = load(there, files, replace, processes, watcher.begin, watcher.step, watcher.reject)
        shown = there.address.shown
    if json:
        print_json(done)
    _report(console, done, shown)
    if not done.new + done.replaced + done.known:
        raise typer.Exit(2)
    if done.refused:
        raise typer.Exit(1)


def _report(console: Console, done: Loaded, workspace: str) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [count(done.new, "dossier", "loaded")]
    numbers = ((done.replaced, "replaced"), (done.known, "there already"), (done.repeated, "met twice and kept once"))
    parts += [f"{number:,} {what}" for number, what in numbers if number]
    console.print(f"{', '.join(parts)}: {workspace}", markup=False)
    if done.refused:
        console.print(f"{count(done.refused, 'line', 'refused')}; the workspace keeps why", markup=False)
    if done.passed_over:
        names = ", ".join(done.passed_over[:SHOWN]) + (", …" if len(done.passed_over) > SHOWN else "")
        console.print(f"{count(len(done.passed_over), 'file', 'passed over')}, not of dossiers by the name: {names}", markup=False)
