"""Turns `tawazun ingest … --watch` and `tawazun feeds` into lines on what polls of feeds brought, and how feeds stand."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from tawazun.app.watching import Standing, Watched, Watching, feed_addresses, feeds_of, forget_feeds, watch
from tawazun.app.workspaces import opened
from tawazun.ingest.finds import Choices
from tawazun.ingest.polls import INTERVAL
from tawazun.ingest.visitors import Visitor
from tawazun.present.cli.happenings import merge_workspace
from tawazun.present.cli.outputs import JsonOption, print_json, standard_output
from tawazun.present.cli.terminals import isolated
from tawazun.present.cli.watchers import count
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.store.workspaces import Workspace

EVERY = int(INTERVAL.total_seconds() // 60)
"""Is how many minutes a feed is left alone that doesn't say how long it wants to be."""


class Wish(msgspec.Struct, frozen=True):
    """Is what the user wants of watching: minutes between polls, whether only once, whether to merge, and whether lines are JSON."""

    every: int
    once: bool
    merge: bool
    json: bool


def watch_feeds(there: Workspace, console: Console, addresses: Sequence[str], choices: Choices, wish: Wish) -> int:
    """Watches feeds and tells of each poll; returns the exit status when all are gone, or once those that are due were polled."""
    screen = _Screen(console, wish.json)
    watching = Watching(timedelta(minutes=wish.every), choices.follow_links, wish.once)
    visitor = Visitor(choices.allow_private)
    names = feed_addresses(addresses)
    if not wish.once:
        console.print(f"watching {len(names):,} feed{'' if len(names) == 1 else 's'}; Ctrl-C ends it", markup=False)
    watch(there, names, visitor, watching, screen.tell, lambda: merge_workspace(there, console) if wish.merge else None)
    if screen.polls and screen.failed == screen.polls:
        return 2
    return 1 if screen.failed or screen.refused else 0


class _Screen:
    """Tells of polls, and counts them."""

    def __init__(self, console: Console, json: bool) -> None:
        self.console, self.json = console, json
        self.polls = self.failed = self.refused = 0

    def tell(self, watched: Watched) -> None:
        """Prints every poll as JSON, or else those that brought something or failed as a line each."""
        self.polls += 1
        self.failed += watched.problem is not None
        self.refused += watched.refused + watched.warned
        if self.json:
            print_json(watched)
        elif watched.problem is not None or watched.new or watched.refused:
            self.console.print(_line(watched), markup=False)


def _line(watched: Watched) -> str:
    """Says what a poll brought, or why it failed and when the feed is asked again."""
    start = f"{_when(watched.at)} {isolated(watched.address)}"
    if watched.problem is not None:
        again = f"; asked again from {_when(watched.next_at)}" if watched.next_at else ""
        return f"{start}: {isolated(watched.problem.removeprefix(f'{watched.address}: '))}{again}"
    numbers = ((watched.refused, "refused"), (watched.warned, "kept without a part"))
    more = [f"{number:,} {what}" for number, what in numbers if number]
    return f"{start}: {', '.join((count(watched.new, 'article', 'taken in'), *more))}{'; the workspace keeps why' if more else ''}"


def _when(time: datetime) -> str:
    """Returns a time by the clock of this machine."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")


def feeds(
    workspace: WorkspaceOption = None,
    forget: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Forget a feed, so that it is asked anew; may be repeated.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the feeds that `tawazun ingest --watch` polls: what came from each, when it is due, and what went wrong last."""
    with opened(workspace) as there:
        if forget:
            forget_feeds(there, forget)
        found = feeds_of(there)
    if json:
        print_json(*found)
    else:
        with standard_output():
            for feed in found:
                print("\n".join(_standing(feed)))
    if not found:
        sys.stderr.write(f"{there.address.shown}: no feeds; `tawazun ingest ADDRESS --watch` polls them\n")


def _standing(feed: Standing) -> list[str]:
    """Says how a feed stands, in a line or two under its address."""
    read = f"last read {_when(feed.read_at)}" if feed.read_at else "never read"
    turn = "gone for good" if feed.gone else f"due {_when(feed.next_at)}" if feed.next_at else "due now"
    lines = [isolated(feed.address), f"    {count(feed.taken_in, 'article', 'taken in')}; {read}; {turn}"]
    if feed.problem is not None and feed.failed_at is not None:
        times = f"failed {feed.failures:,} times in a row, last" if feed.failures > 1 else "failed"
        lines.append(f"    {times} {_when(feed.failed_at)}: {isolated(feed.problem.removeprefix(f'{feed.address}: '))}")
    return lines
