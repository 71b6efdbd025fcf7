"""Turns `tawazun code …` into a file of dossiers, with a progress bar for whoever watches."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tawazun.app.coding import Coded, code_articles
from tawazun.present.cli.interruptions import interruptible
from tawazun.present.cli.outputs import JsonOption, print_json
from tawazun.present.cli.watchers import Watcher, count, first_of, open_messages


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
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of private networks.")] = False,
    json: JsonOption = False,
) -> None:
    """Code many articles into dossiers, one a line, in the order of the input.

    Run the same command again after an interruption: it goes on where it was cut off. A row of a .jsonl file has "text" and, as far as
    known, "id", "date", "title", "outlet" and "url"; the columns of a table are told by their usual names. Exit status: 0 all read, 1
    something is among the rejects, 2 nothing could be read.
    """
    console = open_messages()
    if rejects is None and (not out.exists() or out.is_file()):
        rejects = out.with_name(out.name.removesuffix(".jsonl") + ".rejects.jsonl")
    watcher = Watcher(console, "coding", None if rejects is None else str(rejects))
    with interruptible(console, f"what is in {out} is whole; run the same command again to go on"), watcher.progress:
        coded = code_articles(inputs, out, rejects, processes, allow_private, watcher.begin, watcher.step, watcher.reject)
    _report(console, coded, out, rejects)
    if json:
        print_json(coded)
    if not coded.coded + coded.already:
        raise typer.Exit(2)
    if coded.rejected or coded.warned:
        raise typer.Exit(1)


def _report(console: Console, coded: Coded, out: Path, rejects: Path | None) -> None:
    """Prints one line on what was done, and one for each thing that the user may not expect."""
    parts = [count(coded.coded, "article", "coded")]
    if coded.already:
        parts.append(f"{coded.already:,} there already")
    if coded.repeated:
        parts.append(f"{coded.repeated:,} met twice and coded once")
    console.print(f"{', '.join(parts)}: {out}", markup=False)
    if coded.other_knowledge:
        console.print(
            f"{count(coded.other_knowledge, 'dossier', 'there')} made with other knowledge; remove {out} to code all afresh", markup=False
        )
    if coded.rejected or coded.warned:
        some = [f"{number:,} {what}" for number, what in ((coded.rejected, "not read"), (coded.warned, "read without a part")) if number]
        console.print(", ".join(some) + (f": {rejects}" if rejects else ""), markup=False)
    if coded.passed_over:
        names = first_of(coded.passed_over)
        console.print(f"{count(len(coded.passed_over), 'file', 'passed over')}, of no kind that is read: {names}", markup=False)
