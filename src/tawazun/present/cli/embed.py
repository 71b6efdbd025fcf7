"""Turns `tawazun embed` into vectors of a workspace's sentences, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tawazun.app.embedding import embed
from tawazun.app.workspaces import opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.watchers import count
from tawazun.present.cli.workspaces import WorkspaceOption


def embed_command(
    workspace: WorkspaceOption = None,
    processes: Annotated[int, typer.Option(min=1, help="How many processes work; each takes some 200 MB.")] = 1,
) -> None:
    """Work out the meaning of every sentence that has none yet, as a vector, for `tawazun search --meaning`.

    Nothing is downloaded. Run it again after new articles, or after an interruption: it goes on where it was cut off.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeElapsedColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
    with interruptible(console), opened(workspace) as there, progress:
        task = progress.add_task("embedding", total=None)
        done = embed(
            there,
            processes,
            begin=lambda size: progress.update(task, total=size),
            step=lambda number: progress.update(task, completed=number),
        )
        shown = there.address.shown
    console.print(f"{count(done, 'article', 'embedded')}: {shown}", markup=False)
