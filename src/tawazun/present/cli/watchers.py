"""Turns how far a run is into a progress bar for whoever watches, and the first few things refused into lines."""

from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tawazun.app.coding import Step

SHOWN = 5


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
        """Is told how many bytes there are."""
        self.task = self.progress.add_task(self.name, total=size or None, articles="0")

    def step(self, step: Step) -> None:
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


def count(number: int, what: str, done: str) -> str:
    """Says a count with its noun in the plural where it needs one."""
    return f"{number:,} {what}{'' if number == 1 else 's'} {done}"
