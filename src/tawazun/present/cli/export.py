"""Turns `tawazun export …` and `tawazun schema` into files that other programs read."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tawazun.app import exporting
from tawazun.app.explaining import read_dossiers
from tawazun.base.errors import InputError
from tawazun.present.cli.outputs import write_whole


def export(
    dossiers: Annotated[str, typer.Argument(metavar="DOSSIERS.jsonl", help="What `tawazun code` wrote, or - for standard input.")],
    to: Annotated[str, typer.Option("--to", metavar="plover|csv|webannotation", help="The format.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Where it goes; - is standard output.")],
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with a byte order mark, so that Excel reads it as UTF-8.")] = False,
    every_status: Annotated[bool, typer.Option("--every-status", help="Keep the events that PLOVER has no place for.")] = False,
) -> None:
    """Export dossiers: PLOVER events (JSON Lines), a table with a row an event (CSV), or W3C web annotations (JSON-LD).

    PLOVER has other types for what is planned, cancelled or refused, and no place for what is only called for, conditional or possible:
    such events are shifted or left out, and counted on standard error.
    """
    formats = [name for name in exporting.FORMATS if name == to]
    if not formats:
        raise InputError(f"--to {to}: no such format; choose {', '.join(exporting.FORMATS)}")
    if (bom and to != "csv") or (every_status and to != "plover"):
        raise InputError("--bom goes with --to csv, and --every-status with --to plover")
    tally = exporting.Tally()
    source = Path("/dev/stdin" if dossiers == "-" else dossiers)
    write_whole(out, exporting.export(read_dossiers(source), formats[0], tally, bom, every_status))
    left_out = ", ".join(f"{count:,} {status}" for status, count in tally.left_out.most_common())
    left = f"; left out, as PLOVER has no place for them: {left_out} (--every-status keeps them)" if left_out else ""
    sys.stderr.write(f"{tally.records:,} records from {tally.dossiers:,} dossiers: {out}{left}\n")


def schema() -> None:
    """Print the JSON Schema of a dossier."""
    write_whole("-", exporting.schema())
