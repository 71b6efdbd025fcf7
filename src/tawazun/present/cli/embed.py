"""Turns `tawazun embed` into vectors of a workspace's sentences, with a progress bar for whoever watches."""

from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, TextColumn

from tawazun.app.embedding import Embedded, embed
from tawazun.app.workspaces import opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.watchers import count, open_messages, progress_on
from tawazun.present.cli.workspaces import WorkspaceOption


def embed_command(
    workspace: WorkspaceOption = None,
    processes: Annotated[int, typer.Option(min=1, help="How many processes work; each takes some 200 MB.")] = 1,
    json: JsonOption = False,
) -> None:
    """Work out the meaning of every sentence that has none yet, as a vector, for `tawazun search --meaning`.

    Nothing is downloaded. Run it again after new articles, or after an interruption: it goes on where it was cut off.
    """
    console = open_messages()
    progress = progress_on(console, MofNCompleteColumn(), TextColumn("articles"))
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
    if json:
        print_json(Embedded(shown, done))
