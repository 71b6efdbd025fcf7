"""Turns how far a run is into a progress bar for whoever watches, and the first few things refused or failed into lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from tawazun.app.coding import Step
    from tawazun.batch.manifests import Entry

SHOWN = 5
_ARTICLES = TextColumn("{task.fields[articles]} articles")


def open_messages() -> Console:
    """Makes the console for what is told beside the results, on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def progress_on(console: Console, *columns: ProgressColumn, ends: bool = True) -> Progress:
    """Makes a progress bar with some columns of its own, which shows on a terminal only; `ends` says whether its end is known."""
    bar, rest = ((BarColumn(),), (TimeRemainingColumn(),)) if ends else ((), ())
    return Progress(
        SpinnerColumn(), *bar, *columns, TimeElapsedColumn(), *rest, console=console, disable=not console.is_terminal, transient=True
    )


class Refused(Protocol):
    """Is what was refused, where it stands and why."""

    @property
    def source(self) -> str:
        """Is the file or address."""

    @property
    def line(self) -> int | None:
        """Is the line there."""

    @property
    def reason(self) -> str:
        """Says why."""


class Watcher:
    """Shows on a terminal how far a run is, and the first few rejects."""

    def __init__(self, console: Console, task: str, rejects: str | None) -> None:
        self.console, self.name, self.rejects = console, task, rejects
        self.shown = 0
        self.progress = progress_on(console, TaskProgressColumn(), _ARTICLES)
        self.task: TaskID | None = None

    def begin(self, size: int) -> None:
        """Is told how many bytes there are."""
        self.task = self.progress.add_task(self.name, total=size or None, articles="0")

    def step(self, step: "Step") -> None:
        """Is told how far the run is."""
        if self.task is not None:
            self.progress.update(self.task, completed=step.size, articles=f"{step.coded + step.already:,}")

    def reject(self, entry: Refused) -> None:
        """Prints a reject; where a file takes them all, only the first few."""
        self.shown += 1
        if self.rejects is None or self.shown <= SHOWN:
            where = entry.source if entry.line is None else f"{entry.source}:{entry.line}"
            self.progress.console.print(f"{where}: {entry.reason}", markup=False)
        elif self.shown == SHOWN + 1:
            self.progress.console.print(f"… and more, all in {self.rejects}", markup=False)


class ShardWatcher:
    """Shows on a terminal how far a batch is, and the first few shards that failed."""

    def __init__(self, console: Console) -> None:
        self.articles = self.failed = 0
        shards = TextColumn("{task.completed:,.0f} of {task.total:,.0f} shards")
        self.progress = progress_on(console, shards, _ARTICLES)
        self.task: TaskID | None = None

    def begin(self, shards: int) -> None:
        """Is told how many shards there are."""
        self.task = self.progress.add_task("coding", total=shards, articles="0")

    def step(self, entry: "Entry", new: bool) -> None:
        """Is told what became of a shard."""
        self.articles += entry.articles
        if self.task is not None:
            self.progress.update(self.task, advance=1, articles=f"{self.articles:,}")
        if entry.status == "failed":
            self.failed += 1
            if self.failed <= SHOWN:
                self.tell(f"{entry.shard}: failed: {entry.reason}")
            elif self.failed == SHOWN + 1:
                self.tell("… and more, all in the manifest")

    def tell(self, text: str) -> None:
        """Prints a line above the bar."""
        self.progress.console.print(text, markup=False)


def count(number: int, what: str, done: str = "") -> str:
    """Says a count with its noun in the plural where it needs one."""
    return f"{number:,} {what}{'' if number == 1 else 's'} {done}".rstrip()


def first_of(names: Sequence[str]) -> str:
    """Says the first few of some names."""
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
