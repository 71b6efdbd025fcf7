"""Turns `tawazun ingest …` into articles of a workspace, with a progress bar for whoever watches."""

from typing import Annotated

import msgspec
import typer
from rich.console import Console

from tawazun.app.ingesting import Ingested, TakenIn, ingest
from tawazun.app.workspaces import opened
from tawazun.base.errors import InputError
from tawazun.ingest.finds import Choices
from tawazun.ingest.tables import column_map
from tawazun.present.cli.happenings import merge_workspace
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import print_json
from tawazun.present.cli.watchers import SHOWN, Watcher, count
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.store.workspaces import Workspace

_COLUMN = "Which column of a table is text, published, title, outlet, url or id; may be repeated."
_EVERY = "With --watch: how long a feed is left alone that doesn't ask for more; 15 by default."


def ingest_command(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Texts, pages, rows, tables, feeds, web archives, mail, folders, http(s) addresses, or -."),
    ],
    workspace: WorkspaceOption = None,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes read; all cores by default.")] = None,
    column: Annotated[list[str] | None, typer.Option(metavar="PART=NAME", help=_COLUMN)] = None,
    follow_links: Annotated[bool, typer.Option("--follow-links", help="Take entries of feeds from the pages that they link to.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let addresses of private networks be fetched.")] = False,
    merge: Annotated[bool, typer.Option(help="Also find copies, and join events that tell of one happening.")] = True,
    watch: Annotated[bool, typer.Option("--watch", help="Poll the feeds at these addresses, until Ctrl-C.")] = False,
    once: Annotated[bool, typer.Option("--once", help="With --watch: poll the feeds that are due, then end.")] = False,
    every: Annotated[int | None, typer.Option(min=1, max=1440, metavar="MINUTES", help=_EVERY)] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was done, or with --watch each poll did, as a line of JSON.")] = False,
) -> None:
    """Take articles into a workspace: each is coded once and kept whole, with where it came from.

    Articles that are there already are passed over, so the same command may be run again at any time, also after an interruption. What
    can't be taken in is kept with its reason. Exit status: 0 all taken in, 1 something was refused, 2 nothing could be taken in.
    """
    choices = Choices(columns=column_map(column or ()), follow_links=follow_links, allow_private=allow_private)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    _check(watch, {"--once": once, "--every": every}, {"--column": column, "--processes": processes})
    with interruptible(console), opened(workspace, make=True) as there:
        if watch:
            from tawazun.present.cli.watching import EVERY, Wish, watch_feeds  # takes a tenth of a second, which few commands need

            status = watch_feeds(there, console, sources, choices, Wish(every or EVERY, once, merge, json))
        else:
            status = _take_in(there, console, sources, choices, processes, merge, json)
    if status:
        raise typer.Exit(status)


def _check(watch: bool, watching: dict[str, object], reading: dict[str, object]) -> None:
    """Raises `InputError` where options are given that only go with the other way of taking in."""
    given = next((name for name, value in (reading if watch else watching).items() if value), None)
    if given:
        raise InputError(f"{given} doesn't go with --watch; leave one out" if watch else f"{given} goes with --watch; give both")


def _take_in(
    there: Workspace, console: Console, sources: list[str], choices: Choices, processes: int | None, merge: bool, json: bool
) -> int:
    """Takes the sources in once and tells of it; returns the exit status."""
    watcher = Watcher(console, "taking in", f"the rejects of {there.address.shown}")
    with watcher.progress:
        done = ingest(there, sources, processes, choices, watcher.begin, watcher.step, watcher.reject)
    _report(console, done, there.address.shown)
    merged = merge_workspace(there, console) if merge else None
    if json:
        print_json(TakenIn(**msgspec.structs.asdict(done), merged=merged))
    if not done.new + done.known:
        return 2
    return 1 if done.refused or done.warned else 0


def _report(console: Console, done: Ingested, workspace: str) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [count(done.new, "article", "taken in")]
    parts += [
        f"{number:,} {what}" for number, what in ((done.known, "there already"), (done.repeated, "met twice and kept once")) if number
    ]
    console.print(f"{', '.join(parts)}: {workspace}", markup=False)
    some = [f"{number:,} {what}" for number, what in ((done.refused, "refused"), (done.warned, "kept without a part")) if number]
    if some:
        console.print(f"{', '.join(some)}; the workspace keeps why", markup=False)
    if done.passed_over:
        names = ", ".join(done.passed_over[:SHOWN]) + (", …" if len(done.passed_over) > SHOWN else "")
        console.print(f"{count(len(done.passed_over), 'file', 'passed over')}, of no kind that holds articles: {names}", markup=False)
