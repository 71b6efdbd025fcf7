"""Turns `tawazun merge` and `tawazun happenings` into happenings: what several origins tell of one act, and why it is taken for one."""

import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import TextColumn

from tawazun.app.happenings import Account, Told, Wanted, happening, happenings
from tawazun.app.merging import Merged, merge
from tawazun.app.workspaces import opened
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi, Row, isolated
from tawazun.present.cli.watchers import count, open_messages, progress_on
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.present.labels import Labels, Language
from tawazun.scorers.joining import load_joining
from tawazun.store.workspaces import Workspace

_FACTS = 6


def merge_workspace(there: Workspace, console: Console) -> Merged:
    """Merges what is new in a workspace, with a spinner on a terminal, and says what was found."""
    with progress_on(console, TextColumn("merging {task.completed:,.0f} articles"), ends=False) as progress:
        task = progress.add_task("merging")
        done = merge(there, load_joining(), lambda articles: progress.update(task, completed=articles))
    if done.articles:
        copies = f"{count(done.copies, 'article', 'found')} to be a copy" if done.copies == 1 else f"{done.copies:,} are copies of others"
        console.print(
            f"{count(done.articles, 'article', 'merged')}: {copies}; {count(done.joined, 'event', 'joined')} with what was told before, "
            f"{done.happenings:,} told for the first time",
            markup=False,
        )
    return done


def merge_command(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Find copies of articles and join the events that tell of one happening; `tawazun ingest` does it for what is new.

    Run the same command again after an interruption: it goes on where it was cut off.
    """
    console = open_messages()
    with interruptible(console, "what was merged is whole; run the same command again to go on"), opened(workspace) as there:
        done = merge_workspace(there, console)
    if not done.articles:
        console.print("every article is merged", markup=False)
    if json:
        print_json(done)


def happenings_command(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The id of a happening or of an event in it; the most told ones without.")
    ] = None,
    workspace: WorkspaceOption = None,
    since: Annotated[
        str | None,
        typer.Option("--published-from", "--from", metavar="DATE", help="Told in articles of that day, month or year, or later."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--published-to", "--to", metavar="DATE", help="Told in articles of that day, month or year, or earlier.")
    ] = None,
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="Only events of this type; may be repeated.")] = None,
    origins: Annotated[int, typer.Option(min=1, help="Told by at least so many origins; copies of an article count once.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print each happening as one line of JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = "en",
    width: Annotated[int | None, typer.Option(min=40, help="Columns; those of the terminal, up to 120, by default.")] = None,
    bidi: Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help="How Arabic is written; see `tawazun read --help`.")] = "auto",
) -> None:
    """List the happenings that most origins tell of, or show one with its mentions and why they are taken for one."""
    joining = load_joining()
    wanted = Wanted(origins, since, until, tuple(type or ()), limit)
    with opened(workspace) as there:
        found = (happening(there, joining, id),) if id else happenings(there, joining, wanted)
    if json:
        print_json(*found)
    labels = Labels(lang)
    if not json:
        show((row for account in found for row in _rows(account, labels, whole=bool(id))), labels, width, bidi, dict(os.environ))
    if not found:
        sys.stderr.write(labels.say("no_happening") + "\n")


def _rows(account: Account, labels: Labels, whole: bool) -> Iterator[Row]:
    """Yields the rows of one happening: what is told of it, and its mentions, all of them or the first of each origin."""
    course = labels.of("courses", account.course)
    head = f"{labels.of('types', account.type)} ({account.type}) · {course} · {labels.count('origins', account.origins)}"
    yield Row("header", "", f"{account.id} · {head}")
    facts = [fact for fact in account.facts if whole or fact.agreed or len(fact.tellings) > 1]
    for fact in facts if whole else facts[:_FACTS]:
        about = labels.of("roles", fact.about) if fact.about in ("source", "target") else labels.of("magnitudes", fact.about)
        said = labels.say("all_say") if fact.agreed else labels.count("say_so", len(fact.tellings))
        yield Row("row", about, f"{isolated(fact.value)} · {said}")
    seen: set[str] = set()
    for told in account.mentions:
        if whole or told.origin not in seen:
            seen.add(told.origin)
            yield from _mention(told, labels, whole)
    yield Row("blank", "", "")


def _mention(told: Told, labels: Labels, whole: bool) -> Iterator[Row]:
    parts = [told.outlet or told.article, told.published or "", labels.of("statuses", told.status), told.event]
    yield Row("sentence", "-", f"{' · '.join(isolated(part) for part in parts if part)}: {isolated(told.sentence)}")
    if whole and told.joined_to is not None:
        grounds = ", ".join(f"{ground.name}{f' {ground.says}' if ground.says else ''} {ground.weight:+.2f}" for ground in told.because)
        yield Row("faint", "", f"{labels.say('joined_to')} {told.joined_to}: {grounds}")
