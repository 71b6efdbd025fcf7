"""Turns `tawazun batch …` into shards of dossiers, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.batches import SHARD_ARTICLES, Batched, Watcher, run_batch
from tawazun.base.errors import InputError
from tawazun.batch.workplaces import LOCAL
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.watchers import ShardWatcher, count, first_of, open_messages


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
    json: JsonOption = False,
) -> None:
    """Code shards of articles into shards of dossiers, on all cores of this machine or on a cluster.

    OUT gets a .jsonl.zst file of dossiers for each shard, a .rejects.jsonl file where something could not be read, and manifest.jsonl.
    Run the same command again after an interruption: only what isn't done, or doesn't hold any more, is coded. Exit status: 0 all shards
    are done, 1 some failed, 2 nothing could be done, 130 interrupted.
    """
    if processes is not None and on != LOCAL:
        raise InputError("--processes goes with --on local; on a cluster, start as many workers as it has cores")
    console = open_messages()
    screen = ShardWatcher(console)
    with interruptible(console, f"what is in {out} is whole; run the same command again to go on"), screen.progress:
        done = run_batch(source, out, on, processes, shard_articles, Watcher(screen.begin, screen.step, screen.tell))
    _report(console, done, out)
    if json:
        print_json(done)
    if done.failed:
        raise typer.Exit(1 if done.coded + done.already else 2)


def _report(console: Console, done: Batched, out: str) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [f"{count(done.coded, 'shard')} coded ({count(done.articles, 'article')})"]
    if done.already:
        parts.append(f"{done.already:,} there already")
    if done.failed:
        parts.append(f"{len(done.failed):,} failed")
    console.print(f"{', '.join(parts)}: {out}", markup=False)
    if done.rejects or done.warned:
        some = [f"{count:,} {what}" for count, what in ((done.rejects, "not read"), (done.warned, "read without a date")) if count]
        console.print(f"{', '.join(some)}: {out}/….rejects.jsonl", markup=False)
    if done.passed_over:
        names = first_of(done.passed_over)
        console.print(f"{count(len(done.passed_over), 'file')} passed over, neither .parquet nor .jsonl nor .warc: {names}", markup=False)
    if done.left:
        console.print(
            f"{count(len(done.left), 'shard')} of input that is no longer there: {done.left[0]}, …; left as they are", markup=False
        )
