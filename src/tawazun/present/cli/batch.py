"""Turns `tawazun batch …` into shards of dossiers, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tawazun.app.batches import SHARD_ARTICLES, Batched, Watcher, run_batch
from tawazun.base.errors import InputError
from tawazun.batch.manifests import Entry
from tawazun.batch.workplaces import LOCAL
from tawazun.present.cli.interruptions import interruptible

_SHOWN = 5


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN", help="A folder, a file or a pattern of .parquet, .jsonl(.gz) and .warc(.gz); local, or an address as s3://."
        ),
    ],
    out: Annotated[str, typer.Argument(metavar="OUT", help="The folder of the output, local or an address; new, or of an earlier run.")],
    on: Annotated[str, typer.Option(metavar="local|ADDRESS", help="This machine, or a Dask scheduler as tcp://host:8786.")] = LOCAL,
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes read on this machine; all cores by default.")] = None,
    shard_articles: Annotated[int, typer.Option(min=1, help="How many articles a shard has at most.")] = SHARD_ARTICLES,
) -> None:
    """Code shards of articles into shards of dossiers, on all cores of this machine or on a cluster.

    OUT gets a .jsonl.zst file of dossiers for each shard, a .rejects.jsonl file where something could not be read, and manifest.jsonl.
    Run the same command again after an interruption: only what isn't done, or doesn't hold any more, is coded. Exit status: 0 all shards
    are done, 1 some failed, 2 nothing could be done, 130 interrupted.
    """
    if processes is not None and on != LOCAL:
        raise InputError("--processes goes with --on local; on a cluster, start as many workers as it has cores")
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    screen = _Screen(console)
    with interruptible(console, f"what is in {out} is whole; run the same command again to go on"), screen.progress:
        done = run_batch(source, out, on, processes, shard_articles, Watcher(screen.begin, screen.step, screen.tell))
    _report(console, done, out)
    if done.failed:
        raise typer.Exit(1 if done.coded + done.already else 2)


class _Screen:
    """Shows on a terminal how far a run is, and the first few shards that failed."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.articles = self.failed = 0
        self.progress = Progress(
            SpinnerColumn(),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f} shards"),
            TextColumn("{task.fields[articles]} articles"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self.task: TaskID | None = None

    def begin(self, shards: int) -> None:
        self.task = self.progress.add_task("coding", total=shards, articles="0")

    def step(self, entry: Entry, new: bool) -> None:
        self.articles += entry.articles
        if self.task is not None:
            self.progress.update(self.task, advance=1, articles=f"{self.articles:,}")
        if entry.status == "failed":
            self.failed += 1
            if self.failed <= _SHOWN:
                self.tell(f"{entry.shard}: failed: {entry.reason}")
            elif self.failed == _SHOWN + 1:
                self.tell("… and more, all in the manifest")

    def tell(self, text: str) -> None:
        self.progress.console.print(text, markup=False)


def _report(console: Console, done: Batched, out: str) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [f"{_count(done.coded, 'shard')} coded ({_count(done.articles, 'article')})"]
    if done.already:
        parts.append(f"{done.already:,} there already")
    if done.failed:
        parts.append(f"{len(done.failed):,} failed")
    console.print(f"{', '.join(parts)}: {out}", markup=False)
    if done.rejects or done.warned:
        some = [f"{count:,} {what}" for count, what in ((done.rejects, "not read"), (done.warned, "read without a date")) if count]
        console.print(f"{', '.join(some)}: {out}/….rejects.jsonl", markup=False)
    if done.passed_over:
        names = ", ".join(done.passed_over[:_SHOWN]) + (", …" if len(done.passed_over) > _SHOWN else "")
        console.print(f"{_count(len(done.passed_over), 'file')} passed over, neither .parquet nor .jsonl nor .warc: {names}", markup=False)
    if done.left:
        console.print(
            f"{_count(len(done.left), 'shard')} of input that is no longer there: {done.left[0]}, …; left as they are", markup=False
        )


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
