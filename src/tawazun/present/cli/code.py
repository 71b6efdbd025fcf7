"""Turns `tawazun code …` into a file of dossiers, with a progress bar for whoever watches."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tawazun.app.coding import Coded, Step, code_articles
from tawazun.model.rejects import Reject

_SHOWN = 5


def code(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Texts, pages, rows, tables, feeds, web archives, mail, folders, http(s) addresses, or - for standard input.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT.jsonl", help="Where the dossiers go, one a line.")],
    processes: Annotated[int | None, typer.Option(min=1, help="How many processes read; all cores by default.")] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where what can't be read goes, with the reason; OUT.rejects.jsonl by default.")
    ] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let addresses of private networks be fetched.")] = False,
) -> None:
    """Code many articles into dossiers, one a line, in the order of the input.

    Run the same command again after an interruption: it goes on where it was cut off. A row of a .jsonl file has "text" and, as far as
    known, "id", "date", "title", "outlet" and "url"; the columns of a table are told by their usual names. Exit status: 0 all read, 1
    something is among the rejects, 2 nothing could be read.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if rejects is None and (not out.exists() or out.is_file()):
        rejects = out.with_name(out.name.removesuffix(".jsonl") + ".rejects.jsonl")
    watcher = _Watcher(console, rejects)
    try:
        with watcher.progress:
            coded = code_articles(inputs, out, rejects, processes, allow_private, watcher.begin, watcher.step, watcher.reject)
    except KeyboardInterrupt:
        console.print(f"tawazun: interrupted; what is in {out} is whole; run the same command again to go on", markup=False)
        sys.stderr.flush()
        os._exit(130)
    _report(console, coded, out, rejects)
    if not coded.coded + coded.already:
        raise typer.Exit(2)
    if coded.rejected or coded.warned:
        raise typer.Exit(1)


class _Watcher:
    """Shows on a terminal how far a run is, and the first few rejects."""

    def __init__(self, console: Console, rejects: Path | None) -> None:
        self.console, self.rejects = console, rejects
        self.shown = 0
        self.progress = Progress(
            SpinnerColumn(),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[articles]} articles"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self.task: TaskID | None = None

    def begin(self, size: int) -> None:
        self.task = self.progress.add_task("coding", total=size or None, articles="0")

    def step(self, step: Step) -> None:
        if self.task is not None:
            self.progress.update(self.task, completed=step.size, articles=f"{step.coded + step.already:,}")

    def reject(self, entry: Reject) -> None:
        """Prints a reject; where a file takes them all, only the first few."""
        self.shown += 1
        if self.rejects is None or self.shown <= _SHOWN:
            where = entry.source if entry.line is None else f"{entry.source}:{entry.line}"
            self.progress.console.print(f"{where}: {entry.reason}", markup=False)
        elif self.shown == _SHOWN + 1:
            self.progress.console.print(f"… and more, all in {self.rejects}", markup=False)


def _report(console: Console, coded: Coded, out: Path, rejects: Path | None) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [_count(coded.coded, "article", "coded")]
    if coded.already:
        parts.append(f"{coded.already:,} there already")
    if coded.repeated:
        parts.append(f"{coded.repeated:,} met twice and coded once")
    console.print(f"{', '.join(parts)}: {out}", markup=False)
    if coded.other_knowledge:
        console.print(
            f"{_count(coded.other_knowledge, 'dossier', 'there')} made with other knowledge; remove {out} to code all afresh", markup=False
        )
    if coded.rejected or coded.warned:
        some = [f"{count:,} {what}" for count, what in ((coded.rejected, "not read"), (coded.warned, "read without a part")) if count]
        console.print(", ".join(some) + (f": {rejects}" if rejects else ""), markup=False)
    if coded.passed_over:
        names = ", ".join(coded.passed_over[:_SHOWN]) + (", …" if len(coded.passed_over) > _SHOWN else "")
        console.print(f"{_count(len(coded.passed_over), 'file', 'passed over')}, of no kind that is read: {names}", markup=False)


def _count(count: int, what: str, done: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'} {done}"
