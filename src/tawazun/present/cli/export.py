"""Turns `tawazun export …` and `tawazun schema` into files that other programs read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple, get_args

import msgspec
import typer

from tawazun.app import exporting
from tawazun.app.explaining import read_dossiers
from tawazun.app.exports.networks import By, Places
from tawazun.app.searching import names
from tawazun.app.selections import Selection, is_narrowed, places_in, selected, selection_of
from tawazun.app.workspaces import opened
from tawazun.base.errors import InputError
from tawazun.lexicon.files import nearest
from tawazun.model.dossier import Dossier
from tawazun.present.cli.filters import narrowing
from tawazun.present.cli.outputs import JsonOption, print_json, replaced, write_whole
from tawazun.present.cli.results import RESULTS, result_of
from tawazun.present.cli.watchers import count
from tawazun.present.cli.workspaces import WorkspaceOption
from tawazun.store.queries import Query


class _Shape(msgspec.Struct, frozen=True):
    """Is the form that an export takes."""

    to: exporting.Format
    bom: bool
    every_status: bool
    by: By


class _Chosen(NamedTuple):
    """Is what is to be exported: dossiers, how many there are, and where their events belong; the last two None for a file."""

    dossiers: Iterator[Dossier]
    selection: Selection | None = None
    places: Places | None = None


@narrowing
def export(
    asked: Query,
    dossiers: Annotated[
        str | None,
        typer.Argument(metavar="[DOSSIERS.jsonl]", help="What `tawazun code` wrote, or - for standard input; else the workspace."),
    ] = None,
    *,
    to: Annotated[str, typer.Option("--to", metavar="|".join(exporting.FORMATS), help="The format.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Where it goes; - is standard output.")],
    workspace: WorkspaceOption = None,
    words: Annotated[str, typer.Option("--words", help="Only events in sentences with these words, as for `tawazun search`.")] = "",
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with a byte order mark, so that Excel reads it as UTF-8.")] = False,
    every_status: Annotated[
        bool, typer.Option("--every-status", help="Keep what PLOVER has no place for; make ties of what did not happen.")
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="actor|code", help="What the nodes of a network are.")] = "actor",
    json: JsonOption = False,
) -> None:
    """Export a workspace, what a search of it would find, or a file of dossiers, for other programs.

    Tables of events (parquet, csv), PLOVER events (JSON Lines), networks of actors and signed ties (gexf, graphml), a map (geojson),
    FollowTheMoney entities (JSON Lines), or W3C web annotations (JSON-LD). What is left out, and why, is told on standard error.
    """
    shape = _shape(to, bom, every_status, by)
    query = msgspec.structs.replace(asked, words=words, kind="events")
    if dossiers is not None and is_narrowed(query):
        raise InputError(f"{dossiers}: a file of dossiers is exported whole; take the articles into a workspace to choose from them")
    if json and out == "-":
        raise InputError("--json and --out - both print; name a file for the export")
    with _chosen(dossiers, workspace, query) as chosen:
        done = _exported(_written(chosen, out, shape), chosen.selection, out, shape)
    _report(done)
    if json:
        print_json(done)


def _shape(to: str, bom: bool, every_status: bool, by: str) -> _Shape:
    formats = [name for name in exporting.FORMATS if name == to]
    kinds = [name for name in get_args(By) if name == by]
    if not formats:
        raise InputError(f"--to {to}: no such format; choose {', '.join(exporting.FORMATS)}")
    if not kinds:
        raise InputError(f"--by {by}: no such node; choose {', '.join(get_args(By))}")
    if (bom and to != "csv") or (every_status and to not in ("plover", *_NETWORKS)) or (by != "actor" and to not in _NETWORKS):
        raise InputError("--bom goes with --to csv, --every-status with plover, gexf and graphml, and --by with gexf and graphml")
    return _Shape(formats[0], bom, every_status, kinds[0])


@contextmanager
def _chosen(dossiers: str | None, workspace: str | None, query: Query) -> Iterator[_Chosen]:
    """Gives what a file holds, or what a workspace has for a query."""
    if dossiers is not None:
        yield _Chosen(read_dossiers(Path("/dev/stdin" if dossiers == "-" else dossiers)))
        return
    with opened(workspace) as there, there.reading() as connection:
        found = selected(connection, query, names())
        yield _Chosen(found, selection_of(connection, query, names()), places_in(connection))


def _written(chosen: _Chosen, out: str, shape: _Shape) -> exporting.Tally:
    tally, dossiers = exporting.Tally(), chosen.dossiers
    if shape.to != "parquet":
        write_whole(out, exporting.export(dossiers, shape.to, tally, shape.bom, shape.every_status, shape.by, chosen.places))
        return tally
    if out == "-":
        raise InputError("--out -: Parquet is written from its end, so it needs a file; name one")
    with replaced(out) as name:
        exporting.export_parquet(dossiers, name, tally)
    return tally


def _exported(tally: exporting.Tally, selection: Selection | None, out: str, shape: _Shape) -> exporting.Exported:
    network = shape.to in _NETWORKS
    return exporting.Exported(
        format=shape.to,
        out=out,
        records=tally.records,
        dossiers=tally.dossiers,
        events=tally.events,
        held=tally.held,
        all_events=selection.all_events if selection is not None else None,
        left_out=dict(tally.left_out.most_common()),
        counted=None if not network else "mentions" if selection is None else "happenings",
        unmerged=tally.unmerged,
    )


def _report(done: exporting.Exported) -> None:
    """Says how many of how many events the export holds, and what was left out."""
    left_out = ", ".join(f"{number:,} {reason}" for reason, number in done.left_out.items())
    kept = " (--every-status keeps what has another status)" if left_out and done.format in ("plover", *_NETWORKS) else ""
    chosen = f"; {done.events:,} of {done.all_events:,} events were chosen" if done.all_events not in (None, done.events) else ""
    sys.stderr.write(
        f"{done.records:,} {_RECORDS[done.format]} with {done.held:,} of {done.events:,} events from {done.dossiers:,} dossiers: {done.out}"
        f"{chosen}{'; left out: ' if left_out else ''}{left_out}{kept}\n"
    )
    if done.counted == "mentions":
        sys.stderr.write("ties count every mention; those of a merged workspace count happenings\n")
    if done.unmerged:
        sys.stderr.write(f"{count(done.unmerged, 'event')} in no happening yet, each counted by itself; `tawazun merge` joins them\n")


_NETWORKS = ("gexf", "graphml")
_RECORDS: dict[exporting.Format, str] = {
    "parquet": "rows",
    "csv": "rows",
    "plover": "records",
    "gexf": "ties",
    "graphml": "ties",
    "geojson": "features",
    "ftm": "entities",
    "webannotation": "annotations",
}


def schema(
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND]", help="A command, such as search or knowledge diff: of what it prints with --json."),
    ] = None,
) -> None:
    """Print the JSON Schema of a dossier, or of what a command prints with --json."""
    name = " ".join(command or ("read",))
    if name not in RESULTS:
        raise InputError(f"{name}: no command that has --json{nearest(name, RESULTS)}; choose {', '.join(RESULTS)}")
    write_whole("-", exporting.schema(result_of(name)))
