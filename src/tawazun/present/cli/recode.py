"""Turns `tawazun recode` into dossiers by the engine and knowledge at hand, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.recoding import Recoded, recode_articles
from tawazun.app.workspaces import opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import print_json
from tawazun.present.cli.watchers import Watcher, count
from tawazun.present.cli.workspaces import WorkspaceOption


def recode_command(
    workspace: WorkspaceOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Code all articles again, also those that are up to date.")] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes read; all cores by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as one line of JSON.")] = False,
) -> None:
    """Code again the articles whose dossiers an earlier version or other knowledge made.

    Ids of findings that still hold stay. Run the same command again after an interruption: it goes on where it was cut off. Exit status: 0
    all coded, 1 the reader failed on some, which keep the dossier that they had.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    watcher = Watcher(console, "coding", None)
    kept = "each article has its old dossier or its new one; run the same command again"
    with interruptible(console, kept), opened(workspace) as there, watcher.progress:
        done = recode_articles(
            there,
            everything,
            processes,
            watcher.begin,
            watcher.step,
            lambda article, problem: console.print(f"{article}: {problem}", markup=False),
        )
    if json:
        print_json(done)
    _report(console, done)
    if done.failed:
        raise typer.Exit(1)


def _report(console: Console, done: Recoded) -> None:
    """Prints what was coded again, and what of it changed."""
    if not done.articles + done.failed:
        console.print("every article is up to date; `tawazun recode --all` codes all again", markup=False)
        return
    console.print(count(done.articles, "article", "coded again"), markup=False)
    gone, new = done.before - done.kept, done.after - done.kept
    console.print(f"events: {done.before:,} before, {done.after:,} now; {done.kept:,} the same, {gone:,} gone, {new:,} new", markup=False)
    if done.failed:
        console.print(f"{count(done.failed, 'article', 'failed')}, with the dossier that was there", markup=False)
